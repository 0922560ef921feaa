"""SQL of lists: a range of references, walked backwards along the primary key."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, func, select

from yinji.db.work import Reading
from yinji.kernel.ids import Ref, Shard
from yinji.waybill.listing.model import Wanted
from yinji.waybill.model import Waybill
from yinji.waybill.parcel.model import ParcelState
from yinji.waybill.parcel.store import PARCELS
from yinji.waybill.store import TIME_BYTES, WAYBILLS, columns_of_waybill, waybill_of_row

_STATE: Final[ColumnElement[Any]] = func.coalesce(PARCELS.c.state, int(ParcelState.ANNOUNCED))


def floor(reading: Reading, *, org: Ref, shard: Shard, since_ms: int, before: bytes, walk: int) -> Ref | None:
    """Return the reference of the last of ``walk`` rows before a reference, None where there are fewer."""
    row = reading.first(floor_query(org=org, shard=shard, since_ms=since_ms, before=before, walk=walk))
    return None if row is None else Ref(bytes(row.ref))


def page(
    reading: Reading, wanted: Wanted, *, org: Ref, shard: Shard, before: bytes, least: bytes, limit: int
) -> list[tuple[Waybill, ParcelState]]:
    """Return up to ``limit`` wanted waybills with references from ``least`` until before ``before``, newest first."""
    rows = reading.rows(page_query(wanted, org=org, shard=shard, before=before, least=least, limit=limit))
    return [(waybill_of_row(row[:-1]), ParcelState(row[-1])) for row in rows]


def floor_query(*, org: Ref, shard: Shard, since_ms: int, before: bytes, walk: int) -> Select[Any]:
    """Return the query of `floor`: it reads keys alone."""
    own = _between(org, shard, first_ref(since_ms), before)
    return select(WAYBILLS.c.ref).where(*own).order_by(WAYBILLS.c.ref.desc()).offset(walk - 1).limit(1)


def page_query(wanted: Wanted, *, org: Ref, shard: Shard, before: bytes, least: bytes, limit: int) -> Select[Any]:
    """Return the query of `page`: a range of the primary key, backwards, until there are enough."""
    joined = WAYBILLS.outerjoin(
        PARCELS,
        and_(PARCELS.c.org_id == WAYBILLS.c.org_id, PARCELS.c.shard == WAYBILLS.c.shard, PARCELS.c.parcel == WAYBILLS.c.ref),
    )
    statement = select(*columns_of_waybill(), _STATE.label("parcel_state")).select_from(joined)
    own = (*_between(org, shard, least, before), *_narrowed(wanted))
    return statement.where(*own).order_by(WAYBILLS.c.ref.desc()).limit(limit)


def first_ref(at_ms: int) -> bytes:
    """Return what no reference of a moment or later is smaller than: references begin with their moment."""
    return max(at_ms, 0).to_bytes(TIME_BYTES, "big")


def _between(org: Ref, shard: Shard, least: bytes, before: bytes) -> tuple[ColumnElement[bool], ...]:
    return (WAYBILLS.c.org_id == org, WAYBILLS.c.shard == shard, WAYBILLS.c.ref >= least, WAYBILLS.c.ref < before)


def _narrowed(wanted: Wanted) -> list[ColumnElement[bool]]:
    told: list[ColumnElement[bool]] = []
    if wanted.state is not None:
        told.append(WAYBILLS.c.state == int(wanted.state))
    if wanted.kind is not None:
        told.append(WAYBILLS.c.kind == int(wanted.kind))
    if wanted.outlet:
        told.append(WAYBILLS.c.outlet == wanted.outlet)
    if wanted.channel:
        told.append(WAYBILLS.c.channel == wanted.channel)
    if wanted.merchant:
        told.append(WAYBILLS.c.merchant == wanted.merchant)
    if wanted.parcel is not None:
        told.append(_STATE.in_((int(wanted.parcel),)))
    return told
