"""The gate of the label room: what passes here may be written, nothing else.

Holds: one file a rule, foldered by who made it (`gbt`, `statute`, `house`), and `check`.
Promises: thresholds and citations come from `yinji.law` as of the day of printing; a rule that is not in force on that day
refuses the label; a finding names rule, field and citation, never a value about a person.
Never: passes a draft that one lint refused; sees a plaintext.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, cast

from yinji import law
from yinji.kernel.faults import Misuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, LeakProbe, Lint, Proof
from yinji.label.lints.gbt import address, name, phone
from yinji.label.lints.house import fits, glyphs, leak_probe
from yinji.label.lints.statute import identity_number
from yinji.label.passed import Label, Passed, pass_draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.model import Draft

__all__ = ["LINTS", "Finding", "Label", "LeakProbe", "Passed", "Proof", "check"]

LINTS: Final[dict[str, Lint]] = {
    module.RULE_ID: module.lint for module in (name, phone, address, identity_number, leak_probe, fits, glyphs)
}
"""Every lint by the id of its rule in the rule pack."""


def check(
    drafts: Sequence[Draft], probes: Sequence[LeakProbe], *, on: date, setter: Typesetter
) -> list[Passed | tuple[Finding, ...]]:
    """Return for each draft either the passed draft or all that was found, in the same order.

    ``probes`` are the vault's, one a draft; ``on`` is the Beijing date of printing, which chooses the rules; ``setter``
    sets the texts (and keeps the settings for the writer). Raises Misuse where drafts and probes do not pair.
    """
    if len(drafts) != len(probes):
        raise Misuse(f"{len(drafts)} drafts with {len(probes)} probes")
    rules = [(lint, law.rule(rule_id, on)) for rule_id, lint in LINTS.items()]
    absent = tuple(_no_rule(rule_id, on) for rule_id, (_, rule) in zip(LINTS, rules, strict=True) if rule is None)
    if absent:
        return [absent for _ in drafts]
    live = [(lint, rule) for lint, rule in rules if rule is not None]
    return [_check_one(draft, probe, setter, live) for draft, probe in zip(drafts, probes, strict=True)]


def _check_one(
    draft: Draft, probe: LeakProbe, setter: Typesetter, live: list[tuple[Lint, law.Rule]]
) -> Passed | tuple[Finding, ...]:
    texts = setter.texts(draft)
    settings = setter.set(texts)
    proof = Proof(draft, texts, "\n".join(texts), settings, setter, probe)
    found: tuple[Finding, ...] = ()
    for lint, rule in live:
        if found_now := lint(proof, rule):
            found += found_now
    if found:
        return found
    return pass_draft(draft, texts, cast("list[Setting]", settings), setter)  # lints of the house: none is None


def _no_rule(rule_id: str, on: date) -> Finding:
    says = Said(f"{on} 没有生效的规则 {rule_id}", f"no rule {rule_id} is in force on {on}")
    return Finding(rule_id, "label", says, rule_id, binding=False, refusal=Refusal.NO_RULE_IN_FORCE)
