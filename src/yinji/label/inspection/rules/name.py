"""GB/T 41833-2022, as reported: of a name at least one character is hidden.

A name is looked for where it stands on a waybill: in a party's block, before the address, and behind words that announce one. A
company's name is nobody's; what reads as a place is one.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid import FindingKind, read_division, scan
from yinji.deid.names import COMPOUND_SURNAMES, SURNAMES
from yinji.kernel.said import Said
from yinji.label.inspection.rules.looking import Sight
from yinji.label.inspection.rules.marks import has_mark

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.deid import Finding
    from yinji.kernel.mask import Span
    from yinji.label.inspection.laid_out import Line, Party
    from yinji.label.inspection.model import Region
    from yinji.label.inspection.rules.looking import Given

RULE_ID = "gbt-41833-name"

_HAN_NAME: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{2,4}")
_FOREIGN_NAME: Final = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]{1,8}[·•‧・][\u3400-\u4dbf\u4e00-\u9fff·•‧・]{1,12}")
_PARTS: Final = re.compile(r"[\s,;:|/()\[\]【】、.*0-9+-]+")
_NO_PERSON: Final = re.compile(
    "公司|集团|[省市区县镇乡村路街道巷弄号楼栋幢座室组队店厂行局所院部处站会社馆城园库柜仓线苑府庭湾里州]$|先生|女士|小姐|电话|手机|地址|姓名|标准|快递|快件|"
    "速运|特快|普通|中国|隐私|样张|保密|客户|用户|买家|卖家|商家|旗舰"
)
_SURE: Final = 0.6
"""Of what a scan takes for a name: below it stand words of an address that may be one. A judgement of ours."""

_ROWS: Final = 3
"""A name stands in the first rows of its block; behind them stands the address."""


def look(given: Given) -> Iterator[Sight]:
    """See names of which nothing is hidden."""
    seen: set[Region] = set()
    for party in given.label.parties:
        for line in _rows(party):
            named = any(_is_name(part) for part in _PARTS.split(line.plain)) and not has_mark_in_name(line)
            if named and line.region not in seen:
                seen.add(line.region)
                yield Sight(_SAYS, (line.region,), line.source, sure=line.confidence)
    for line in _announced(given):
        if line.region not in seen:
            seen.add(line.region)
            yield Sight(_SAYS, (line.region,), line.source, sure=line.confidence)


def _announced(given: Given) -> Iterator[Line]:
    """Yield lines in which words or an address give a name away. Rows of one address are read as one: a row ends anywhere."""
    joined: set[Region] = set()
    for party in given.label.parties:
        rows = party.lines[len(_rows(party)) :]
        joined.update(row.region for row in rows)
        whole = "".join(row.text for row in rows)
        start, spans = 0, list(_named(whole, scan(whole)))
        for row in rows:
            end = start + len(row.text)
            if any(span.start < end and span.end > start for span in spans):
                yield row
            start = end
    yield from (line for line in given.label.lines if line.region not in joined and any(_named(line.text, line.found)))


def _named(text: str, findings: tuple[Finding, ...]) -> Iterator[Span]:
    for found in findings:
        sure = found.kind is FindingKind.NAME and found.confidence >= _SURE
        if sure and not _NO_PERSON.search(text[found.span.start : found.span.end]):
            yield found.span


def has_mark_in_name(line: Line) -> bool:
    """Say whether the first word of a line, where its name stands, has a hidden character; a number may follow it at once."""
    first = _WORD.match(line.plain)
    return first is not None and has_mark(first[0])


_WORD: Final = re.compile(r"[^\s0-9]+")


def _rows(party: Party) -> tuple[Line, ...]:
    for place, line in enumerate(party.lines[:_ROWS]):
        if read_division(line.text) is not None:
            return party.lines[:place]
    return party.lines[:_ROWS]


def _is_name(part: str) -> bool:
    if _FOREIGN_NAME.fullmatch(part):
        return True
    if _HAN_NAME.fullmatch(part) is None or part in COMPOUND_SURNAMES or _NO_PERSON.search(part):
        return False
    return (part[0] in SURNAMES or part[:2] in COMPOUND_SURNAMES) and read_division(part) is None


_SAYS: Final = Said("姓名未隐藏", "a name is shown whole")
