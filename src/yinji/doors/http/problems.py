"""How a refusal is said over HTTP: a problem document (RFC 9457), one type a code, reason and remedy in the visitor's language.

A handler refuses by raising ``Refused(Refuse(code, at))``. What went wrong inside is said by its code alone: neither a trace nor a
place on this machine, which stand in the log.
"""

from __future__ import annotations

import traceback
from http import HTTPStatus
from pathlib import Path
from typing import Final

import msgspec
from litestar.exceptions import HTTPException, ValidationException

from yinji.kernel.decision import Refuse
from yinji.kernel.disk import disk_refusal
from yinji.kernel.faults import Fault
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language

MEDIA_TYPE: Final = "application/problem+json"
TYPES: Final = "/problems/"
"""Where a problem's type is explained, on this node: ``/problems/NUMBER_UNKNOWN``. Stable, as the code is."""

RETRY_SECONDS: Final = 1

_STATUS: Final[dict[Refusal, HTTPStatus]] = {
    Refusal.ORDER_CHANGED: HTTPStatus.CONFLICT,
    Refusal.NUMBER_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.RESERVATION_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.NUMBER_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.RANGE_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.FORMAT_UNKNOWN: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.OUTLET_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.RESERVATION_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.SCAN_UNKNOWN: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.SCAN_TIME_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.SCAN_CODE_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.REAL_NAME_MISSING: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.REAL_NAME_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.QUOTA_SPENT: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.PERSON_FORGOTTEN: HTTPStatus.GONE,
    Refusal.ON_HOLD: HTTPStatus.CONFLICT,
    Refusal.HOLD_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.LAST_FOUR_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.GROUND_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.PERIOD_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.ACCOUNT_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.ACCOUNT_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.ACCOUNT_TAKEN: HTTPStatus.CONFLICT,
    Refusal.SIGN_IN_WRONG: HTTPStatus.UNAUTHORIZED,
    Refusal.SIGN_IN_LOCKED: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.EXEMPTION_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.EXEMPTION_OPEN: HTTPStatus.CONFLICT,
    Refusal.EXEMPTION_ENDED: HTTPStatus.CONFLICT,
    Refusal.EXEMPTION_WAITS: HTTPStatus.CONFLICT,
    Refusal.EXEMPTION_GROUND_UNKNOWN: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.EXEMPTION_GROUND_IS_DRAFT: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.DOCUMENT_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.API_KEY_MISSING: HTTPStatus.UNAUTHORIZED,
    Refusal.API_KEY_WRONG: HTTPStatus.UNAUTHORIZED,
    Refusal.API_KEY_EXPIRED: HTTPStatus.UNAUTHORIZED,
    Refusal.API_KEY_REVOKED: HTTPStatus.UNAUTHORIZED,
    Refusal.API_KEY_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.API_KEY_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.SESSION_OVER: HTTPStatus.UNAUTHORIZED,
    Refusal.VIEW_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.VIEW_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.VIEW_SHOWS_PERSON: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.VIEW_TAKEN: HTTPStatus.CONFLICT,
    Refusal.VIEWS_FULL: HTTPStatus.CONFLICT,
    Refusal.PROOF_MALFORMED: HTTPStatus.UNPROCESSABLE_ENTITY,
    Refusal.QUERY_CLOSED: HTTPStatus.TOO_MANY_REQUESTS,
    Refusal.BODY_UNREADABLE: HTTPStatus.BAD_REQUEST,
    Refusal.BODY_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.PATH_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.UPLOAD_GONE: HTTPStatus.NOT_FOUND,
    Refusal.UPLOAD_BUSY: HTTPStatus.CONFLICT,
    Refusal.UPLOADS_FULL: HTTPStatus.CONFLICT,
    Refusal.UPLOAD_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.METHOD_UNFIT: HTTPStatus.METHOD_NOT_ALLOWED,
    Refusal.CHANGED_MEANWHILE: HTTPStatus.PRECONDITION_FAILED,
    Refusal.ENTRY_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.ENTRY_UNSIGNED: HTTPStatus.CONFLICT,
    Refusal.WITNESS_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.LOG_UNKNOWN: HTTPStatus.NOT_FOUND,
    Refusal.FILE_TOO_LARGE: HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    Refusal.CANNOT_TELL: HTTPStatus.FORBIDDEN,
    Refusal.INTERNAL: HTTPStatus.INTERNAL_SERVER_ERROR,
}

_BY_HUNDRED: Final[dict[int, HTTPStatus]] = {
    1: HTTPStatus.UNPROCESSABLE_ENTITY,  # an order as it came in
    2: HTTPStatus.UNPROCESSABLE_ENTITY,  # a label
    3: HTTPStatus.CONFLICT,  # waybill numbers
    4: HTTPStatus.FORBIDDEN,  # a person's information
    5: HTTPStatus.SERVICE_UNAVAILABLE,  # the node
    6: HTTPStatus.INTERNAL_SERVER_ERROR,  # evidence
}

