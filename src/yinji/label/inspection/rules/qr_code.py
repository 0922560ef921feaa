"""Habit of the trade: a label has a QR code, whose modules are three dots (203 dpi) or larger."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.label.inspection.model import Symbology
from yinji.label.inspection.rules.modules import look_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given, Sight

RULE_ID = "trade-qr-code"

_COLLECTED: Final = re.compile("揽收单|collection slip", re.IGNORECASE)
"""A slip that stays with the sender and the courier is no label for the way."""


def look(given: Given) -> Iterator[Sight]:
    """See that there is none, or that its modules are too small for a phone's camera. A collection slip needs none."""
    slip = any(_COLLECTED.search(line.plain) for line in given.label.lines)
    has_one = any(code.symbology is Symbology.QR for code in given.label.payloads)
    if has_one or not slip:
        yield from look_for(given, Symbology.QR)
