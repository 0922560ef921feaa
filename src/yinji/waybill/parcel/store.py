"""SQL of scans, of the state of parcels, and of numbers seen outside."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from sqlalchemy import Column, and_, bindparam, func, insert, or_, select, update

from yinji.db.schema import BINARY, MOMENT, NUMBER, SMALL, TEXT, place, table
from yinji.db.work import Reading, Work
from yinji.kernel.entry import Entry
from yinji.kernel.ids import Ref, Shard, shard_of
from yinji.waybill.parcel.model import ParcelState, Scan, ScanPlace, Seen, Stray, Way

PARCELS: Final = table(
    "waybill_parcels",
    *place(),
    Column("parcel", BINARY, primary_key=True, nullable=False),
    Column("state", SMALL, nullable=False),
    Column("scans", NUMBER, nullable=False),
    Column("accepted_ms", MOMENT, nullable=False),
    Column("last_ms", MOMENT, nullable=False),
    Column("ended_ms", MOMENT, nullable=False),
    Column("inspected", SMALL, nullable=False),
    Column("screened", SMALL, nullable=False),
    Column("odd", NUMBER, nullable=False),
)
SCANS: Final = table(
    "waybill_scans",
    *place(),
    Column("parcel", BINARY, primary_key=True, nullable=False),
    Column("at_ms", MOMENT, primary_key=True, nullable=False, autoincrement=False),
    Column("key", BINARY, primary_key=True, nullable=False),
    Column("scan", SMALL, nullable=False),
    Column("place", TEXT, nullable=False),
    Column("source", TEXT, nullable=False),
    Column("proof", BINARY, nullable=False),
)
STRAYS: Final = table(
    "waybill_strays",
    *place(),
    Column("number", TEXT, primary_key=True, nullable=False),
    Column("seen", NUMBER, nullable=False),
    Column("first_ms", MOMENT, nullable=False),
    Column("last_ms", MOMENT, nullable=False),
)

_TOLD: Final = ("state", "scans", "accepted_ms", "last_ms", "ended_ms", "inspected", "screened", "odd")


def known_parcels(work: Work, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> set[Ref]:
    """Return which of some parcels have been seen before, locked until the work ends: whoever reports on the same parcel waits."""
    own = (PARCELS.c.org_id == org, PARCELS.c.shard == shard, PARCELS.c.parcel.in_(parcels))
    rows = work.rows(select(PARCELS.c.parcel).where(*own).order_by(PARCELS.c.parcel).with_for_update())
    return {Ref(bytes(row.parcel)) for row in rows}


def scans(reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> dict[Ref, list[Seen]]:
    """Return every scan of some parcels."""
    found = reading.rows_among(
        (SCANS.c.parcel, SCANS.c.at_ms, SCANS.c.key, SCANS.c.scan, SCANS.c.place, SCANS.c.source, SCANS.c.proof),
        fixed=((SCANS.c.org_id, org), (SCANS.c.shard, shard)),
        key=(SCANS.c.parcel,),
        values=[(parcel,) for parcel in parcels],
    )
    seen: dict[Ref, list[Seen]] = {}
    for parcel, *told in found:
        seen.setdefault(Ref(bytes(parcel)), []).append(_seen(told))
    return seen


def scans_after(reading: Reading, *, org: Ref, parcel: Ref, after: ScanPlace | None, limit: int) -> list[Seen]:
    """Return up to ``limit`` scans of one parcel behind a place, in the order of a parcel's way: moment, scan, key."""
    own = [SCANS.c.org_id == org, SCANS.c.shard == shard_of(parcel), SCANS.c.parcel == parcel]
    if after is not None:
        at_ms, scan, key = after
        behind = or_(SCANS.c.scan > scan, and_(SCANS.c.scan == scan, SCANS.c.key > key))
        own.append(or_(SCANS.c.at_ms > at_ms, and_(SCANS.c.at_ms == at_ms, behind)))
    told = select(SCANS.c.at_ms, SCANS.c.key, SCANS.c.scan, SCANS.c.place, SCANS.c.source, SCANS.c.proof).where(*own)
    return [_seen(row) for row in reading.rows(told.order_by(SCANS.c.at_ms, SCANS.c.scan, SCANS.c.key).limit(limit))]


