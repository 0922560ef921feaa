"""``POST /waybills/{number}/return``: a parcel goes back under a number of its own, from its recipient to its sender.

Both parties are looked at for that (``RETURN_PARCEL``: two looks of the account's day, each evidence); neither is shown to whoever asks.
The label is printed like any other: ``POST /labels``, in size ``76x130-return``.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final, Literal

import msgspec
from litestar import post
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import PathParameter
from litestar.types import ControllerRouterHandler
from msgspec import Meta

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.grouping import look_here, press_here
from yinji.doors.http.api.reference_answers import refusing
from yinji.doors.http.api.waybills import shown_waybill
from yinji.doors.http.conditional import IfMatch, require_match
from yinji.doors.http.threads import Threads
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.house import House
from yinji.flows.return_parcel import Back, return_parcels
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal


class ReturnOut(msgspec.Struct, kw_only=True, frozen=True):
    """A parcel's way back: ``issued`` now, or ``known``, where it had this number before."""

    original: Annotated[str, Meta(description="The number it was sent under.", examples=["QL10000000000003"])]
    number: Annotated[str, Meta(description="The number it goes back under.", examples=["QL10000000000011"])]
    status: Literal["issued", "known"]
    specimen: Annotated[bool, Meta(description="Whether that number never ships.")]


@post(
    "/waybills/{number:str}/return",
    opt=signed(Scope.WAYBILLS_ISSUE),
    status_code=200,
    operation_id="returnParcel",
    tags=["waybills"],
    summary="Send a parcel back, under a number of its own",
    responses={
        200: ResponseSpec(ReturnOut, description="The number that it goes back under."),
        **refusing(
            HTTPStatus.NOT_FOUND,
            HTTPStatus.CONFLICT,
            HTTPStatus.GONE,
            HTTPStatus.PRECONDITION_FAILED,
            HTTPStatus.UNPROCESSABLE_ENTITY,
            HTTPStatus.TOO_MANY_REQUESTS,
        ),
    },
)
async def return_one(
    visitor: Asking,
    number: Annotated[str, PathParameter(max_length=64, description="The number that the parcel was sent under.")],
    if_match: IfMatch = "",
) -> ReturnOut:
    """Issue the waybill of a parcel's way back. Asked again it is the same one: a parcel goes back once."""
    if if_match:
        require_match(if_match, await visitor.ask(shown_waybill, number))
    back = await visitor.ask(_returned, visitor.threads, number)
    status: Literal["issued", "known"] = "known" if back.known else "issued"
    return ReturnOut(original=back.original, number=back.number, status=status, specimen=back.specimen)


def _returned(house: House, threads: Threads, number: str) -> Back | Refuse:
    told = return_parcels(house, press_here(house, threads), look_here(house, threads), numbers=[number])
    if told.refused:
        return told.refused[0][1]
    return told.made[0] if told.made else Refuse(Refusal.CANNOT_TELL, "return")


RETURNS: Final[list[ControllerRouterHandler]] = [return_one]
"""The handlers of this resource."""
