"""Is the node ready for requests? A short look at each part that no request can do without."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

from yinji.db.database import Database
from yinji.db.migrate import require_current
from yinji.flows.house import House
from yinji.kernel.disk import disk_refusal
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

DISK_BYTES_MIN: Final = 100 << 20
"""A batch of a thousand orders takes about half a megabyte: some two hundred are left. As `yinji doctor` judges it."""


def ready_node(house: House) -> dict[str, Refusal | None]:
    """Return for each part (``data``, ``disclosures``, ``keys``, ``disk``) why it cannot be used, or None."""
    looks: Mapping[str, Callable[[], None]] = {
        "data": lambda: require_current(house.data),
        "disclosures": lambda: require_current(house.disclosures),
        "keys": lambda: house.keys.require_node(house.node.ref, house.node.key_check),
        "disk": lambda: _require_room(house.data),
    }
    return {name: _refusal(look) for name, look in looks.items()}


def _refusal(look: Callable[[], None]) -> Refusal | None:
    try:
        look()
    except Fault as fault:
        return fault.code
    except OSError as error:
        return disk_refusal(error)
    return None


def _require_room(database: Database) -> None:
    """Where the data stand on another machine, its database says itself when its disk is full."""
    folder: Path | None = database.file.parent if database.file else None
    if folder is not None and shutil.disk_usage(folder).free < DISK_BYTES_MIN:
        raise Fault(Refusal.DISK_FULL)
