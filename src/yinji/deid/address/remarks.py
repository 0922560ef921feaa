"""What in an address is no address: remarks to the courier, and people's names."""

from __future__ import annotations

import re
from typing import Final

from yinji.deid.address.words import SEPARATORS
from yinji.deid.names import COMPOUND_SURNAMES, SURNAMES

_SURNAMES_CLASS: Final = "".join(sorted(SURNAMES))
_CALLED: Final = (
    "电联|电话|来电|致电|手机(?!店|精品|体验|数码|卖场|专卖|维修|城|通讯|广场|配件|市场|大世界)|拨打|打电|联系|联糸|短信|微信"
)
_HANDED: Final = "收件(?!地址)|收货(?!地址)|收[)）]?$|签收|代收(?!点)|转交|转给|亲收|本人收|（收）|\\(收\\)|亲启"
_PUT: Final = (
    "送货|请送|请放|放在|放门|放到|放家|放楼|放(?:快递|驿站|前台|物业|保安|门卫|传达|收发|丰巢|菜鸟|车棚|水表|消防|电表|鞋柜|超市|小卖|店里|柜)|"
    "不要|勿放|别放|勿打|别打|切勿|请勿|送上门|送到|送至|送货上门|上门(?=[)）,. ]|$)"
)
_TIMED: Final = (
    "尽快|急件|加急|打扰|安装(?!公司|队|厂|工程)|预约|提前|周[一二三四五六日末](?:送|收|到|派)|工作日|谢谢|麻烦(?!村)|务必|辛苦"
)
_KNOWN: Final = f"备注|(?<=[{_SURNAMES_CLASS}])(?:先生|女士|小姐|阿姨|师傅)(?![理美发]{{2}}|美容|面馆|餐)|[Tt](?<![A-Za-z].)[Ee][Ll](?![A-Za-z])|身份证|名叫|姓名|门禁|密码(?=[:是为 0-9])|不详"
_FIRST: Final = "电来致手拨打联短微收签代转亲本（(送请放不勿别切上尽急加安预提周工谢麻务辛备先女小阿师Tt身名姓门密"
"""Every cue of a remark begins with one of these."""

_REMARK: Final = re.compile(f"(?=[{_FIRST}])(?:{_CALLED}|{_HANDED}|{_PUT}|{_TIMED}|{_KNOWN})")
_ADDRESSED: Final = frozenset("先女小阿师")

_OPENING: Final = "(（[【"
_CLOSING: Final = re.compile("[)）\\]】]")

_ALONE: Final = re.compile(f"[{re.escape(SEPARATORS)}]*([㐀-鿿]{{2,4}}?)(?:收|亲收|启)?[{re.escape(SEPARATORS)}]*")
_PLACE_STARTS: Final = frozenset(
    "路门南和元向于从位问乐满左全车云水楼宿舍"
)  # surnames that more often begin a place or a direction
_GIVEN: Final = f"[{''.join(sorted(SURNAMES - _PLACE_STARTS))}][㐀-鿿]{{1,2}}"
_NAME_APART: Final = re.compile(f"[{re.escape(SEPARATORS)}号栋幢弄室]({_GIVEN})$")
_NAME_CUED: Final = re.compile(f"[{re.escape(SEPARATORS)}号栋幢弄室村庄组队社镇乡]({_GIVEN})$")
_NAME_LAST: Final = re.compile(f"({_GIVEN})$")
_NAME_FIRST: Final = re.compile(f"([㐀-鿿]{{2,4}})[{re.escape(SEPARATORS)}]+")
_TAIL: Final = 12  # characters before a phone among which a name is looked for
_NAME_MAX: Final = 3
_NAMES_MAX: Final = 4
_HOME: Final = "家"
_PAIR: Final = 2  # a compound surname alone (南门, 西门) is a gate
_NAME_STARTS: Final = (SURNAMES - _PLACE_STARTS) | {pair[0] for pair in COMPOUND_SURNAMES} | frozenset(SEPARATORS)
_PLACE_ENDS: Final = frozenset(
    "门口楼店铺厂区院园城路街村站场馆室库房处侧边旁面层亭吧行社部局所校司心市堂庙寺桥坊苑居墅府阁轩湾岛山河湖江台柜箱点屋棚组队号内外前后上下里间头角"
    "屯庄营坡岭沟寨洞坝坪塘洼岗埠集镇乡县旗连邨巷弄道段线期栋幢座圩墩滩浜泾港渡关窑堡甸洲田畈埭坞峪磨嘴子"
)
"""What the last character of a place is more often than of a given name."""


def remark_at(text: str) -> int:
    """Return where a remark to the courier begins, ``len(text)`` if there is none."""
    found = _REMARK.search(text)
    if found is None:
        return len(text)
    return found.start() - (text[found.start()] in _ADDRESSED)  # 王先生: the surname stands before its cue


def remark_end(text: str, start: int) -> int:
    """Return where a remark ends: behind the bracket that closes it, or at the end of the text."""
    if not start or text[start - 1] not in _OPENING:
        return len(text)
    closing = _CLOSING.search(text, start)
    return closing.end() if closing else len(text)


def name_before(text: str, end: int, low: int, *, cued: bool, phone: bool = False) -> int:
    """Return where a person's name begins that ends at ``end``, not before ``low``; -1 if none does.

    The name stands behind a sign or a number; where a remark follows (``cued``) behind a village or town too, since
    without one what looks like a name is the name of a hamlet; where a ``phone`` follows, behind anything.
    """
    while end > low and text[end - 1] in SEPARATORS:
        end -= 1
    shape = _NAME_LAST if phone else _NAME_CUED if cued else _NAME_APART
    found = shape.search(text, max(0, low - 1, end - _TAIL), end)
    return -1 if found is None or found.start(1) < low or found[1][-1] in _PLACE_ENDS else found.start(1)


def home_before(text: str, end: int, low: int) -> int:
    """Return where a name of three characters begins that ``家`` follows at the end of a text (王小明家); -1 if none does."""
    start = end - len(_HOME) - _NAME_MAX
    if start < low or not text.startswith(_HOME, end - len(_HOME)):
        return -1
    return start if is_name(text[start : end - len(_HOME)]) else -1


def person_at(words: str) -> int:
    """Return where a person's name stands alone in ``words``, -1 if none does.

    ``words`` are what remains of an address behind its last number: two to four characters that begin with a surname and
    do not end as a place does.
    """
    found = _ALONE.fullmatch(words)
    if found is None or not is_name(found[1]):
        return -1
    return found.start(1)


def may_begin_name(text: str) -> bool:
    """Say whether a text may begin with a person's name: a quick look."""
    return text[:1] in _NAME_STARTS


def is_alone(text: str) -> bool:
    """Say whether a text is a person's name of three characters or more, and nothing else: two may be a town."""
    words = text.strip(SEPARATORS)
    return len(words) > _PAIR and is_name(words)


def name_first(text: str) -> int:
    """Return the end of a person's name that stands first in ``text``, apart from what follows; 0 if none does."""
    found = _NAME_FIRST.match(text)
    return found.end(1) if found is not None and is_name(found[1]) else 0


def is_name(name: str) -> bool:
    """Say whether two to four characters are a person's name: a surname first, no place's ending last."""
    if not _PAIR <= len(name) <= _NAMES_MAX:
        return False
    if len(name) > _PAIR and name[:2] in COMPOUND_SURNAMES:
        return True
    return name[0] in SURNAMES and name[0] not in _PLACE_STARTS and len(name) <= _NAME_MAX and name[-1] not in _PLACE_ENDS
