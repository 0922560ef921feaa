"""What every resource says of its refusals in the OpenAPI document: a problem document for each status that it may answer with."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from litestar.openapi.datastructures import ResponseSpec

from yinji.doors.http.problems import MEDIA_TYPE, Problem

_SAYS: Final[dict[HTTPStatus, str]] = {
    HTTPStatus.BAD_REQUEST: "The request cannot be read; `at` names the fields.",
    HTTPStatus.UNAUTHORIZED: "No key, or one that does not hold.",
    HTTPStatus.FORBIDDEN: "The key does not reach so far, or its account may not.",
    HTTPStatus.NOT_FOUND: "There is no such thing here.",
    HTTPStatus.CONFLICT: "What is asked disagrees with how things stand.",
    HTTPStatus.PRECONDITION_FAILED: "It has changed since the `ETag` that `If-Match` names.",
    HTTPStatus.GONE: "The person was erased; nothing can be made of this any more.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The body is larger than this node takes.",
    HTTPStatus.UNPROCESSABLE_ENTITY: "A value is malformed; `at` names it.",
    HTTPStatus.TOO_MANY_REQUESTS: "The account's quota of the day is spent.",
    HTTPStatus.INTERNAL_SERVER_ERROR: "A mistake of this node; `request` finds it in the log.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The node cannot do it now; send the same again after `Retry-After`.",
}

ALWAYS: Final = (
    HTTPStatus.BAD_REQUEST,
    HTTPStatus.UNAUTHORIZED,
    HTTPStatus.FORBIDDEN,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    HTTPStatus.INTERNAL_SERVER_ERROR,
    HTTPStatus.SERVICE_UNAVAILABLE,
)


def refusing(*more: HTTPStatus) -> dict[int, ResponseSpec]:
    """Return the ``responses`` of a handler: those of every signed one, and ``more``."""
    return {
        each.value: ResponseSpec(
            data_container=Problem, description=_SAYS[each], media_type=MEDIA_TYPE, generate_examples=False
        )
        for each in (*ALWAYS, *more)
    }


def reading(*more: HTTPStatus) -> dict[int, ResponseSpec]:
    """Return the ``responses`` of a handler that only reads: those of `refusing`, and that nothing has changed."""
    unchanged = ResponseSpec(None, description="With `If-None-Match`: what the client has is still what there is.")
    return {HTTPStatus.NOT_MODIFIED.value: unchanged, **refusing(*more)}
