"""Orders to evidenced, printed waybills: ``yinji bench issue``. Drives the real command as a user does, in processes of its own.

Every figure is waybills a second of one `yinji issue` pinned to one core, by the command's own report: from the header of the file
to the signed checkpoint, labels included, SQLite with synchronous=FULL. The process's start is not counted.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import count
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any, Final

from yinji_bench.orders import write_orders

DAYS: Final = 30
_RANGE: Final = "QB:1000000000000-1009999999999"
_SENDER: Final = 'name = "测量商行"\nphone = "021-50000000"\naddress = "上海市浦东新区张江镇示例路88号2栋301室"\n'
_FILL_AT_ONCE: Final = 100_000
_SPIN: Final = "sum(i * i % 7 for i in range(20_000_000))"
"""A second or two of arithmetic that touches no memory and no disk."""

_SOME_REFUSED: Final = 3
"""The command's exit code where some rows were refused: among a million invented people a few have unlucky names."""


@dataclass(slots=True)
class _Node:
    """A scratch node and the order numbers it has seen."""

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
        _run(_command(self.home, "init", "--range", _RANGE, "--sender", str(sender)), core=0)

    @property
    def home(self) -> Path:
        return self.folder / "node"

    def orders(self, orders: int) -> Path:
        """Write a fresh file of orders nobody has seen."""
        path = self.folder / f"orders-{next(self.names)}.csv"
        write_orders(path, orders, first=self.next_order, days=self.days, today=self.today)
        self.next_order += orders
        return path

    def issue(self, files: Sequence[Path]) -> list[dict[str, Any]]:
        """Issue files at once, a process and a core each; return their reports."""
        started = []
        for core, orders in enumerate(files):
            report, labels = orders.with_suffix(".json"), orders.with_suffix(".pdf")
            command = _command(self.home, "issue", str(orders), "--labels", str(labels), "--report", str(report))
            started.append((_start(command, core=core), report))
        return [_finish(process, report) for process, report in started]

    def fill(self, stored: int) -> None:
        """Store waybills up to ``stored``, two processes at a time."""
        while (missing := stored - (self.next_order - 1)) > 0:
            half = min(_FILL_AT_ONCE, (missing + 1) // 2)
            self.issue([self.orders(half), self.orders(half)])


def measure(*, orders: int = 10_000, stored: int = 500_000, rounds: int = 3, folder: Path | None = None) -> dict[str, Any]:
    """Return the figures of the path: empty, with ``stored`` waybills over 30 days and all on one day, by two processes."""
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        spread = _Node(Path(scratch) / "spread", DAYS, today)
        spread.found()
        empty = _rates(lambda: spread.issue([spread.orders(orders)]), rounds)
        spread.fill(stored)
        full = _rates(lambda: spread.issue([spread.orders(orders)]), rounds)
        single, double, peak = _two(spread, orders, rounds)
        ceiling = _ceiling(rounds)
        data_bytes = (spread.home / "data.db").stat().st_size
        waybills = spread.next_order - 1
        one_day = _Node(Path(scratch) / "day", 1, today)
        one_day.found()
        one_day.fill(stored)
        day = _rates(lambda: one_day.issue([one_day.orders(orders)]), rounds)
    return {
        "orders": orders,
        "stored": stored,
        "rounds": rounds,
        "empty_per_s": empty,
        "at_500k_per_s" if stored == 500_000 else f"at_{stored}_per_s": full,  # noqa: PLR2004 - the name of the figure
        "growth": round(empty / full, 3),
        "one_day_per_s": day,
        "two_process_ratio": round(double / single, 2),
        "two_process_ceiling": ceiling,
        "peak_mb": peak,
        "bytes_per_waybill": round(data_bytes / waybills),
    }


def _rates(once: Callable[[], list[dict[str, Any]]], rounds: int) -> float:
    rates: list[float] = [once()[0]["rate"] for _ in range(rounds)]
    return round(median(rates), 1)


def _two(node: _Node, orders: int, rounds: int) -> tuple[float, float, float]:
    """Return one process's rate, two processes' together, in turn, and the largest resident size seen."""
    single, double, peak = [], [], 0.0
    for _ in range(rounds):
        (alone,) = node.issue([node.orders(orders)])
        single.append(alone["rate"])
        both = node.issue([node.orders(orders), node.orders(orders)])
        double.append(2 * orders / max(each["seconds"] for each in both))
        peak = max(peak, alone["peak_mb"], *(each["peak_mb"] for each in both))
    return median(single), median(double), peak


def _ceiling(rounds: int) -> float:
    """Return what two processes that share nothing gain over one on this machine: cores that share a chip do not double."""
    return round(median(_spin(1) / _spin(2) for _ in range(rounds)) * 2, 2)


def _spin(processes: int) -> float:
    """Return the seconds until so many processes, a core each, have counted to their end."""
    began = monotonic()
    running = [_start([sys.executable, "-c", _SPIN], core=core) for core in range(processes)]
    for process in running:
        process.communicate()
    return monotonic() - began


def _command(home: Path, *words: str) -> list[str]:
    return [sys.executable, "-c", "from yinji.main import run; run()", "--home", str(home), *words]


def _start(command: Sequence[str], *, core: int) -> subprocess.Popen[bytes]:
    cores = sorted(os.sched_getaffinity(0))
    mine = {cores[core % len(cores)]}
    return subprocess.Popen(  # noqa: S603 - our own program
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: os.sched_setaffinity(0, mine),  # noqa: PLW1509 - no threads here
    )


def _run(command: Sequence[str], *, core: int) -> None:
    process = _start(command, core=core)
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
    return {"rate": told["issued"] / told["seconds"], "seconds": told["seconds"], "peak_mb": _megabytes(usage)}


def _megabytes(usage: resource.struct_rusage) -> float:
    return round(usage.ru_maxrss / 1024, 1)
