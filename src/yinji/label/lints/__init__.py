"""The gate of the label room: what passes here may be written, nothing else.

Holds: one file a rule, foldered by who made it (`statute`, `gbt`, `trade`, `house`), and `check`.
Promises: thresholds, citations and remedies come from `yinji.law` as of the day of printing; a rule that is not in force on that
day refuses the label; a finding names rule, field, remedy and what stands behind the rule, never a value about a person.
Never: passes a draft that one lint refused; sees a plaintext.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple, cast
from weakref import WeakKeyDictionary

from yinji import law
from yinji.kernel.faults import Misuse
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, LeakProbe, Lint, Proof, TemplateLint
from yinji.label.lints.gbt import address, name, phone, virtual_number, visible_digits, zones
from yinji.label.lints.house import (
    code_content,
    destination,
    door_badge,
    exemption_mark,
    fits,
    free_text,
    generated_fields,
    glyphs,
    leak_probe,
    sorting_code,
)
from yinji.label.lints.statute import identity_number, inspection_mark, screening_mark
from yinji.label.lints.trade import code_128, landline, qr_code
from yinji.label.passed import Label, Passed, pass_draft

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.model import Draft

__all__ = ["LINTS", "RULES", "TEMPLATE_LINTS", "Finding", "Label", "LeakProbe", "Passed", "Proof", "check", "check_template"]

LINTS: Final[dict[str, Lint]] = {
    module.RULE_ID: module.lint
    for module in (
        identity_number,
        inspection_mark,
        screening_mark,
        name,
        phone,
        address,
        virtual_number,
        visible_digits,
        landline,
        leak_probe,
        free_text,
        sorting_code,
        destination,
        door_badge,
        exemption_mark,
        generated_fields,
        fits,
        glyphs,
    )
}
"""Every lint of a label by the id of its rule in the rule pack."""

TEMPLATE_LINTS: Final[dict[str, TemplateLint]] = {
    module.RULE_ID: module.lint_template for module in (zones, code_128, qr_code, code_content)
}
"""Every lint of a template by the id of its rule: looked for once a typesetter, and binding all its labels."""

RULES: Final = (*LINTS, *TEMPLATE_LINTS)
"""Every rule that a label passes before it leaves."""


class _Live(NamedTuple):
    """The rules of a day: those of labels and of templates with their lints, and a finding for each that is not in force."""

    labels: tuple[tuple[Lint, law.Rule], ...]
    templates: tuple[tuple[TemplateLint, law.Rule], ...]
    absent: tuple[Finding, ...]


_judged: WeakKeyDictionary[Typesetter, dict[date, tuple[Finding, ...]]] = WeakKeyDictionary()
"""What was found in a typesetter's template: it never changes, so a day's rules read it once."""

_DAYS_REMEMBERED: Final = 8


def check(
    drafts: Sequence[Draft], probes: Sequence[LeakProbe], *, on: date, setter: Typesetter
) -> list[Passed | tuple[Finding, ...]]:
    """Return for each draft either the passed draft or all that was found, in the same order.

    ``probes`` are the vault's, one a draft; ``on`` is the Beijing date of printing, which chooses the rules; ``setter``
    sets the texts (and keeps the settings for the writer). Raises Misuse where drafts and probes do not pair.
    """
    if len(drafts) != len(probes):
        raise Misuse(f"{len(drafts)} drafts with {len(probes)} probes")
    if unfit := check_template(setter, on=on):
        return [unfit for _ in drafts]
    live = _live(on).labels
    return [_check_one(draft, probe, setter, live) for draft, probe in zip(drafts, probes, strict=True)]


def check_template(setter: Typesetter, *, on: date) -> tuple[Finding, ...]:
    """Return what keeps every label of a typesetter from leaving on a day: rules not in force, and what its template lacks."""
    known = _judged.setdefault(setter, {})
    if (found := known.get(on)) is None:
        live = _live(on)
        found = known[on] = live.absent + tuple(each for lint, rule in live.templates for each in lint(setter, rule))
    return found


def _check_one(
    draft: Draft, probe: LeakProbe, setter: Typesetter, live: tuple[tuple[Lint, law.Rule], ...]
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


@lru_cache(maxsize=_DAYS_REMEMBERED)
def _live(on: date) -> _Live:
    rules = {rule_id: law.rule(rule_id, on) for rule_id in RULES}
    return _Live(
        tuple((lint, rule) for rule_id, lint in LINTS.items() if (rule := rules[rule_id])),
        tuple((lint, rule) for rule_id, lint in TEMPLATE_LINTS.items() if (rule := rules[rule_id])),
        tuple(_no_rule(rule_id, on) for rule_id, rule in rules.items() if rule is None),
    )


def _no_rule(rule_id: str, on: date) -> Finding:
    says = Said(f"{on} 没有生效的规则 {rule_id}", f"no rule {rule_id} is in force on {on}")
    code = Refusal.NO_RULE_IN_FORCE
    return Finding(rule_id, "label", says, WORDS[code].remedy, rule_id, law.Weight.HOUSE, law.Confidence.JUDGEMENT, code)
