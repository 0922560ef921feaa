"""快递暂行条例 (2025 text), article 23: no number of an identity document on a label."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "express-regulation-identity"

_PROVINCE: Final = r"(?:1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3])"
_DAY: Final = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12][0-9]|3[01])"
_SHOWN: Final = re.compile(  # GB 11643: region, birth date, order, check digit; 15 digits were in use until 2013
    rf"(?<![0-9]){_PROVINCE}[0-9]{{4}}(?:(?:18|19|20)[0-9]{{2}}{_DAY}[0-9]{{3}}[0-9Xx]|[0-9]{{2}}{_DAY}[0-9]{{3}})(?![0-9])"
)
_LONG_RUN: Final = re.compile(r"[0-9 -]{15}")


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find identity numbers in any text of the label, spaced or hyphenated as well."""
    if _LONG_RUN.search(proof.whole) is None:
        return ()
    fields = zip(proof.setter.fields, proof.texts, strict=True)
    shown = [where for where, text in fields if _SHOWN.search(text.replace(" ", "").replace("-", ""))]
    return tuple(finding(rule, where, _SAYS) for where in shown)


_SAYS: Final = Said("出现了身份证件号码", "an identity document number is shown")
