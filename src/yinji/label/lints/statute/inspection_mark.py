"""快递暂行条例 (2025 text), article 32: 已验视 is marked on an item only after that act."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.label.lints.finding import Finding, Proof
from yinji.label.lints.marks import mark_is_true

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "express-regulation-inspection"

_MARK: Final = "已验视"


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find the mark without the act, and the act without its mark."""
    return mark_is_true(proof, rule, mark=_MARK, done=proof.draft.inspected)
