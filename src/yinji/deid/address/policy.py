"""What each policy hides of an address, and the mask made by it. What a policy hides is a value of the rule pack."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import cache
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.deid.address.english import has_english
from yinji.deid.address.parts import AddressPart, Part
from yinji.deid.address.reader import parts, pieces
from yinji.deid.marking import joined, starred
from yinji.deid.normal_form import NUMERALS, normal
from yinji.kernel.faults import Misuse
from yinji.kernel.mask import Mask, Span
from yinji.law.force import every_name

if TYPE_CHECKING:
    from collections.abc import Sequence


class Policy(StrEnum):
    """Who looks at the mask. The rule ``mask-address-<value>`` says what is hidden from them."""

    LABEL = "label"  # a label: unit, floor beside it, room, stall, household
    STRICT = "strict"  # building and village house too
    SCREEN = "screen"  # a worker's screen: as a label, the floor shown
    ROUTE = "route"  # sorting: divisions and town only


_RULE: Final = "mask-address-"
_FLOOR_BESIDE: Final = "floor-beside"
_BEHIND: Final = "behind"
_BUILDING_LAST: Final = frozenset("栋幢座楼")
_WORDS_LAST: Final = re.compile(f"[\u3400-\u9fff](?<![第东西南北中附之杠甲乙丙丁{NUMERALS}])")
_CHAIN_BEGUN: Final = re.compile("[0-9]{1,2}-")
_ROUNDS_MAX: Final = 4
"""A mask read again hides more for a text in many thousand, and once; a text that is never settled is hidden as a whole."""

_DIVISIONS: Final = frozenset((Part.COUNTRY, Part.PROVINCE, Part.CITY, Part.DISTRICT))
_NEIGHBOURS: Final = frozenset((Part.UNIT, Part.ROOM, Part.STALL, Part.UNKNOWN))
_WITHIN_WORDS: Final = _DIVISIONS | {
    Part.ZONE, Part.TOWN, Part.COMMUNITY, Part.VILLAGE, Part.GROUP, Part.ROAD, Part.LANE, Part.PLACE, Part.PHASE, Part.WAY,
}  # fmt: skip
"""Parts that the words between designators may hold: a policy that hides one of them needs the whole reading."""


class _Hides(NamedTuple):
    parts: frozenset[Part]
    floor_beside: bool
    behind: bool


def mask_address(text: str, policy: Policy | str = Policy.LABEL) -> Mask:
    """Return an address with what ``policy`` does not show hidden; the parts hidden are those that `read_address` names.

    "label" hides unit, room and household (GB/T 41833-2022, clause not seen: 单元户室号), a floor beside them (rule
    ``mask-floor``), stalls, names, phones, remarks, and behind the first unit or room whatever the reader does not
    understand. "strict" hides the building, every floor and the number of a village house too; "screen" is "label" with
    the floor shown; "route" keeps divisions and town, and hides all where it cannot tell them. The values stand in the
    rule pack ``mask``. The length is kept; the same text gives the same mask; no text raises.

    Raises:
        Misuse: for another policy.
    """
    hides = _hides(policy)
    if hides.behind:
        shown = _shown_first(text, hides.parts)
        return starred(text, (Span(shown, len(text)),) if shown < len(text) else ())
    read = _read(text, hides)
    mask = starred(text, _spans(read, hides))
    if policy == Policy.SCREEN or not mask.hidden:
        return mask
    label = mask if policy == Policy.LABEL else starred(text, _spans(read, _hides(Policy.LABEL)))
    if not label.hidden or _stands(text, read, label.hidden):
        return mask
    label = _settled(label, _hides(Policy.LABEL))
    return label if policy == Policy.LABEL else starred(text, joined((*mask.hidden, *label.hidden)))


def _read(text: str, hides: _Hides) -> list[tuple[Part | None, int, int]]:
    """Return the pieces of an address as deep as a policy needs them."""
    if hides.parts.isdisjoint(_WITHIN_WORDS):
        return [(piece.part, piece.start, piece.end) for piece in pieces(text)[1]]
    return [(each.part, *each.span) for each in parts(text)]


def _stands(text: str, read: Sequence[tuple[Part | None, int, int]], spans: tuple[Span, ...]) -> bool:
    """Say at a glance that a mask will be read as its text was: all behind a building is hidden, and nothing else.

    Nothing before such a building was read by what stands behind it: 3栋***, or the 3 of 3-*** close behind words.
    """
    (hidden, end), *others = spans
    if others or end != len(text) or has_english(normal(text)):
        return False
    for part, start, stop in reversed(read):
        if stop > hidden or part is Part.SIGN:
            continue
        if part is not Part.BUILDING:
            return False
        first = start > 0 and _WORDS_LAST.match(text, start - 1) is not None
        return text[stop - 1] in _BUILDING_LAST or (first and _CHAIN_BEGUN.fullmatch(text, start, hidden) is not None)
    return True


def _settled(mask: Mask, hides: _Hides) -> Mask:
    """Return a mask that a reader of it leaves as it is: what the stars would make them hide besides is hidden at once."""
    for _ in range(_ROUNDS_MAX):
        again = starred(mask.text, joined((*mask.hidden, *_spans(_read(mask.text, hides), hides))))
        if again.text == mask.text:
            return mask
        mask = again
    return starred(mask.text, (Span(0, len(mask.text)),))


def hidden_parts(text: str, mask: Mask) -> tuple[AddressPart, ...]:
    """Return the parts of an address that a mask of it hides, each with its reason; a part hidden in part is among them."""
    spans = iter(mask.hidden)
    span = next(spans, None)
    found: list[AddressPart] = []
    for part in parts(text):
        while span is not None and span.end <= part.span.start:
            span = next(spans, None)
        if span is None:
            break
        if part.span.end > span.start:
            found.append(part)
    return tuple(found)


def _spans(read: Sequence[tuple[Part | None, int, int]], hides: _Hides) -> tuple[Span, ...]:
    """Return what is hidden: touching pieces as one span, with the signs between two hidden pieces."""
    hidden = [part in hides.parts for part, _, _ in read]
    if True not in hidden:
        return ()
    if hides.floor_beside:
        _take_floors(read, hidden)
    spans: list[Span] = []
    joins = False  # nothing but signs since the last hidden piece
    for hide, (part, start, end) in zip(hidden, read, strict=True):
        if hide:
            spans.append(Span(spans.pop().start if joins else start, end))
            joins = True
        elif part is not Part.SIGN:
            joins = False
    return tuple(spans)


def _take_floors(read: Sequence[tuple[Part | None, int, int]], hidden: list[bool]) -> None:
    """Hide each floor that stands beside a hidden unit or room, with nothing but signs or another floor between."""
    for order in (range(len(read)), range(len(read) - 1, -1, -1)):
        beside = False
        for place in order:
            part = read[place][0]
            if part is Part.FLOOR:
                hidden[place] = hidden[place] or beside
            elif part is not Part.SIGN:
                beside = hidden[place] and part in _NEIGHBOURS


def _shown_first(text: str, hides: frozenset[Part]) -> int:
    """Return where the divisions and the town at the head end; 0 where no division stands there."""
    shown = 0
    seen = False
    for part, span, _ in parts(text):
        if part in hides:
            break
        seen = seen or part in _DIVISIONS
        if part is not Part.SIGN:
            shown = span.end
    return shown if seen else 0


@cache
def _hides(policy: Policy | str) -> _Hides:
    try:
        names = every_name(_RULE + Policy(policy).value)
    except ValueError:
        raise Misuse(f"no address policy {policy!r}: use {', '.join(Policy)}") from None
    hidden = frozenset(Part(name) for name in names - {_FLOOR_BESIDE, _BEHIND})
    return _Hides(hidden, _FLOOR_BESIDE in names, _BEHIND in names)
