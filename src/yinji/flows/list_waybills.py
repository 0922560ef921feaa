"""Show one page of waybills: 1 may this post; 2 the register's rows and their parcels' states, newest first."""

from __future__ import annotations

from yinji.access.desks import Desk
from yinji.flows.house import House
from yinji.flows.sit_at_desk import kept_from
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.waybill.listing.model import ROWS_MAX, Page, Wanted
from yinji.waybill.listing.service import list_page


def list_waybills(house: House, wanted: Wanted, *, before: Ref | None = None, rows: int = ROWS_MAX) -> Page | Refuse:
    """Return up to ``rows`` wanted waybills older than ``before``; None: the newest."""
    if refused := kept_from(house, Desk.WAYBILLS):  # 1
        return refused
    with house.data.reading() as reading:  # 2
        return list_page(reading, wanted, org=house.node.org, shards=house.node.shards, before=before, rows=rows)
