"""What the words of an address say: how deep they lead, what kind of place they name, where a remark begins.

Holds endings and cue words of the language, no list of roads, estates or people.
"""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.names import COMPOUND_SURNAMES, SURNAMES

# How deep a reader is. Plain integers: compared for every piece of every order.
START: Final = 0  # divisions, a town, a community: nothing that can hold a room yet
ON_ROAD: Final = 1
IN_VILLAGE: Final = 2
AT_NAME: Final = 3  # an estate, a company, a site
AT_NUMBER: Final = 4  # a road number or a village house
AT_BUILDING: Final = 5
ON_FLOOR: Final = 6

SEPARATORS: Final = " -—–_~/\\、.,，。·;；:：'’|+^`=()（）[]【】<>《》\"“”"
"""What stands between two pieces without saying anything."""

_ENDINGS: Final = (
    (ON_ROAD, "路 街 道 巷 弄 胡同 线 段 路口 街口 交叉口 交汇处 交界处"),
    (IN_VILLAGE, "村 组 队 屯 庄 寨 自然村"),
    (AT_NAME, "新村 一村 二村 三村 四村 五村 六村 七村 八村 度假村 国际村 山庄 街区 步行街 商业街"),
    (START, "街道 镇 乡 县 市 省 旗 区 社区 苏木 居委会 村委会"),
    (AT_NAME, "小区 园区 校区 院区 片区 东区 西区 南区 北区 中区 厂区 工业区 生活区 家属区 别墅区 住宅区 景区 库区"),
    (AT_NAME, "一区 二区 三区 四区 五区 六区 七区 八区 九区 十区"),
    (START, "开发区 高新区 经开区 新区"),
)
_DEPTH_OF: Final = {ending: depth for depth, endings in _ENDINGS for ending in endings.split()}
_ENDING_LENGTHS: Final = (3, 2, 1)

SURNAMES_CLASS: Final = "".join(sorted(SURNAMES))
_HOUSE: Final = re.compile(
    "(?:大厦|市场|大楼|商厦|广场|写字楼|商城|商贸城|商业城|服装城|建材城|家具城|五金城|轻纺城|汽配城|商务楼|商场|酒店|宾馆|国际|中心|公寓|楼|银座|金座|阁|轩|"
    "服务站|创业园|产业园|科技园|创意园)(?:[东西南北中一二三四五六七八九十]区|[一二三四五六七八九十]期)?$"
)
_REMARK: Final = re.compile(
    "电联|电话|电話|来电|致电|手机(?!店|数码|卖场|专卖|维修|城|通讯|广场|配件)|拨打|打电|联系|联糸|聯繫|聯系|收件|收货|收[)）]?$|签收|代收(?!点)|转交|转给|亲收|本人收|（收）|\\(收\\)|"
    "微信|短信|备注|送货|请送|请放|放在|放门|不要|勿放|别放|尽快|急件|打扰|安装(?!公司|队|厂|工程)|预约|提前|"
    f"[{SURNAMES_CLASS}](?:先生|女士|小姐|阿姨|师傅)|(?<![A-Za-z])[Tt][Ee][Ll](?![A-Za-z])|身份证|名叫|姓名|门禁|密码"
)
_REMARK_SIGNAL: Final = re.compile("[电電致手拨联聯收代转微短备送放要尽急扰装预提先士姐姨傅Tt份叫姓禁密]")
"""Every cue of `_REMARK` holds one of these: a quick look that spares most addresses the slow one."""

_NAME_GOES_ON: Final = re.compile(
    "花园|医院|国际|广场|大厦|公寓|小区|街区|园区|中学|小学|部队|公馆|艺术|创意|文化|酒店|宾馆|产业|电商|公园|步行街|商业|"
    "工厂|幼儿园|高地|仓库|[sS]店|号公馆"
)


