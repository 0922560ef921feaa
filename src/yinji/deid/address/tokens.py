"""From the text of an address to its designators: the numbered or lettered pieces, and what follows each.

A designator is a short run of digits and letters (``12``, ``b``, ``501a``), or a Chinese numeral, direction or cyclical
sign that a mark follows (三单元, 西户, 乙座). The mark says what it counts; without one the grammar decides.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.deid.normal_form import HAN_TENS, NUMERALS

# What a designator counts. Plain integers: the grammar compares them once for every token of every order.
BARE: Final = 0  # nothing follows that says so
AREA: Final = 1  # phase, zone, garden, route number ...: part of a place's name
ROAD: Final = 2
GROUP: Final = 3  # village group, team
LANE: Final = 4  # 弄, 支弄, 巷: numbered like a road number
NUMBER: Final = 5  # 号: a road number, a building or a room, by what stands before
BUILDING: Final = 6
UNIT: Final = 7
DOOR: Final = 8  # 门, 梯: a unit inside a building, else a gate
FLOOR: Final = 9  # 楼, 层
ROOM: Final = 10
SHOP: Final = 11  # stall, shop, counter: a room, but some markets name whole buildings so
LONG: Final = 12  # seven digits and more: a phone or an identity number

PHONE_DIGITS_MIN: Final = 7
"""The shortest subscriber number in use in China has seven digits; no room number has."""


class Token(NamedTuple):
    """A designator: what it counts, where it begins, where it ends with its mark, how wide its number is."""

    kind: int
    start: int
    end: int
    width: int


_MARKS: Final[dict[int, str]] = {
    AREA: "期 区 苑 里 园 村 庄 组团 地块 街区 社区 片区 大院 大队 营 连 团 师 公里 千米 米 号线 号院 号门 号桥 号地块 号地 "
    "号岗 号口 号出口 小学 中学 号店 年 月 院 大棚 环 厂 分厂 标段 标 坊 s店 S店 路口",
    ROAD: "路 街 大街 大道 国道 省道 县道 乡道 高速 号路 号公路 公路 马路 线 号街",
    GROUP: "组 队 社 生产队 小组 村民组 屯",
    LANE: "弄 支弄 巷 号弄 胡同",
    NUMBER: "号",
    BUILDING: "号楼 栋楼 幢楼 座楼 #楼 号栋 号幢 号座 栋 幢 座 舍 排 斋 # 号宿舍 号公寓 公寓 宿舍 号别墅 别墅 撞 憧 "
    "号厂房 号车间 车间 号库 号仓库 号仓 号馆 号教学楼 教学楼 号学生公寓 塔 馆 憧楼 号厂 号写字楼 号商务楼 号办公楼 号综合楼",
    UNIT: "单元楼 单元 单 单无 号单元 门洞 梯 号梯 楼道 楼门",
    DOOR: "门",
    FLOOR: "层楼 层 楼 搂 楼层",
    ROOM: "室 户 房 号房 号房间 房间 号室 号户 边户 间户 办公室 卧室 窒 床 号床 寝室 寝",
    SHOP: "铺 号铺 商铺 号商铺 铺面 号铺面 门面 号门面 号门面房 店面 号店面 档 档口 号档 号档口 摊 摊位 号摊 号摊位 柜 号柜 "
    "号柜台 柜台 窗口 号窗口 号窗 工位 号工位 展位 号展位 门市 号门市 号门市房 门市房 商店 车位 号车位 网点 号网点",
}

KIND_OF_MARK: Final = {mark: kind for kind, marks in _MARKS.items() for mark in marks.split()}
"""What each mark says the designator before it counts."""

_AFTER_ALNUM: Final = "|".join(sorted(map(re.escape, KIND_OF_MARK), key=len, reverse=True))

# A Chinese numeral is part of a name (三里河, 五一路) unless one of these follows.
_AFTER_NUMERAL: Final = (
    "单元楼|单元|号楼|号院|号门|号线|号路|号公路|号房间|号房|号室|号户|号店面|号门面|号商铺|号铺|号|栋楼|栋|幢楼|幢|座|层楼|层|楼门|楼道|楼|室|户(?!村|屯|庄)|梯|门洞|门(?!诊|窗|市|头)|排(?!村)|"
    "单(?![位身家县])"
)
_AFTER_DIRECTION: Final = "单元|边户|间户|侧户|户|室|门洞|梯|门(?!诊|窗|市|头|村)"
_SCAN: Final = re.compile(
    rf"([0-9A-Za-z]+(?:[〇零][0-9A-Za-z]+)*)(?: ?({_AFTER_ALNUM}))?"
    rf"|([{NUMERALS}]+)({_AFTER_NUMERAL})?"
    rf"|[甲乙丙丁戊己]({_AFTER_NUMERAL})"
    rf"|[东西南北中左右][间边侧]?({_AFTER_DIRECTION})"
    rf"|((?:[东西南北左右前后里](?:手边?|[边侧头面首])?[数的起往]?)?第[0-9{NUMERALS}]{{1,3}}(?:家(?![园具居电纺政])|[间户]|[个道扇]门))"
    r"|(顶[楼层])"
    r"|([东西南北左右](?:手[边侧面]?|[边侧头面]))"
    r"|([“「『\"'‘][^“”「」『』\"'‘’]{1,8}[”」』\"'’](?:房间|房|室|包间|包厢|客房)(?![地产山屋店管交]))"
)

_GATES: Final = ("大门", "进门", "门口", "单元门", "电梯", "楼梯", "楼道")
_FLOOR_LETTERS: Final = frozenset("fF")
_ALNUM: Final = 1  # the scanner's groups: a run alone, a run with its mark
_MARKED: Final = 2
_NUMERAL: Final = 3  # a written-out number alone, with its mark
_NUMERAL_MARKED: Final = 4
_HOUSEHOLD: Final = 7  # 东边第二家
_TOP_FLOOR: Final = 8  # 顶楼
_SIDE: Final = 9  # 左手, 东边
_NAMED: Final = 10  # “听风”房
_LETTERS_MAX: Final = 2  # longer runs of letters are words: soho, kfc
_FLOOR_WIDTH_MAX: Final = 3  # "12f"
_SPELT_MIN: Final = 3  # 五〇一 is a number wherever it stands, 五一 only behind another designator
_PAIR: Final = 2
_HUNDREDS: Final = "百佰"

_MARK: Final = re.compile(f" ?({_AFTER_ALNUM})")
_CHAINED: Final = re.compile(rf" ?[-_#杠/]\s?[0-9{NUMERALS}]")  # 三杠一七零二
_SIGN_NEXT: Final = re.compile(r"[\s,.;:、!?()（）-]|$")


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
        return Token(KIND_OF_MARK.get(match[4], ROOM), start, end, _width(match[3]))
    if last < _HOUSEHOLD:
        return Token(KIND_OF_MARK.get(match[last], ROOM), start, end, 1)
    kind = (
        SHOP if last == _NAMED else _position(text, start, last, found)
    )  # in free text a name in quotes tells a room only in a house
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
    if group == _HOUSEHOLD:
        return ROOM
    if group == _TOP_FLOOR:
        return FLOOR
    hand = text[start + 1] == "手"
    if found and found[-1].end == start and (found[-1].kind == FLOOR or (hand and found[-1].kind in (BUILDING, UNIT, DOOR))):
        return ROOM
    return ROOM if hand and text[:start].endswith(_GATES) else -1
