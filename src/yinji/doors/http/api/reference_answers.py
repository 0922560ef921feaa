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
    HTTPStatus.UNPROCESSABLE_ENTITY: "A value is malformed; `at` names it.",
}

ALWAYS: Final = (HTTPStatus.BAD_REQUEST, HTTPStatus.UNAUTHORIZED, HTTPStatus.FORBIDDEN)


def refusing(*more: HTTPStatus) -> dict[int, ResponseSpec]:
    """Return the ``responses`` of a handler: those of every signed one, and ``more``."""
    return {
        each.value: ResponseSpec(
            data_container=Problem, description=_SAYS[each], media_type=MEDIA_TYPE, generate_examples=False
        )
        for each in (*ALWAYS, *more)
    }