_FILES: Final = range(Refusal.FILE_MISSING, Refusal.FILE_TOO_LARGE), range(Refusal.FILE_BROKEN, Refusal.RULE_PACK_MALFORMED)
"""Refusals of the node that are about a file which a visitor handed in."""


_READERS: Final = frozenset({"decode_json", "read_whole", "read_orders", "_one_by_one", "_number_in"})
"""Functions that hand a body to a decoder: the framework's own, and those of orders and searches."""


class Refused(Exception):  # noqa: N818 - a word of the house: a refusal on its way to the visitor
    """A refusal, raised by a handler or by `Visitor.ask`; it becomes a problem document, or a page of the console."""

    def __init__(self, refuse: Refuse) -> None:
        """Carry it."""
        super().__init__(refuse.code.name)
        self.refuse = refuse


class Problem(msgspec.Struct, kw_only=True, omit_defaults=True):
    """A problem document (RFC 9457). ``remedy``, ``code``, ``name``, ``at`` and ``request`` are extension members."""

    type: str
    title: str
    status: int
    remedy: str
    code: int
    name: str
    at: str = ""
    request: str = ""


def status_of(code: Refusal) -> HTTPStatus:
    """Return the status that a refusal is answered with."""
    if code in _STATUS:
        return _STATUS[code]
    if any(code in some for some in _FILES):
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return _BY_HUNDRED.get(code // 100, HTTPStatus.INTERNAL_SERVER_ERROR)


def problem_of(refuse: Refuse, language: Language, *, request: str = "") -> Problem:
    """Return the document of a refusal. ``at`` is left out of what is wrong with the node: it may be a place on this machine."""
    status, words = status_of(refuse.code), WORDS[refuse.code]
    return Problem(
        type=f"{TYPES}{refuse.code.name}",
        title=words.reason.in_(language),
        status=status.value,
        remedy=words.remedy.in_(language),
        code=refuse.code.value,
        name=refuse.code.name,
        at="" if status >= HTTPStatus.INTERNAL_SERVER_ERROR else refuse.at,
        request=request,
    )


def problem_headers(problem: Problem, language: Language) -> dict[str, str]:
    """Return the headers that go with a problem, whatever its form."""
    headers = {"content-language": language.value, "vary": "accept-language, cookie", "cache-control": "no-store"}
    if problem.status in {HTTPStatus.SERVICE_UNAVAILABLE, HTTPStatus.TOO_MANY_REQUESTS}:
        headers["retry-after"] = str(RETRY_SECONDS)
    if problem.status == HTTPStatus.UNAUTHORIZED and problem.name.startswith("API_KEY"):
        headers["www-authenticate"] = 'Bearer realm="yinji"'  # RFC 6750, section 3
    return headers


def refusal_of(error: Exception) -> Refuse:
    """Return the refusal that an error is: of the house, of the disk, of the framework; otherwise a mistake of ours."""
    match error:
        case Refused():
            return error.refuse
        case Fault():
            return Refuse(error.code, error.at)
        case OSError():
            return Refuse(disk_refusal(error))
        case HTTPException():
            return _of_framework(error)
        case RecursionError() if _is_reading(error):
            return Refuse(Refusal.BODY_UNREADABLE)
        case _:
            return Refuse(Refusal.INTERNAL, place_of(error))


def place_of(error: BaseException) -> str:
    """Name kind and place of an error of ours; its message could quote a value."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1] if frames else None
    return f"{type(error).__name__} {Path(last.filename).name}:{last.lineno}" if last else type(error).__name__


def _is_reading(error: BaseException) -> bool:
    """Tell whether a decoder was at work: it raises this, and no error of its own, for what is nested deeper than it goes."""
    frames = traceback.extract_tb(error.__traceback__)
    return bool(frames) and frames[-1].name in _READERS


def _of_framework(error: HTTPException) -> Refuse:
    known = {
        HTTPStatus.NOT_FOUND: Refusal.PATH_UNKNOWN,
        HTTPStatus.METHOD_NOT_ALLOWED: Refusal.METHOD_UNFIT,
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Refusal.BODY_TOO_LARGE,
    }.get(HTTPStatus(error.status_code))
    if known is not None:
        return Refuse(known)
    if error.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Refuse(Refusal.INTERNAL, place_of(error))
    return Refuse(Refusal.BODY_UNREADABLE, _fields(error))


def _fields(error: HTTPException) -> str:
    """Name the fields that could not be read. The framework's messages are not repeated: some quote what was sent."""
    if isinstance(error, ValidationException) and isinstance(error.extra, list):
        return " ".join(sorted({str(each["key"]) for each in error.extra if isinstance(each, dict) and each.get("key")}))
    return ""
