"""The verdict about one label, by the rules in force on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji import law
from yinji.label.inspection.laid_out import laid_out
from yinji.label.inspection.model import Judged, Outcome, Shown, Source
from yinji.label.inspection.rules import LOOKS
from yinji.label.inspection.rules.looking import Given, Sight
from yinji.law import Weight, citation

if TYPE_CHECKING:
    from datetime import date

    from yinji.label.inspection.model import SeenLabel
    from yinji.label.inspection.ports import VirtualNumbers
    from yinji.law import Rule

READ_FOR_SURE: Final = 0.6
"""A line that its reader trusts less may have been read wrong: what it shows cannot be told. A judgement of ours."""

_ORDERED: Final = frozenset((Weight.BINDING, Weight.RECOMMENDED))
_OF_PERSONS: Final = frozenset(
    ("gbt-41833-name", "gbt-41833-phone", "gbt-41833-address", "gbt-41833-visible-digits", "trade-landline")
)
"""What an exempt label may show of its recipient. Whether its ground holds only the case behind it can tell."""


def judge(label: SeenLabel, *, on: date, virtual: VirtualNumbers | None = None) -> Judged:
    """Return the verdict about a label on a Beijing date: FAILS where a rule is surely broken, CANNOT_TELL where it may be.

    It PASSES only where nothing was found and everything was read. The same label gives the same verdict.
    A rule that is not in force on that day is not looked for.
    """
    laid = laid_out(label)
    found: list[Shown] = []
    for rule_id, look in LOOKS.items():
        rule = law.rule(rule_id, on)
        if rule is not None:
            found += (_shown(_weighed(sight, rule, exempt=laid.exempt), rule) for sight in look(Given(laid, rule, virtual)))
    outcomes = {each.outcome for each in found}
    if Outcome.FAILS in outcomes:
        outcome = Outcome.FAILS
    else:
        outcome = Outcome.CANNOT_TELL if outcomes or not label.legible else Outcome.PASSES
    return Judged(label.place, outcome, tuple(found), label.missed, label.at)


def _weighed(sight: Sight, rule: Rule, *, exempt: bool) -> Sight:
    unsure = sight.source is Source.PICTURE and sight.sure < READ_FOR_SURE
    excused = exempt and rule.id in _OF_PERSONS
    return sight._replace(outcome=Outcome.CANNOT_TELL) if unsure or excused else sight


def _shown(sight: Sight, rule: Rule) -> Shown:
    certain = sight.outcome is Outcome.FAILS
    return Shown(
        rule=rule.id,
        says=sight.says,
        remedy=rule.remedy or rule.says,
        citation=citation(rule),
        weight=rule.weight,
        confidence=rule.confidence,
        outcome=sight.outcome,
        source=sight.source,
        regions=sight.regions,
        supports_order=certain and rule.weight in _ORDERED,
    )
