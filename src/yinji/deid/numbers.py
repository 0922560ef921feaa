"""Phones in free text, however written apart: their shapes on digits in any dress, then a last net (`loose`).

Seven digits in reach of each other are hidden as a number, unless they are plainly something else (`things`).
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from yinji.deid.normal_form import HAN_DIGITS
from yinji.deid.things import PLAINLY, is_long_code

if TYPE_CHECKING:
    from collections.abc import Sequence

TO_DIGITS: Final = {ord(sign): str(digit) for sign, digit in HAN_DIGITS.items() if sign not in "两兩"}
_ALIKE_ONES: Final = "lIi|\u0406\u0456\u0399"
_ALIKE_NOUGHTS: Final = "OoQ\u041e\u043e\u039f\u03bf"
"""Latin, Cyrillic and Greek letters that look like a digit."""

_ALIKES: Final = _ALIKE_ONES + _ALIKE_NOUGHTS
_ALIKE: Final = str.maketrans(_ALIKES, "1" * len(_ALIKE_ONES) + "0" * len(_ALIKE_NOUGHTS))
_ALIKE_SEEN: Final = re.compile(f"[0-9][{_ALIKES}]|[{_ALIKES}][0-9]")

ENOUGH: Final = re.compile(rf"(?:[0-9{_ALIKES}][^0-9{_ALIKES}]{{0,3}}){{6}}[0-9{_ALIKES}]")
"""Without seven digits, or what looks like one, near each other there is no number."""

_HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff"
_SIGN: Final = f"[^0-9A-Za-z{_HAN}〇\n]"
_APART: Final = rf"(?:{_SIGN}{{0,3}}|[xX转])"
_NEAR: Final = r"[ \-.·_]{0,2}"
_UNITS: Final = "栋幢座号楼室单层件个元月年日时点分米克斤瓶盒包箱袋双套条张只支片块杠弄组队村门岁人%"
"""What makes the number behind a phone another one: 13800001111-3栋."""

_NO_MORE: Final = rf"(?![0-9A-Za-z\-{_UNITS}]|[.:,][0-9]| ?[*xX×])"
_EXTENSION: Final = (
    r"(?: ?[,;\-]? ?(?:转分机|转接|分机号?|转|按|拨|ext\.?)[:: ]{0,2}[0-9]{1,6}(?![0-9])"
    r"| ?[\[(【](?:转|分机号?|ext\.?)?[: ]?[0-9]{2,6}[\])】]"
    rf"| ?[-_#/] ?[0-9]{{1,6}}{_NO_MORE}"
    rf"|[,;&*xXpP] ?[0-9]{{2,6}}{_NO_MORE}"
    rf"|  ?[0-9]{{2,4}}{_NO_MORE})?"
)
_BODY: Final = rf"1{_APART}[3-9](?:{_APART}[0-9]){{9}}"
_DISGUISED: Final = re.compile(rf"(?<![0-9A-Za-z]){_BODY}{_EXTENSION}(?![0-9A-Za-z])")

_GAP: Final = "\0"
_LOOSE: Final = re.compile(r"[0-9](?:[^0-9\0]{0,2}[0-9]){6,}")
_HAN_SIGNS: Final = "".join(HAN_DIGITS)
_HAN_SIGN: Final = re.compile(f"[{_HAN_SIGNS}]")
_ISOLATED: Final = re.compile(rf"(?<![0-9{_HAN_SIGNS}])[{_HAN_SIGNS}](?![0-9{_HAN_SIGNS}])")
_NAMES_LAST: Final = re.compile(
    rf"(?<=[{_HAN}])(?<![{_HAN_SIGNS}])[{_HAN_SIGNS}](?=[ ,:;()+\-]{{0,3}}(?:(?:00)?86[ \-)]?)?[( ]{{0,2}}(?:[1一幺壹lI|][ .·\-]{{0,2}}[3-9三四五六七八九叁肆伍陆柒捌玖]|0[1-9]|[48]00|700|00[1-9]|85[23]\)|\+|[2-9][0-9]{{3}}[ \-]?[0-9]{{4}}(?![0-9])))"
)
"""The 三 of 张三13800001111: a numeral that ends a word, right before a number that is whole without it."""

_SIGNS_OF_SIZE: Final = re.compile("[0-9]{1,4}(?:[xX×*][0-9]{1,4}){1,2}")
_UNIT: Final = re.compile(" ?(?:cm|mm|m|厘米|毫米|米)(?![A-Za-z])", re.IGNORECASE)
_WRITTEN: Final = re.compile("1[0-9]{2}.[0-9]{4}.[0-9]{4}")
_TIMED: Final = re.compile("[:.xX*×]")
_BODY_ALONE: Final = re.compile("(?:[^0-9]*[0-9]){11}")
_LETTERS: Final = re.compile("[A-Za-z]{2,8}$")
_CALLING: Final = re.compile("(?:tel|phone|mob|mobile|call|cell|no|hp)$", re.IGNORECASE)
_ANNOUNCING: Final = re.compile("电话|座机|手机|号码|致电|拨打|电联|tel|phone|mob|call")
_NUMBER_MIN: Final = 7


@cache
def _shape() -> re.Pattern[str]:
    """Return the shapes of phones in one pattern, compiled when a text first needs it: most commands never do."""
    shapes = (
        rf"\(?(?:(?:\+{_SIGN}{{0,2}}|00?)?86\)?{_APART})?\(?0?{_BODY}{_EXTENSION}",
        rf"(?:\(?(?:\+|00)86\)?|\(86\)|86[ \-]){_NEAR}\(?0?[1-9][0-9]{{1,2}}\)?{_NEAR}[2-9](?:{_NEAR}[0-9]){{6,7}}{_EXTENSION}",
        rf"\+{_SIGN}{{0,2}}[1-9](?:{_SIGN}{{0,3}}[0-9]){{7,14}}",  # ITU-T E.164: fifteen digits at most
        rf"\(?0[1-9][0-9]{{1,2}}\)?{_SIGN}{{0,3}}[2-9](?:{_NEAR}[0-9]){{6,7}}{_EXTENSION}",
        rf"\(?09[0-9]{{2}}\)?{_NEAR}[0-9]{{3}}{_NEAR}[0-9]{{3}}",  # Taiwan, a mobile
        rf"(?:\(0[2-8]\) ?|0[2-8][ \-])[2-9][0-9]{{2,3}}[ \-]?[0-9]{{4}}{_EXTENSION}",  # Taiwan, a line
        rf"[48]00(?:{_NEAR}[0-9]){{7}}{_EXTENSION}",
        rf"700(?:[ \-]?[0-9]{{4}}){{3}}{_EXTENSION}",  # 工信部信管函〔2025〕130号: fifteen digits
        rf"(?<![A-Za-z])00{_NEAR}[1-9](?:{_NEAR}[0-9]){{9,13}}",
        r"1[3-9][0-9][^0-9]{1,2}[0-9]{4}[^0-9]{1,2}[0-9]{4}",  # three, four, four: words between
        rf"(?:\((?:852|853)\) ?[2-9][0-9]{{3}}[ \-]?|(?<![0-9][ \-])[2-9][0-9]{{3}}[ \-])[0-9]{{4}}(?! [0-9])(?:{_EXTENSION})",  # a line of this town, of Hong Kong or Macau
    )
    return re.compile(f"(?<![0-9])(?:{'|'.join(shapes)})(?![0-9])")


@cache
def _announced() -> re.Pattern[str]:
    """Return the shape of a number behind the word that calls it a phone."""
    return re.compile(
        rf"(?:电话|座机|手机|号码|致电|拨打|电联|(?<![A-Za-z])(?:tel|phone|mob|call))[^0-9A-Za-z]{{0,4}}([0-9](?:{_NEAR}[0-9]){{6,11}}{_EXTENSION})(?![0-9])",
        re.IGNORECASE,
    )


def to_digits(plain: str) -> str:
    """Return a text in normal form with the numerals of its numbers as digits, of the same length."""
    if _HAN_SIGN.search(plain) is None:
        return plain
    if _NAMES_LAST.search(plain):
        plain = _NAMES_LAST.sub(_GAP, plain)
    return plain.translate(TO_DIGITS)


def numbers(digits: str) -> list[tuple[int, int]]:
    """Return the spans of phones, extensions included, in a text whose digits are plain. They may overlap."""
    spans = [match.span() for match in _shape().finditer(digits) if not _is_thing(digits, match)]
    if _ANNOUNCING.search(digits.lower()):
        spans += [match.span(1) for match in _announced().finditer(digits) if not is_long_code(match[1])]
    if _ALIKE_SEEN.search(digits):
        spans += [match.span() for match in _DISGUISED.finditer(digits.translate(_ALIKE))]
    return spans


def loose(plain: str, seen: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of seven digits and more with at most two other characters between, that are no thing's.

    ``plain`` is in normal form; what was ``seen`` already (in order, apart) is left out. A numeral alone among words is a word (一心一意);
    beside another digit it is one.
    """
    if seen:
        pieces: list[str] = []
        shown = 0
        for start, end in seen:
            pieces += (plain[shown:start], _GAP * (end - start))
            shown = end
        plain = "".join((*pieces, plain[shown:]))
    digits = plain if _HAN_SIGN.search(plain) is None else _ISOLATED.sub(_GAP, plain).translate(TO_DIGITS)
    if _LOOSE.search(digits) is None:
        return []
    return [
        match.span()
        for match in _LOOSE.finditer(PLAINLY.sub(_blank, digits))
        if not (match[0].isdigit() and is_long_code(match[0]))
    ]


