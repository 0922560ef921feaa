"""Rule of the house: the vault's probe, which knows the parcel's values, finds none of them in any text of the label, nor in the
link of its QR code. Number and token are judged by their grammar: a substring of a random number tells nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-leak-probe"

_EXEMPT: Final = frozenset(("recipient.name", "recipient.phone", "recipient.virtual_number", "recipient.address"))
"""Where an exempt label shows its recipient. In contents and remark nobody stands for all that."""

_NUMBERS: Final = frozenset(("original",))
"""A waybill number that stands among the texts."""


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Search the whole label in one look; only a hit is then looked for field by field, and judged there."""
    link = proof.setter.link
    if not proof.probe.leaks_in(f"{proof.whole}\n{link}" if link else proof.whole):
        return ()
    fields = dict(zip(proof.setter.fields, proof.texts, strict=True)) | {"qr": link}
    passed_over = _NUMBERS | _EXEMPT if proof.draft.exemption else _NUMBERS
    fields = {where: text for where, text in fields.items() if where not in passed_over}
    return tuple(_said(rule, where, leaks) for where, text in fields.items() if (leaks := proof.probe.leaks_at(where, text)))


def _said(rule: Rule, where: str, kinds: tuple[str, ...]) -> Finding:
    named = ", ".join(kinds)
    return finding(
        rule, where, Said(f"文字中出现了未隐藏的个人信息（{named}）", f"the text shows what must be hidden ({named})")
    )
