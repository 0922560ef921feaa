"""A form with one file, read in memory: the framework would write what is longer than a megabyte to a disk.

A handler asks for it in its ``opt`` (`in_memory`); its body is bounded by `request_max_body_size`, and only some are read at once.
Multipart bodies are RFC 7578's: parts between boundaries, each with its headers, no encodings.
"""

from __future__ import annotations

import re
from typing import Any, Final

from litestar import Request
from litestar.enums import RequestEncodingType
from litestar.types import Scope

from yinji.doors.http.problems import Refused
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

IN_MEMORY: Final = "yinji_in_memory"
"""Key of a handler's ``opt``."""

_KEPT: Final = "yinji_form"
_PARTS_MAX: Final = 8
_HEAD_MAX: Final = 2_048
_NAME: Final = re.compile(rb'(?i)^content-disposition:\s*form-data\s*;(?:.*;)?\s*name="([^"\r\n]{1,64})"', re.MULTILINE)
_GAP: Final = b"\r\n\r\n"


def in_memory() -> dict[str, Any]:
    """Return the ``opt`` of a handler whose form is read in memory; `form_of` gives it."""
    return {IN_MEMORY: True}


def is_in_memory(scope: Scope) -> bool:
    """Tell whether the handler that answers this asked for it."""
    return bool(scope["route_handler"].opt.get(IN_MEMORY))


async def read_form(request: Request[Any, Any, Any]) -> dict[str, bytes]:
    """Read a form and keep it for the handler; raises `Refused` for a broken one. A body of another kind has no parts."""
    kind, options = request.content_type
    boundary = options.get("boundary", "")
    if kind != RequestEncodingType.MULTI_PART or not boundary:
        return {}
    form = parts_of(await request.body(), boundary.encode("latin-1", "replace"))
    if form is None:
        raise Refused(Refuse(Refusal.BODY_UNREADABLE))
    request.scope["state"][_KEPT] = form
    return form


def form_of(request: Request[Any, Any, Any]) -> dict[str, bytes]:
    """Take the form that `read_form` kept: whoever has it is the only one."""
    form: dict[str, bytes] = request.scope["state"].pop(_KEPT, {})
    return form


def parts_of(body: bytes, boundary: bytes) -> dict[str, bytes] | None:
    """Return the parts of a multipart body by their names, None where it is none. Of several with one name the first stands."""
    pieces = (b"\r\n" + body).split(b"\r\n--" + boundary, _PARTS_MAX + 1)
    if len(pieces) < len(("before", "part", "end")) or not pieces[-1].startswith(b"--"):
        return None
    found: dict[str, bytes] = {}
    for piece in pieces[1:-1]:
        head, gap, _ = piece[: _HEAD_MAX + len(_GAP)].partition(_GAP)
        named = _NAME.search(head.lstrip(b"\r\n"))
        if not gap or named is None:
            return None
        found.setdefault(named[1].decode("utf-8", "replace"), piece[len(head) + len(_GAP) :])
    return found
