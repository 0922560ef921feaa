"""``POST /waybills/search``: parcels by what is known of a person. A form and never an address: what is sought stands in no URL.

Each search is an act under a purpose, counted and in the evidence whatever it finds; what it finds is masked.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final, Literal

import msgspec
from litestar import Request, Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.orders_model import schema_of
from yinji.doors.http.api.orders_reading import person_decoder, read_whole
from yinji.doors.http.api.reference_answers import refusing
from yinji.doors.http.api.waybills_model import WaybillsOut, waybill_out
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.find_parcels import Hit, find_by_last_four, find_by_order, find_parcels
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.waybill.parcel.model import Way

_JSON: Final = "application/json"
_LAST_FOUR_DAYS: Final = 7
_Person = Annotated[Private, Meta(extra_json_schema={"type": "string"})]
_Asked = Literal["deliver", "contact", "solve", "return", "answer", "authority"]


class SearchIn(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """What is sought: exactly one of ``phone``, ``order`` and ``last_four``; ``name`` may stand beside a phone."""

    purpose: Annotated[_Asked, Meta(description="Why; the account's post must allow it.")]
    phone: _Person | None = None
    name: _Person | None = None
    order: Annotated[_Person | None, Meta(description="An order number, with its merchant.")] = None
    merchant: str = ""
    last_four: Annotated[_Person | None, Meta(description="Last four digits of the phone, within an outlet.")] = None
    outlet: Annotated[str | None, Meta(description="This node's own where none is named.")] = None
    days: Annotated[int, Meta(ge=1, le=31)] = _LAST_FOUR_DAYS


@dataclass
class TakesSearch(Operation):
    """An operation whose body is `SearchIn`, which the handler reads itself: persons are wrapped as they are read."""

    def __post_init__(self) -> None:
        """Say what the body is."""
        self.request_body = RequestBody(content={_JSON: OpenAPIMediaType(schema=schema_of(SearchIn))}, required=True)  # type: ignore[arg-type]  # a schema as it is written


@post(
    "/waybills/search",
    opt=signed(Scope.WAYBILLS_READ),
    status_code=200,
    operation_id="searchWaybills",
    operation_class=TakesSearch,
    tags=["waybills"],
    summary="Parcels of a phone, an order number, or four last digits",
    responses={
        200: ResponseSpec(WaybillsOut, description="What was found, newest first, masked; `next` is empty."),
        **refusing(HTTPStatus.UNPROCESSABLE_ENTITY, HTTPStatus.TOO_MANY_REQUESTS),
    },
)
async def search_some(request: Request[Any, Any, Any], visitor: Asking) -> Response[bytes]:
    """Return the parcels that a search meets. It takes one look of the account's day."""
    characters_max = visitor.house.settings.cell_characters_max
    asked = read_whole(person_decoder(SearchIn, characters_max), await request.body())
    if sum(each is not None for each in (asked.phone, asked.order, asked.last_four)) != 1:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE, "phone | order | last_four"))
    told = await visitor.ask(_found, asked)
    return Response(msgspec.json.encode(told), media_type=_JSON)


def _found(house: House, asked: SearchIn) -> WaybillsOut | Refuse:
    hits = _sought(house, asked, Purpose(asked.purpose))
    if isinstance(hits, Refuse):
        return hits
    ways: dict[Ref, Way] = house.parcels.ways(house.node.org, [hit.waybill.ref for hit in hits])
    shown = [waybill_out(hit.waybill, ways[hit.waybill.ref].state, recipient=hit.masks) for hit in hits]
    return WaybillsOut(waybills=shown, next="")


def _sought(house: House, asked: SearchIn, purpose: Purpose) -> tuple[Hit, ...] | Refuse:
    if asked.phone is not None:
        return find_parcels(house, asked.phone, purpose=purpose, name=asked.name)
    if asked.order is not None:
        return find_by_order(house, asked.order, merchant=asked.merchant, purpose=purpose)
    if asked.last_four is not None:
        return find_by_last_four(house, asked.last_four, days=asked.days, purpose=purpose, outlet=asked.outlet)
    return Refuse(Refusal.BODY_UNREADABLE)


SEARCHES: Final[list[ControllerRouterHandler]] = [search_some]
