"""GB/T 41833-2022, as reported: of a phone number six digits or more are hidden.

``138****5678`` hides four and fails; ``1******5678`` passes. A number of 15 digits beginning with 700 may stand whole: it is
a virtual number, the substitute itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "gbt-41833-phone"

_MOBILE_DIGITS: Final = 11
_NUMBERS: Final = re.compile(r"[0-9*]{11,}")
_DIGIT: Final = re.compile(r"\d")
_VIRTUAL: Final = re.compile(r"700[0-9]{12}")


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find phones that hide fewer digits than the rule says, extensions not counted."""
    draft, least = proof.draft, rule.value or _MOBILE_DIGITS
    if _hides(draft.recipient.phone, least) and _hides(draft.sender.phone, least):
        return ()
    phones = {"recipient.phone": draft.recipient.phone, "sender.phone": draft.sender.phone}
    return tuple(_said(rule, where, phone, least) for where, phone in phones.items() if not _hides(phone, least))


def _hides(phone: str, least: int) -> bool:
    if phone.count(HIDDEN_MARK) < least:
        # A number of five digits (a hotline) cannot hide six: it is hidden where none of them shows.
        return _VIRTUAL.fullmatch(phone) is not None or (phone != "" and _DIGIT.search(phone) is None)
    if len(phone) == _MOBILE_DIGITS:
        return True
    # hidden digits of an extension must not stand for those of the number: an 11-digit number shows at most five
    return all(len(number) > _MOBILE_DIGITS or number.count(HIDDEN_MARK) >= least for number in _NUMBERS.findall(phone))


def _said(rule: Rule, where: str, phone: str, least: int) -> Finding:
    hidden = phone.count(HIDDEN_MARK)
    says = Said(
        f"电话隐藏了 {hidden} 位，应隐藏 {least} 位以上（分机不计）",
        f"{hidden} digits of the phone are hidden; the rule wants {least} or more, extensions not counted",
    )
    return finding(rule, where, says)
