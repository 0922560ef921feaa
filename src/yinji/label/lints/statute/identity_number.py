"""快递暂行条例 (2025 text), article 23: no number of an identity document on a label.

A citizen's number is told by its shape and a Hong Kong card by its check digit, wherever they stand. Passports, permits to travel
and to reside have the shapes of a thousand article numbers: they are told by the word before them.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.normal_form import normal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "express-regulation-identity"

_PROVINCE: Final = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_CITIZEN: Final = re.compile(  # GB 11643: region, birth date, order, check digit; 15 digits were in use until 2013
    rf"(?<![0-9]){_PROVINCE}[0-9]{{4}}(?:(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{2}}{_DAY}[0-9]{{3}})(?![0-9])"
)
_LONG_RUN: Final = re.compile(r"[0-9][0-9 -]{14}")
_WORD: Final = "护照|护照号码|通行证|回乡证|台胞证|居住证|身份证|居留证|绿卡|军官证|士兵证|驾驶证|驾照|社保卡|证件|passport"
_WORDED: Final = re.compile(
    rf"(?:{_WORD})\s?(?:号码|号|no\.?|number)?(?:是|为)?[:：\s#]{{0,3}}(?:[A-Za-z]{{1,3}}[ -]?[0-9]{{6,12}}|[0-9]{{8,10}})(?![0-9])",
    re.IGNORECASE,
)
_HONG_KONG: Final = re.compile(r"(?<![A-Za-z])([A-Z]{1,2})([0-9]{6})\(([0-9A])\)")
_QUICK: Final = ("证", "照", "卡", "assport", "PASSPORT")

_LETTER_FIRST: Final = 10  # A counts ten, B eleven …
_SPACE_VALUE: Final = 36  # a card of one letter counts as if a space stood before it
_HONG_KONG_MODULUS: Final = 11


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find numbers of identity documents in any text of the label, spaced or hyphenated as well."""
    whole = proof.whole
    if _LONG_RUN.search(whole) is None and not any(word in whole for word in _QUICK) and "(" not in whole and "（" not in whole:
        return ()
    fields = dict(zip(proof.setter.fields, proof.texts, strict=True))
    return tuple(finding(rule, where, _SAYS) for where, text in fields.items() if text and _shown(text))


def _shown(text: str) -> bool:
    plain = normal(text)
    return (
        _CITIZEN.search(plain.replace(" ", "").replace("-", "")) is not None
        or _WORDED.search(plain) is not None
        or any(_checks(*match.groups()) for match in _HONG_KONG.finditer(plain))
    )


def _checks(letters: str, digits: str, check: str) -> bool:
    """Tell whether the check digit of a Hong Kong identity card agrees (weights nine to two, modulus eleven)."""
    values = [_SPACE_VALUE] * (2 - len(letters)) + [ord(letter) - ord("A") + _LETTER_FIRST for letter in letters]
    values += [int(digit) for digit in digits]
    total = sum(weight * value for weight, value in zip(range(9, 1, -1), values, strict=True))
    rest = (_HONG_KONG_MODULUS - total % _HONG_KONG_MODULUS) % _HONG_KONG_MODULUS
    return check == ("A" if rest == _LETTER_FIRST else str(rest))


_SAYS: Final = Said("出现了身份证件号码", "an identity document number is shown")
