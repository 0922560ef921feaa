"""Words of an address cut into places: a town, a village, a road, an estate, a way, each by its ending.

Inside, behind a unit or a room, words count as understood only where every one of them can be nothing but another place:
an estate, a road, a way to find it. What could be a person, or who lives there, stays hidden.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address.parts import Part
from yinji.deid.address.remarks import is_name
from yinji.deid.address.trie import one_of
from yinji.deid.address.words import SEPARATORS

_TRADES: Final = "有限公司 公司 超市 便利店 药店 花店 水果店 商店 专卖店 饭店 餐厅 仓库 诊所 药房 银行 加油站 面馆 美容院 驿站 快递柜 丰巢柜 丰巢"
_SHOPS: Final = frozenset(_TRADES.split())
_ENDINGS: Final = {
    Part.TOWN: "街道办事处 街道办 街道 民族乡 镇 乡 苏木 团场",
    Part.ZONE: "开发区 高新区 经开区 保税区 示范区 新区 工业区",
    Part.COMMUNITY: "社区居委会 社区 居委会 居民委员会",
    Part.PLACE: "新村 小区 花园 家园 公寓 大厦 广场 大楼 家属院 市场 医院 大学 学院 学校 中学 小学 幼儿园 公园 工业园 产业园 科技园 园区 山庄 度假村 酒店 宾馆 "
    "公馆 名苑 雅苑 佳苑 嘉苑 华庭 豪庭 华府 国际 中心 商场 商城 火车站 车站 地铁站 派出所 步行街 商业街 邨 有限公司 公司 超市 便利店 药店 花店 水果店 商店 专卖店 饭店 餐厅 仓库 诊所 药房 银行 加油站 汉堡店 面馆 美容院 驿站 快递柜 丰巢柜 丰巢 农场 林场 茶场 牧场 别墅区 住宅区 生活区 安置区",
    Part.VILLAGE: "村民委员会 村委会 自然村 行政村 村 嘎查 屯 大队",
    Part.GROUP: "村民小组 村民组 生产队 小组 组 队",
    Part.ROAD: "大街 大道 胡同 国道 省道 县道 公路 马路 东路 西路 南路 北路 中路 路 街 巷 弄 道",
    Part.PHASE: "一期 二期 三期 四期 五期 六期 东区 西区 南区 北区 中区 一区 二区 三区 四区 五区 东苑 西苑 南苑 北苑 东门 西门 南门 北门 正门 大门 后门",
    Part.WAY: "交叉口 交汇处 交界处 十字路口 路口 街口 旁边 斜对面 正对面 对面 附近 隔壁 门口 楼下 东侧 西侧 南侧 北侧 东边 西边 南边 北边 旁 内 往东 往西 往南 往北",
}
PART_OF_ENDING: Final = {ending: part for part, endings in _ENDINGS.items() for ending in endings.split()}
_ENDING: Final = re.compile(f"(?=[{''.join(sorted({ending[0] for ending in PART_OF_ENDING}))}]){one_of(PART_OF_ENDING)}")
_NOT_ENDING: Final = {
    "镇": "政府中心路街小学",
    "乡": "政府路村",
    "村": "委民小路",
    "路": "口段",
    "街": "道区口坊",
    "道": "路口与外里观",
    "队": "部",
    "组": "团织",
    "社区": "居服医卫",
    "中心": "路小医幼街",
    "国际": "村城广大花酒中机公",
    "巷": "子口",
    "弄": "堂口",
    "内": "科蒙江环",
    "旁": "边",
}
"""What follows a word's ending where it is none: 镇政府, 路口, 国际花园."""

