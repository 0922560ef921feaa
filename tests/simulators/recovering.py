"""What an attacker recovers: which places of a value stand in what a channel shows, whatever way they stand there."""

from __future__ import annotations

import re
from collections.abc import Iterable
from random import Random

from lxml import html

from yinji.label.disclosure.model import Member, Places

HIDDEN = "*"
_RUNS = {Member.NAME: (1,), Member.PHONE: (4,), Member.ADDRESS: (3, 4)}
"""Characters of a value in a row that tell something by themselves. Invented names are of characters that no page needs."""

_DIGITS_RUN = 4
"""Three digits stand anywhere."""

_OURS = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{64}|QL\d+")
"""References, form tokens and waybill numbers: digits that are nobody's."""

SURNAMES = "亓仉佴厍冼晁逄阚昝郗麴邸逯缑"
GIVEN = "翀玥璠瑄嫄珩骞暶翯槊垚韡昶暻晔煜翊翎玮珺琬琰璟璐璇瑾瑜嵘峥岚崟菡萏蓁葳芮茜荃荻"
ROADS = "鹤鹭枫桐柏杉槐棠榆梧樟楠榕柳桑桂梅兰竹菊荷莲萍藕芦苇蒲芷薇茉莉芙蓉琴棋砚墨笺弦笛箫鼓帆舟桨橹泊礁岬峪岭崖涧"
DIVISIONS = (
    "江苏省苏州市吴中区",
    "浙江省杭州市西湖区",
    "广东省深圳市南山区",
    "上海市浦东新区",
    "四川省成都市青羊区",
    "湖南省长沙市岳麓区",
    "福建省厦门市思明区",
    "湖北省武汉市洪山区",
    "陕西省西安市雁塔区",
    "山东省青岛市市南区",
    "辽宁省大连市沙河口区",
    "云南省昆明市盘龙区",
    "河南省郑州市金水区",
)
PLACES = (
    "{w}路{n}号{v}苑{b}幢{u}单元{r}室",
    "{w}街道{v}大道{n}号{v}{w}花园{b}栋{r}",
    "{w}路{n}弄{b}号{r}室",
    "{v}巷{n}号{w}{v}公寓{b}座{r}",
)
_DIGITS = "345678"
"""Neither 0 nor 2: no date and no hotline is taken for a part of a phone."""

_GIVEN_MAX = 3
_ROAD = 4


def invented(chance: Random, many: int = 1) -> list[tuple[str, str, str]]:
    """Names, phones and addresses of nobody; no two of them share a character of a name or a district, and no page needs one."""
    surnames, given = chance.sample(SURNAMES, many), chance.sample(GIVEN, many * _GIVEN_MAX)
    roads = chance.sample(ROADS, many * _ROAD)
    return [
        (
            surname + "".join(given[at * _GIVEN_MAX :][: chance.choice((1, 2, 2, 3))]),
            "1" + _digits(chance, 10),
            division + _place(chance, "".join(roads[at * _ROAD :][:_ROAD])),
        )
        for at, (surname, division) in enumerate(zip(surnames, chance.sample(DIVISIONS, many), strict=True))
    ]


def _digits(chance: Random, many: int) -> str:
    return "".join(chance.choices(_DIGITS, k=many))


def _place(chance: Random, road: str) -> str:
    numbers = {"n": _digits(chance, 2), "b": _digits(chance, 1), "u": _digits(chance, 1), "r": _digits(chance, 4)}
    return chance.choice(PLACES).format(w=road[:2], v=road[2:], **numbers)


def recovered(member: Member, value: str, shown: Iterable[str]) -> Places:
    """Return which places of ``value`` anybody reads off the texts that a channel shows: 1 where a mask of its length stands; 2 where
    a piece of it does.
    """
    found = [False] * len(value)
    for text in (_OURS.sub(" ", each) for each in shown):
        for start in range(len(text) - len(value) + 1):  # 1
            window = text[start : start + len(value)]
            if all(seen in {mine, HIDDEN} for seen, mine in zip(window, value, strict=True)):
                found = [was or seen != HIDDEN for was, seen in zip(found, window, strict=True)]
        for least in _RUNS[member]:  # 2
            for start in range(len(value) - least + 1):
                piece = value[start : start + least]
                if piece in text and (least >= _DIGITS_RUN or not piece.isdecimal()):
                    found[start : start + least] = [True] * least
    return tuple(found)


def texts_of(page: str) -> tuple[str, str]:
    """Return a page as it stands, and as it is read: without what is said to screen readers between pieces of a mask."""
    tree = html.fromstring(page)
    for spoken in tree.xpath("//*[contains(@class, 'seen-not')]"):
        spoken.drop_tree()
    return page, str(tree.text_content())
