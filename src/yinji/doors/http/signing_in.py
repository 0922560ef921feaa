"""Who comes in: each router signs its visitors in before any handler runs, and refuses who may not go on.

The API reads a key (``Authorization: Bearer``), the console a session's cookie. What a handler asks of its visitor stands in its ``opt``
(`visitor.signed`, `visitor.unsigned`); a handler that does not say is refused by `app` before it is ever reached.
"""

from __future__ import annotations

import os
from typing import Any, Final

from litestar import Request
from litestar.datastructures import UploadFile
from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from yinji.access.api_keys.rules import reaches
from yinji.access.sessions.rules import TOKEN_BYTES, fits_form, proof_of
from yinji.doors.http.connection import header, language_of, method_of
from yinji.doors.http.cookies import session_token
from yinji.doors.http.desk import Desk, desk_of
from yinji.doors.http.form_in_memory import is_in_memory, read_form
from yinji.doors.http.observing import trace_of
from yinji.doors.http.problems import Refused
from yinji.doors.http.visitor import NEEDS, Needs, Visitor, keep_visitor
from yinji.flows.hold_api_keys import Keyed, remembered_by_key, signed_in_by_key
from yinji.flows.hold_session import resume_session
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.ids import show_ref
from yinji.kernel.refusals import Refusal

FORM_FIELD: Final = "form_token"
_SAFE: Final = frozenset({"GET", "HEAD", "OPTIONS"})
_NEAR: Final = frozenset({"same-origin", "none"})
"""What a browser says of a request that this site, or the visitor's own hand, made (Fetch Metadata, Sec-Fetch-Site)."""

_BEARER: Final = "Bearer "


class Anybody(ASGIMiddleware):
    """Public pages: nobody needs to be known."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Let whoever asks in as nobody."""
        desk = desk_of(scope["litestar_app"].state)
        keep_visitor(scope, Visitor(desk.house, desk.threads, language_of(scope)))
        await next_app(scope, receive, send)


class ByKey(ASGIMiddleware):
    """The API: whoever asks brings a key, and it reaches as far as the handler needs."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """1 read the key; 2 recognise it; 3 see that it reaches; 4 go on as its account."""
        desk, needs = desk_of(scope["litestar_app"].state), _needs(scope)
        visitor = Visitor(desk.house, desk.threads, language_of(scope))
        if needs.signed:
            kind, text = header(scope, b"authorization")[: len(_BEARER)], header(scope, b"authorization")[len(_BEARER) :]
            if kind.lower() != _BEARER.lower() or not text:  # 1
                raise Refused(Refuse(Refusal.API_KEY_MISSING))
            keyed = await _recognised(desk, text.strip())  # 2
            if needs.scope is not None and not isinstance(reach := reaches(keyed.key, needs.scope), Allow):  # 3
                raise Refused(as_refusal(reach))
            visitor = Visitor(keyed.house, desk.threads, visitor.language, key=keyed.key)
            trace_of(scope).account = show_ref(keyed.house.account.ref)
        keep_visitor(scope, visitor)  # 4
        await next_app(scope, receive, send)


class BySession(ASGIMiddleware):
    """The console: whoever asks brings a session, and a form that this site gave out to it."""

    scopes = (ScopeType.HTTP,)

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """1 refuse what another site made the browser send; 2 resume the session; 3 compare the form with it; 4 go on."""
        desk, needs, token = desk_of(scope["litestar_app"].state), _needs(scope), session_token(scope)
        if method_of(scope) not in _SAFE and not _is_near(scope):  # 1
            raise Refused(Refuse(Refusal.FORM_FOREIGN))
        known = await desk.threads.run(resume_session, desk.house, token) if token else Refuse(Refusal.SESSION_OVER)  # 2
        if isinstance(known, Refuse):
            if needs.signed:
                raise Refused(known)
            # Before signing in a form belongs to a token of ours that is no session's: the same cookie, worth nothing yet.
            token = token if proof_of(token) else os.urandom(TOKEN_BYTES).hex()
            visitor = Visitor(desk.house, desk.threads, language_of(scope), token=token)
        else:
            visitor = Visitor(known.house, desk.threads, language_of(scope), session=known.session, token=token)
            trace_of(scope).account = show_ref(known.house.account.ref)
        if method_of(scope) not in _SAFE and not fits_form(token, await _form_token(scope, receive)):  # 3
            await _let_go(scope, receive)
            raise Refused(Refuse(Refusal.FORM_STALE))
        keep_visitor(scope, visitor)  # 4
        await next_app(scope, receive, send)


async def _recognised(desk: Desk, text: str) -> Keyed:
    if (known := remembered_by_key(desk.house, text)) is not None:
        return known
    keyed = await desk.threads.run(signed_in_by_key, desk.house, text)
    if isinstance(keyed, Refuse):
        raise Refused(keyed)
    return keyed


def _needs(scope: Scope) -> Needs:
    found = scope["route_handler"].opt.get(NEEDS)
    return found if isinstance(found, Needs) else Needs(signed=True)


def _is_near(scope: Scope) -> bool:
    """Tell whether a request was made by a page of this site. A browser says so in one of two headers, or in neither is asked."""
    site = header(scope, b"sec-fetch-site")
    if site:
        return site in _NEAR
    origin = header(scope, b"origin")
    return not origin or origin == f"{scope['scheme']}://{header(scope, b'host')}"


async def _form_token(scope: Scope, receive: Receive) -> str:
    """Return the token that a form carries. What was read is kept: the handler reads the same form again."""
    request: Request[Any, Any, Any] = Request(scope, receive)
    if is_in_memory(scope):
        return (await read_form(request)).get(FORM_FIELD, b"").decode("ascii", "replace")
    try:
        form = await request.form()
    except (LookupError, UnicodeError):  # a part may name any encoding, one that there is not among them
        raise Refused(Refuse(Refusal.BODY_UNREADABLE)) from None
    found = form.get(FORM_FIELD)
    return found if isinstance(found, str) else ""


async def _let_go(scope: Scope, receive: Receive) -> None:
    """Close the files that came with a form which is refused; one in memory has none."""
    if is_in_memory(scope):
        return
    request: Request[Any, Any, Any] = Request(scope, receive)
    for each in (await request.form()).values():
        if isinstance(each, UploadFile):
            await each.close()
