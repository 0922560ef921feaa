"""A restore drill: 1 restore data and keys into a scratch folder that only its owner can enter; 2 verify the chain; 3 open a sample
of sealed parties, counting only; 4 destroy the scratch; 5 say in the real node's evidence that it was held.

Keys are on the disk of the scratch folder while the drill runs, plaintext never is.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import mkdtemp
from typing import Final

from yinji.flows.back_up import read_info
from yinji.flows.back_up_file import Opened, open_backup
from yinji.flows.back_up_keys import KeyPlace
from yinji.flows.house import House
from yinji.flows.restore_node import Asked, Ground, Restored, restore_node
from yinji.flows.restore_node_keys import read_keys
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.keys.stream import Kind
from yinji.settings import Settings

SAMPLE_MAX: Final = 1_000
"""Sealed parties that a drill opens: enough to see a lost month, quick enough to be held often."""

GroundOf = Callable[[Path, Settings | None], Ground]
"""Gives the ground of a node at a folder, under other settings than its own where some are given."""


@dataclass(frozen=True, slots=True)
class Drilled:
    """What a drill showed. ``tried`` and ``opened`` count sealed parties."""

    restored: Restored
    ref: Ref
    tried: int
    opened: int

    @property
    def holds(self) -> bool:
        """True if the chain verifies and every party of the sample opened."""
        return self.restored.holds and self.tried == self.opened


def hold_drill(ground_of: GroundOf, asked: Asked, *, settings: Settings, now_ms: int) -> Drilled:
    """Hold a drill; ``settings`` are the node's own, whose places are not used."""
    if asked.keys is None:
        raise Fault(Refusal.KEYS_MISSING, str(asked.data))
    opened = open_backup(asked.data, Kind.DATA, asked.recovery, now_ms=now_ms)
    portable = bool(read_keys(asked.keys, recovery=asked.recovery, now_ms=now_ms).pieces.roots)
    with _scratch() as folder:
        ground = ground_of(folder, _settings(opened, settings, portable=portable))
        try:
            restored = restore_node(ground, asked)  # 1, 2
            house = ground.open_house()
            try:
                tried, could = try_open(house, SAMPLE_MAX)  # 3
            finally:
                house.close()
        finally:
            _destroy(ground.keys, portable=portable)  # 4
    return Drilled(restored, opened.header.ref, tried, could)


def note_drill(house: House, drilled: Drilled) -> None:
    """Say in a node's evidence that a drill with its backups was held; raises BACKUP_FOREIGN for another node's."""
    if house.node.ref != drilled.restored.node:
        raise Fault(Refusal.BACKUP_FOREIGN, house.node.ref.hex()[-12:])
    entry = Entry(
        Event.DRILL_HELD,
        house.actor,
        Purpose.TEND_NODE,
        house.clock.now_ms(),
        about=(drilled.ref,),
        count=drilled.opened,
        ground="holds" if drilled.holds else "broken",
    )
    with house.data.work() as work:  # 5
        work.append(entry)
    sign_evidence(house)


def try_open(house: House, limit: int) -> tuple[int, int]:
    """Return how many sealed parties were tried and how many opened; nothing of them leaves the vault."""
    tried, opened = house.vault.try_open(limit)
    return int(tried), int(opened)


def _settings(opened: Opened, own: Settings, *, portable: bool) -> Settings:
    """Return settings for a node that stands alone in its folder, founded as the backup's was."""
    info = read_info(opened.header.info, place=str(opened.path))
    apart = replace(own, database_url="", keys_folder="", key_replicas="", shards=info.shards, index_bucket=info.index_bucket)
    return replace(apart, root="file") if portable else apart  # a root that cannot leave its token is used there


@contextmanager
def _scratch() -> Iterator[Path]:
    folder = Path(mkdtemp(prefix="yinji-drill-"))  # 0700
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _destroy(place: KeyPlace, *, portable: bool) -> None:
    """Overwrite what a thief of the disk would look for; a token's own root is left alone."""
    for name in place.files.names():
        place.files.destroy(name)
    if portable:
        for version in place.root.versions():
            place.root.destroy(version)
