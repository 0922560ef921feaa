"""Orders to evidenced, printed waybills: ``yinji bench issue``. Drives the real command as a user does, in processes of its own.

Every figure is waybills a second of one `yinji issue` pinned to one core, by the command's own report: from the header of the file
to the signed checkpoint, labels included, SQLite with synchronous=FULL. The process's start is not counted.
"""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from time import monotonic
from typing import Any, Final

from yinji_bench.issue_node import IssueNode, start, stocked

DAYS: Final = 30
_SPREAD: Final = "issue-spread"
_ONE_DAY: Final = "issue-day"
_SPIN: Final = "sum(i * i % 7 for i in range(20_000_000))"
"""A second or two of arithmetic that touches no memory and no disk."""


def measure(
    *, orders: int = 10_000, stored: int = 500_000, rounds: int = 3, folder: Path | None = None, keep: Path | None = None
) -> dict[str, Any]:
    """Return the figures of the path: empty, with ``stored`` waybills over 30 days and all on one day, by two processes.

    ``keep`` is where filled nodes stay for the next run, or grow further after an interrupted one; measured are copies of them.
    """
    today = datetime.now(UTC).date()
    with tempfile.TemporaryDirectory(dir=folder) as name:
        scratch = Path(name)
        fresh = IssueNode(scratch / "empty", DAYS, today)
        fresh.found()
        empty = _rates(lambda: fresh.issue([fresh.orders(orders)]), rounds)
        spread = stocked(_SPREAD, stored=stored, days=DAYS, today=today, scratch=scratch, keep=keep)
        full = _rates(lambda: spread.issue([spread.orders(orders)]), rounds)
        single, double, peak = _two(spread, orders, rounds)
        ceiling = _ceiling(rounds)
        data_bytes = (spread.home / "data.db").stat().st_size
        waybills = spread.next_order - 1
        one_day = stocked(_ONE_DAY, stored=stored, days=1, today=today, scratch=scratch, keep=keep)
        day = _rates(lambda: one_day.issue([one_day.orders(orders)]), rounds)
    return {
        "orders": orders,
        "stored": stored,
        "rounds": rounds,
        "empty_per_s": empty,
        "stored_per_s": full,
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


def _two(node: IssueNode, orders: int, rounds: int) -> tuple[float, float, float]:
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
    running = [start([sys.executable, "-c", _SPIN], core=core) for core in range(processes)]
    for process in running:
        process.communicate()
    return monotonic() - began
