"""Habit of the trade: a label has a Code 128 of its number, whose bars are two dots (203 dpi) or wider."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.label.inspection.model import Symbology
from yinji.label.inspection.rules.modules import look_for

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given, Sight

RULE_ID = "trade-code-128"


def look(given: Given) -> Iterator[Sight]:
    """See that there is none, or that its bars are too narrow for a scanner of the trade."""
    return look_for(given, Symbology.CODE_128)
