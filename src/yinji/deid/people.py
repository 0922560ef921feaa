"""Names in free text: behind a word that announces one, before a word that follows one, beside a phone, by their own form.

Each cue is looked for once; only where one stands is the text beside it read as a name: a surname, one or two characters
more, and an end that a name has.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.deid.people_shapes import (
    CUES,
    DOTTED,
    ENDS_FORM,
    GOES_ON,
    NICK,
    PHONE_WORD,
    TITLED,
    announced,
    before,
    behind,
    ends,
    likely,
    weak,
)
from yinji.deid.people_words import DOUBTFUL, FIRSTS, FORMS, MIDDLING, SHORT_FORMS, STRONG, TAKING, TRANSLITERATED, WEAK
from yinji.deid.person import PAIR, PLACE_BEFORE, is_person, not_in_names, sizes, words

if TYPE_CHECKING:
    from collections.abc import Callable


class Name(NamedTuple):
    """A name at ``start`` to ``end``. ``why`` is a key of the scan's reasons."""

    start: int
    end: int
    confidence: float
    why: str


_PLAUSIBLE: Final = 0.7
_POSSIBLE: Final = 0.6

_FILLING: Final = " ,:;、-/|()[]【】"
_PHONE_REACH: Final = 4
_DOT_REACH: Final = 8
_WEAKLY_FIRST: Final = FIRSTS | {" "}


def people(plain: str) -> list[Name]:
    """Return the names in a text in normal form that stand beside a cue. They may overlap."""
    found: list[Name] = []
    for cue in CUES.finditer(plain):
        _ROLES.get(cue[0], _after_title)(plain, cue, found)
    return found


def beside(plain: str, start: int, end: int) -> list[Name]:
    """Return the name that stands right before, or else right behind, a phone at ``start`` to ``end``."""
    low = start
    while low > 0 and start - low < _PHONE_REACH and plain[low - 1] in _FILLING:
        low -= 1
    apart = low < start
    for size in sizes(plain, low):
        first = low - size
        if (
            first >= 0
            and is_person(plain[first:low], cued=_begins(plain, first))
            and _begins(plain, first, lenient=size > PAIR)
        ):
            return [Name(first, low, _PLAUSIBLE, "beside")]
    if low < start or low == 0 or PHONE_WORD.search(plain, max(0, low - 6), low) or not apart:
        return _behind_phone(plain, end)
    return []


def _behind_phone(plain: str, end: int) -> list[Name]:
    high = end
    while high < len(plain) and high - end < _PHONE_REACH and plain[high] in _FILLING:
        high += 1
    match = behind().match(plain, high)
    if match is None or match.start(1) != high:
        return []
    last = match.end(1)
    if plain[last : last + 1] and GOES_ON.match(plain[last]) and ends().match(plain, last) is None:
        return []
    return [Name(high, last, _PLAUSIBLE, "beside")] if is_person(plain[high:last], cued=True) else []


