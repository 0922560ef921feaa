"""``/waybills``: one by its number, a page of them, the search by a person's information, voiding."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Request, Response, get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.access.desks import Desk
from yinji.doors.http.api.waybills_model import (
    WaybillOut,
    WaybillsOut,
    cursor_of,
    fresh,
    place_of_cursor,
    tag_of,
    waybill_out,
)
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.house import House
from yinji.flows.list_waybills import list_waybills
from yinji.flows.show_waybill import show_waybill, waybill_numbered
from yinji.flows.void_waybill import VoidReason, void_waybill
from yinji.kernel.clock import BEIJING, beijing_day
from yinji.kernel.decision import Refuse
from yinji.waybill.listing.model import Wanted
from yinji.waybill.model import NumberState, Waybill

PAGE_MAX: Final = 500
_PAGE: Final = 100
_JSON: Final = "application/json"
_DAYS: Final = 30
"""Days that a list goes back where it is not said how far."""

State = Literal["issued", "printed", "completed", "archived", "voided"]


class VoidIn(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Why a number is voided: a code for the evidence."""

    reason: VoidReason = VoidReason.OTHER


@get(
    "/waybills/{number:str}",
    opt=signed(Scope.WAYBILLS_READ),
    operation_id="showWaybill",
    tags=["waybills"],
    summary="One waybill, with the masks of its parties",
    responses={
        200: ResponseSpec(WaybillOut, description="The waybill."),
        304: ResponseSpec(None, description="What the client has is still what there is."),
    },
)
async def show_one(request: Request[Any, Any, Any], visitor: Asking, number: FromPath[str]) -> Response[bytes]:
    """Return a waybill by its number or a further package's. It has an entity tag: ask again with ``If-None-Match``."""
    body = msgspec.json.encode(await visitor.ask(_shown, number))
    tag = tag_of(body)
    headers = {"etag": tag, "cache-control": "private, no-cache"}
    if fresh(request.headers.get("if-none-match", ""), tag):
        return Response(b"", status_code=304, headers=headers, media_type=_JSON)
    return Response(body, media_type=_JSON, headers=headers)


@get(
    "/waybills",
    opt=signed(Scope.WAYBILLS_READ),
    operation_id="listWaybills",
    tags=["waybills"],
    summary="Waybills of some days, newest first",
)
async def list_some(
    visitor: Asking,
    *,
    cursor: Annotated[str, QueryParameter(description="The `next` of the page before; empty: the newest.", max_length=64)] = "",
    limit: Annotated[int, QueryParameter(ge=1, le=PAGE_MAX)] = _PAGE,
    since: Annotated[date | None, QueryParameter(description="First day, in Beijing; 30 days ago if not said.")] = None,
    until: Annotated[date | None, QueryParameter(description="Last day, in Beijing; today if not said.")] = None,
    number_state: Annotated[State | None, QueryParameter(name="state", description="Only numbers in this state.")] = None,
    outlet: Annotated[str, QueryParameter(max_length=32)] = "",
    channel: Annotated[str, QueryParameter(max_length=32)] = "",
) -> WaybillsOut:
    """Return a page of waybills: numbers and states, nobody's mask. A page may be short, or empty, and still have a ``next``."""
    today = beijing_day(visitor.house.clock.now_ms())
    last = until or today
    wanted = Wanted(
        _begins_ms(since or last - timedelta(days=_DAYS)),
        _begins_ms(last) + 86_400_000,
        state=NumberState[number_state.upper()] if number_state else None,
        outlet=outlet,
        channel=channel,
    )
    page = await visitor.ask(list_waybills, wanted, before=place_of_cursor(cursor), rows=limit)
    return WaybillsOut(waybills=[waybill_out(bill, parcel) for bill, parcel in page.rows], next=cursor_of(page.after))


@post(
    "/waybills/{number:str}/void",
    opt=signed(Scope.NUMBERS_MANAGE),
    status_code=200,
    operation_id="voidWaybill",
    tags=["waybills"],
    summary="Void a number, for good",
)
async def void_one(visitor: Asking, number: FromPath[str], data: JSONBody[VoidIn]) -> WaybillOut:
    """Void a waybill's number, and those of its further packages, before its parcel is accepted. It is never used again."""
    return await visitor.ask(_voided, number, data.reason)


def _shown(house: House, number: str) -> WaybillOut | Refuse:
    bill = waybill_numbered(house, number, desk=Desk.WAYBILLS)
    shown = bill if isinstance(bill, Refuse) else show_waybill(house, bill.ref)
    if isinstance(shown, Refuse):
        return shown
    return waybill_out(shown.bill, shown.way.state, recipient=shown.recipient, sender=shown.sender)


def _voided(house: House, number: str, reason: VoidReason) -> WaybillOut | Refuse:
    bill: Waybill | Refuse = waybill_numbered(house, number, desk=Desk.WAYBILL_ACTS)
    if not isinstance(bill, Refuse):
        bill = void_waybill(house, bill.ref, reason=reason)
    return bill if isinstance(bill, Refuse) else _shown(house, bill.number)


def _begins_ms(day: date) -> int:
    return int(datetime.combine(day, time.min, BEIJING).timestamp() * 1_000)


WAYBILLS: Final[list[ControllerRouterHandler]] = [list_some, show_one, void_one]
