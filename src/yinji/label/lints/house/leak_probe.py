"""Rule of the house: the vault's probe, which knows the parcel's values, finds none of them in any text of the label."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-leak-probe"


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Search the whole label in one look; only a hit is then looked for field by field, and judged there."""
    if not proof.probe.leaks_in(proof.whole):
        return ()
    fields = zip(proof.setter.fields, proof.texts, strict=True)
    return tuple(_said(rule, where, leaks) for where, text in fields if (leaks := proof.probe.leaks_at(where, text)))


def _said(rule: Rule, where: str, kinds: tuple[str, ...]) -> Finding:
    named = ", ".join(kinds)
    return finding(
        rule, where, Said(f"文字中出现了未隐藏的个人信息（{named}）", f"the text shows what must be hidden ({named})")
    )
