"""Restore a node into an empty place: 1 read the backups' headers, and the keys whole; 2 the settings must be those it was
founded with; 3 load the data, each chunk authenticated, into scratch files (SQLite) or one transaction (PostgreSQL), with the
sentence that says so, and every API key of theirs revoked; 4 put the keys in place, and require that they are this node's; 5 put the
data in place; 6 open the node, redo erasures that data or keys do not know yet, verify the chain.

Whatever fails before 5 leaves no node.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final, TypeAlias

from yinji.access.api_keys.service import end_restored
from yinji.db.copying import Misframed, Rows, Section, Tally, unpacked
from yinji.db.database import Database
from yinji.db.loading import Loading, Route
from yinji.db.migrate import REVISIONS, migrate
from yinji.flows.back_up import DataInfo, read_info
from yinji.flows.back_up_file import Opened, chunks_of, open_backup
from yinji.flows.back_up_keys import KeyPlace
from yinji.flows.house import House
from yinji.flows.reconcile_batches import Reconciled, reconcile_batches
from yinji.flows.restore_node_keys import KeyFiles, KeysRead, place_keys, read_keys
from yinji.flows.restore_node_scratch import Scratch
from yinji.flows.rotate_keys import mend_vault
from yinji.flows.sign_evidence import sign_evidence
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.clock import Clock
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.keys.stream import Kind
from yinji.ledger.model import Report
from yinji.ledger.service import Ledger
from yinji.settings import FILE, Settings
from yinji.vault.erasing.mending import Mended

DISCLOSED: Final = frozenset({"access_permits", "access_quotas"})
"""Tables whose rows stand in the file of disclosures where there are two; a backup of PostgreSQL does not say."""


Blocks: TypeAlias = Iterator[tuple[Section, Rows]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be restored: the data, the keys where they are not in place already, checkpoints kept elsewhere by log."""

    data: Path
    keys: KeyFiles | None
    recovery: bytes
    kept: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Ground:
    """Where to: the places of the node, as main reads them from its settings. ``require_keys`` checks node and check value."""

    home: Path
    settings: Settings
    data: Database
    disclosures: Database
    keys: KeyPlace
    require_keys: Callable[[Ref, bytes], None]
    open_house: Callable[[], House]
    clock: Clock


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore came to. ``key_files`` is None where the keys were in place; ``mended`` what data and keys did not agree on."""

    node: Ref
    made_ms: int
    tally: Tally
    key_files: int | None
    mended: Mended
    reports: tuple[Report, ...]
    rows: Reconciled

    @property
    def holds(self) -> bool:
        """True if the chain verifies against every checkpoint, every waybill is what it says, and no key is lost."""
        return self.rows.holds and not self.mended.refused and all(report.holds for report in self.reports)


def restore_node(ground: Ground, asked: Asked) -> Restored:
    """Restore; raises a Fault that names file or place, having put nothing in place."""
    now = ground.clock.now_ms()
    opened = open_backup(asked.data, Kind.DATA, asked.recovery, now_ms=now)  # 1
    info = read_info(opened.header.info, place=str(asked.data))
    keys = read_keys(asked.keys, recovery=asked.recovery, now_ms=now) if asked.keys else None
    if keys and keys.node != opened.header.node:
        raise Fault(Refusal.BACKUP_FOREIGN, str(asked.keys.keys if asked.keys else ""))
    require_as_founded(info, ground.settings)  # 2
    if info.revision not in REVISIONS:
        raise Fault(Refusal.DATABASE_NEWER, str(asked.data))
    key_files: list[int] = []

    def ready() -> None:  # 4
        if keys:
            key_files.append(place_keys(keys, ground.keys))
        ground.require_keys(opened.header.node, info.key_check)
        _keep_settings(ground, info)

    blocks = unpacked(chunks_of(asked.data, asked.recovery))
    try:
        tally = _load(ground, info, blocks, entries=_entries(opened, info, keys, now), ready=ready)  # 3, 5
    except Misframed:
        raise Fault(Refusal.BACKUP_DAMAGED, str(asked.data)) from None
    house = ground.open_house()  # 6
    try:
        mended = mend_vault(house)
        sign_evidence(house)
        reports = verify_evidence(house, kept=info.notes)
        if asked.kept:
            reports += tuple(each for each in verify_evidence(house, kept=asked.kept) if each.log in asked.kept)
        rows = reconcile_batches(house)
    finally:
        house.close()
    return Restored(
        opened.header.node, opened.header.made_ms, tally, key_files[0] if key_files else None, mended, reports, rows
    )


def require_as_founded(info: DataInfo, settings: Settings) -> None:
    """Raise SETTING_MALFORMED where the settings say otherwise than those the node was founded with.

    A setting that stands at its default is written into the restored node's own file instead.
    """
    standard = Settings()
    for name in ("shards", "index_bucket"):
        founded, chosen = getattr(info, name), getattr(settings, name)
        if chosen not in {founded, getattr(standard, name)}:
            raise Fault(Refusal.SETTING_MALFORMED, f"{name}: {founded}")


def route_of(logs: tuple[str, ...], targets: Mapping[str, Database]) -> Route:
    """Return which database each section goes to: the one it came from, the only one, or where its table belongs."""
    if len(targets) == 1:
        (only,) = targets
        return lambda _: only
    if len(logs) > 1:
        return lambda section: section.log

    def by_table(section: Section) -> str | None:
        if "log" in section.columns:
            return None
        return "disclosures" if section.table in DISCLOSED else "data"

    return by_table


def _entries(opened: Opened, info: DataInfo, keys: KeysRead | None, now: int) -> list[Entry]:
    """Return what the restored node says of its restoring; who holds its files acts as its operator."""
    said = [(Event.DATA_RESTORED, opened.header.ref)]
    if keys:
        said.append((Event.KEYS_RESTORED, keys.ref))
    return [Entry(event, info.actor, Purpose.TEND_NODE, now, about=(ref,)) for event, ref in said]


def _load(ground: Ground, info: DataInfo, blocks: Blocks, *, entries: list[Entry], ready: Callable[[], None]) -> Tally:
    """Load and put in place; ``ready`` is called before anything is there for good."""
    with _targets(ground) as (targets, place):
        for database in targets.values():
            migrate(database, to=info.revision)
        with Loading(targets, route_of(info.logs, targets)) as loading:
            tally = loading.take(blocks)
            end_keys = partial(end_restored, actor=info.actor, at_ms=ground.clock.now_ms())
            loading.say("data", entries, Ledger(None, ""), then=end_keys)
            if not ground.data.file:
                ready()
        for database in targets.values():
            migrate(database)
        if ground.data.file:
            ready()
        place()
    return tally


@contextmanager
def _targets(ground: Ground) -> Iterator[tuple[Mapping[str, Database], Callable[[], None]]]:
    """Give the databases to load, by their log, and what puts them in place."""
    if ground.data.file:
        with Scratch(ground.data, ground.disclosures) as scratch:
            yield scratch.databases, scratch.place
        return
    try:
        yield {ground.data.log: ground.data}, lambda: None
    finally:
        ground.data.close()


def _keep_settings(ground: Ground, info: DataInfo) -> None:
    """Write those settings that a node is founded with, where its place has no file of settings."""
    standard, file = Settings(), ground.home / FILE
    lines = []
    if info.shards not in {standard.shards, ground.settings.shards}:
        lines.append(f"shards = {info.shards}\n")
    if info.index_bucket not in {standard.index_bucket, ground.settings.index_bucket}:
        lines.append(f'index_bucket = "{info.index_bucket}"\n')
    if not lines:
        return
    if file.exists():
        raise Fault(Refusal.SETTING_MALFORMED, f"{file}: {lines[0].strip()}")
    ground.home.mkdir(parents=True, exist_ok=True, mode=0o700)
    file.write_text("".join(lines), encoding="utf-8")
