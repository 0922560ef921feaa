"""A scratch node that the real command issues into, in processes of its own; and one filled beforehand, kept for the next time."""

from __future__ import annotations

import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any, Final

import yinji
from yinji_bench import orders as invented

_RANGE: Final = "QB:1000000000000-1009999999999"
_SENDER: Final = 'name = "测量商行"\nphone = "021-50000000"\naddress = "上海市浦东新区张江镇示例路88号2栋301室"\n'
_FILL_AT_ONCE: Final = 50_000
_SOME_REFUSED: Final = 3
"""The command's exit code where some rows were refused: among a million invented people a few have unlucky names."""

_LEAST_ISSUED: Final = 0.99
_STORE_NOTHING: Final = frozenset({"doors", "label"})
"""Packages whose change alters no stored row: how orders are read and labels drawn."""


@dataclass(slots=True)
class IssueNode:
    """A node and the order numbers it has seen. ``folder`` holds it and its files."""

    folder: Path
    days: int
    today: date
    next_order: int = 1
    names: Any = field(default_factory=lambda: count(1))

    def found(self) -> None:
        """Make the node, with real numbers and a sender: specimens would be measured otherwise."""
        self.folder.mkdir()
        sender = self.folder / "sender.toml"
        sender.write_text(_SENDER, encoding="utf-8")
        run_command(command_of(self.home, "init", "--range", _RANGE, "--sender", str(sender)), core=0)

    @property
    def home(self) -> Path:
        """Where the node itself stands."""
        return self.folder / "node"

    def orders(self, orders: int) -> Path:
        """Write a fresh file of orders nobody has seen."""
        path = self.folder / f"orders-{next(self.names)}.csv"
        invented.write_orders(path, orders, first=self.next_order, days=self.days, today=self.today)
        self.next_order += orders
        return path

    def issue(self, files: Sequence[Path]) -> list[dict[str, Any]]:
        """Issue files at once, a process and a core each; return their reports."""
        started = []
        for core, orders in enumerate(files):
            report, labels = orders.with_suffix(".json"), orders.with_suffix(".pdf")
            command = command_of(self.home, "issue", str(orders), "--labels", str(labels), "--report", str(report))
            started.append((start(command, core=core), report))
        return [_finish(process, report) for process, report in started]

    def fill(self, stored: int) -> None:
        """Store waybills up to ``stored``, two processes at a time; what is done is noted, and not begun again."""
        note = self.folder / "filled"
        while (missing := stored - (self.next_order - 1)) > 0:
            half = min(_FILL_AT_ONCE, (missing + 1) // 2)
            files = [self.orders(half), self.orders(half)]
            self.issue(files)
            note.write_text(str(self.next_order), encoding="ascii")
            for path in files:
                path.unlink()
                path.with_suffix(".pdf").unlink()


def stocked(name: str, *, stored: int, days: int, today: date, scratch: Path, keep: Path | None) -> IssueNode:
    """Return a node with ``stored`` waybills. With ``keep`` it is a copy of one that stands there, and is filled there first.

    A kept node is used again as long as the code that stores rows, the invented orders and the day are the same: on another day the
    day's index would be empty. An older one of the same name is removed.
    """
    if keep is None:
        node = IssueNode(scratch / name, days, today)
        node.found()
        node.fill(stored)
        return node
    kept = _kept(name, stored=stored, days=days, today=today, keep=keep)
    shutil.copytree(kept.folder, scratch / name)
    return IssueNode(scratch / name, days, today, next_order=kept.next_order)


def _kept(name: str, *, stored: int, days: int, today: date, keep: Path) -> IssueNode:
    """Return the kept node, founded and filled as far as it is not."""
    keep.mkdir(parents=True, exist_ok=True)
    node = IssueNode(keep / f"{name}-{_fingerprint(stored, days, today)}", days, today)
    for other in keep.glob(f"{name}-*"):
        if other != node.folder:
            shutil.rmtree(other)
    if node.folder.exists() and not (node.folder / "founded").exists():
        shutil.rmtree(node.folder)
    if not node.folder.exists():
        node.found()
        (node.folder / "founded").touch()
    note = node.folder / "filled"
    node.next_order = int(note.read_text(encoding="ascii")) if note.exists() else 1
    node.fill(stored)
    return node


def _fingerprint(stored: int, days: int, today: date) -> str:
    """Return a digest of everything that decides what a filled node holds."""
    house = Path(yinji.__file__).parent
    seen = sha256(f"{stored} {days} {today} {sys.version}".encode())
    sources = sorted(each for each in house.rglob("*") if each.suffix in {".py", ".toml"})
    for source in [
        Path(invented.__file__),
        *(each for each in sources if each.relative_to(house).parts[0] not in _STORE_NOTHING),
    ]:
        seen.update(source.read_bytes())
    return seen.hexdigest()[:12]


def command_of(home: Path, *words: str) -> list[str]:
    """Return the command line that runs ``yinji`` on a node in an interpreter of its own."""
    return [sys.executable, "-c", "from yinji.main import run; run()", "--home", str(home), *words]


def start(command: Sequence[str], *, core: int) -> subprocess.Popen[bytes]:
    """Start a command on one core, counted from the first that we may use."""
    cores = sorted(os.sched_getaffinity(0))
    mine = {cores[core % len(cores)]}
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, mine),  # noqa: PLW1509 - no threads here
    )


def run_command(command: Sequence[str], *, core: int) -> None:
    """Run a command on one core to its end; raises RuntimeError with what it said where it fails."""
    process = start(command, core=core)
    _, said = process.communicate()
    if process.returncode:
        raise RuntimeError(said.decode())


def _finish(process: subprocess.Popen[bytes], report: Path) -> dict[str, Any]:
    said = process.stderr.read() if process.stderr else b""
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in {0, _SOME_REFUSED}:
        raise RuntimeError(said.decode())
    told = json.loads(report.read_text(encoding="utf-8"))
    if told["issued"] + told["known"] < _LEAST_ISSUED * told["rows"]:
        raise RuntimeError(f"issued {told['issued']} of {told['rows']} invented orders")
    return {"rate": told["issued"] / told["seconds"], "seconds": told["seconds"], "peak_mb": _megabytes(usage)}


def _megabytes(usage: resource.struct_rusage) -> float:
    return round(usage.ru_maxrss / 1024, 1)
