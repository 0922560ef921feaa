"""What a person's name is made of, told without a dictionary of names: a surname first, no place's ending and no word in it."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from yinji.deid.address.remarks import is_name
from yinji.deid.names import COMPOUND_SURNAMES, SURNAMES
from yinji.deid.people_words import DOUBTFUL, FIRSTS, FORMS, HAN, WORDS

_ONLY_HAN: Final = re.compile(f"[{HAN}]+")
PAIR: Final = 2
_WHOLE: Final = 3
_FOUR: Final = 4
PLACE_BEFORE: Final = frozenset("号室楼栋幢座村庄组队社镇乡层户房元门苑园区道厦府期院城店库场是卫台")
"""Behind these an address may end and a name begin."""

_NEVER_LAST: Final = frozenset(
    "门口楼店铺厂区院园城路街村站场馆室库房处侧边旁面层亭吧行部局所校司市堂庙寺坊居府柜箱点屋棚组号内外前后上下里间头角集镇乡县旗巷弄道段线期幢座圩滩港渡关窑堡甸畈埭坞磨"
)
"""What not even a rare given name ends in."""


def is_person(name: str, *, cued: bool = False) -> bool:
    """Say whether characters are a name: a surname first, no place's ending last, no word of notes and goods.

    Where a word or a phone beside it speaks for a name (``cued``), three characters may end as a place does (国栋) and begin
    with a surname that more often begins a word (方志敏).
    """
    if name[:1] not in FIRSTS or _ONLY_HAN.fullmatch(name) is None:
        return False
    if words().match(name) is not None or not_in_names().search(name) is not None:
        return False
    if len(name) > PAIR and name[:PAIR] in COMPOUND_SURNAMES:
        return True
    if cued and len(name) == _WHOLE:
        return name[0] in SURNAMES and name[-1] not in _NEVER_LAST and not (name[0] in DOUBTFUL and name[1] in PLACE_BEFORE)
    return is_name(name) and name[0] not in DOUBTFUL


def sizes(plain: str, end: int) -> tuple[int, ...]:
    """Return how long a name may be that ends at ``end``, the likeliest first: four only behind a compound surname."""
    if end >= _FOUR and plain[end - _FOUR : end - PAIR] in COMPOUND_SURNAMES:
        return (_FOUR, _WHOLE, PAIR)
    return (_WHOLE, PAIR)


@cache
def words() -> re.Pattern[str]:
    """Return the words that begin as a surname does."""
    return re.compile(WORDS)


@cache
def not_in_names() -> re.Pattern[str]:
    """Return what stands in no name."""
    return re.compile(
        f"{FORMS}|电话|手机|号码|客服|快递|驿站|代收|谢谢|小区|公司|物业|联系|电联|超市|宿舍|商店|学校|前台|保安|收发|单元"
    )
