"""A file's headings against the presets: whose export it is, and where each field stands in it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from yinji.doors.intake.dressing import undressed
from yinji.doors.intake.presets.model import OUR_MARK, Field, Preset, first_of, names_another, names_identity, plain
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

_HEADER_MIN: Final = 2
"""Known headings that make a row a header: no row of orders holds two of them as cells."""

_LISTED_MAX: Final = 12

_SENT_TO: Final = {
    "order.number": (Field.ORDER,),
    "order.date": (Field.ORDERED,),
    "recipient.name": (Field.NAME, Field.COMBINED),
    "recipient.phone": (Field.PHONE, Field.VIRTUAL_NUMBER, Field.COMBINED),
    "recipient.address": (Field.ADDRESS, Field.STREET, Field.ADDRESS_HEAD, Field.COMBINED),
    "contents": (Field.CONTENTS,),
    "remark": (Field.BUYER_MESSAGE, Field.SHOP_NOTE),
    "pieces": (Field.QUANTITY,),
    "packages": (Field.PACKAGES,),
    "sorting_code": (Field.SORTING_CODE,),
    "sorting_mark": (Field.SORTING_MARK,),
    "sorting_centre": (Field.SORTING_CENTRE,),
    "sorting_door": (Field.SORTING_DOOR,),
    "weight": (Field.WEIGHT,),
    "collect_goods": (Field.COLLECT_GOODS,),
    "collect_freight": (Field.COLLECT_FREIGHT,),
    "insured": (Field.INSURED,),
    "freight": (Field.FREIGHT,),
    "agreed_check": (Field.AGREED_CHECK,),
    "collected_at": (Field.COLLECTED_AT,),
    "handed_by": (Field.HANDED_BY,),
}
"""The field that a part of a label or plan came from."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a preset's fields stand in one file.

    ``at``: for each field its columns, the preferred first, with their headings. ``kept``: columns that an error file may
    write back. ``dropped``: columns nobody reads; ``identity`` and ``others`` of them are of documents and other people.
    """

    preset: Preset
    header: tuple[str, ...]
    at: Mapping[Field, tuple[tuple[int, str], ...]]
    kept: tuple[int, ...]
    dropped: int
    identity: int
    others: int

    @property
    def width(self) -> int:
        """Cells that a row has."""
        return len(self.header)

    def place(self, at: str) -> str:
        """Return the heading that a refusal's place came from, or would have come from; the place itself where no column is meant."""
        fields = _SENT_TO.get(at, ())
        for field in fields:
            if columns := self.at.get(field):
                return columns[0][1]
        return first_of(self.preset, fields) if fields else at


def recognise(header: Sequence[str], presets: Sequence[Preset]) -> Layout | list[Refuse]:
    """Return the layout of the one preset that a header tells of, or why none is.

    The preset with the longest set of telling headings wins; two with equally long ones are PRESET_AMBIGUOUS; where none
    matches, a fallback whose required fields all have a column is taken. PRESET_UNKNOWN lists known headings that were found
    and the nearest preset: other headings are not quoted, for what has no header begins with a person.
    """
    names = frozenset(_tidy(header))
    matched = sorted(((told, preset) for preset in presets if (told := _told(preset, names))), key=lambda each: -each[0])
    if matched:
        best = [preset for told, preset in matched if told == matched[0][0]]
        if len(best) > 1:
            return [Refuse(Refusal.PRESET_AMBIGUOUS, " | ".join(preset.id for preset in best))]
        return lay_out(header, best[0])
    fallbacks = [preset for preset in presets if preset.fallback]
    for preset in fallbacks:
        if not _missing(preset, names):
            return lay_out(header, preset)
    return _unknown(names, presets)


