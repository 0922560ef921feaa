"""Single orders over HTTP: ``yinji bench api``. The real `yinji serve` in a process pinned to one core, the load in another on another.

Each request brings an API key and one order; it is answered after the commit that holds its waybill (SQLite, synchronous=FULL). What is
counted is answers a second over all connections, and how long one waited, from its first byte sent to its last byte read. Beside it
stand what a create costs of the server's own processor time, and answers a second of it: what a core gives where nobody else is on it and
the disk keeps up; and, from the same rounds, what an application that does nothing shows under the same load: the ceiling of the server
and the load themselves, on this machine and as busy as it was.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from typing import Any, Final

from yinji_bench.api_server import empty_command, serving
from yinji_bench.issue_node import IssueNode, command_of

CONNECTIONS: Final = 64
_WARM: Final = 2_000
"""Orders before the clock starts: fonts, presses and statements are made on first use."""

_HUNDRED: Final = 100
_MICROSECONDS: Final = 1_000_000

_Turns = Sequence[dict[str, Any]]


def measure(
    *, orders: int = 20_000, rounds: int = 3, connections: int = CONNECTIONS, folder: Path | None = None
) -> dict[str, Any]:
    """Return answers a second (median of rounds), and the median, 99th percentile and largest of milliseconds waited."""
    with tempfile.TemporaryDirectory(dir=folder) as name:
        place = Path(name)
        node = IssueNode(place / "node", 1, datetime.now(UTC).date())
        node.found()
        key = _key(node)
        with (
            serving(command_of(node.home, "serve", "--port", "0"), place / "said", key=key) as ours,
            serving(empty_command(), place / "empty") as empty,
        ):
            turns: list[dict[str, Any]] = []
            ceiling: list[dict[str, Any]] = []
            for count in (_WARM, *[orders] * rounds):  # in turn: both meet the machine as busy as it is
                turns.append(ours.drive(count, connections=connections))
                ceiling.append(empty.drive(count, connections=connections))
    measured = turns[1:]
    waited = [quantiles(each["ms"], n=_HUNDRED) for each in measured]
    return {
        "orders": orders,
        "rounds": rounds,
        "connections": connections,
        "single_per_s": _per_second(measured),
        "single_per_cpu_s": _per_second(measured, of="cpu"),
        "cpu_us_per_create": round(_MICROSECONDS / _per_second(measured, of="cpu"), 1),
        "p50_ms": round(median(each[49] for each in waited), 1),
        "p99_ms": round(median(each[98] for each in waited), 1),
        "max_ms": round(max(max(each["ms"]) for each in measured), 1),
        "refused": sum(each["refused"] for each in measured),
        "empty_per_s": _per_second(ceiling[1:]),
        "empty_cpu_us": round(_MICROSECONDS / _per_second(ceiling[1:], of="cpu"), 1),
    }


def _per_second(turns: _Turns, *, of: str = "seconds") -> float:
    """Return answers a second, the median of rounds: of the clock's ``seconds``, or of the server's own ``cpu``."""
    rates: list[float] = [len(each["ms"]) / each[of] for each in turns]
    return round(median(rates), 1)


def _key(node: IssueNode) -> str:
    command = command_of(node.home, "api-keys", "issue", "bench", "--scope", "waybills:issue")
    made = subprocess.run(command, capture_output=True, check=True)  # noqa: S603 - our own program
    return made.stdout.decode().strip()
