"""A record into a row: every cell that speaks of a person is wrapped in the statement that reads it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any, Final

from yinji.doors.intake import cells as c
from yinji.doors.intake.dressing import is_formula, undressed
from yinji.doors.intake.presets.model import Field, plain
from yinji.doors.intake.presets.recognition import Layout
from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.recipients import RecipientReader, one_line
from yinji.doors.intake.row_model import NO_HANDS, AnyRow, BadRow, Bounds, Hands, HeldRow, Item, Row
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Carriage, Sorting

BETWEEN: Final = "\0"
"""Between the cells of a row that is kept as it stood: a character that no file of orders may hold."""

_UNPRINTABLE: Final = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u180e\u200b-\u200f\u202a-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
"""Control and format characters (Unicode Cc, Cf, Cs): what is checked must be what is printed."""

_LINES_IN_CELL_COMMAS_MAX: Final = 3
"""A cell with a line break and more commas than this is another row that a lost quote drew in."""

_SUSPECT: Final = frozenset("='+-@")
_STATUSES: Final = (Field.STATUS, Field.REFUND_STATUS)
_NOTHING: Final = Private("")
_NONE: Final[frozenset[Field]] = frozenset()
_NO_SORTING: Final = Sorting()
_NO_CARRIAGE: Final = Carriage()
_SORTINGS_KEPT: Final = 4_096


class RowReader:
    """Reads the rows of one file. The same reader reads both passes: what was seen in the first is what is issued in the second."""

    def __init__(self, layout: Layout, bounds: Bounds) -> None:
        """Look at the layout once."""
        self._layout = layout
        self._bounds = bounds
        self._recipients = RecipientReader(layout, now=bounds.now)
        self._picks = [
            (field, place, heading)
            for field, columns in layout.at.items()
            if field not in _STATUSES
            and (field not in (Field.BUYER_MESSAGE, Field.SHOP_NOTE) or field in layout.preset.remarks)
            for place, heading in columns
        ]
        self._statuses = [(field, place, heading) for field in _STATUSES for place, heading in layout.at.get(field, ())]
        self._fields = [field for field, _, _ in self._picks]
        self._once = len(set(self._fields)) == len(self._fields)
        self._picked = _getter([place for _, place, _ in self._picks])
        self._sorted = not set(_SORTING).isdisjoint(self._fields)
        self._handed = Field.COLLECTED_AT in self._fields or Field.HANDED_BY in self._fields
        self._carried = not set(_CARRIAGE).isdisjoint(self._fields)
        self._kept = _getter(layout.kept)
        self._readers = _readers(layout, bounds)
        self._remarks = layout.preset.remarks
        self._heading = {field: columns[0][1] for field, columns in layout.at.items()}

    def rows(self, records: Iterable[Record]) -> Iterator[AnyRow]:
        """Return each record as a row, in order."""
        return map(self.row, records)

    def row(self, record: Record) -> AnyRow:
        """Return one record as a row that may be issued, is held back, or has something wrong with it."""
        cells = record.cells
        if cells is None or len(cells) != self._layout.width:
            return BadRow(record.line, "", (Refuse(Refusal.ROW_MISSHAPEN),), self._misshapen(cells))
        status = self._status(cells)
        if isinstance(status, str):
            return HeldRow(record.line, status)
        return self._row(record.line, cells, status)

    def _misshapen(self, cells: list[str] | None) -> Private:
        padded = [*(cells or []), *([""] * self._layout.width)][: self._layout.width]
        return Private(_kept(self._kept(padded)))

    def _status(self, cells: list[str]) -> str | list[Refuse]:
        """Return the status that holds a row back, or what is wrong with its statuses."""
        preset = self._layout.preset
        unknown: list[Refuse] = []
        for field, place, heading in self._statuses:
            if not cells[place]:
                continue
            status = plain(undressed(cells[place]))
            if status in preset.held[field]:
                return status
            if status and status not in preset.ready[field] and status not in preset.nothing:
                unknown.append(Refuse(Refusal.STATUS_UNKNOWN, heading))
        return unknown

    def _read(self, cells: list[str], refused: list[Refuse]) -> tuple[dict[Field, str], frozenset[Field]]:
        """Return the texts of one row by field, and the fields that could not be read: why not is added to ``refused``."""
        texts: dict[Field, str] = {}
        picked = self._picked(cells)
        joined = "".join(picked)
        if len(joined) > self._bounds.cell_characters_max or not joined.isprintable() or "  " in joined:
            return self._read_carefully(picked, refused)
        nothing = self._layout.preset.nothing
        if self._once and " " not in joined and "*" not in joined and nothing.isdisjoint(picked):
            texts = {field: cell for field, cell in zip(self._fields, picked, strict=True) if cell}
            if _SUSPECT.isdisjoint([text[0] for text in texts.values()]):
                return texts, _NONE
            return self._read_carefully(picked, refused)
        for field, cell in zip(self._fields, picked, strict=True):
            if not cell or field in texts:
                continue
            if cell[0] in _SUSPECT or (field is Field.PHONE and "*" in cell):
                return self._read_carefully(picked, refused)
            text = cell.strip()
            if text and text not in nothing:
                texts[field] = text
        return texts, _NONE

    def _read_carefully(self, picked: tuple[str, ...], refused: list[Refuse]) -> tuple[dict[Field, str], frozenset[Field]]:
        texts: dict[Field, str] = {}
        spoilt: set[Field] = set()
        nothing, longest = self._layout.preset.nothing, self._bounds.cell_characters_max
        for (field, _, heading), cell in zip(self._picks, picked, strict=True):
            taken = texts.get(field, "")
            if not cell or (taken and not (field is Field.PHONE and "*" in taken)):
                continue
            text = _careful(cell, longest)
            if isinstance(text, Refusal):
                refused.append(Refuse(text, heading))
                spoilt.add(field)
            elif text and text not in nothing and not (taken and "*" in text):  # of two phones the one that is not masked
                texts[field] = one_line(text)
        return texts, frozenset(spoilt - texts.keys())

    def _row(self, line: int, cells: list[str], refused: list[Refuse]) -> Row | BadRow:
        texts, spoilt = self._read(cells, refused)
        number = texts.get(Field.ORDER, "")
        wrong = None if Field.ORDER in spoilt else c.order_number(number)
        if wrong is not None:
            refused.append(Refuse(wrong, self._heading[Field.ORDER]))
        found = self._recipients.read(texts, spoilt)
        refused += found.refused
        if Field.CONTENTS not in texts and Field.CONTENTS not in spoilt:
            refused.append(Refuse(Refusal.CONTENTS_MISSING, self._heading[Field.CONTENTS]))
        values: dict[Field, Any] = {}
        for field, read in self._readers:
            if (text := texts.get(field)) is not None:
                value = read(text)
                if isinstance(value, Refusal):
                    refused.append(Refuse(value, self._heading[field]))
                else:
                    values[field] = value
        hands = self._hands(texts, refused) if self._handed else NO_HANDS
        kept = Private(_kept(self._kept(cells)))
        if refused:
            return BadRow(line, number if wrong is None else "", tuple(refused), kept, found.who)
        get = values.get
        sorting = _NO_SORTING
        if self._sorted:
            sorting = _sorting(get(_CODE, ""), get(_MARK, ""), get(_CENTRE, ""), get(_DOOR, ""))
        carriage = _carriage(values) if self._carried else _NO_CARRIAGE
        item = self._item(texts, get(Field.QUANTITY, 1))
        boxes = get(Field.PACKAGES, 1)
        return Row(line, number, found.party, item, get(Field.ORDERED), sorting, carriage, boxes, kept, found.who, hands)

    def _hands(self, texts: dict[Field, str], refused: list[Refuse]) -> Hands:
        """Return where a parcel was really picked up and who handed it over; a masked address records nothing, and is refused."""
        place, hand = texts.get(Field.COLLECTED_AT), texts.get(Field.HANDED_BY)
        if place and HIDDEN_MARK in place:
            refused.append(Refuse(Refusal.ADDRESS_MASKED, self._heading[Field.COLLECTED_AT]))
        if not place and not hand:
            return NO_HANDS
        return Hands(Private(place) if place else None, Private(hand) if hand else None)

    def _item(self, texts: dict[Field, str], quantity: int) -> Item:
        contents, more = texts[Field.CONTENTS], texts.get(Field.SPECIFICATION)
        remark = _NOTHING
        for field in self._remarks:
            if field in texts:
                remark = Private("；".join([texts[each] for each in self._remarks if each in texts]))
                break
        return Item(Private(f"{contents} {more}" if more else contents), quantity, remark, texts.get(Field.SUB_ORDER, ""))


@lru_cache(maxsize=_SORTINGS_KEPT)
def _sorting(code: str, mark: str, centre: str, door: str) -> Sorting:
    return Sorting(code, mark, centre, door)


_SORTING: Final = (Field.SORTING_CODE, Field.SORTING_MARK, Field.SORTING_CENTRE, Field.SORTING_DOOR)
_CODE, _MARK, _CENTRE, _DOOR = _SORTING
_CARRIAGE: Final = (
    *(Field.WEIGHT, Field.COLLECT_GOODS, Field.COLLECT_FREIGHT, Field.INSURED),
    *(Field.FREIGHT, Field.AGREED_CHECK),
)


def _carriage(values: Mapping[Field, Any]) -> Carriage:
    get = values.get
    return Carriage(
        get(Field.WEIGHT),
        get(Field.COLLECT_GOODS),
        get(Field.COLLECT_FREIGHT),
        get(Field.INSURED),
        freight=get(Field.FREIGHT),
        agreed_check=get(Field.AGREED_CHECK, ""),
    )


def _readers(layout: Layout, bounds: Bounds) -> list[tuple[Field, Callable[[str], object]]]:
    """Return what reads each field that is not about a person: its value, or a refusal's code."""
    readers: dict[Field, Callable[[str], object]] = {
        Field.QUANTITY: c.count,
        Field.PACKAGES: partial(c.count, most=c.PACKAGES_MAX),
        Field.ORDERED: partial(c.ordered, bounds=bounds),
        Field.SORTING_CODE: c.sorting_code,
        Field.SORTING_MARK: c.sorting_place,
        Field.SORTING_CENTRE: c.sorting_place,
        Field.SORTING_DOOR: c.sorting_place,
        Field.WEIGHT: partial(c.amount, units=layout.preset.grams_a_weight),
        Field.COLLECT_GOODS: partial(c.amount, units=c.FEN_A_YUAN),
        Field.COLLECT_FREIGHT: c.freight,
        Field.INSURED: partial(c.amount, units=c.FEN_A_YUAN),
        Field.FREIGHT: partial(c.amount, units=c.FEN_A_YUAN),
        Field.AGREED_CHECK: c.agreed_check,
    }
    return [(field, read) for field, read in readers.items() if field in layout.at]


def _careful(cell: str, longest: int) -> str | Refusal:
    """Return a cell that may be dressed, or hold what no cell may, as its text."""
    if len(cell) > longest:
        return Refusal.CELL_TOO_LONG
    text = undressed(cell)
    if is_formula(text):
        return Refusal.CELL_IS_FORMULA
    if _UNPRINTABLE.search(text):
        return Refusal.CELL_UNPRINTABLE
    if "\n" in text and text.count(",") > _LINES_IN_CELL_COMMAS_MAX:
        return Refusal.ROW_MISSHAPEN
    return text


def _getter(places: Iterable[int]) -> Any:  # noqa: ANN401 - itemgetter's own type says no more
    """Return what takes the cells of these columns out of a row, as a tuple."""
    wanted = list(places)
    if len(wanted) > 1:
        return itemgetter(*wanted)
    return lambda cells: tuple(cells[place] for place in wanted)


def _kept(cells: tuple[str, ...]) -> str:
    joined = BETWEEN.join(cells)
    return joined if joined.count(BETWEEN) == len(cells) - 1 else BETWEEN.join(cell.replace(BETWEEN, "") for cell in cells)