def add_scans(work: Work, fresh: Sequence[tuple[Ref, Seen]], *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Write scans that were not known; raises Clash where another process was first with one."""
    work.add_rows(SCANS, [(org, shard, parcel, *seen) for parcel, seen in fresh])
    work.append(entry)


def keep_ways(work: Work, ways: Sequence[Way], *, known: set[Ref], org: Ref, shard: Shard, entry: Entry) -> None:
    """Write the state of parcels; raises Clash where another process was first with one that nobody had seen."""
    work.add_rows(PARCELS, [(org, shard, way.parcel, *_told(way)) for way in ways if way.parcel not in known])
    changed = [{"own": way.parcel, **dict(zip(_TOLD, _told(way), strict=True))} for way in ways if way.parcel in known]
    if changed:
        own = (PARCELS.c.org_id == org, PARCELS.c.shard == shard, PARCELS.c.parcel == bindparam("own"))
        work.change(update(PARCELS).where(*own).values({name: bindparam(name) for name in _TOLD}), changed)
    work.append(entry)


def ways(reading: Reading, *, org: Ref, shard: Shard, parcels: Sequence[Ref]) -> list[Way]:
    """Return the state of those of some parcels that were seen."""
    found = reading.rows_among(
        (PARCELS.c.parcel, *(PARCELS.c[name] for name in _TOLD)),
        fixed=((PARCELS.c.org_id, org), (PARCELS.c.shard, shard)),
        key=(PARCELS.c.parcel,),
        values=[(parcel,) for parcel in parcels],
    )
    return [_way(row) for row in found]


def count_odd(reading: Reading, *, org: Ref) -> int:
    """Return how many parcels have scans that were not in order."""
    row = reading.first(select(func.count()).select_from(PARCELS).where(PARCELS.c.org_id == org, PARCELS.c.odd > 0))
    return int(row[0]) if row else 0


def any_seen(reading: Reading, *, org: Ref) -> bool:
    """Tell whether anything was ever seen of an organisation's parcels, or a stray number."""
    kept = (select(table.c.org_id).where(table.c.org_id == org).limit(1) for table in (PARCELS, STRAYS))
    return any(reading.first(each) is not None for each in kept)


def add_stray(work: Work, stray: Stray, *, org: Ref, shard: Shard, entry: Entry) -> None:
    """Write that a number was seen which nobody issued, or that it was seen again."""
    own = (STRAYS.c.org_id == org, STRAYS.c.shard == shard, STRAYS.c.number == stray.number)
    before = work.first(select(STRAYS.c.seen, STRAYS.c.first_ms, STRAYS.c.last_ms).where(*own).with_for_update())
    if before is None:
        values = {"org_id": org, "shard": shard, **stray._asdict()}
        work.change(insert(STRAYS).values(values))
    else:
        first, last = min(before.first_ms, stray.first_ms), max(before.last_ms, stray.last_ms)
        work.change(update(STRAYS).where(*own).values(seen=before.seen + stray.seen, first_ms=first, last_ms=last))
    work.append(entry)


def strays(reading: Reading, *, org: Ref, since_ms: int, limit: int) -> list[Stray]:
    """Return up to ``limit`` numbers that were seen since a moment and never issued, latest first."""
    own = (STRAYS.c.org_id == org, STRAYS.c.last_ms >= since_ms)
    statement = select(STRAYS.c.number, STRAYS.c.seen, STRAYS.c.first_ms, STRAYS.c.last_ms).where(*own)
    rows = reading.rows(statement.order_by(STRAYS.c.last_ms.desc(), STRAYS.c.number).limit(limit))
    return [Stray(row.number, row.seen, row.first_ms, row.last_ms) for row in rows]


def _seen(row: Sequence[Any]) -> Seen:
    at_ms, key, scan, where, source, proof = row
    return Seen(at_ms, bytes(key), Scan(scan), where, source, bytes(proof))


def _told(way: Way) -> tuple[int, ...]:
    marks = (int(way.inspected), int(way.screened))
    return (int(way.state), way.scans, way.accepted_ms, way.last_ms, way.ended_ms, *marks, way.odd)


def _way(row: Sequence[Any]) -> Way:
    parcel, state, count, accepted_ms, last_ms, ended_ms, inspected, screened, odd = row
    return Way(
        Ref(bytes(parcel)), ParcelState(state), count, accepted_ms, last_ms, ended_ms, bool(inspected), bool(screened), odd
    )
