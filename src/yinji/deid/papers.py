"""Documents that are no citizen's identity number: passports, permits, cards of Hong Kong, Macau and Taiwan, bank cards, plates.

Where a number carries a check, the check decides; where it carries none, its form alone is told with less confidence than one
behind the word that names it.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from yinji.deid.documents import luhn_checks
from yinji.deid.model import FindingKind

_CUE: Final = "护照|通行证|回乡证|台胞证|台湾证|港澳证|居住证|居留证|居留卡|身份证|身分证|驾驶证|驾照|军官证|士兵证|警官证|军人证|学生证|社保卡|医保卡|社保|证件|档案编号|passport|permit|(?<![A-Za-z])id ?card"
_CUED: Final = re.compile(
    rf"(?:{_CUE})(?: ?(?:号码|编号|号|no\.?))?(?:是|为)?[: ]{{0,3}}([A-Za-z]{{0,3}}(?:[ \-]?[0-9]){{6,17}}[0-9Xx]?(?:\([0-9Aa]\))?)(?![0-9A-Za-z])",
    re.IGNORECASE,
)
_LETTERED: Final = re.compile(
    r"(?<![0-9A-Za-z_\-/])([A-Za-z]{1,3}) ?((?:[0-9] ?){5,11}[0-9])(?: ?\(([0-9Aa])\))?(?![0-9A-Za-z_\-]|\.[0-9])"
)
_MACAU: Final = re.compile(r"(?<![0-9A-Za-z])[1578][ /]?[0-9]{6}[ /]?\([0-9]\)")
_OFFICER: Final = re.compile("(?:[军政后装海空北沈兰济南广成警武参总火战支]|武警)字第 ?[0-9]{5,8} ?号?")

_PASSPORT: Final = re.compile("[EGDSP][0-9]{8}|(?:E[A-HJ-NP-Z]|DE|SE|PE|KJ|MA)[0-9]{7}|K[0-9]{8}")
"""Ordinary, diplomatic, service and public-affairs passports of China; those of Hong Kong and Macau."""

_PERMIT: Final = re.compile("[HMC][0-9]{8}(?:[0-9]{2})?|[WL][0-9]{8}|C[A-Z][0-9]{7}")
"""港澳居民来往内地通行证 (H, M), 往来港澳通行证 (C, W), 往来台湾通行证 (L)."""

_NATIONS: Final = (
    "ARE ARG AUS AUT BEL BGD BRA BRN CAN CHE CHL COL CUB CZE DEU DNK EGY ESP EST ETH FIN FRA GBR GHA GRC HKG HRV HUN IDN IND IRL IRN IRQ ISR ITA JPN KAZ KEN KGZ KHM KOR LAO LBN LKA LTU LVA "
    "MAC MAR MEX MMR MNG MYS NGA NLD NOR NPL NZL PAK PER PHL POL PRK PRT ROU RUS SAU SDN SGP SRB SVK SWE SYR THA TJK TKM TUN TUR TWN TZA UGA UKR URY USA UZB VEN VNM YEM ZAF ZMB ZWE"
)
_RESIDENT: Final = re.compile(f"(?:{_NATIONS.replace(' ', '|')})[0-9]{{12}}")
_RESIDENT_DAY: Final = re.compile("[0-9]{6}(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])[0-9]{2}")
"""永久居留身份证 until 2023: nation, place, birthday, order, check."""

_PLATE_LETTERS: Final = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
_PLATE: Final = re.compile(
    rf"[{_PLATE_LETTERS}][A-HJ-Z][ ·.\-]{{0,2}}(?:[A-HJK][0-9A-HJ-NP-Z][0-9]{{4}}|[0-9]{{5}}[A-HJK]|(?=[0-9A-Z]*[0-9])[0-9A-HJ-NP-Z]{{4}}[0-9A-HJ-NP-Z挂学警港澳])(?![0-9A-Za-z])"
    rf"|使[ ·.\-]?[0-9]{{3}}[ ·.\-]?[0-9]{{3}}(?![0-9])|(?<![0-9])[0-9]{{6}}使|[{_PLATE_LETTERS}][A-HJ-Z]?[ ·.\-]?[0-9]{{4}}领|WJ[ ·]?[{_PLATE_LETTERS}]?[ ·.\-]?[0-9]{{4}}[0-9A-Z](?![0-9A-Za-z])"
)
"""GA 36: five or, on a new-energy car, six characters without I and O behind the letters of place; trailers, schools, police."""

_NEAR: Final = r"[ \-.·_]{0,2}"
_CARD: Final = re.compile(rf"(?<![0-9A-Za-z])[2-9](?:{_NEAR}[0-9]){{14,18}}(?![0-9A-Za-z])")
_ISSUERS: Final = re.compile(
    "62[0-9]{14,17}|60[0-9]{14,17}|955[89][0-9]{12,15}|9[04-8][0-9]{14,17}|4[0-9]{15}|5[1-5][0-9]{14}|2[2-7][0-9]{14}|35(?:2[89]|[3-8][0-9])[0-9]{12}|3[47][0-9]{13}"
)
"""UnionPay and the domestic ranges before it, Visa, Mastercard, JCB, American Express: ISO/IEC 7812 prefixes and their lengths."""

_CARD_CUED: Final = re.compile(
    rf"(?:卡号|银行卡|储蓄卡|信用卡|借记卡|账号|帐号)[^0-9]{{0,8}}([0-9](?:{_NEAR}[0-9]){{11,18}})(?![0-9])"
)
_FILLING: Final = re.compile(r"[ \-.·_]")
_HK_WIDTH: Final = 6
_HK_WHOLE: Final = 7
_TW_WIDTH: Final = 9
_TW_VALUES: Final = dict(zip("ABCDEFGHJKLMNPQRSTUVXYWZIO", range(10, 36), strict=True))

SURE: Final = 0.99
LIKELY: Final = 0.9
POSSIBLE: Final = 0.5


class Paper(NamedTuple):
    """What was seen at ``span``: ``why`` is a key of the scan's reasons."""

    kind: FindingKind
    start: int
    end: int
    confidence: float
    why: str


