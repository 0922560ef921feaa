"""What a view may be called and ask for, who shares and changes one. Pure.

That a post must be operations to share is a proposal of ours, as the desks are: an organisation's own policies come with its accounts.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from yinji.access.model import Post
from yinji.access.views.model import Asked, SavedView
from yinji.deid import normal, scan
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal

NAME_MAX: Final = 40
"""Characters of a name: what a row of links has room for."""

OWN_MAX: Final = 30
"""Views of one account and page: more are a list that nobody reads."""

SHARED_MAX: Final = 30
"""Views that an organisation shares on one page."""

SHARERS: Final = frozenset({Post.OPERATIONS})
"""Posts that share views, and tidy those that are shared."""

_PARTS_MAX: Final = 16
_NAME: Final = re.compile(r"[a-z_]{1,20}", re.ASCII)
_VALUE: Final = re.compile(r"[A-Za-z0-9._-]{1,40}", re.ASCII)
_NUMBER: Final = re.compile(r"[0-9]{9}", re.ASCII)
"""Nine digits together: a waybill's number, an order's, a document's. A day written 20261122 has eight."""


def read_name(text: str) -> str | Refuse:
    """Return the name written in ``text``, spaces put in order; refuses VIEW_MALFORMED and, where it shows a person, VIEW_SHOWS_PERSON."""
    name = " ".join(text.split())
    if not name or len(name) > NAME_MAX or not name.isprintable():
        return Refuse(Refusal.VIEW_MALFORMED, "name")
    return Refuse(Refusal.VIEW_SHOWS_PERSON, "name") if _shows(name) else name


def read_asked(given: Mapping[str, str]) -> Asked | Refuse:
    """Return what a filter asks for, as it is kept: codes only. Refuses VIEW_MALFORMED and VIEW_SHOWS_PERSON, naming the part."""
    if not 0 < len(given) <= _PARTS_MAX:
        return Refuse(Refusal.VIEW_MALFORMED, "filter")
    for name, value in given.items():
        if not _NAME.fullmatch(name) or not _VALUE.fullmatch(value):
            return Refuse(Refusal.VIEW_MALFORMED, name if _NAME.fullmatch(name) else "filter")
        if _shows(value):  # the code of an outlet has room for a phone
            return Refuse(Refusal.VIEW_SHOWS_PERSON, name)
    return tuple(sorted(given.items()))


def written(asked: Asked) -> str:
    """Return what a view asks for as one text: neither sign that parts it stands in a name or a code."""
    return "&".join(f"{name}={value}" for name, value in asked)


def read_written(text: str) -> Asked:
    """Return what `written` wrote."""
    return tuple((name, value) for name, _, value in (part.partition("=") for part in text.split("&")))


def may_share(actor: Actor) -> Decision:
    """Decide whether somebody shares views with their organisation."""
    if actor.post in {each.value for each in SHARERS}:
        return Allow((f"post {actor.post}",))
    return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, f"{actor.post}: share")


def may_use(view: SavedView, actor: Actor) -> Decision:
    """Decide whether somebody has a view: their own, or one that their organisation shares. Any other is as unknown as none."""
    own = view.account == actor.account
    if own or (view.shared and view.org == actor.org):
        return Allow(("own" if own else "shared",))
    return Refuse(Refusal.VIEW_UNKNOWN)


def may_change(view: SavedView, actor: Actor) -> Decision:
    """Decide whether somebody renames, replaces or deletes a view: a shared one is whose sharing is, and outlives who saved it."""
    used = may_use(view, actor)
    if not isinstance(used, Allow):
        return used
    return may_share(actor) if view.shared else used


def has_room(*, own: int, own_max: int = OWN_MAX) -> Decision:
    """Decide whether another view has room among ``own`` that there are."""
    return Allow((f"{own} of {own_max}",)) if own < own_max else Refuse(Refusal.VIEWS_FULL, str(own_max))


def _shows(text: str) -> bool:
    return bool(scan(text)) or _NUMBER.search(normal(text)) is not None