def _after_strong(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    at = cue.end()
    field = announced().match(plain, at)
    if field is not None and ENDS_FORM.search(field[1]) is None and not_in_names().search(field[1]) is None:
        found.append(Name(*field.span(1), _PLAUSIBLE, "cue"))
        return
    _after(behind(), plain, at, found)


def _after(shape: re.Pattern[str], plain: str, at: int, found: list[Name]) -> bool:
    match = shape.match(plain, at)
    if match is None:
        return False
    found.append(Name(*match.span(1), _PLAUSIBLE, "cue"))
    return True


def _after_likely(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    _after(likely(), plain, cue.end(), found)


def _after_weak(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    if plain[cue.end() : cue.end() + 1] in _WEAKLY_FIRST:
        _after(weak(), plain, cue.end(), found)


def _after_title(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    _after(TITLED, plain, cue.end(), found)


def _turned(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    """See 转王芳 and 王芳转."""
    _after_weak(plain, cue, found)
    _before_taking(plain, cue, found)


def _before_taking(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    """See 张三收, 901张三代收: a name that stands apart, or behind the number of a house."""
    word, at, end = cue[0], cue.start(), cue.end()
    if word == "收" and plain[end : end + 1] in set("费割购藏到件货纳拾入银音集支据发回"):
        return
    if word == "转" and plain[end : end + 1] not in {"", "交", "给", ",", ".", " "}:
        return
    taking = word[0] == "代"
    for size in sizes(plain, at):
        first = at - size
        if first >= 0 and is_person(plain[first:at], cued=_begins(plain, first)) and (taking or _begins(plain, first)):
            found.append(Name(first, at, _PLAUSIBLE, "cue"))
            return


def _before_form(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    """See 王先生, 张建国老师; 王总 and 李姐 where a surname stands alone before."""
    at, end = cue.span()
    if cue[0] in SHORT_FORMS:
        if at and plain[at - 1] in FIRSTS and plain[at - 1] not in DOUBTFUL and not _runs_on(plain, at - 1, end):
            found.append(Name(at - 1, at, _POSSIBLE, "form"))
        return
    for size in (*sizes(plain, at), 1):
        first = at - size
        if first < 0:
            continue
        match = before().match(plain, first, at)
        if (
            match is not None
            and words().match(plain, first) is None
            and (size == 1 or _begins(plain, first) or (size == PAIR and plain[at - 1] not in FIRSTS))
        ):
            found.append(Name(first, at, _PLAUSIBLE, "form"))
            return


def _runs_on(plain: str, start: int, end: int) -> bool:
    """Say whether a word goes on around a surname and one character: 黄总 is a person, 王哥庄 and 张总结 are not."""
    goes = (
        start
        and GOES_ON.match(plain[start - 1])
        and plain[start - 1] not in PLACE_BEFORE
        and plain[start - 1] not in "给找交让请由系络"
    )
    after = plain[end : end + 1]
    return bool(goes) or bool(after and GOES_ON.match(after) and after not in "收代的电家签拿取转亲")


def _dotted(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    at = cue.start()
    low = at
    while low > 0 and at - low < _DOT_REACH and plain[low - 1] in TRANSLITERATED:
        low -= 1
    match = DOTTED.match(plain, low)
    if match is not None and match.end() > at:
        found.append(Name(*match.span(), _PLAUSIBLE, "dotted"))


def _nick(plain: str, cue: re.Match[str], found: list[Name]) -> None:
    match = NICK.match(plain, cue.start())
    if match is not None and match[1] in FIRSTS and match[1] not in DOUBTFUL:
        found.append(Name(*match.span(), _POSSIBLE, "form"))


def _begins(plain: str, first: int, *, lenient: bool = False) -> bool:
    """Say whether a name can begin at ``first``: at the head, behind a sign, a number, or the end of an address."""
    if not first:
        return True
    sign = plain[first - 1]
    return lenient or not GOES_ON.match(sign) or sign in PLACE_BEFORE


_ROLES: Final[dict[str, Callable[[str, re.Match[str], list[Name]], None]]] = {
    **dict.fromkeys(STRONG.split("|"), _after_strong),
    **dict.fromkeys(("Receiver", "Recipient", "Consignee", "Name", "Attn"), _after_strong),
    **dict.fromkeys(MIDDLING.split("|"), _after_likely),
    **dict.fromkeys(TAKING.split("|"), _before_taking),
    **dict.fromkeys(("收", "启", "收启", "的快", "的包"), _before_taking),
    **dict.fromkeys((*WEAK, "门卫", "前台", "传达室", "保安", "这是"), _after_weak),
    **dict.fromkeys((*FORMS.split("|"), *SHORT_FORMS), _before_form),
    **dict.fromkeys("·•", _dotted),
    **dict.fromkeys("小老", _nick),
    "转": _turned,
}
"""What is looked for beside each cue."""
