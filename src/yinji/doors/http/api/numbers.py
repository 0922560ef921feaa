"""``/numbers``: the register, its stock, and numbers for partners in two steps that may be repeated.

A reservation is named by the caller's own key in its address, so that every step is safe to send again.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from litestar import get, post, put
from litestar.params import JSONBody, PathParameter
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.cursors import PAGE, Cursor, Limit, page_of
from yinji.doors.http.api.numbers_model import (
    HandedBackNumbers,
    Owner,
    Ranges,
    Reserved,
    Stocks,
    Wish,
    as_range,
    as_reserved,
    as_stock,
)
from yinji.doors.http.api.reference_answers import reading, refusing
from yinji.doors.http.conditional import IfMatch, require_match
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.flows.allocate_numbers import (
    confirm_numbers,
    hand_back_all,
    hand_back_reserved,
    reserve_numbers,
    tell_ranges,
    tell_reservation,
    tell_stock,
)

Key = Annotated[str, PathParameter(max_length=64, description="A key of the caller's, which names the reservation.")]

_OPT: Final = signed(Scope.NUMBERS_MANAGE)
_TAGS: Final = ["numbers"]
_CONFLICTS: Final = refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)
_STEPS: Final = _CONFLICTS | refusing(HTTPStatus.PRECONDITION_FAILED)


@get("/numbers/ranges", opt=_OPT, operation_id="listRanges", tags=_TAGS, summary="The number register", responses=reading())
async def list_ranges(visitor: Asking, cursor: Cursor = "", limit: Limit = PAGE) -> Ranges:
    """Return a page of the organisation's ranges, specimens too."""
    some, after = page_of(await visitor.ask(tell_ranges), cursor=cursor, limit=limit, key=lambda each: each[0].ref)
    return Ranges(ranges=[as_range(own, span) for own, span in some], next=after)


@get(
    "/numbers/stock", opt=_OPT, operation_id="showStock", tags=_TAGS, summary="How many numbers there are", responses=reading()
)
async def show_stock(visitor: Asking, cursor: Cursor = "", limit: Limit = PAGE) -> Stocks:
    """Return how many real numbers are left, used, printed, voided: together, and of each owner, a page of them."""
    whole, every = await visitor.ask(tell_stock)
    some, after = page_of(every, cursor=cursor, limit=limit, key=lambda each: each.owner.encode())
    return Stocks(together=as_stock(whole), owners=[as_stock(each) for each in some], next=after)


@put(
    "/numbers/reservations/{key:str}",
    opt=_OPT,
    operation_id="reserveNumbers",
    tags=_TAGS,
    summary="Step one: reserve numbers",
    responses=_CONFLICTS,
)
async def reserve(visitor: Asking, key: Key, data: JSONBody[Wish]) -> Reserved:
    """Reserve numbers under a key of the caller's; fewer where there are no more. The same wish again is answered alike."""
    return as_reserved(await visitor.ask(reserve_numbers, key, owner=data.owner, count=data.count))


@get(
    "/numbers/reservations/{key:str}",
    opt=_OPT,
    operation_id="showReservation",
    tags=_TAGS,
    summary="A reservation",
    responses=reading(HTTPStatus.NOT_FOUND),
)
async def show_reservation(visitor: Asking, key: Key) -> Reserved:
    """Return what was reserved under a key."""
    return as_reserved(await visitor.ask(tell_reservation, key))


@post(
    "/numbers/reservations/{key:str}/confirm",
    opt=_OPT,
    status_code=200,
    operation_id="confirmNumbers",
    tags=_TAGS,
    summary="Step two: confirm a reservation",
    responses=_STEPS,
)
async def confirm(visitor: Asking, key: Key, if_match: IfMatch = "") -> Reserved:
    """Give the reserved numbers to their owner; confirmed twice it is answered alike."""
    await _require_seen(visitor, key, if_match)
    return as_reserved(await visitor.ask(confirm_numbers, key))


@post(
    "/numbers/reservations/{key:str}/hand-back",
    opt=_OPT,
    status_code=200,
    operation_id="handBackReservation",
    tags=_TAGS,
    summary="Hand a reservation's unused numbers back",
    responses=_STEPS,
)
async def hand_back_one(visitor: Asking, key: Key, if_match: IfMatch = "") -> HandedBackNumbers:
    """Take back what this confirmed reservation gave and nobody has used. One that was never confirmed ends by itself."""
    await _require_seen(visitor, key, if_match)
    told = await visitor.ask(hand_back_reserved, key)
    return HandedBackNumbers(owner=told.owner, handed_back=told.count)


@post(
    "/numbers/hand-backs",
    opt=_OPT,
    status_code=200,
    operation_id="handBackOwner",
    tags=_TAGS,
    summary="Hand all of an owner's unused numbers back",
    responses=_CONFLICTS,
)
async def hand_back_owner(visitor: Asking, data: JSONBody[Owner]) -> HandedBackNumbers:
    """Take back every number that an owner has and has not used."""
    told = await visitor.ask(hand_back_all, data.owner)
    return HandedBackNumbers(owner=told.owner, handed_back=told.count)


async def _require_seen(visitor: Visitor, key: str, wanted: str) -> None:
    """Refuse a step where the reservation is no more as its sender last saw it."""
    if wanted:
        require_match(wanted, as_reserved(await visitor.ask(tell_reservation, key)))


NUMBERS: Final[list[ControllerRouterHandler]] = [
    list_ranges,
    show_stock,
    reserve,
    show_reservation,
    confirm,
    hand_back_one,
    hand_back_owner,
]
"""The handlers of this resource."""