def _blank(match: re.Match[str]) -> str:
    return _GAP * (match.end() - match.start())


def _is_thing(text: str, match: re.Match[str]) -> bool:
    """1800*2000*750 has eleven digits and measures a bed; 14:30-15:30 16:00 tells times; SF1234567890 is a waybill."""
    body = _BODY_ALONE.match(match[0])
    written = body[0] if body else match[0]
    if written.isdigit():
        return _is_marked(text, match.start())
    if _SIGNS_OF_SIZE.fullmatch(written) is not None:
        return _UNIT.match(text, match.start() + len(written)) is not None or _WRITTEN.fullmatch(written) is None
    if written[0] not in "+(" and _TIMED.search(written) and _WRITTEN.match(written) is None:
        left = PLAINLY.sub("", text[match.start() : match.start() + len(written) + 1])
        return sum(sign.isdigit() for sign in left) < _NUMBER_MIN
    return _is_marked(text, match.start())


def _is_marked(text: str, start: int) -> bool:
    """Say whether capitals stand right before a number, as a carrier's do, and do not call it a phone."""
    if not start or not text[start - 1].isascii() or not text[start - 1].isalpha():
        return False
    letters = _LETTERS.search(text, max(0, start - 8), start)
    return letters is not None and letters[0].isupper() and _CALLING.search(letters[0]) is None
