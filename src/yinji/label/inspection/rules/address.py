"""GB/T 41833-2022, as reported: no unit, room, household or apartment number (单元户室号) is shown.

A party's address is read as our own masks read one, its rows joined; a line outside of the blocks only where its words leave no doubt.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid import FindingKind, mask_address, scan, starred
from yinji.deid.normal_form import NUMERALS
from yinji.kernel.said import Said
from yinji.label.inspection.rules.looking import Sight
from yinji.label.inspection.rules.marks import half_hidden, with_marks
from yinji.label.lints.gbt.address import shows_room

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.laid_out import Line, Party
    from yinji.label.inspection.model import Region
    from yinji.label.inspection.rules.looking import Given

RULE_ID = "gbt-41833-address"

_TELLING: Final = re.compile(f"[0-9A-Za-z{NUMERALS}甲乙丙丁东西南北中左右]")
_ADDRESS: Final = re.compile("[省市区县镇乡村路街道巷弄]|小区|花园|大厦|公寓")
_ROWS_MAX: Final = 8
_GAP: Final = 2.0
"""Of a row's height: what stands further below is no row of the address any more."""


def look(given: Given) -> Iterator[Sight]:
    """See a unit or a room that shows."""
    seen: set[Region] = set()
    for party in given.label.parties:
        for line in _shown_in(party):
            if line.region not in seen:
                seen.add(line.region)
                yield Sight(_SAYS, (line.region,), line.source, sure=line.confidence)
    for line in given.label.lines:
        if line.region not in seen and _ADDRESS.search(line.plain) and shows_room(line.text):
            yield Sight(_SAYS, (line.region,), line.source, sure=line.confidence)


def _shown_in(party: Party) -> Iterator[Line]:
    rows = [line for line in party.lines if not half_hidden(line.plain)][:_ROWS_MAX]
    first = next((place for place, line in enumerate(rows) if _ADDRESS.search(line.plain)), None)
    if first is None:
        return
    rows = list(_together(rows[first:]))
    whole = _without_phones(with_marks_kept("".join(line.text for line in rows)))
    hidden = mask_address(whole).hidden
    start = 0
    for line in rows:
        end = start + len(line.text)
        if any(_tells(whole[max(span.start, start) : min(span.end, end)]) for span in hidden):
            yield line
        start = end


def _together(rows: list[Line]) -> Iterator[Line]:
    """Yield rows until there is a gap that no address has."""
    bottom = 0.0
    for line in rows:
        if bottom and line.region.top - bottom > _GAP * (line.region.bottom - line.region.top):
            return
        bottom = max(bottom, line.region.bottom)
        yield line


def with_marks_kept(text: str) -> str:
    """Return an address whose signs of hiding are asterisks: a reader of addresses knows no other."""
    marked = with_marks(text)
    return "".join(mark if mark == "*" and not old.isalnum() else old for mark, old in zip(marked, text, strict=True))


def _without_phones(text: str) -> str:
    """Return a text with its phones starred: they have rules of their own."""
    return starred(text, tuple(found.span for found in scan(text) if found.kind is FindingKind.PHONE)).text


def _tells(piece: str) -> bool:
    return _TELLING.search(piece) is not None


_SAYS: Final = Said("地址露出了单元户室号", "the address shows a unit or room number")
