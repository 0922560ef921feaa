"""Numbers in free text that a person can be reached or known by: phones, cards, identity numbers, however written apart.

First what is a number by its shape (`numbers`), on digits in any dress and with any signs between them; then a last net
(`loose`): seven digits in reach of each other are hidden, unless they are plainly no phone by the closed list of `PLAINLY`.
"""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from yinji.deid.normal_form import HAN_DIGITS

TO_DIGITS: Final = {ord(sign): str(digit) for sign, digit in HAN_DIGITS.items() if sign not in "两兩"}
_ALIKE: Final = str.maketrans("lIi|OoQ", "1111000")
_ALIKE_SEEN: Final = re.compile(r"[0-9][lIi|OoQ]|[lIi|OoQ][0-9]")

ENOUGH: Final = re.compile(r"(?:[0-9lIi|OoQ][^0-9lIi|OoQ]{0,3}){6}[0-9lIi|OoQ]")
"""Without seven digits, or what looks like one, near each other there is no number."""

_SIGN: Final = "[^0-9A-Za-z\u3400-\u4dbf\u4e00-\u9fff〇\n]"
_APART: Final = rf"(?:{_SIGN}{{0,3}}|[xX转])"
_NEAR: Final = r"[ \-.·_]{0,2}"
_EXTENSION: Final = r"(?:[ ,]?(?:转|分机|ext\.?)[: ]?[0-9]{1,6})?"
_BODY: Final = rf"1{_APART}[3-9](?:{_APART}[0-9]){{9}}"
_DISGUISED: Final = re.compile(rf"(?<![0-9A-Za-z]){_BODY}(?![0-9A-Za-z])")
_CARD: Final = re.compile(rf"(?<![0-9])[2-9](?:{_NEAR}[0-9]){{15,18}}(?![0-9])")

_MEASURES: Final = (
    "件套|件|个|只|支|片|包|盒|袋|瓶|罐|桶|箱|张|条|双|套|斤|公斤|千克|克|毫升|升|厘米|毫米|平方米|平米|米|寸|英寸|码|色|本|册|卷|枚|颗|粒|朵|束|根|把|台|部|块|元|角|分钟|"
    "小时|天|年|月|日|周|点|时|分|秒|岁|人|位|层|号|款|折|倍|度|瓦|伏|伏特|毫安|抽|连包|提|副|对|组|节|枝|株|棵|头|尾|片装|支装|只装|粒装|"
    "kg|mg|g|ml|l|cm|mm|m|w|v|mah|gb|tb|mb|hz|k|d|s|pcs|px|dpi|oz|lb|ft|寸屏|%|°"
)
_AMOUNT: Final = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_SIZE: Final = rf"{_AMOUNT}(?: ?(?:cm|mm|m|厘米|毫米|米))?(?: ?[xX×*] ?{_AMOUNT}(?: ?(?:cm|mm|m|厘米|毫米|米))?){{1,2}}"
_YEAR: Final = "(?:19|20)[0-9]{2}"
_MONTH: Final = "(?:1[0-2]|0?[1-9])"
_DAY: Final = "(?:3[01]|[12][0-9]|0?[1-9])"
PLAINLY: Final = re.compile(
    "(?<![0-9.])(?:"
    rf"{_YEAR} ?[-./年] ?{_MONTH}(?: ?[-./月] ?{_DAY}(?!\d)日?)?"  # 2026-11-20, 2026年11月
    r"|(?:19|20)[0-9]{2}(?:1[0-2]|0[1-9])(?:3[01]|[12][0-9]|0[1-9])(?![0-9])"  # 20261120
    rf"|{_MONTH}[./月]{_DAY}[日号]?(?![0-9])"  # 11.20
    r"|[012]?[0-9]:[0-5][0-9](?::[0-5][0-9])?(?![0-9])"  # 9:00-18:00
    rf"|{_SIZE}(?![0-9])"  # 120x80
    rf"|{_AMOUNT}(?: ?[-~/、,至到] ?{_AMOUNT}){{0,5}} ?(?:{_MEASURES})(?![A-Za-z])"  # 500ml, 140-160斤, 128/256GB
    r"|[0-9]{1,6}[A-Za-z][0-9A-Za-z_\-]*"  # 256G2026
    ")"
    rf"|[¥￥$] ?[0-9]+(?:\.[0-9]{{1,2}})?"
    r"|(?<![0-9A-Za-z])(?!(?:tel|phone|mob|call|qq|wx|vx|wechat|[tpvqm])[-_]?[0-9])[A-Za-z]{1,8}[-_]?[0-9][0-9A-Za-z_\-]*"  # AB12345678
    r"|(?:订单号?|单号|编号|货号|款号|型号|条码|条形码|批号|批次|sku|isbn)[: #]*[0-9][0-9\-]*",  # what the trade itself numbers
    re.IGNORECASE,
)
"""Dates, times, sizes, amounts, prices, and numbers of things, each by its own form."""

