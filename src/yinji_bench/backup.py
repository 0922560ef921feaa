"""A backup taken, read again and loaded into an empty place: ``yinji bench backup``. SQLite, in this process, on one core."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any, Final, Protocol

from yinji.flows.back_up import BackedUp, back_up
from yinji.flows.back_up_file import chunks_of
from yinji.flows.restore_node import Asked, Ground, restore_node
from yinji_bench.vault_node import Founding, VaultNode, vault_node

_KEY: Final = bytes(range(32))
_MEGABYTE: Final = 1_000_000


class Standing(Founding, Protocol):
    """How a node is founded, opened and restored: what `main` hands to the command line."""

    @property
    def ground(self) -> Callable[[Path, None], Ground]:
        """Return where a node stands, or could be restored to."""
        ...


def measure(rooms: Standing, *, stored: int = 100_000, rounds: int = 3, folder: Path | None = None) -> dict[str, Any]:
    """Return rows a second of backing up ``stored`` parcels and of restoring them, verified; medians of ``rounds``."""
    with vault_node(rooms, folder) as node:
        node.fill(stored, days=30)
        place = node.house.data.file or Path()
        taken, back_up_s, open_s, restore_s = [], [], [], []
        for at in range(rounds):
            begun = perf_counter()
            taken.append(back_up(node.house, place.parent.parent / f"backup-{at}", recovery=_KEY))
            back_up_s.append(perf_counter() - begun)
            begun = perf_counter()
            deque(chunks_of(taken[-1].path, _KEY), maxlen=0)
            open_s.append(perf_counter() - begun)
            restore_s.append(_restore(rooms, node, taken[-1], place.parent.parent / f"restored-{at}"))
    rows, size = taken[-1].tally.rows, taken[-1].bytes
    return {
        "stored": stored,
        "rows": rows,
        "bytes": size,
        "backup_rows_per_s": round(rows / median(back_up_s)),
        "backup_mb_per_s": round(size / _MEGABYTE / median(back_up_s), 1),
        "open_mb_per_s": round(size / _MEGABYTE / median(open_s), 1),
        "restore_rows_per_s": round(rows / median(restore_s)),
    }


def _restore(rooms: Standing, node: VaultNode, taken: BackedUp, home: Path) -> float:
    """Restore beside a copy of the keys; return the seconds of it, chain and rows verified."""
    source = (node.house.data.file or Path()).parent
    home.mkdir(mode=0o700)
    shutil.copytree(source / "keys", home / "keys")
    shutil.copy(source / "yinji.toml", home)
    begun = perf_counter()
    restore_node(rooms.ground(home, None), Asked(taken.path, None, _KEY, {}))
    seconds = perf_counter() - begun
    shutil.rmtree(home)
    return seconds
