"""``POST /labels``: labels on their way to paper, as one PDF or as pictures. ``POST /prints``: they were put on paper once more.

What a print is: the label leaving this node is the first one, counted before the bytes are sent, because evidence comes before paper. A
print component that later puts the same bytes on paper again says so with ``POST /prints``, and why. So ``prints`` of a waybill is how
many papers there are, as far as anybody said.

Pictures are the dots of the node's print head (`printer_dpi`), drawn as such: a page converted to a picture would lose the whole dots of
its codes.
"""

from __future__ import annotations

from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from typing import Annotated, Any, Final, Literal, NamedTuple

import msgspec
from litestar import Response, post
from litestar.openapi.datastructures import ResponseSpec
from litestar.openapi.spec import OpenAPIResponse, Operation
from litestar.params import JSONBody
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.grouping import look_here, press_here
from yinji.doors.http.api.reference_answers import refusing
from yinji.doors.http.problems import MEDIA_TYPE, Problem, Refused, problem_headers, problem_of
from yinji.doors.http.threads import Threads
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.house import House
from yinji.flows.print_again import AGAIN_MAX, AgainReason, LabelRefused, print_labels
from yinji.flows.report_papers import report_papers
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language
from yinji.label.layout import sizes
from yinji.label.passed import Label
from yinji.label.press import Press
from yinji.label.writers.raster.archive import PICTURES_MAX

PDF: Final = "application/pdf"
PNG: Final = "image/png"
ZIP: Final = "application/zip"
_REFUSALS: Final = refusing(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.GONE, HTTPStatus.UNPROCESSABLE_ENTITY)
_Numbers = Annotated[list[Annotated[str, Meta(max_length=64)]], Meta(min_length=1, max_length=AGAIN_MAX)]


class LabelsIn(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Which labels, in which size. ``again``: why labels are made that were made before; without it those are refused."""

    numbers: Annotated[_Numbers, Meta(description="Waybill numbers; every package of each gets its label.")]
    size: Annotated[str, Meta(description="The node's own where none is named.", examples=["76x130", "100x180"])] = ""
    format: Annotated[
        Literal["pdf", "png"],
        Meta(
            description="`png`: one label is a PNG, several are a ZIP of PNGs named by their place, at most 1,000.",
            examples=["pdf"],
        ),
    ] = "pdf"
    again: AgainReason | None = None


class _Printed(NamedTuple):
    """A body with its media type and the name to save it under."""

    body: bytes
    media_type: str
    name: str


@dataclass
class LabelsOperation(Operation):
    """The operation in the OpenAPI document: its answer is one of three media types, of which the framework writes one."""

    def __post_init__(self) -> None:
        """Add the two for pictures."""
        answer = (self.responses or {}).get("200")
        if isinstance(answer, OpenAPIResponse) and answer.content is not None:
            answer.content |= dict.fromkeys((PNG, ZIP), answer.content[PDF])


class PrintsIn(msgspec.Struct, kw_only=True, frozen=True, forbid_unknown_fields=True):
    """Labels that were put on paper once more, and why."""

    numbers: _Numbers
    reason: AgainReason


class PrintsOut(msgspec.Struct, kw_only=True, frozen=True):
    """How many waybills counted a print."""

    counted: int


class LabelsProblem(Problem, kw_only=True, omit_defaults=True):
    """The problem of the first number that was refused; ``items`` names every one."""

    items: tuple[Problem, ...] = ()


@post(
    "/labels",
    opt=signed(Scope.LABELS_PRINT),
    status_code=200,
    operation_id="printLabels",
    operation_class=LabelsOperation,
    tags=["labels"],
    summary="Labels of waybills, as one PDF or as pictures",
    responses={
        200: ResponseSpec(
            bytes,
            media_type=PDF,
            description="A page for each package. With `format` png: `image/png` for one label, `application/zip` for several, "
            "one bit a dot of the node's print head, with the dots a metre told.",
        ),
        **_REFUSALS,
        422: ResponseSpec(LabelsProblem, media_type=MEDIA_TYPE, description="Some number was refused; nothing was counted."),
    },
)
async def print_some(visitor: Asking, data: JSONBody[LabelsIn]) -> Response[bytes]:
    """Return the labels of up to 1,000 waybills, in their order. One that is refused keeps all of them back, and nothing is counted."""
    if data.size and data.size not in sizes():
        raise Refused(Refuse(Refusal.LABEL_SIZE_UNKNOWN, " | ".join(sizes())))
    made: _Printed | list[LabelRefused] = await visitor.ask(_printed, visitor.threads, data)
    if isinstance(made, list):
        return _refused(made, visitor.language)
    return Response(
        made.body, media_type=made.media_type, headers={"content-disposition": f'attachment; filename="{made.name}"'}
    )


@post(
    "/prints",
    opt=signed(Scope.LABELS_PRINT),
    status_code=200,
    operation_id="reportPrints",
    tags=["labels"],
    summary="Labels were put on paper once more",
    responses=_REFUSALS,
)
async def report_some(visitor: Asking, data: JSONBody[PrintsIn]) -> PrintsOut:
    """Count one more print of the waybill of each number, with its reason. One that is refused keeps all of them from being counted."""
    return PrintsOut(counted=await visitor.ask(report_papers, data.numbers, reason=data.reason))


def _printed(house: House, threads: Threads, asked: LabelsIn) -> _Printed | list[LabelRefused]:
    press, look = press_here(house, threads, asked.size), look_here(house, threads)
    drawn = asked.format == "png"
    labels, refused = print_labels(
        house, press, look, numbers=asked.numbers, again=asked.again, whole=True, labels_max=PICTURES_MAX if drawn else 0
    )
    return refused or (_pictures(press, labels) if drawn else _Printed(press.to_pdf(labels), PDF, "labels.pdf"))


def _pictures(press: Press, labels: list[Label]) -> _Printed:
    if len(labels) == 1:
        return _Printed(press.to_png(labels[0]), PNG, "label.png")
    out = BytesIO()
    press.write_pictures(out, labels)
    return _Printed(out.getvalue(), ZIP, "labels.zip")


def _refused(refused: list[LabelRefused], language: Language) -> Response[Any]:
    items = [problem_of(Refuse(each.refusal.code, each.number), language) for each in refused]
    first = msgspec.structs.asdict(items[0])
    status = items[0].status if len(items) == 1 else HTTPStatus.UNPROCESSABLE_ENTITY.value
    problem = LabelsProblem(**(first | {"status": status}), items=tuple(items))
    return Response(
        msgspec.json.encode(problem), media_type=MEDIA_TYPE, status_code=status, headers=problem_headers(problem, language)
    )


LABELS: Final[list[ControllerRouterHandler]] = [print_some, report_some]
