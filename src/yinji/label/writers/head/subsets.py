"""A waybill number cut as our Code 128 sets it, so that a printer's own bar code has just as many modules."""

from __future__ import annotations

from typing import Final, NamedTuple

_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Subsets(NamedTuple):
    """``before`` stands in subset B, ``pairs`` of digits in subset C, ``behind`` in subset B again; ends may be empty."""

    before: str
    pairs: str
    behind: str


def subsets(number: str) -> Subsets:
    """Cut a waybill number as `codes.code128.symbols` does: an odd digit joins the letters before it.

    >>> subsets("YJ1234567890123")
    Subsets(before='YJ1', pairs='234567890123', behind='')
    """
    front = number.rstrip(_LETTERS)
    letters = len(front) - len(front.lstrip(_LETTERS))
    single = letters + (len(front) - letters) % 2
    return Subsets(front[:single], front[single:], number[len(front) :])