def lay_out(header: Sequence[str], preset: Preset) -> Layout | list[Refuse]:
    """Return where a preset's fields stand, or each heading that is missing or stands twice."""
    names = _tidy(header)
    known = {heading for headings in preset.columns.values() for heading in headings}
    refused = [Refuse(Refusal.COLUMN_MISSING, heading) for heading in _missing(preset, frozenset(names))]
    refused += [Refuse(Refusal.COLUMN_TWICE, name) for name in sorted(known) if names.count(name) > 1]
    if refused:
        return refused
    at = {
        field: tuple((names.index(heading), heading) for heading in headings if heading in names)
        for field, headings in preset.columns.items()
    }
    at = {field: columns for field, columns in at.items() if columns}
    read = {place for columns in at.values() for place, _ in columns}
    ours = {place for place, name in enumerate(names) if name.startswith(OUR_MARK)}
    identity = {place for place, name in enumerate(names) if names_identity(name)}
    telling = frozenset[str]().union(*preset.telling)
    others = {
        place for place, name in enumerate(names) if (name in preset.never or names_another(name)) and name not in telling
    }
    others -= identity | read
    kept = tuple(place for place in range(len(names)) if place not in ours | identity | others)
    dropped = len(names) - len(read) - len(ours)
    return Layout(preset, tuple(header), at, kept, dropped, len(identity), len(others))


def is_header(cells: Sequence[str], presets: Sequence[Preset]) -> bool:
    """Whether a row is a header: it holds known headings of one preset, as many as no row of orders could."""
    names = frozenset(_tidy(cells))
    return any(len(names & _headings(preset)) >= _HEADER_MIN for preset in presets)


def _told(preset: Preset, names: frozenset[str]) -> int:
    if names & preset.absent:
        return 0
    return max((len(told) for told in preset.telling if told <= names), default=0)


def _missing(preset: Preset, names: frozenset[str]) -> list[str]:
    """The preferred heading of each field that an order cannot do without, and that has no column."""
    wanted: list[tuple[Field, ...]] = [(Field.ORDER,), (Field.CONTENTS,)]
    if not preset.protected and not _stands(preset, names, Field.COMBINED):
        wanted[1:1] = [
            (Field.COMBINED, Field.NAME) if Field.COMBINED in preset.columns else (Field.NAME,),
            (Field.PHONE, Field.VIRTUAL_NUMBER, Field.COMBINED),
            (Field.ADDRESS, Field.STREET, Field.COMBINED),
        ]
    missing = [first_of(preset, fields) for fields in wanted if not any(_stands(preset, names, each) for each in fields)]
    return list(dict.fromkeys(missing))


def _stands(preset: Preset, names: frozenset[str], field: Field) -> bool:
    return not names.isdisjoint(preset.columns.get(field, ()))


def _unknown(names: frozenset[str], presets: Sequence[Preset]) -> list[Refuse]:
    nearest = max(presets, key=lambda preset: (len(names & _headings(preset)), preset.fallback), default=None)
    if nearest is None:
        return [Refuse(Refusal.PRESET_UNKNOWN)]
    found = sorted(names & frozenset[str]().union(*(_headings(preset) for preset in presets)))
    listed = "、".join(found[:_LISTED_MAX]) + ("…" if len(found) > _LISTED_MAX else "")
    place = f"{listed or '-'} + {len(names) - len(found)}; {nearest.id}"
    return [Refuse(Refusal.PRESET_UNKNOWN, place), *(Refuse(Refusal.COLUMN_MISSING, each) for each in _lacking(nearest, names))]


def _lacking(preset: Preset, names: frozenset[str]) -> list[str]:
    telling = min((told - names for told in preset.telling), key=len, default=frozenset[str]())
    return list(dict.fromkeys([*_missing(preset, names), *sorted(telling)]))


def _headings(preset: Preset) -> frozenset[str]:
    return frozenset(heading for headings in preset.columns.values() for heading in headings)


def _tidy(header: Sequence[str]) -> list[str]:
    return [plain(undressed(cell)) for cell in header]
