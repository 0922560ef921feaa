"""Order files, read to the point where they would be issued: ``yinji bench intake``. Each reading is a process of its own.

Ours and the peers take turns on the same files. A peer only reads: it recognises no header, checks no cell, wraps nobody, and goes
over the file once, where ours goes over it twice. Rates are rows a second of processor time, on one core; memory is the process's
peak, interpreter included.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from statistics import median
from typing import Any, Final

from yinji_bench.order_forms import FORMS
from yinji_bench.orders import order_rows

PEERS: Final[Mapping[str, Sequence[str]]] = {
    "csv": ("csv.DictReader",),
    "json": ("json.load",),
    "ndjson": ("json.loads",),
    "xlsx": ("python-calamine", "openpyxl"),
    "xlsx_shared": ("python-calamine", "openpyxl"),
}
"""What people read each form with."""

NOT_INSTALLED: Final = "not installed"
_NO_PEER: Final = 3
_DAYS: Final = 30
_LEAST_GOOD: Final = 0.999
"""Among a million invented people a few have names or streets that are refused."""


def measure(
    *, rows: int = 100_000, rounds: int = 3, forms: Sequence[str] = tuple(FORMS), folder: Path | None = None
) -> dict[str, Any]:
    """Return rows a second (medians over ``rounds``) and peak megabytes (the largest) of every form, ours and the peers'."""
    figures: dict[str, Any] = {"rows": rows, "rounds": rounds}
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for form in forms:
            path = Path(scratch) / f"orders.{form.partition('_')[0]}"
            FORMS[form](path, order_rows(rows, first=1, days=_DAYS, today=datetime.now(UTC).date()))
            figures |= _form(form, path, rows, rounds)
            path.unlink()
    return figures


def _form(form: str, path: Path, rows: int, rounds: int) -> dict[str, Any]:
    turns: dict[str, list[dict[str, float]]] = {name: [] for name in ("ours", *PEERS[form])}
    for _ in range(rounds):
        for name, taken in turns.items():
            if turn := _turn(name, path, rows):
                taken.append(turn)
    rates = {name: round(rows / median(each["seconds"] for each in taken)) for name, taken in turns.items() if taken}
    peaks = {name: max(each["peak_mb"] for each in taken) for name, taken in turns.items() if taken}
    return {
        f"{form}_per_s": rates["ours"],
        f"{form}_peak_mb": peaks["ours"],
        f"{form}_file_mb": round(path.stat().st_size / 1_000_000, 1),
        f"{form}_peers_per_s": {name: rates.get(name, NOT_INSTALLED) for name in PEERS[form]},
        f"{form}_peers_peak_mb": {name: peaks.get(name, NOT_INSTALLED) for name in PEERS[form]},
    }


def _turn(name: str, path: Path, rows: int) -> dict[str, float] | None:
    """Return what one process tells; None where the peer is not installed. Raises RuntimeError where rows are lost."""
    ended = subprocess.run(  # noqa: S603 - our own interpreter and module
        [sys.executable, "-m", "yinji_bench.intake_turn", name, str(path)], capture_output=True, text=True, check=False
    )
    if ended.returncode == _NO_PEER:
        return None
    if ended.returncode:
        raise RuntimeError(ended.stderr)
    told: dict[str, float] = json.loads(ended.stdout)
    if not _LEAST_GOOD * rows <= told["rows"] <= rows:
        raise RuntimeError(f"{name} read {told['rows']} of {rows} rows of {path.name}")
    return told
