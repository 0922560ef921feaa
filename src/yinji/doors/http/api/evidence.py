"""``/checkpoints``, ``/proofs``, ``/receipts`` and the proof of a waybill: what this node stands by, for whoever checks it elsewhere.

Proofs and receipts are text files that `yinji_verify` checks offline; giving one out is itself evidence.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

import msgspec
from litestar import MediaType, get, post
from litestar.params import PathParameter, QueryParameter
from litestar.types import ControllerRouterHandler

from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.reference_answers import reading, refusing
from yinji.doors.http.visitor import Asking, signed
from yinji.flows.prove_entry import Proved, prove_entry, prove_growth, prove_waybill
from yinji.flows.tell_checkpoints import Signed, latest_checkpoints, log_of, sign_checkpoints

PLACE_MAX: Final = 2**53 - 1
"""The last place that an address can name: every JSON reader keeps whole numbers up to here (RFC 7493, 2.2), databases beyond."""

_OPT: Final = signed(Scope.EVIDENCE_READ)
_TAGS: Final = ["evidence"]
_SOUGHT: Final = reading(HTTPStatus.NOT_FOUND, HTTPStatus.CONFLICT, HTTPStatus.UNPROCESSABLE_ENTITY)

Log = Annotated[str, PathParameter(max_length=64, description="Name of the log: `data` or `disclosures`.")]
Entry = Annotated[int, PathParameter(ge=0, le=PLACE_MAX, description="Place of the entry in its log.")]
Number = Annotated[str, PathParameter(max_length=64, description="Waybill number.")]
Sign = Annotated[
    bool, QueryParameter(description="Sign a checkpoint first where none covers the entry; otherwise it is refused.")
]


class SignedHead(msgspec.Struct, kw_only=True):
    """The last checkpoint of one log."""

    log: Annotated[str, msgspec.Meta(description="Name of the log.", examples=["data"])]
    origin: Annotated[str, msgspec.Meta(description="First line of its checkpoints.")]
    size: Annotated[int, msgspec.Meta(description="Entries that it covers.", examples=[1_204])]
    root: Annotated[str, msgspec.Meta(description="Root of the tree over them, in hexadecimal.")]
    note: Annotated[str, msgspec.Meta(description="The signed note (c2sp.org/tlog-checkpoint): keep it elsewhere.")]
    witnessed: Annotated[str, msgspec.Meta(description="The largest checkpoint that a witness cosigned, or empty.")]


class Checkpoints(msgspec.Struct, kw_only=True):
    """What was signed last of each log; a log that nobody has signed is not among them."""

    checkpoints: list[SignedHead]


@get(
    "/checkpoints/latest",
    opt=_OPT,
    operation_id="showCheckpoints",
    tags=_TAGS,
    summary="What was signed last",
    responses=reading(),
)
async def show_checkpoints(visitor: Asking) -> Checkpoints:
    """Return the last checkpoint of each log."""
    return Checkpoints(checkpoints=[_head(each) for each in await visitor.ask(latest_checkpoints)])


@post("/checkpoints", opt=_OPT, operation_id="signCheckpoints", tags=_TAGS, summary="Sign the logs", responses=refusing())
async def make_checkpoints(visitor: Asking) -> Checkpoints:
    """Sign both logs as they stand now; what is signed already is signed no second time."""
    return Checkpoints(checkpoints=[_head(each) for each in await visitor.ask(sign_checkpoints)])


@get(
    "/checkpoints/{log:str}/growth",
    opt=_OPT,
    media_type=MediaType.TEXT,
    operation_id="proveGrowth",
    tags=_TAGS,
    summary="Proof that a log only grew",
    responses=_SOUGHT,
)
async def show_growth(
    visitor: Asking,
    log: Log,
    since: Annotated[int, QueryParameter(ge=0, le=PLACE_MAX, description="Size of the checkpoint that you kept.")],
) -> str:
    """Return the proof that the first entries of the last checkpoint are those that you saw then."""
    return await visitor.ask(prove_growth, await visitor.ask(log_of, log), since)


@get(
    "/proofs/{log:str}/{entry:int}",
    opt=_OPT,
    media_type=MediaType.TEXT,
    operation_id="proveEntry",
    tags=_TAGS,
    summary="Proof of one entry",
    responses=_SOUGHT,
)
async def show_proof(visitor: Asking, log: Log, entry: Entry, *, sign: Sign = False) -> str:
    """Return the proof that an entry stands in the log, as a file."""
    return (await _proved(visitor, log, entry, sign=sign)).text()


@get(
    "/receipts/{log:str}/{entry:int}",
    opt=_OPT,
    media_type=MediaType.TEXT,
    operation_id="showReceipt",
    tags=_TAGS,
    summary="Receipt of one entry",
    responses=_SOUGHT,
)
async def show_receipt(visitor: Asking, log: Log, entry: Entry, *, sign: Sign = False) -> str:
    """Return the same proof below sentences that a person can read."""
    return (await _proved(visitor, log, entry, sign=sign)).receipt()


@get(
    "/waybills/{number:str}/proof",
    opt=_OPT,
    media_type=MediaType.TEXT,
    operation_id="proveWaybill",
    tags=_TAGS,
    summary="Proof of one waybill",
    responses=_SOUGHT,
)
async def show_waybill_proof(visitor: Asking, number: Number, *, sign: Sign = False) -> str:
    """Return the proof, in two steps, that the evidence of a batch speaks of this waybill as its row stands today."""
    return (await visitor.ask(prove_waybill, number, sign=sign)).text()


@get(
    "/waybills/{number:str}/receipt",
    opt=_OPT,
    media_type=MediaType.TEXT,
    operation_id="showWaybillReceipt",
    tags=_TAGS,
    summary="Receipt of one waybill",
    responses=_SOUGHT,
)
async def show_waybill_receipt(visitor: Asking, number: Number, *, sign: Sign = False) -> str:
    """Return that proof below sentences that a person can read."""
    return (await visitor.ask(prove_waybill, number, sign=sign)).receipt()


async def _proved(visitor: Asking, log: str, entry: int, *, sign: bool) -> Proved:
    return await visitor.ask(prove_entry, await visitor.ask(log_of, log), entry, sign=sign)


def _head(each: Signed) -> SignedHead:
    return SignedHead(
        log=each.log,
        origin=each.checkpoint.origin,
        size=each.checkpoint.size,
        root=each.checkpoint.root.hex(),
        note=each.note,
        witnessed=each.witnessed,
    )


EVIDENCE: Final[list[ControllerRouterHandler]] = [
    show_checkpoints,
    make_checkpoints,
    show_growth,
    show_proof,
    show_receipt,
    show_waybill_proof,
    show_waybill_receipt,
]
"""The handlers of this resource."""
