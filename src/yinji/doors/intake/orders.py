"""A record into an order: every cell that speaks of a person is wrapped in the statement that reads it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from yinji.doors.intake import columns as c
from yinji.doors.intake.columns import Columns
from yinji.doors.intake.records import Record
from yinji.flows.issue_model import RowRefused
from yinji.kernel.decision import Refuse
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Order

PIECES_MAX: Final = 9_999
NUMBER_CHARACTERS_MAX: Final = 64

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Control and format characters (Unicode Cc, Cf, Cs): what is checked must be what is printed."""

_SCIENTIFIC: Final = re.compile(r"[0-9](?:\.[0-9]+)?[Ee]\+?[0-9]+", re.ASCII)
_DATE: Final = re.compile(r"([0-9]{4})[-/.]([0-9]{1,2})[-/.]([0-9]{1,2})(?:[ T].*)?", re.ASCII | re.DOTALL)
_SORTING: Final = re.compile(r"[0-9A-Z][0-9A-Z -]{0,23}", re.ASCII)
_DIGITS_IN_A_ROW: Final = re.compile(r"[0-9]{6}")
_LINES_IN_CELL_COMMAS_MAX: Final = 3
"""A cell with a line break and more commas than this is another row that a lost quote drew in."""

_COUNT: Final = re.compile(r"0{0,8}[0-9]{1,4}", re.ASCII)
_SPACE: Final = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a file may hold: characters a cell, and from which day to which an order may be dated."""

    cell_characters_max: int
    oldest: date
    newest: date

    @classmethod
    def around(cls, today: date, *, cell_characters_max: int, order_days_max: int) -> Bounds:
        """Return the bounds on a day; a platform's clock may be a day ahead."""
        return cls(cell_characters_max, today - timedelta(days=order_days_max), today + timedelta(days=1))


def read_orders(records: Iterator[Record], columns: Columns, bounds: Bounds) -> Iterator[Order | list[RowRefused]]:
    """Yield each record as an order, or as all that is wrong with it."""
    for record in records:
        yield _read(record, columns, bounds)


def _read(record: Record, columns: Columns, bounds: Bounds) -> Order | list[RowRefused]:
    cells = record.cells
    if cells is None or len(cells) != columns.width:
        return [RowRefused(record.line, Refuse(Refusal.ROW_MISSHAPEN))]
    text = {name: cells[at] for name, at in columns.at.items()}
    refused = [refusal for name, cell in text.items() if cell and (refusal := _misfit(name, cell, bounds.cell_characters_max))]
    number = text[c.ORDER].strip()
    pieces = _pieces(text.get(c.PIECES, ""))
    ordered = _ordered(text.get(c.ORDERED, ""), bounds)
    spoilt = any(each.at == c.SORTING for each in refused)
    sorting = "" if spoilt else _sorting_code(text.get(c.SORTING, ""))
    refused += [each for each in (_order_number(number), pieces, ordered, sorting) if isinstance(each, Refuse)]
    if not text[c.CONTENTS].strip():
        refused.append(Refuse(Refusal.CONTENTS_MISSING, c.CONTENTS))
    if refused or isinstance(pieces, Refuse) or isinstance(ordered, Refuse) or isinstance(sorting, Refuse):
        return [RowRefused(record.line, refusal) for refusal in refused]
    return Order(
        line=record.line,
        number=number,
        recipient=Party(
            Private(_one_line(text[c.NAME])), Private(_one_line(text[c.PHONE])), Private(_one_line(text[c.ADDRESS]))
        ),
        contents=Private(_one_line(text[c.CONTENTS])),
        pieces=pieces,
        remark=Private(_one_line(text.get(c.REMARK, ""))),
        sorting_code=sorting,
        ordered=ordered,
    )


def _misfit(name: str, cell: str, characters_max: int) -> Refuse | None:
    if len(cell) > characters_max:
        return Refuse(Refusal.CELL_TOO_LONG, name)
    if cell[0] == "=":
        return Refuse(Refusal.CELL_IS_FORMULA, name)
    if _UNPRINTABLE.search(cell):
        return Refuse(Refusal.CELL_UNPRINTABLE, name)
    if "\n" in cell and cell.count(",") > _LINES_IN_CELL_COMMAS_MAX:
        return Refuse(Refusal.ROW_MISSHAPEN, name)
    return None


def _order_number(number: str) -> Refuse | None:
    if not number:
        return Refuse(Refusal.ORDER_NUMBER_MISSING, c.ORDER)
    if len(number) > NUMBER_CHARACTERS_MAX or _SPACE.search(number) or _SCIENTIFIC.fullmatch(number):
        return Refuse(Refusal.ORDER_NUMBER_MALFORMED, c.ORDER)
    return None


def _pieces(text: str) -> int | Refuse:
    stripped = text.strip() or "1"
    if _COUNT.fullmatch(stripped) and 0 < (count := int(stripped)) <= PIECES_MAX:
        return count
    return Refuse(Refusal.QUANTITY_MALFORMED, c.PIECES)


def _sorting_code(text: str) -> str | Refuse:
    """Return a three-part code: a closed grammar, because it is printed larger than anything else."""
    code = " ".join(text.split()).upper()
    if code and (not _SORTING.fullmatch(code) or _DIGITS_IN_A_ROW.search(code)):
        return Refuse(Refusal.SORTING_CODE_MALFORMED, c.SORTING)
    return code


def _ordered(text: str, bounds: Bounds) -> date | Refuse | None:
    stripped = text.strip()
    if not stripped:
        return None
    match = _DATE.fullmatch(stripped)
    try:
        day = date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        day = None
    if day is None or not bounds.oldest <= day <= bounds.newest:
        return Refuse(Refusal.DATE_MALFORMED, c.ORDERED)
    return day


def _one_line(text: str) -> str:
    return _SPACE.sub(" ", text.strip()) if not text.isprintable() or "  " in text else text.strip()
