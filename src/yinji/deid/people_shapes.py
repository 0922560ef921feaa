"""The shapes of names beside a cue, compiled when a text first needs them: most commands never do."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from yinji.deid.people_words import COMPOUND, DOUBTFUL, FIRSTS, FORMS, HAN, SHORT_FORMS, SURNAME, TAKING, TRANSLITERATED, WORDS

_FIRST: Final = f"(?=[{''.join(sorted(FIRSTS))}])"
"""A quick look before the slow ones."""

CUES: Final = re.compile(
    "收件人|收货人|收方|收启|收|寄件人|寄方|寄给|联系人|联系|联络|姓名|名字|名叫|户名|我叫|转交给|转交|转给|转|代[收签领取拿]|签收人|签收|经办人|负责人|业主|住户|买家|客户|昵称|称呼|交给|邻居|电联|致电|打给|留给|送给|捎给|"
    f"带给|本人|麻烦|找|给|交|由|请|让|亲收|亲启|启|的[快包]|这是|门卫|前台|传达室|保安|{FORMS}|{'|'.join(SHORT_FORMS)}|小|老|·|•|Receiver|receiver|Recipient|recipient|Consignee|consignee|Name|name|Attn|attn|Mrs?[. ]|Ms[. ]|Miss |Dr[. ]"
)
"""Every word that a name may stand beside; what it is, `_ROLE` says."""


_ENDS: Final = f"{FORMS}|代[收签领取拿]|签收|亲[收启]|收|启|的|谢谢|电话|电联|手机|联系|号码|微信|家[里的门]|家$|家(?=[^{HAN}])|拿|转[交给]|来[取拿]|取|请|您|你|我|就|说|吧|处|这|那|放|送|帮|即可|就行|那里|门口|本人"
_WEAK_ENDS: Final = rf"{TAKING}|{FORMS}|[收的家签取拿处转那]|[^{HAN}]|$"

PHONE_WORD: Final = re.compile(f"(?:电话|手机|号码|联系|方式|客户|微信|[{HAN}]码|热线|客服|致电|请打|拨打|打)[:是为 ]*$")
ENDS_FORM: Final = re.compile(f"(?:{FORMS}|[收启家的])$|^(?:{WORDS}|本人|同上|自己|不详|匿名|保密|见)")
GOES_ON: Final = re.compile(f"[{HAN}]")
_LATIN: Final = r"[A-Z][a-z]{1,14}(?:[ ·][A-Z][a-z]{1,14}){1,2}|[A-Z]{2,12} [A-Z]{2,12}(?![0-9A-Za-z])"
TITLED: Final = re.compile(r" ?([A-Z][a-z]+(?: [A-Z][a-z]+){0,2})")
DOTTED: Final = re.compile(rf"[{TRANSLITERATED}]{{2,7}}(?:[·•][{TRANSLITERATED}]{{2,7}}){{1,3}}")
NICK: Final = re.compile(rf"(?:^|(?<=[^{HAN}])|(?<=[给找交让请由]))[小老]([{HAN}])(?=$|[^{HAN}]|代|收|拿|取)")


@cache
def behind() -> re.Pattern[str]:
    """Return the shape of a name behind a cue that names a person for certain."""
    return re.compile(
        rf"(?:人|是|为|叫)?[:\s\-]{{0,3}}({_FIRST}(?!{WORDS}){SURNAME}(?:(?={FORMS})|[{HAN}](?:(?!{_ENDS})[{HAN}])?)|[小老阿][{HAN}](?![{HAN}])|{_LATIN})"
    )


@cache
def announced() -> re.Pattern[str]:
    """Return the shape of a name of any kind between a cue with its colon and a sign."""
    return re.compile(rf"[:][\s]{{0,2}}([{HAN}]{{2,4}})(?=[^{HAN}0-9A-Za-z·•*]|$|[0-9]{{3}})")


@cache
def likely() -> re.Pattern[str]:
    """Return the shape of a name behind a cue that may as well be followed by a thing."""
    return re.compile(
        rf"(?:隔壁|对门|楼上|楼下|一下|给)?[: ]{{0,3}}({_FIRST}(?!{WORDS}|[{DOUBTFUL}]){SURNAME}(?:(?={FORMS})|[{HAN}](?:(?!{_ENDS})[{HAN}])?)|[小老阿][{HAN}](?=[^{HAN}]|$|{TAKING}|[收拿取的])|{_LATIN})"
    )


@cache
def weak() -> re.Pattern[str]:
    """Return the shape of a name behind a word as common as 给: what follows the name has to be known."""
    return re.compile(rf" ?({_FIRST}(?!{WORDS}|[{DOUBTFUL}]){SURNAME}[{HAN}]{{1,2}}?)(?={_WEAK_ENDS})")


@cache
def before() -> re.Pattern[str]:
    """Return the shape of a name that ends where it is asked for."""
    return re.compile(rf"{_FIRST}(?!{WORDS})((?:{COMPOUND})[{HAN}]{{0,2}}|(?![{DOUBTFUL}]){SURNAME}[{HAN}]{{0,2}})$")


@cache
def ends() -> re.Pattern[str]:
    """Return what stands behind a name and ends it."""
    return re.compile(_ENDS)
