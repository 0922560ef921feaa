"""The one place at this door where a `Private` is opened again: rows of one order are compared, its
items joined, refused rows given back.

What is joined is wrapped anew in the same statement; what is given back goes into the merchant's own error file and nowhere
else (decision 0027).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.doors.intake.row_model import Item, Row
from yinji.doors.intake.rows import BETWEEN
from yinji.kernel.party import Party
from yinji.kernel.private import Private

CONTENTS_CHARACTERS_MAX: Final = 60
"""What a label's contents box holds (three lines at its smallest step); a longer list ends in the number of its articles."""


def same_person(one: Party, other: Party) -> bool:
    """Whether two rows name the same recipient, letter for letter."""
    return one.kind is other.kind and all(
        getattr(one, each).open() == getattr(other, each).open() for each in ("name", "phone", "address", "handle")
    )


def says_the_same(one: Row, other: Row) -> bool:
    """Whether a row of the same recipient repeats another: the same article, number and agreement, not one more of them."""
    apart = (one.item.quantity, one.item.sub, one.ordered, one.sorting, one.carriage, one.packages)
    return (
        apart == (other.item.quantity, other.item.sub, other.ordered, other.sorting, other.carriage, other.packages)
        and one.item.contents.open() == other.item.contents.open()
        and one.item.remark.open() == other.item.remark.open()
        and _hands(one) == _hands(other)
    )


def _hands(row: Row) -> tuple[str, ...]:
    return tuple(each.open() if each else "" for each in row.hands)


def joined_contents(items: Sequence[Item]) -> Private:
    """Return the contents of a parcel: one article by its name, several as ``名称×数量``, sorted, so that their order in a file is nothing."""
    if len(items) == 1:
        return items[0].contents
    pieces: dict[str, int] = {}
    for item in items:
        name = item.contents.open()
        pieces[name] = pieces.get(name, 0) + item.quantity
    if len(pieces) == 1:
        return items[0].contents
    return Private(_listed([f"{name}×{count}" for name, count in sorted(pieces.items())]))


def joined_remarks(items: Sequence[Item]) -> Private:
    """Return what was said about a parcel: every remark once."""
    if len(items) == 1:
        return items[0].remark
    return Private("；".join(dict.fromkeys(text for item in items if (text := item.remark.open()))))


def cells_again(row: Private) -> list[str]:
    """Return the cells of a row as it stood."""
    return row.open().split(BETWEEN)


def _listed(articles: list[str]) -> str:
    whole = "；".join(articles)
    if len(whole) <= CONTENTS_CHARACTERS_MAX:
        return whole
    ending = f"…等{len(articles)}种"
    shown = articles[0][: CONTENTS_CHARACTERS_MAX - len(ending)]
    for article in articles[1:]:
        if len(shown) + 1 + len(article) + len(ending) > CONTENTS_CHARACTERS_MAX:
            break
        shown += f"；{article}"
    return shown + ending
