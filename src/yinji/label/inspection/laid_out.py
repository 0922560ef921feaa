"""A seen label made ready for its rules: lines in reading order, and the blocks in which its parties stand.

Here the texts of a foreign label are opened, in memory, and nowhere else (design: one of the two exceptions of this room).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.deid import scan
from yinji.deid.normal_form import normal
from yinji.label.codes.grammar import WAYBILL_NUMBER
from yinji.label.inspection.model import Region, Source, Symbology

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.deid import Finding
    from yinji.label.inspection.model import SeenLabel, SeenText

_TO: Final = "收|收件|收件人|收货人|收方|收件方|收货方|to|ship to|recipient|consignee|deliver to"
_FROM: Final = "寄|寄件|寄件人|发件人|发货人|寄方|寄件方|发方|from|sender|shipper"
_ALONE: Final = r"(?:[:;|]|\s|$)"
_NAMED: Final = r"(?=[\u3400-\u9fff]{1,4}(?:[*●•×]|1[0-9*xX]))"
"""What follows 收 or 寄 where nothing stands between it and a party: a name, and a sign of hiding or a mobile. So read off pixels."""

_CUE: Final = re.compile(
    rf"\s*[\[(【]?(?:(?P<to>{_TO})|(?P<sender>{_FROM}))[\])】]?(?:\s*{_ALONE}|(?<=[收寄]){_NAMED}|(?<=[件货]人){_NAMED})",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    "(?:物品|内件|品名|托寄物|备注|留言|签收|签名|件数|重量|付款|订单|运费|代收货款|保价|打印|客服|热线|网点|contents|remark|signature)"
    r"[^\u3400-\u9fff]{0,2}",
    re.IGNORECASE,
)
"""How the line begins that stands behind a party's block."""

_EXEMPT: Final = re.compile("豁免")
_BLOCK_HIGH: Final = 0.22
"""A party's block is no higher than this part of its label: two of them and their codes have to stand on one."""

_ABOVE: Final = 0.6  # of a cue's height: what stands beside a cue may be set a little higher than it
_TALL: Final = 4.0  # times a cue's height: a line that runs up or down the edge is no row of a block
_LEFT: Final = 0.03
_COLUMN: Final = 0.3
"""Of a label's width: what begins further to the right of a cue stands in another column, and ends no block."""

_NUMBER: Final = re.compile(r"(?<![0-9A-Za-z*])1[0-9*xX●•]{2}[ -]?[0-9*xX●•]{4}[ -]?[0-9*xX●•]{4}(?![0-9A-Za-z*])")
"""A mobile, whole or half hidden: where one stands without a cue, a party is named beside it."""

_MOBILE: Final = re.compile("1[3-9][0-9]{9}")

_ROWS_ABOVE: Final = 1.5
_ROWS_BELOW: Final = 3.5


class Side(Enum):
    """Which party a block names; a block that was found by its phone alone names neither."""

    RECIPIENT = "recipient"
    SENDER = "sender"
    UNSAID = "unsaid"


class Line(NamedTuple):
    """One line: ``text`` as it was read, ``plain`` in normal form and as long, and what a scan found in it, once for all rules."""

    text: str
    plain: str
    found: tuple[Finding, ...]
    region: Region
    source: Source
    confidence: float


class Party(NamedTuple):
    """The lines of one party, in reading order, the cue taken off the first."""

    side: Side
    lines: tuple[Line, ...]


class Payload(NamedTuple):
    """The content of one code, opened."""

    symbology: Symbology
    text: str
    region: Region
    module_dots: float | None


@dataclass(frozen=True, slots=True, repr=False)
class LaidOut:
    """What the rules read. It has no words for itself: its texts may be of persons.

    ``numbers`` are the waybill numbers that the label's bar codes hold.
    """

    lines: tuple[Line, ...]
    parties: tuple[Party, ...]
    payloads: tuple[Payload, ...]
    numbers: frozenset[str]
    legible: bool
    exempt: bool

    @property
    def pictured(self) -> bool:
        """True where nothing but pixels was read."""
        return all(line.source is Source.PICTURE for line in self.lines)


def laid_out(label: SeenLabel) -> LaidOut:
    """Open a label's texts and codes and put them in order."""
    lines = tuple(sorted((_line(seen.text.open(), seen) for seen in label.texts), key=_order))
    payloads = tuple(Payload(each.symbology, each.payload.open(), each.region, each.module_dots) for each in label.codes)
    exempt = any(_EXEMPT.search(line.plain) for line in lines)
    bars = (each.text for each in payloads if each.symbology is Symbology.CODE_128)
    numbers = frozenset(text for text in bars if is_waybill_number(text))
    return LaidOut(lines, tuple(_parties(lines)), payloads, numbers, label.legible, exempt)


def is_waybill_number(content: str) -> bool:
    """Say whether a code holds a waybill number and nothing else; a mobile has the form of one, and is none."""
    return WAYBILL_NUMBER.fullmatch(content) is not None and _MOBILE.fullmatch(content) is None


def _line(text: str, seen: SeenText | Line) -> Line:
    return Line(text, normal(text), scan(text), seen.region, seen.source, seen.confidence)


def _order(line: Line) -> tuple[float, float]:
    return line.region.top, line.region.left


def _parties(lines: tuple[Line, ...]) -> Iterator[Party]:
    visible = [line for line in lines if line.source is not Source.HIDDEN]
    cues = [(line, cue) for line in visible if (cue := _CUE.match(line.plain))]
    taken: set[Region] = set()
    for line, cue in cues:
        side = Side.RECIPIENT if cue["to"] else Side.SENDER
        others = [other for other, _ in cues if other is not line]
        party = Party(side, tuple(_block(line, cue.end(), visible, others)))
        taken.update(each.region for each in party.lines)
        yield party
    for line in visible:
        if line.region not in taken and _NUMBER.search(line.plain):
            yield Party(Side.UNSAID, tuple(_around(line, visible)))


def _around(anchor: Line, lines: list[Line]) -> Iterator[Line]:
    """Return the lines about one that shows a phone, from the one just above it."""
    high = anchor.region.bottom - anchor.region.top
    for line in lines:
        near = anchor.region.top - high * _ROWS_ABOVE <= line.region.top < anchor.region.top + high * _ROWS_BELOW
        if near and not _BEHIND.match(line.plain) and not _CUE.match(line.plain):
            yield line


def _block(cue: Line, behind: int, lines: list[Line], cues: list[Line]) -> Iterator[Line]:
    top = cue.region.top - (cue.region.bottom - cue.region.top) * _ABOVE
    if rest := cue.text[behind:].strip():
        yield _line(rest, cue)
    end = _end(cue, top, lines, cues)
    for line in lines:
        beside = top <= line.region.top < end and line.region.left >= cue.region.left - _LEFT
        upright = line.region.bottom - line.region.top <= _TALL * (cue.region.bottom - cue.region.top)
        if beside and upright and line is not cue and line not in cues and not _BEHIND.match(line.plain):
            yield line


def _end(cue: Line, top: float, lines: list[Line], cues: list[Line]) -> float:
    """Return how far down a party's block goes: to the next cue, to whatever stands behind parties, or to its greatest height."""
    others = [other.region for other in cues if other.region.top > cue.region.bottom]
    others += [
        line.region
        for line in lines
        if line.region.top > top
        and line.region.left < cue.region.left + _COLUMN
        and line is not cue
        and _BEHIND.match(line.plain)
    ]
    ends = [region.top - (region.bottom - region.top) * _ABOVE for region in others]
    return min([cue.region.top + _BLOCK_HIGH, *ends])
