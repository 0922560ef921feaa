"""From the text of an address to its designators: the numbered or lettered pieces, and what follows each.

A designator is a short run of digits and letters (``12``, ``b``, ``501a``), or a Chinese numeral, direction or cyclical
sign that a mark follows (三单元, 西户, 乙座). The mark says what it counts; without one the grammar decides.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.deid.address.marks import AREA, BARE, BUILDING, DOOR, FLOOR, KIND_OF_MARK, LONG, NUMBER, ROOM, SHOP, SUFFIX, UNIT
from yinji.deid.address.trie import one_of
from yinji.deid.normal_form import HAN_TENS, NUMERALS

PHONE_DIGITS_MIN: Final = 7
"""The shortest subscriber number in use in China has seven digits; no room number has."""


class Token(NamedTuple):
    """A designator: what it counts, where it begins, where it ends with its mark, how wide its number is."""

    kind: int
    start: int
    end: int
    width: int


_AFTER_ALNUM: Final = one_of(KIND_OF_MARK)

# A Chinese numeral is part of a name (三里河, 五一路) unless one of these follows.
_AFTER_NUMERAL: Final = (
    "单元楼|单元|号楼|号院|号门|号线|号路|号公路|号房间|号房|号室|号户|号店面|号门面|号商铺|号铺|号|栋楼|栋|幢楼|幢|座|层楼|层|楼门|楼道|楼|室|户(?!村|屯|庄)|梯|门洞|门(?!诊|窗|市|头)|排(?!村)|"
    "单(?![位身家县])|街(?![道区])"
)
_AFTER_DIRECTION: Final = "单元|边户|间户|侧户|户|室|门洞|梯|门(?!诊|窗|市|头|村)"
_ENDS: Final = r"[\s,.;:、!?()（）*-]|$"
_FIRST: Final = rf"[0-9A-Za-z{NUMERALS}甲乙丙丁戊己东西南北中左右前后里第顶底地半阁夹负之(“「『\"'‘]"
"""Every designator begins with one of these."""

_SCAN: Final = re.compile(
    rf"(?={_FIRST})(?:([0-9A-Za-z]+(?:[〇零][0-9A-Za-z]+)*)(?:[ -]?({_AFTER_ALNUM}))?"
    rf"|([{NUMERALS}]+)({_AFTER_NUMERAL})?"
    rf"|[甲乙丙丁戊己]({_AFTER_NUMERAL})"
    rf"|[东西南北中左右][间边侧]?({_AFTER_DIRECTION})"
    rf"|((?:[东西南北左右前后里](?:手边?|[边侧头面首])?[数的起往]?)?第[0-9{NUMERALS}]{{1,3}}(?:家(?![园具居电纺政])|[间户]|[个道扇]门)|\([0-9{NUMERALS}]{{1,3}}\)班)"
    r"|(顶[楼层]|底商|底[楼层]|地下室|半地下室?|阁楼|夹层|(?:负|地下)[0-9一二三四五][层楼])"
    rf"|([东西南北左右](?:手[边侧面]?|[边侧头面])|[东西南北中左右](?:[房屋](?![子村庄产管地])|(?={_ENDS})))"
    r"|([“「『\"'‘][^“”「」『』\"'‘’]{1,8}[”」』\"'’](?:房间|房|室|包间|包厢|客房)(?![地产山屋店管交]))"
    r"|([甲乙丙丁戊])(?<=[0-9].)(?=[0-9]{3,4}(?![0-9号弄]))"
    rf"|(之[0-9{NUMERALS}]{{1,3}}(?![0-9{NUMERALS}])))"
)

_GATES: Final = ("大门", "进门", "门口", "单元门", "电梯", "楼梯", "楼道")
_FLOOR_LETTERS: Final = frozenset("fF")
_ALNUM: Final = 1  # the scanner's groups: a run alone, a run with its mark
_MARKED: Final = 2
_NUMERAL: Final = 3  # a written-out number alone, with its mark
_NUMERAL_MARKED: Final = 4
_HOUSEHOLD: Final = 7  # 东边第二家
_NAMED_FLOOR: Final = 8  # 顶楼, 底商, 负一层
_SIDE: Final = 9  # 左手, 东边
_NAMED: Final = 10  # “听风”房
_CYCLICAL: Final = 11  # 27丙603
_SUFFIX: Final = 12  # 12号之3, 5楼之3
_LETTERS_MAX: Final = 2  # longer runs of letters are words: soho, kfc
_FLOOR_WIDTH_MAX: Final = 3  # "12f"
_SPELT_MIN: Final = 3  # 五〇一 is a number wherever it stands, 五一 only behind another designator
_PAIR: Final = 2
_HUNDREDS: Final = "百佰"

_HALL_BEFORE: Final = re.compile(f"(?:市场|商城|[东西南北中{NUMERALS}]区)$")
_MARK: Final = re.compile(f" ?({_AFTER_ALNUM})")
_CHAINED: Final = re.compile(rf" ?[-_#杠/]\s?[0-9{NUMERALS}]")  # 三杠一七零二
_SIGN_NEXT: Final = re.compile(_ENDS)


def tokens(text: str) -> list[Token]:
    """Return the designators of a text in its normal form, in order."""
    found: list[Token] = []
    for match in _SCAN.finditer(text):
        last = match.lastindex or _ALNUM
        start, end = match.span()
        if last == _ALNUM:
            kind = BARE
            width = end - start
            run = text[start:end]
            if not run.isdigit():
                if run.isalpha() and run.isascii():
                    if width > _LETTERS_MAX:
                        continue
                elif text[end - 1] in _FLOOR_LETTERS and width <= _FLOOR_WIDTH_MAX and text[start : end - 1].isdigit():
                    kind = FLOOR
            elif width >= PHONE_DIGITS_MIN:
                kind = LONG
        elif last == _MARKED:
            width = match.end(1) - start
            kind = KIND_OF_MARK[match[2]] if width < PHONE_DIGITS_MIN else LONG
        else:
            if (worded := _worded(text, match, last, found)) is not None:
                found.append(worded)
            continue
        found.append(Token(kind, start, end, width))
    return found


def _worded(text: str, match: re.Match[str], last: int, found: list[Token]) -> Token | None:
    """Return the designator of a written-out number, a direction or a place told in words, None if it is part of a name."""
    start, end = match.span()
    if last == _NUMERAL:
        return _spelt(text, start, end, found[-1].end if found else -1)
    if last == _NUMERAL_MARKED:
        aisled = (found and found[-1].end == start and found[-1].kind in _AISLED) or _HALL_BEFORE.search(
            text, max(0, start - 2), start
        )
        if match[4] == "街" and not aisled:
            return None  # 中山三街 is a road; 2楼三街 and 市场八区三街 are aisles
        return Token(KIND_OF_MARK.get(match[4], ROOM), start, end, _width(match[3]))
    if last < _HOUSEHOLD:
        return Token(KIND_OF_MARK.get(match[last], ROOM), start, end, 1)
    kind = _position(text, start, last, found)
    return Token(kind, start, end, 1) if kind >= 0 else None


def _spelt(text: str, start: int, end: int, before: int) -> Token | None:
    """A written-out number that no mark follows at once; ``before`` is where the last designator ended, -1 without one."""
    size = end - start
    beside = before == start or (before >= 0 and before == start - 1 and text[before] in " -,#")
    if size >= _SPELT_MIN:
        mark = _MARK.match(text, end)
        width = _width(text[start:end])
        if mark is not None:
            return Token(KIND_OF_MARK[mark[1]], start, mark.end(), width)
        return Token(LONG if width >= PHONE_DIGITS_MIN else BARE, start, end, width)
    following = text[end : end + 1]
    if following.isascii() and following.isalnum():
        dash = size == 1 and text[start] == "一"  # typed for a dash
        told = beside and not dash
    elif size == _PAIR:
        told = beside and text[start + 1] not in _HUNDREDS  # 三楼一百货店
    else:
        told = (beside and _SIGN_NEXT.match(text, end) is not None and text[start] != "一") or _CHAINED.match(
            text, end
        ) is not None
    return Token(BARE, start, end, size) if told else None


def _width(numeral: str) -> int:
    """How many digits a written-out number has: 五〇一 and 伍佰零壹 three, 二十五 two."""
    if not any(sign in HAN_TENS for sign in numeral):
        return len(numeral)
    return _SPELT_MIN if any(sign in _HUNDREDS for sign in numeral) else _PAIR


def _position(text: str, start: int, group: int, found: list[Token]) -> int:
    """What a place told in words counts, -1 for a side of nothing: a side tells a room on a floor or behind a gate."""
    if group in _TOLD:
        return _TOLD[group]
    before = found[-1].kind if found and found[-1].end == start else -1
    if group == _SUFFIX:
        return SUFFIX if before in (NUMBER, FLOOR) else -1
    behind = text[start + 1 : start + 2]
    if before == FLOOR or before in _SIDES_OF.get(behind, _INSIDE):
        return ROOM
    return ROOM if behind == "手" and text.endswith(_GATES, 0, start) else -1


_TOLD: Final = {_HOUSEHOLD: ROOM, _NAMED_FLOOR: FLOOR, _NAMED: SHOP, _CYCLICAL: UNIT}
"""In free text a name in quotes tells a room only in a house: it counts as a stall does."""

_INSIDE: Final = frozenset((UNIT, ROOM))
_AISLED: Final = frozenset((AREA, FLOOR))
_HOUSES: Final = frozenset((BUILDING, UNIT, DOOR))
_NOWHERE: Final[frozenset[int]] = frozenset()
_SIDES_OF: Final = {"手": _HOUSES, "房": _HOUSES, "屋": _HOUSES, "边": _NOWHERE, "侧": _NOWHERE, "头": _NOWHERE, "面": _NOWHERE}
"""Behind which designators a side tells a room, by the character that follows the direction; a direction alone behind a unit."""
