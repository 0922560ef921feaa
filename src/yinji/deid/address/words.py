"""What the words of an address say: how deep they lead, what kind of house they name, what number they announce.

Holds endings of the language, no list of roads, estates or people.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address.marks import BEFORE_ROOM, BEFORE_STALL
from yinji.deid.address.parts import Part

# How deep a reader is. Plain integers: compared for every piece of every order.
START: Final = 0  # divisions, a town, a community: nothing that can hold a room yet
ON_ROAD: Final = 1
IN_VILLAGE: Final = 2
AT_NAME: Final = 3  # an estate, a company, a site
AT_NUMBER: Final = 4  # a road number or a village house
AT_BUILDING: Final = 5
ON_FLOOR: Final = 6

# What kind of house with many rooms a name tells; 0 for an estate, or none.
HALL: Final = 1  # a tower, a market, a mall
LODGING: Final = 2  # a hotel: whatever number follows is a room
TROOP: Final = 3  # a regiment: its companies and squads are what a room is elsewhere
BOX: Final = 4  # a post box: the number is its name
MARKET: Final = 5  # a hall of stalls, with aisles called 街

SEPARATORS: Final = " -—–_~/\\、.,，。·;；:：'’|+^`=()（）[]【】<>《》\"“”"
"""What stands between two pieces without saying anything."""

_ENDINGS: Final = (
    (ON_ROAD, "工业区 工业园 路 街 道 巷 弄 胡同 线 段 路口 街口 交叉口 交汇处 交界处 东路 西路 南路 北路"),
    (IN_VILLAGE, "村 组 队 屯 庄 寨 自然村 社 嘎查 连 生产队 村民组 小组 浩特 艾里"),
    (
        AT_NAME,
        "新村 一村 二村 三村 四村 五村 六村 七村 八村 度假村 国际村 山庄 街区 文化村 公社 报社 旅社 合作社 供销社 杂志社 出版社 部队 支队 总队 中队 警队",
    ),
    (START, "街道 镇 乡 县 市 省 旗 区 社区 苏木 居委会 村委会 团场 街道办 办事处 邻 里弄"),
    (AT_NAME, "小区 园区 校区 院区 片区 东区 西区 南区 北区 中区 厂区 生活区 家属区 别墅区 住宅区 景区 库区 营区"),
    (AT_NAME, "一区 二区 三区 四区 五区 六区 七区 八区 九区 十区"),
    (START, "开发区 高新区 经开区 新区"),
)
_DEPTH_OF: Final = {ending: depth for depth, endings in _ENDINGS for ending in endings.split()}
_ENDING_LENGTHS: Final = (3, 2, 1)

_TROOPS: Final = "部队|军区|警卫团|武警"
_LODGINGS: Final = "酒店|宾馆|旅馆|旅店|旅社|旅舍|民宿|客栈|招待所|饭店|度假村|青旅"
_BOXES: Final = "信箱"
_HALLS: Final = (
    "大厦|大楼|商厦|广场|写字楼|商务楼|国际|辅房|裙房|用房|营业房|中心|公寓|楼|银座|金座|阁|轩|"
    "服务站|创业园|产业园|科技园|创意园|医院|门诊|住院部|大学|学院|中学|小学|学校|食堂|宿舍"
)
_MARKETS: Final = "市场|商城|商贸城|商业城|服装城|建材城|家具城|五金城|轻纺城|汽配城|食品城|电子城|商场|百货|批发部"
_HOUSE: Final = re.compile(
    f"(?:({_TROOPS})|({_LODGINGS})|({_BOXES})|(?:({_MARKETS})|{_HALLS})(?:[东西南北中一二三四五六七八九十]区|[一二三四五六七八九十]期)?)$"
)
_ESTATE: Final = re.compile(
    "(?:小区|花园|家园|新村|新城|家属院|[佳嘉雅名景花秀]园|[苑庭邸墅郡湾]|名居|雅居)(?:[东西南北中一二三四五六七八九十a-zA-Z0-9]区|[一二三四五六七八九十0-9]期)?$"
)
_ESTATE_TAIL: Final = 6
_KINDS: Final = {1: TROOP, 2: LODGING, 3: BOX, 4: MARKET}
_HOUSE_LAST: Final = frozenset("厦场楼城房部货国际心寓座阁轩站园队区团警店馆社舍宿栈所村旅箱货院诊部学校堂期")
"""Every name of `_HOUSE` ends in one of these: a quick look that spares most names the slow one."""

_ANNOUNCED: Final = re.compile(
    f"(?:({'|'.join(sorted(BEFORE_STALL.split(), key=len, reverse=True))})"
    f"|({'|'.join(sorted(BEFORE_ROOM.split(), key=len, reverse=True))}|(?:^|[店馆宿舍])房))(?:编?号码?)?$"
)
_ANNOUNCED_LAST: Final = frozenset("铺位号码口柜面店市房库台间客包厢床寝室厅")

_NAME_GOES_ON: Final = re.compile(
    "花园|医院|国际|广场|大厦|公寓|小区|街区|园区|中学|小学|部队|公馆|艺术|创意|文化|酒店|宾馆|产业|电商|公园|步行街|商业|"
    "工厂|幼儿园|高地|仓库|(?<=[sS])店|号公馆|创客|空间|工程|时代|天地|世纪|基地"
)


def depth_after(words: str) -> int:
    """Return how deep the reader is after ``words``, judged by their ending; an unknown ending is a name."""
    for length in _ENDING_LENGTHS:
        if (depth := _DEPTH_OF.get(words[-length:])) is not None:
            return depth
    return AT_NAME


def house_named(words: str) -> int:
    """Say what kind of house with many rooms ``words`` name, so that a number behind them is a room; 0 for none."""
    if words[-1] not in _HOUSE_LAST:
        return 0
    found = _HOUSE.search(words)
    return _KINDS.get(found.lastindex or 0, HALL) if found else 0


def named_estate(text: str, end: int) -> bool:
    """Say whether the name of an estate ends at ``end``: many buildings behind one gate, and a number for each."""
    return _ESTATE.search(text, max(0, end - _ESTATE_TAIL), end) is not None


def announced(words: str) -> Part | None:
    """Say what the number behind ``words`` is, where their last word announces it: 商铺 a stall, 房间 a room."""
    if words[-1] not in _ANNOUNCED_LAST:
        return None
    found = _ANNOUNCED.search(words)
    return None if found is None else Part.STALL if found[1] else Part.ROOM


def goes_on(text: str, end: int) -> bool:
    """Say whether the number that ends at ``end`` is part of a name, as in 阳光100国际."""
    return _NAME_GOES_ON.match(text, end) is not None
