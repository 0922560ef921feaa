"""GB/T 41833-2022, as reported: of a phone number six digits or more are hidden.

``138****5678`` hides four and fails; ``1******5678`` passes. Nothing need be hidden where a virtual number, said to be one by
whoever gave it, stands instead of the phone (`virtual_number`): by its shape no number is known to be virtual, one that begins
with 700 neither.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.label.model import PartyMask
    from yinji.law import Rule

RULE_ID = "gbt-41833-phone"

_MOBILE_DIGITS: Final = 11
_NUMBERS: Final = re.compile(r"[0-9*]{11,}")
_DIGIT: Final = re.compile(r"\d")


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find phones that hide fewer digits than the rule says, extensions not counted. An exemption shows its recipient."""
    draft, least = proof.draft, rule.value or _MOBILE_DIGITS
    if _hides(draft.recipient, least) and _hides(draft.sender, least):
        return ()
    parties = (
        {"sender.phone": draft.sender}
        if draft.exemption
        else {"recipient.phone": draft.recipient, "sender.phone": draft.sender}
    )
    return tuple(_said(rule, where, party.phone, least) for where, party in parties.items() if not _hides(party, least))


def _hides(party: PartyMask, least: int) -> bool:
    phone = party.phone
    if phone.count(HIDDEN_MARK) < least:
        if not phone:
            return party.virtual_number != ""
        # A number of five digits (a hotline) cannot hide six: it is hidden where none of them shows.
        return _DIGIT.search(phone) is None
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
