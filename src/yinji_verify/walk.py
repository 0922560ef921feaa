"""One pass over an exported log: form, leaves, tiles, roots. Stops at the first thing wrong."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yinji_verify.clocks import Clocks
from yinji_verify.entries import moment, wrong_form
from yinji_verify.layout import WIDTH, bundle, require_tile
from yinji_verify.notes import Checkpoint
from yinji_verify.tree import Stack, folded, leaf
from yinji_verify.verdict import Broken


class Walk:
    """Builds the tree anew."""

    def __init__(self, folder: Path, head: Checkpoint, marks: Sequence[Checkpoint], clocks: Clocks) -> None:
        """``marks`` are checkpoints that the log must continue, none beyond ``head``; ``clocks`` follows the entries' times."""
        self._folder = folder
        self._head = head
        self._marks = sorted({*marks, head}, key=lambda mark: mark.size)
        self._stack = Stack()
        self._wholes: list[bytes] = []
        self._good = 0
        self._clocks = clocks

    def run(self) -> None:
        """Read everything; raises Broken at the first thing wrong."""
        self._pass_marks()
        while self._stack.size < self._head.size:
            self._tile(self._stack.size)
        self._levels()

    def _tile(self, first: int) -> None:
        """Read up to 256 entries: 1 their hashes are those kept; 2 their form and time; 3 the root where a mark stands."""
        width = min(WIDTH, self._head.size - first)
        bodies = list(bundle(self._folder, first, width))
        leaves = [leaf(body) for body in bodies]
        require_tile(self._folder, 0, first // WIDTH, leaves)  # 1
        self._forms(first, bodies)  # 2
        whole = folded(leaves) if width == WIDTH else b""
        if whole and self._marks[0].size >= first + WIDTH:  # 3
            self._stack.add(WIDTH, whole)
            self._pass_marks()
        else:
            for value in leaves:
                self._stack.add(1, value)
                self._pass_marks()
        self._wholes += [whole] if whole else []

    def _forms(self, first: int, bodies: Sequence[bytes]) -> None:
        for seq, body in enumerate(bodies, start=first):
            if wrong := wrong_form(body):
                raise Broken("edited", f"不是规范形式（{wrong}）", f"not in canonical form ({wrong})", seq)
        self._clocks.follow([moment(body) for body in bodies])

    def _pass_marks(self) -> None:
        while self._marks and self._marks[0].size == self._stack.size:
            mark = self._marks.pop(0)
            if self._stack.root() != mark.root:
                until = max(mark.size - 1, 0)
                zh = f"起至 {until} 之间与检查点不符，历史被改写"
                en = f"from here to {until} the log does not agree with a checkpoint: the history was rewritten"
                raise Broken("forked", zh, en, self._good)
            if not self._marks or self._marks[0].size > mark.size:
                self._good = mark.size

    def _levels(self) -> None:
        """Compare the tiles above the leaves, each level made from the one below."""
        level, hashes = 1, self._wholes
        while hashes:
            parts = [hashes[i : i + WIDTH] for i in range(0, len(hashes), WIDTH)]
            for number, part in enumerate(parts):
                require_tile(self._folder, level, number, part)
            level, hashes = level + 1, [folded(part) for part in parts if len(part) == WIDTH]