_AND: Final = "与和及"
_NAME_MIN: Final = 2  # a road or estate with its ending; 路 alone is none
_LEADING_OUT: Final = frozenset((Part.PLACE, Part.ROAD, Part.COMMUNITY, Part.TOWN, Part.VILLAGE))
_LEAD_MIN: Final = 3
_BESIDE: Final = frozenset(("对面", "斜对面", "正对面", "隔壁", "旁边", "附近", "旁"))
_HOMES: Final = frozenset("家户室房门屋楼层单元")
_ENDING_MAX: Final = max(map(len, PART_OF_ENDING))
_NAMING_ROADS: Final = frozenset((Part.PLACE, Part.VILLAGE, Part.PHASE, Part.ZONE))
_SIGNS: Final = re.compile(f"[{re.escape(SEPARATORS)}\\s]+")
_WORD: Final = re.compile("[\u3400-\u9fff]+")
_LEAD_LAST: Final = frozenset(ending[-1] for ending, part in PART_OF_ENDING.items() if part in _LEADING_OUT or part is Part.WAY)


def cut(text: str, start: int, end: int) -> list[tuple[Part, int, int]]:
    """Return the places of ``text[start:end]`` with their parts; they touch, signs between them are their own part."""
    found: list[tuple[Part, int, int]] = []
    at = start
    for sign in _SIGNS.finditer(text, start, end):
        if sign.start() > at:
            _cut_words(text, at, sign.start(), found)
        found.append((Part.SIGN, sign.start(), sign.end()))
        at = sign.end()
    if at < end:
        _cut_words(text, at, end, found)
    return found


def _cut_words(text: str, start: int, end: int, found: list[tuple[Part, int, int]]) -> None:
    at = start
    for match in _ENDING.finditer(text, start, end):
        word, stop = match[0], match.end()
        part = PART_OF_ENDING[word]
        least = len(word) if part is Part.WAY and at > start else max(_NAME_MIN, len(word))
        if stop - at < least or (stop < end and _goes_on(text, word, stop)):
            continue
        found.append((part, at, stop))
        at = stop
        if at < end - 1 and text[at] in _AND:
            found.append((Part.SIGN, at, at + 1))  # 测试路与云杉路交叉口
            at += 1
    if at < end:
        found.append((Part.PLACE, at, end))


def _goes_on(text: str, word: str, stop: int) -> bool:
    """花园路, 国际花园: the ending of a place is the middle of another name."""
    following = text[stop]
    if PART_OF_ENDING[word] in _NAMING_ROADS and following in "路街巷道":
        return text[stop : stop + 2] != "道口"
    return following in _NOT_ENDING.get(word, "")


def understood(words: str) -> bool:
    """Say whether ``words`` behind a room are other places and nothing else, or only signs."""
    words = words.strip(SEPARATORS)
    if not words:
        return False
    if words[-1] not in _LEAD_LAST:
        return False
    first = True
    for part, start, end in cut(words, 0, len(words)):
        if part is Part.SIGN or (part is Part.WAY and (not first or _beside_place(words, start, end))):
            first = first and part is Part.SIGN
            continue
        first = False
        if part not in _LEADING_OUT or end - start < _LEAD_MIN or _WORD.fullmatch(words, start, end) is None:
            return False
        ending = _ending_of(words, start, end)
        if not 0 < len(ending) < end - start or (ending in _SHOPS and is_name(words[start : end - len(ending)])):
            return False  # 花园 alone; 王小明花店 tells who
    return not first


def _beside_place(text: str, start: int, end: int) -> bool:
    """云杉源隔壁: what is opposite or beside is another place, if it is neither a person nor somebody's home."""
    ending = _ending_of(text, start, end)
    what = text[start : end - len(ending)]
    if ending not in _BESIDE or _WORD.fullmatch(what) is None or len(what) < _LEAD_MIN:
        return False
    return not is_name(what) and what[-1] not in _HOMES


def _ending_of(text: str, start: int, end: int) -> str:
    """Return the longest ending that ``text[start:end]`` has, empty without one."""
    for size in range(min(_ENDING_MAX, end - start), 0, -1):
        if (ending := text[end - size : end]) in PART_OF_ENDING:
            return ending
    return ""
