"""``GET /waybills``: waybills of some days, a page at a time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from http import HTTPStatus
from typing import Annotated, Final, Literal

from litestar import get
from litestar.di import NamedDependency, Provide
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.reference_answers import reading
from yinji.doors.http.api.waybills_model import WaybillsOut, cursor_of, place_of_cursor, waybill_out
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.list_waybills import list_waybills
from yinji.kernel.clock import BEIJING, beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.listing.model import Wanted
from yinji.waybill.model import NumberState, WaybillKind
from yinji.waybill.parcel.model import ParcelState
from yinji.waybill.rules import is_outlet

PAGE_MAX: Final = 500
_PAGE: Final = 100
_DAYS: Final = 30
"""Days that a list goes back where it is not said how far."""

_DAY_MS: Final = 86_400_000
_YEARS: Final = range(1970, 3000)
"""Years of which a reference can hold the moment."""

State = Literal["issued", "printed", "completed", "archived", "voided"]
Parcel = Literal[
    "announced", "accepted", "in_transport", "out_for_delivery", "stored", "stuck", "delivered", "returning", "returned"
]
Kind = Literal["privacy", "exempt"]
Code = Annotated[str, QueryParameter(max_length=32, description="Only those with this code.")]


async def provide_wanted(
    visitor: Asking,
    *,
    since: Annotated[date | None, QueryParameter(description="First day, in Beijing; 30 days ago if not said.")] = None,
    until: Annotated[date | None, QueryParameter(description="Last day, in Beijing; today if not said.")] = None,
    number_state: Annotated[State | None, QueryParameter(name="state", description="Only numbers in this state.")] = None,
    parcel: Annotated[Parcel | None, QueryParameter(description="Only parcels in this state.")] = None,
    kind: Annotated[Kind | None, QueryParameter(description="Only labels of this kind.")] = None,
    merchant: Code = "",
    outlet: Code = "",
    channel: Code = "",
) -> Wanted:
    """Read which waybills a request is about; raises `Refused` for a day or a code that is none."""
    last = until or beijing_day(visitor.house.clock.now_ms())
    if any(day.year not in _YEARS for day in (since or last, last)):
        raise Refused(Refuse(Refusal.DATE_MALFORMED, "since | until"))
    if not all(map(is_outlet, (merchant, outlet, channel))):
        raise Refused(Refuse(Refusal.OUTLET_MALFORMED, "merchant | outlet | channel"))
    return Wanted(
        _begins_ms(since or last - timedelta(days=_DAYS)),
        _begins_ms(last) + _DAY_MS,
        state=NumberState[number_state.upper()] if number_state else None,
        parcel=ParcelState[parcel.upper()] if parcel else None,
        kind=WaybillKind[kind.upper()] if kind else None,
        merchant=merchant,
        outlet=outlet,
        channel=channel,
    )


@get(
    "/waybills",
    opt=signed(Scope.WAYBILLS_READ),
    operation_id="listWaybills",
    tags=["waybills"],
    summary="Waybills of some days, newest first",
    dependencies={"wanted": Provide(provide_wanted)},
    responses=reading(HTTPStatus.UNPROCESSABLE_ENTITY),
)
async def list_some(
    visitor: Asking,
    wanted: NamedDependency[Wanted],
    *,
    cursor: Annotated[str, QueryParameter(description="The `next` of the page before; empty: the newest.", max_length=64)] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=PAGE_MAX)] = _PAGE,
) -> WaybillsOut:
    """Return a page of waybills: numbers and states, nobody's mask. A page may be short, or empty, and still have a ``next``."""
    page = await visitor.ask(list_waybills, wanted, before=place_of_cursor(cursor), rows=limit)
    return WaybillsOut(waybills=[waybill_out(bill, parcel) for bill, parcel in page.rows], next=cursor_of(page.after))


def _begins_ms(day: date) -> int:
    return int(datetime.combine(day, time.min, BEIJING).timestamp() * 1_000)


LISTS: Final[list[ControllerRouterHandler]] = [list_some]
"""The handlers of this resource."""
