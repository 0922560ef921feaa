"""A saved view, and the views that an account is offered on a page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

from yinji.kernel.ids import Ref

Asked: TypeAlias = tuple[tuple[str, str], ...]
"""What a view asks for: names of a filter and the codes they have, in the order of their names."""


class ViewPage(StrEnum):
    """Pages that views are kept of."""

    WAYBILLS = "waybills"


class ViewChange(StrEnum):
    """What happened to a shared view: the ground of its entry."""

    SHARED = "shared"
    RENAMED = "renamed"
    REPLACED = "replaced"
    WITHDRAWN = "withdrawn"
    DELETED = "deleted"


@dataclass(frozen=True, slots=True)
class SavedView:
    """A filter under a name. ``account`` is whoever saved it; ``shared``: everybody of the organisation who works at the page has it."""

    ref: Ref
    org: Ref
    account: Ref
    page: ViewPage
    name: str
    asked: Asked
    shared: bool
    made_ms: int


@dataclass(frozen=True, slots=True)
class Offered:
    """The views that an account has on a page: its own by name, then those that others share; ``first`` is what it begins with."""

    own: tuple[SavedView, ...]
    others: tuple[SavedView, ...]
    first: Ref | None = None

    @property
    def every(self) -> tuple[SavedView, ...]:
        """All of them, as they are listed."""
        return (*self.own, *self.others)