_GAP: Final = "\0"
_LOOSE: Final = re.compile(r"[0-9](?:[^0-9\0]{0,2}[0-9]){6,}")
_ISOLATED: Final = re.compile(rf"(?<![0-9{''.join(HAN_DIGITS)}])[{''.join(HAN_DIGITS)}](?![0-9{''.join(HAN_DIGITS)}])")
_SIGNS_OF_SIZE: Final = re.compile(r"[0-9]+(?:[xX×*][0-9]+){1,2}")
_UNIT: Final = re.compile(" ?(?:cm|mm|m|厘米|毫米|米)(?![A-Za-z])", re.IGNORECASE)
_WRITTEN: Final = re.compile("1[0-9]{2}.[0-9]{4}.[0-9]{4}")


@cache
def _shapes() -> tuple[re.Pattern[str], ...]:
    """Return the shapes of phones, compiled when a text first needs them: most commands never do."""
    return (
        re.compile(rf"(?<![0-9])\+{_SIGN}{{0,2}}[1-9](?:{_SIGN}{{0,3}}[0-9]){{7,14}}"),  # ITU-T E.164: fifteen digits at most
        re.compile(rf"(?<![0-9])00{_NEAR}[1-9](?:{_NEAR}[0-9]){{9,13}}(?![0-9])"),
        re.compile(rf"(?<![0-9])(?:(?:00)?86{_APART})?{_BODY}{_EXTENSION}(?![0-9])"),
        re.compile(rf"(?<![0-9])\(?0[1-9][0-9]{{1,2}}\)?{_SIGN}{{0,3}}[2-9](?:{_NEAR}[0-9]){{6,7}}{_EXTENSION}(?![0-9])"),
        re.compile(rf"(?<![0-9])[48]00{_NEAR}[0-9]{{3}}{_NEAR}[0-9]{{4}}{_EXTENSION}(?![0-9])"),
        re.compile(r"(?<![0-9])700[0-9]{12}(?![0-9])"),
        re.compile(
            rf"(?:电话|座机|手机|号码|致电|拨打|电联|(?<![A-Za-z])(?:tel|phone|mob|call))[^0-9]{{0,4}}([0-9](?:{_NEAR}[0-9]){{6,11}})",
            re.IGNORECASE,
        ),
        re.compile(r"(?<![0-9])1[3-9][0-9][^0-9]{1,2}[0-9]{4}[^0-9]{1,2}[0-9]{4}(?![0-9])"),  # three, four, four: words between
    )


def numbers(digits: str) -> list[tuple[int, int]]:
    """Return the spans of phones in a text whose digits are plain, whatever stands between these. They may overlap."""
    spans = [
        match.span(match.lastindex or 0)
        for shape in _shapes()
        for match in shape.finditer(digits)
        if not _is_size(digits, match)
    ]
    if _ALIKE_SEEN.search(digits):
        spans += [match.span() for match in _DISGUISED.finditer(digits.translate(_ALIKE))]
    return spans


def cards(digits: str) -> list[tuple[int, int]]:
    """Return the spans of bank cards: 16 to 19 digits whose last one checks (ISO/IEC 7812-1, Luhn)."""
    return [match.span() for match in _CARD.finditer(digits) if _checks(match[0])]


def loose(plain: str, seen: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Return the spans of seven digits and more with at most two other characters between, outside of ``PLAINLY``.

    ``plain`` is in normal form; what was ``seen`` already is left out. A numeral alone among words is a word (一心一意);
    beside another digit it is one.
    """
    for start, end in seen:
        plain = plain[:start] + _GAP * (end - start) + plain[end:]
    digits = _ISOLATED.sub(_GAP, plain).translate(TO_DIGITS)
    if _LOOSE.search(digits) is None:
        return []
    return [match.span() for match in _LOOSE.finditer(PLAINLY.sub(_blank, digits))]


def _blank(match: re.Match[str]) -> str:
    return _GAP * (match.end() - match.start())


def _is_size(text: str, match: re.Match[str]) -> bool:
    """1800*2000*750 has eleven digits and measures a bed; 139*1111*2222 is grouped as phones are, and no unit follows."""
    if _SIGNS_OF_SIZE.fullmatch(match[0]) is None:
        return False
    return _UNIT.match(text, match.end()) is not None or _WRITTEN.fullmatch(match[0]) is None


def _checks(number: str) -> bool:
    figures = [int(sign) for sign in reversed(number) if sign.isdigit()]
    doubled = (figure * 2 - 9 if figure > 4 else figure * 2 for figure in figures[1::2])  # noqa: PLR2004 - 5 doubled has two digits, whose sum is nine less
    return (sum(figures[::2]) + sum(doubled)) % 10 == 0