def hong_kong_check(prefix: str, digits: str) -> str:
    """Return the check character of a Hong Kong identity card: one or two letters, six digits (MOD 11, blank counts 36)."""
    values = [36, *(ord(letter) - 55 for letter in prefix)][-2:]
    values += [int(digit) for digit in digits]
    rest = sum(value * weight for value, weight in zip(values, range(9, 1, -1), strict=True)) % 11
    return "0" if not rest else "A" if rest == 1 else str(11 - rest)


def taiwan_checks(letter: str, digits: str) -> bool:
    """Say whether a letter and nine digits are a Taiwan identity or residence number whose check digit agrees."""
    tens, ones = divmod(_TW_VALUES[letter], 10)
    total = tens + ones * 9 + sum(int(digit) * weight for digit, weight in zip(digits[:-1], range(8, 0, -1), strict=True))
    return (total + int(digits[-1])) % 10 == 0


def papers(text: str) -> list[Paper]:
    """Return the documents that a text with plain digits and letters shows; they may overlap."""
    found = [Paper(FindingKind.DOCUMENT, *match.span(1), LIKELY, "document") for match in _CUED.finditer(text)]
    found += [paper for match in _LETTERED.finditer(text) if (paper := _lettered(match)) is not None]
    if "(" in text:
        found += [Paper(FindingKind.IDENTITY, *match.span(), LIKELY, "region") for match in _MACAU.finditer(text)]
    if "字第" in text:
        found += [Paper(FindingKind.DOCUMENT, *match.span(), LIKELY, "document") for match in _OFFICER.finditer(text)]
    return found


def plates(plain: str) -> list[tuple[int, int]]:
    """Return the spans of number plates in a text in normal form."""
    capitals = plain.upper()
    return [match.span() for match in _PLATE.finditer(capitals if len(capitals) == len(plain) else plain)]


def cards(digits: str) -> list[tuple[int, int]]:
    """Return the spans of bank cards: a known issuer and a last digit that checks (ISO/IEC 7812-1), or the word before them."""
    spans = [match.span(1) for match in _CARD_CUED.finditer(digits)]
    for match in _CARD.finditer(digits):
        number = _FILLING.sub("", match[0])
        if _ISSUERS.fullmatch(number) and luhn_checks(number):
            spans.append(match.span())
    return spans


def _lettered(match: re.Match[str]) -> Paper | None:
    """Tell a document by its letters, its length and its check."""
    letters, digits, check = match[1].upper(), match[2].replace(" ", ""), match[3]
    number = letters + digits
    if check is not None:
        return _hong_kong(match, letters, digits, check.upper()) if len(digits) == _HK_WIDTH else None
    if len(digits) == _HK_WHOLE and hong_kong_checks_whole(letters, digits):
        return Paper(FindingKind.IDENTITY, *match.span(), POSSIBLE, "region")
    if len(letters) == 1 and len(digits) == _TW_WIDTH and digits[0] in "1289" and taiwan_checks(letters, digits):
        return Paper(FindingKind.IDENTITY, *match.span(), LIKELY, "region")
    if _PASSPORT.fullmatch(number) or _PERMIT.fullmatch(number):
        return Paper(FindingKind.DOCUMENT, *match.span(), POSSIBLE, "passport")
    if _RESIDENT.fullmatch(number) and _RESIDENT_DAY.fullmatch(digits):
        return Paper(FindingKind.DOCUMENT, *match.span(), LIKELY, "document")
    return None


def hong_kong_checks_whole(letters: str, digits: str) -> bool:
    """Say whether the last of seven digits checks one or two letters and the other six."""
    return len(letters) <= 2 and hong_kong_check(letters, digits[:_HK_WIDTH]) == digits[-1]  # noqa: PLR2004 - two letters at most


def _hong_kong(match: re.Match[str], letters: str, digits: str, check: str) -> Paper | None:
    if len(letters) > 2:  # noqa: PLR2004 - two letters at most
        return None
    agrees = hong_kong_check(letters, digits) == check
    return Paper(FindingKind.IDENTITY, *match.span(), SURE if agrees else 0.7, "region")
