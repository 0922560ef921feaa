"""A mark that says that an act was done stands on a label only after that act, and then it does stand there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule


def mark_is_true(proof: Proof, rule: Rule, *, mark: str, done: bool) -> tuple[Finding, ...]:
    """Find ``mark`` in any text of the label though nothing was ``done``, or a label without it though it was."""
    if (mark in proof.whole) is done:
        return ()
    if done:
        says = Said(f"已完成，但面单没有“{mark}”标识", "the act was done, but the label has no mark of it")
        return (finding(rule, "label", says, Refusal.LABEL_MISSTATES),)
    says = Said(f"尚未完成，却印有“{mark}”", "the mark stands there though the act was not done")
    fields = dict(zip(proof.setter.fields, proof.texts, strict=True))
    return tuple(finding(rule, where, says, Refusal.LABEL_MISSTATES) for where, text in fields.items() if mark in text)
