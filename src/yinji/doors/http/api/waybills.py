"""``/waybills/{number}``: one waybill by its number, and voiding it."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

import msgspec
from litestar import get, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.access.desks import Desk
from yinji.doors.http.api.reference_answers import reading, refusing
from yinji.doors.http.api.waybills_model import (
    WaybillOut,
    waybill_out,
)
from yinji.doors.http.conditional import IfMatch, require_match
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.house import House
from yinji.flows.show_waybill import show_waybill, waybill_numbered
from yinji.flows.void_waybill import VoidReason, void_waybill
from yinji.kernel.decision import Refuse
from yinji.waybill.model import Waybill


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
        **reading(HTTPStatus.NOT_FOUND, HTTPStatus.UNPROCESSABLE_ENTITY),
    },
)
async def show_one(visitor: Asking, number: FromPath[str]) -> WaybillOut:
    """Return a waybill by its number or a further package's. Its ``ETag`` is what ``If-Match`` of an act on it names."""
    return await visitor.ask(shown_waybill, number)


@post(
    "/waybills/{number:str}/void",
    opt=signed(Scope.NUMBERS_MANAGE),
    status_code=200,
    operation_id="voidWaybill",
    tags=["waybills"],
    summary="Void a number, for good",
    responses=refusing(
        HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.PRECONDITION_FAILED, HTTPStatus.UNPROCESSABLE_ENTITY
    ),
)
async def void_one(visitor: Asking, number: FromPath[str], data: JSONBody[VoidIn], if_match: IfMatch = "") -> WaybillOut:
    """Void a waybill's number, and those of its further packages, before its parcel is accepted. It is never used again."""
    if if_match:
        require_match(if_match, await visitor.ask(shown_waybill, number))
    return await visitor.ask(_voided, number, data.reason)


def shown_waybill(house: House, number: str) -> WaybillOut | Refuse:
    """Return what a GET of a waybill answers."""
    bill = waybill_numbered(house, number, desk=Desk.WAYBILLS)
    shown = bill if isinstance(bill, Refuse) else show_waybill(house, bill.ref)
    if isinstance(shown, Refuse):
        return shown
    return waybill_out(shown.bill, shown.way.state, recipient=shown.recipient, sender=shown.sender)


def _voided(house: House, number: str, reason: VoidReason) -> WaybillOut | Refuse:
    bill: Waybill | Refuse = waybill_numbered(house, number, desk=Desk.WAYBILL_ACTS)
    if not isinstance(bill, Refuse):
        bill = void_waybill(house, bill.ref, reason=reason)
    return bill if isinstance(bill, Refuse) else shown_waybill(house, bill.number)


WAYBILLS: Final[list[ControllerRouterHandler]] = [show_one, void_one]
