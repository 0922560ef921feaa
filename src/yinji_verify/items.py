"""Single files: an entry's proof (c2sp.org/tlog-proof), an item's in its batch, a receipt, a proof that a log only grew."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Final, NamedTuple

from yinji_verify.entries import count_and_root, wrong_form
from yinji_verify.notes import Checkpoint, Trust, decoded, read_note, require_quorum
from yinji_verify.tree import grown, included, leaf
from yinji_verify.verdict import Broken, Outcome, Unreadable, Verdict
from yinji_verify.words import words

_PROOF: Final = "c2sp.org/tlog-proof@v1"
_ITEM: Final = "yinji/item-proof@v1"
_ITEM_PARTS: Final = {"format", "item", "index", "path", "proof"}
_GROWTH: Final = "yinji/consistency-proof@v1"
_NUMBER: Final = re.compile(r"0|[1-9][0-9]{0,18}", re.ASCII)
_HASH: Final = 32


class _Proved(NamedTuple):
    """What a proof carries: an entry at its place under a checkpoint, and, where it is one of a batch, an item."""

    body: bytes
    seq: int
    checkpoint: Checkpoint
    item: tuple[int, bytes] | None = None


def verify_file(file: Path, trust: Trust, kept: Sequence[str] = ()) -> Verdict:
    """Verify a proof, a receipt or a consistency proof against trusted keys; ``kept`` is what the last one is compared with."""
    try:
        text = file.read_bytes().decode("utf-8")
        if text.startswith(_GROWTH + "\n"):
            return _growth(text, trust, kept)
        start = re.search(rf"^(?:{re.escape(_PROOF)}$|\{{)", text, re.MULTILINE)
        if start is None:
            raise _malformed()
        head, proof = text[: start.start()], text[start.start() :]
        proved = _item(proof, trust) if proof.startswith("{") else _entry(proof, trust)
        if head and head != words(*proved):
            zh, en = "回执上的文字与其证明不符", "the words of the receipt are not what its proof says"
            return Broken("edited", zh, en, proved.seq).verdict()
        return _said(proved, receipt=bool(head))
    except (Broken, Unreadable) as trouble:
        return trouble.verdict()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到证明（{error}）", f"the proof cannot be read ({error})").verdict()


def _said(proved: _Proved, *, receipt: bool) -> Verdict:
    origin, seq = proved.checkpoint.origin, proved.seq
    zh, en = f"{origin} 的条目 {seq}", f"entry {seq} of {origin}"
    if proved.item is not None:
        index, count = proved.item[0], count_and_root(proved.body)[0]
        zh = f"{origin} 条目 {seq} 所载 {count} 项中的第 {index} 项"
        en = f"item {index} of the {count} that entry {seq} of {origin} states"
    if receipt:
        zh, en = f"{zh}，文字与其一致", f"{en}, and the words say so"
    return Verdict(Outcome.VERIFIED, f"证明成立：{zh}", f"verified: {en}", "verified", seq)


def _item(text: str, trust: Trust) -> _Proved:
    try:
        said = json.loads(text)
        index, path = int(said["index"]), [_hash(step) for step in said["path"]]
        item, proof, mark = decoded(said["item"]), str(said["proof"]), said["format"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise _malformed() from None
    if item is None or mark != _ITEM or type(said["index"]) is not int or said.keys() != _ITEM_PARTS:
        raise _malformed()
    proved = _entry(proof, trust)
    count, root = count_and_root(proved.body)
    if not included(leaf(item), index, count, path, root):
        raise Broken("edited", f"内容不在该批次第 {index} 位", f"the item is not at {index} of the batch", proved.seq)
    return proved._replace(item=(index, item))


def _entry(text: str, trust: Trust) -> _Proved:
    """Return the entry that a tlog-proof carries, its place and the checkpoint over it."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    if len(lines) < 3 or lines[0] != _PROOF or not lines[1].startswith("extra ") or not lines[2].startswith("index "):  # noqa: PLR2004 - mark, entry, place
        raise _malformed()
    body, index = decoded(lines[1].removeprefix("extra ")), lines[2].removeprefix("index ")
    if body is None or not _NUMBER.fullmatch(index):
        raise _malformed()
    seq, path = int(index), [_hash(line) for line in lines[3:]]
    checkpoint = _noted(note, trust)
    if not included(leaf(body), seq, checkpoint.size, path, checkpoint.root):
        raise Broken("edited", "不在检查点所签的日志里", "not in the log that the checkpoint signs", seq)
    if wrong := wrong_form(body):
        raise Broken("edited", f"不是规范形式（{wrong}）", f"not in canonical form ({wrong})", seq)
    return _Proved(body, seq, checkpoint)


def _growth(text: str, trust: Trust, kept: Sequence[str]) -> Verdict:
    """Verify that the checkpoint in the file continues the one kept elsewhere."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")[1:]
    size = lines[0].removeprefix("old ") if lines else ""
    if not lines or not lines[0].startswith("old ") or not _NUMBER.fullmatch(size):
        raise _malformed()
    path, after = [_hash(line) for line in lines[1:]], _noted(note, trust)
    for before in (read_note(each, trust, of="kept checkpoint") for each in kept):
        if (before.origin, before.size) != (after.origin, int(size)):
            continue
        if not grown(before.size, before.root, after.size, after.root, path):
            zh, en = "与留存的检查点不符，历史被改写", "does not continue the kept checkpoint: the history was rewritten"
            raise Broken("forked", zh, en)
        zh = f"证明成立：{after.origin} 自 {before.size} 条到 {after.size} 条只增不改"
        en = f"verified: {after.origin} only grew from {before.size} to {after.size} entries"
        return Verdict(Outcome.VERIFIED, zh, en, "verified")
    raise Unreadable(f"要有 {size} 条时的检查点（--checkpoint）", f"the checkpoint at {size} entries is needed (--checkpoint)")


def _noted(note: str, trust: Trust) -> Checkpoint:
    checkpoint = read_note(note, trust, of="checkpoint")
    require_quorum(note, trust, of="checkpoint")
    return checkpoint


def _hash(coded: str) -> bytes:
    data = decoded(coded)
    if data is None or len(data) != _HASH:
        raise _malformed()
    return data


def _malformed() -> Unreadable:
    return Unreadable("证明文件写法不对", "the proof file is malformed")
