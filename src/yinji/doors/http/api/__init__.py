"""The API, ``/api/v1``: a file each resource, each with its handlers; `HANDLERS` lists them all.

Holds: how requests are read and answers are shown. Every handler says in its ``opt`` which scope of a key it needs.
Promises: what is refused is a problem document; field names and codes are stable within ``v1``.
Never: decides; answers before the commit.
"""

from __future__ import annotations

from typing import Final

from litestar.types import ControllerRouterHandler

from yinji.doors.http.api.events import EVENTS
from yinji.doors.http.api.evidence import EVIDENCE
from yinji.doors.http.api.labels import LABELS
from yinji.doors.http.api.me import show_me
from yinji.doors.http.api.numbers import NUMBERS
from yinji.doors.http.api.orders import ORDERS
from yinji.doors.http.api.reference import show_reference
from yinji.doors.http.api.returns import RETURNS
from yinji.doors.http.api.waybills import WAYBILLS
from yinji.doors.http.api.waybills_list import LISTS
from yinji.doors.http.api.waybills_search import SEARCHES

HANDLERS: Final[list[ControllerRouterHandler]] = [
    show_me,
    *ORDERS,
    *LISTS,
    *WAYBILLS,
    *SEARCHES,
    *RETURNS,
    *LABELS,
    *NUMBERS,
    *EVENTS,
    *EVIDENCE,
    show_reference,
]
