"""GB/T 41833-2022, as reported: of a name at least one character is hidden, the sender's as well."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.label.model import Draft
    from yinji.law import Rule

RULE_ID = "gbt-41833-name"


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find names that hide fewer characters than the rule says. An exemption shows its recipient, nobody else."""
    draft, least = proof.draft, rule.value or 1
    if (
        draft.recipient.name.count(HIDDEN_MARK) >= least
        and draft.sender.name.count(HIDDEN_MARK) >= least
        and not draft.handed_by
    ):
        return ()
    return tuple(_said(rule, where, least) for where, name in _names(draft).items() if name.count(HIDDEN_MARK) < least)


def _names(draft: Draft) -> dict[str, str]:
    names = (
        {"sender.name": draft.sender.name}
        if draft.exemption
        else {
            "recipient.name": draft.recipient.name,
            "sender.name": draft.sender.name,
        }
    )
    return names | ({"handed_by": draft.handed_by} if draft.handed_by else {})


def _said(rule: Rule, where: str, least: int) -> Finding:
    says = Said(f"姓名应隐藏至少 {least} 个字", f"at least {least} character(s) of a name must be hidden")
    return finding(rule, where, says)
