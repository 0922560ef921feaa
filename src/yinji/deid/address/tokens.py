"""From the text of an address to its designators: the numbered or lettered pieces, and what follows each.

A designator is a short run of digits and letters (``12``, ``b``, ``501a``), or a Chinese numeral, direction or cyclical
sign that a mark follows (三单元, 西户, 乙座). The mark says what it counts; without one the grammar decides.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

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
_NUMERALS: Final = "零〇一二三四五六七八九十百两"
_SCAN: Final = re.compile(
    rf"([0-9A-Za-z]+)(?: ?({_AFTER_ALNUM}))?"
    rf"|(?:(?<![{_NUMERALS}])[{_NUMERALS}]+|[甲乙丙丁戊己])({_AFTER_NUMERAL})"
    rf"|[东西南北中左右][间边侧]?({_AFTER_DIRECTION})"
)

_WIDE: Final = re.compile("[\uff01-\uff5e\u3000ⅰ-ⅿ①-⑳]")
_NARROW: Final = {0xFF01 + place: 0x21 + place for place in range(94)} | {0x3000: 0x20}
_FLOOR_LETTERS: Final = frozenset("fF")
_ALNUM: Final = 1  # the scanner's groups: a run alone, a run with its mark
_MARKED: Final = 2
_LETTERS_MAX: Final = 2  # longer runs of letters are words: soho, kfc
_FLOOR_WIDTH_MAX: Final = 3  # "12f"


def narrow(text: str) -> str:
    """Return the text with full-width letters, digits and punctuation in their narrow form, of the same length."""
    return text.translate(_NARROW) if _WIDE.search(text) else text


def tokens(text: str) -> list[Token]:
    """Return the designators of a narrow text, in order."""
    found = []
    for match in _SCAN.finditer(text):
        last = match.lastindex or _ALNUM
        start, end = match.span()
        if last == _ALNUM:
            kind = BARE
            width = end - start
            run = text[start:end]
            if not run.isdigit():
                if run.isalpha():
                    if width > _LETTERS_MAX:
                        continue
                elif text[end - 1] in _FLOOR_LETTERS and width <= _FLOOR_WIDTH_MAX and text[start : end - 1].isdigit():
                    kind = FLOOR
            elif width >= PHONE_DIGITS_MIN:
                kind = LONG
        elif last == _MARKED:
            kind = KIND_OF_MARK[match[2]]
            width = match.end(1) - start
            if width >= PHONE_DIGITS_MIN:
                kind = LONG
        else:
            mark = match[last]
            kind = KIND_OF_MARK.get(mark, ROOM)
            width = 1
        found.append(Token(kind, start, end, width))
    return found
