"""One page of waybills: 1 how far each shard may be looked through; 2 what is wanted of that; 3 the newest of all shards."""

from __future__ import annotations

from yinji.db.work import Reading
from yinji.kernel.ids import Ref, Shard
from yinji.waybill.listing import store
from yinji.waybill.listing.model import ROWS_MAX, WALK_MAX, Page, Wanted
from yinji.waybill.model import Waybill
from yinji.waybill.parcel.model import ParcelState


def list_page(reading: Reading, wanted: Wanted, *, org: Ref, shards: int, before: Ref | None, rows: int = ROWS_MAX) -> Page:
    """Return up to ``rows`` wanted waybills older than ``before`` (None: the newest), newest first.

    What lies beyond the nearest shard's walk is left for the next page: nothing is passed over, nothing shown twice.
    """
    until = store.first_ref(wanted.until_ms)
    top = until if before is None else min(until, bytes(before))
    floors: list[Ref] = []
    found: list[tuple[Waybill, ParcelState]] = []
    walk = max(WALK_MAX // shards, rows + 1)
    for shard in map(Shard, range(shards)):
        bottom = None
        if wanted.narrows:  # 1
            bottom = store.floor(reading, org=org, shard=shard, since_ms=wanted.since_ms, before=top, walk=walk)
        if bottom is not None:
            floors.append(bottom)
        least = bottom or store.first_ref(wanted.since_ms)
        found += store.page(reading, wanted, org=org, shard=shard, before=top, least=least, limit=rows + 1)  # 2
    reached = max(floors, default=None)
    kept = sorted((each for each in found if reached is None or each[0].ref >= reached), key=_ref, reverse=True)  # 3
    if len(kept) > rows:
        return Page(tuple(kept[:rows]), after=kept[rows - 1][0].ref)
    return Page(tuple(kept), after=reached, cut=reached is not None)


def _ref(row: tuple[Waybill, ParcelState]) -> Ref:
    return row[0].ref