_TOWN: Final = re.compile(f"[{re.escape(SEPARATORS)}]*[㐀-鿿]{{1,8}}?(?:街道|镇|乡|苏木)(?!政府|中心|路|街|[小中]学)")
_ALONE: Final = re.compile(f"[{re.escape(SEPARATORS)}]*([㐀-鿿]{{2,4}}?)(?:收|亲收|启)?[{re.escape(SEPARATORS)}]*")
_PLACE_STARTS: Final = frozenset("路门南和元向于从位问乐满左全车云水")  # surnames that more often begin a place or a direction
_GIVEN: Final = f"[{''.join(sorted(SURNAMES - _PLACE_STARTS))}][㐀-鿿]{{1,2}}"
_NAME_APART: Final = re.compile(f"[{re.escape(SEPARATORS)}号栋幢弄室]({_GIVEN})$")
_NAME_CUED: Final = re.compile(f"[{re.escape(SEPARATORS)}号栋幢弄室村庄组队社镇乡]({_GIVEN})$")
_NAME_LAST: Final = re.compile(f"({_GIVEN})$")
_TAIL: Final = 12  # characters before a phone among which a name is looked for
_NAME_MAX: Final = 3
_PAIR: Final = 2  # a compound surname alone (南门, 西门) is a gate
_PLACE_ENDS: Final = frozenset(
    "门口楼店铺厂区院园城路街村站场馆室库房处侧边旁面层亭吧行社部局所校司心市堂庙寺桥坊苑居墅府阁轩湾岛山河湖江台柜箱点屋棚组队号内外前后上下里间头角"
)


def depth_after(words: str) -> int:
    """Return how deep the reader is after ``words``, judged by their ending; an unknown ending is a name."""
    for length in _ENDING_LENGTHS:
        if (depth := _DEPTH_OF.get(words[-length:])) is not None:
            return depth
    return AT_NAME


def names_house(words: str) -> bool:
    """Say whether ``words`` name one house or hall with many rooms, so that a number behind them is a room."""
    return _HOUSE.search(words) is not None


def goes_on(text: str, end: int) -> bool:
    """Say whether the number that ends at ``end`` is part of a name, as in 阳光100国际."""
    return _NAME_GOES_ON.match(text, end) is not None


def remark_at(text: str) -> int:
    """Return where a remark to the courier begins, ``len(text)`` if there is none."""
    if _REMARK_SIGNAL.search(text) is None:
        return len(text)
    found = _REMARK.search(text)
    return found.start() if found else len(text)


def town_end(text: str, start: int) -> int:
    """Return where the town or street office behind the divisions ends, ``start`` if none follows at once."""
    found = _TOWN.match(text, start)
    return found.end() if found else start


def name_before(text: str, end: int, *, cued: bool) -> int:
    """Return where a person's name begins that ends at ``end``, ``end`` if none does.

    The name stands behind a sign or a number; where a remark follows (``cued``) behind a village or town too, since
    without one what looks like a name is the name of a hamlet.
    """
    return _named(text, end, _NAME_CUED if cued else _NAME_APART)


def name_before_phone(text: str, end: int) -> int:
    """Return where a person's name begins that a phone follows at once, ``end`` if none does."""
    return _named(text, end, _NAME_LAST)


def _named(text: str, end: int, shape: re.Pattern[str]) -> int:
    start = max(0, end - _TAIL)
    found = shape.search(text[start:end].rstrip(SEPARATORS))
    return end if found is None or found[1][-1] in _PLACE_ENDS else start + found.start(1)


def person_at(words: str) -> int:
    """Return where a person's name stands alone in ``words``, -1 if none does.

    ``words`` are what remains of an address behind its last number: two to four characters that begin with a surname and
    do not end as a place does.
    """
    found = _ALONE.fullmatch(words)
    if found is None:
        return -1
    name = found[1]
    if len(name) > _PAIR and name[:2] in COMPOUND_SURNAMES:
        return found.start(1)
    known = name[0] in SURNAMES and name[0] not in _PLACE_STARTS and len(name) <= _NAME_MAX and name[-1] not in _PLACE_ENDS
    return found.start(1) if known else -1
