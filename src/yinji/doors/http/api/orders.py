"""``POST /waybills``: orders in, a waybill number for each, answered after the commit. ``POST /shipped``: the same, as the file that a
platform's console takes back.

An order's own number makes every retry safe, for as long as its waybill stands and not for a day only: sent again it is ``known`` and has
the number it had; sent again with other contents it is refused (ORDER_CHANGED). An ``Idempotency-Key`` is therefore welcome and not
needed: nothing is kept for it, because two requests with the same orders are the same request under any key, and a changed one is
refused order by order whatever its key says.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any, Final

import msgspec
from litestar import Request, Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIMediaType, Operation, RequestBody
from litestar.params import QueryParameter
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.grouping import Grouping, check_here, grouping_of, issue_here, look_here
from yinji.doors.http.api.orders_model import ItemProblem, OrderOut, OrdersOut, request_schema
from yinji.doors.http.api.orders_reading import Given, read_orders
from yinji.doors.http.api.reference_answers import refusing
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import Asking, Visitor, signed
from yinji.doors.intake.presets.shelf import preset_called
from yinji.doors.intake.ship_back import Sent, ShipBack
from yinji.flows.issue_model import RowRefused
from yinji.flows.issue_orders import Answer, Answered
from yinji.kernel.decision import Refuse
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.said import Language

_JSON: Final = "application/json"
_CSV: Final = "text/csv"
_ENCODER: Final = msgspec.json.Encoder()
_REFUSALS: Final = refusing(HTTPStatus.UNPROCESSABLE_ENTITY)
_HANDED_IN: Final = RequestBody(content={_JSON: OpenAPIMediaType(schema=request_schema())}, required=True)  # type: ignore[arg-type]  # a schema as it is written


@dataclass
class TakesOrders(Operation):
    """An operation whose body is `OrdersIn`, which the handler reads itself: order by order."""

    def __post_init__(self) -> None:
        """Say what the body is."""
        self.request_body = _HANDED_IN


@post(
    "/waybills",
    opt=signed(Scope.WAYBILLS_ISSUE),
    status_code=200,
    operation_id="issueWaybills",
    operation_class=TakesOrders,
    tags=["waybills"],
    summary="Issue waybills for orders",
    responses={200: ResponseSpec(OrdersOut, description="An answer for each order, in their order."), **_REFUSALS},
)
async def issue_waybills(
    request: Request[Any, Any, Any],
    visitor: Asking,
    dry_run: Annotated[bool, QueryParameter(description="Plan and lint only: nothing is issued.")] = False,
) -> Response[bytes]:
    """Issue a waybill for each of up to 1,000 orders; one that is refused says why, and does not keep the others."""
    body = await request.body()
    told = await answer_orders(body, visitor, grouping_of(request.app.state), dry_run=dry_run)
    return Response(_ENCODER.encode(told), media_type=_JSON)


@post(
    "/shipped",
    opt=signed(Scope.WAYBILLS_ISSUE),
    status_code=200,
    operation_id="shipBack",
    operation_class=TakesOrders,
    tags=["waybills"],
    summary="Which order left under which number, as a platform's form",
    responses={
        200: ResponseSpec(str, media_type=_CSV, description="The form, with a byte order mark where its preset has one."),
        **_REFUSALS,
    },
)
async def ship_back(
    request: Request[Any, Any, Any],
    visitor: Asking,
    preset: Annotated[str, QueryParameter(description="Whose form: a preset's id.")] = "general",
) -> Response[str]:
    """Return the form for batch shipping (CSV) of orders that are handed in once more; what has no waybill yet is issued first.

    This node cannot read order numbers back: they are sealed with their persons. Specimens and refused orders are left out.
    """
    form = preset_called(preset)
    if isinstance(form, Refuse):
        raise Refused(form)
    _, given = read_orders(body := await request.body(), visitor.house)
    told = await answer_orders(body, visitor, grouping_of(request.app.state), dry_run=False)
    look = await visitor.ask(look_here, visitor.threads)
    out = io.StringIO(newline="")
    paper = ShipBack(out, form.shipped, carrier=look.carrier)
    if not told.specimen:
        paper.write(Sent(each.order, (), (each.number, *each.subs)) for each in told.orders if each.number)
    return Response(
        out.getvalue(),
        media_type=_CSV,
        headers={
            "content-disposition": 'attachment; filename="shipped.csv"',
            "x-rows": str(paper.rows),
            "x-orders": str(len(given)),
        },
    )


async def answer_orders(body: bytes, visitor: Visitor, grouping: Grouping, *, dry_run: bool) -> OrdersOut:
    """Read, issue or check, and say what became of each order: a single one in a group, several as a batch of their own."""
    merchant, given = read_orders(body, visitor.house)
    orders = [each.order for each in given if each.order is not None]
    if not orders:
        answered = Answered([], specimen=visitor.house.specimens_only)
    elif dry_run:
        answered = await visitor.ask(check_here, visitor.threads, merchant=merchant, orders=orders)
    elif len(orders) == 1:
        answer, specimen = await grouping.issue(visitor, merchant, orders[0])
        answered = Answered([answer], specimen)
    else:
        answered = await visitor.ask(issue_here, visitor.threads, merchant=merchant, orders=orders)
    answers = iter(answered.answers)
    language = visitor.language
    told = [
        _told(each, next(answers), language)
        if each.order
        else OrderOut(
            order=each.number,
            status="refused",
            problems=tuple(problem_about(RowRefused(0, one), language) for one in each.refused),
        )
        for each in given
    ]
    return OrdersOut(specimen=answered.specimen, orders=told)


def _told(given: Given, answer: Answer, language: Language) -> OrderOut:
    if answer.refused:
        problems = tuple(problem_about(row, language) for row in answer.refused)
        return OrderOut(order=given.number, status="refused", problems=problems)
    if not answer.numbers:
        return OrderOut(order=given.number, status="fit")
    number, *subs = answer.numbers
    return OrderOut(order=given.number, status="known" if answer.known else "issued", number=number, subs=tuple(subs))


def problem_about(row: RowRefused, language: Language) -> ItemProblem:
    """Return what is wrong with one order: a finding's own sentences where a rule spoke, the code's otherwise."""
    words = WORDS[row.refusal.code]
    return ItemProblem(
        code=row.refusal.code.value,
        name=row.refusal.code.name,
        reason=(row.says or words.reason).in_(language),
        remedy=(row.remedy or words.remedy).in_(language),
        at=row.refusal.at,
        citation=row.citation,
    )


ORDERS: Final[list[ControllerRouterHandler]] = [issue_waybills, ship_back]
