"""Cursors of lists that a flow gives whole: registers, owners. Opaque, and true when items come or go between two pages.

Lists that grow with the parcels have cursors of their own, which their rooms read (`waybills_model`, `events_model`).
"""

from __future__ import annotations

from base64 import urlsafe_b64decode, urlsafe_b64encode
from binascii import Error
from collections.abc import Callable, Sequence
from typing import Annotated, Final, TypeVar

from litestar.params import QueryParameter

from yinji.doors.http.problems import Refused
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

_T = TypeVar("_T")

PAGE_MAX: Final = 1_000
PAGE: Final = 1_000

_BEGUN: Final = b"."
"""Stands before a key, so that the cursor behind an empty one is not empty itself."""

Cursor = Annotated[str, QueryParameter(max_length=128, description="`next` of the page before; empty: the first page.")]
Limit = Annotated[int, QueryParameter(ge=1, le=PAGE_MAX, description="Items a page.")]


def page_of(items: Sequence[_T], *, cursor: str, limit: int, key: Callable[[_T], bytes]) -> tuple[Sequence[_T], str]:
    """Return a page of ``items``, which stand in the order of their keys, and the cursor of the next one; raises `Refused`."""
    after = _key_of(cursor) if cursor else None
    rest = items if after is None else [each for each in items if key(each) > after]
    some = rest[:limit]
    return some, _cursor_of(key(some[-1])) if len(rest) > limit else ""


def _cursor_of(key: bytes) -> str:
    return urlsafe_b64encode(_BEGUN + key).decode("ascii").rstrip("=")


def _key_of(cursor: str) -> bytes:
    try:
        found = urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4))
    except (Error, ValueError):
        found = b""
    if not found.startswith(_BEGUN):
        raise Refused(Refuse(Refusal.BODY_UNREADABLE, "cursor"))
    return found[len(_BEGUN) :]
