"""Public pages, ``/``: what anybody may read; `HANDLERS` lists them all.

Holds: what a problem's type means, how to read a label, the choice of a language, the way to the console; tracking, for parties; checking a
label, for anybody.
Promises: works without scripts and without an account; of a parcel it says only where it is, and only to who shows to be a party.
Never: asks a visitor's name; shows anything of a person.
"""

from __future__ import annotations

from typing import Final

from litestar.types import ControllerRouterHandler

from yinji.doors.http.public.check import HANDLERS as _CHECKING
from yinji.doors.http.public.label import explain_label
from yinji.doors.http.public.language import choose_language
from yinji.doors.http.public.problem import show_problem
from yinji.doors.http.public.tracking import HANDLERS as _TRACKING

HANDLERS: Final[list[ControllerRouterHandler]] = [show_problem, choose_language, explain_label]

TRACKING: Final[list[ControllerRouterHandler]] = [*_TRACKING]
"""Pages with a form: they stand behind the same guard against foreign forms as signing in does."""

INSPECTING: Final[list[ControllerRouterHandler]] = [*_CHECKING]
"""The page that checks anybody's label: its form is read in memory."""
