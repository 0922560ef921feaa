"""The page ``docs/reference/rules.md``, made from the rule packs."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from yinji.law.force import citation, every_version, pack_versions
from yinji.law.model import Treatment, Weight

if TYPE_CHECKING:
    from yinji.law.model import Rule

_WEIGHTS: Final = {
    Weight.BINDING: "binding law (有约束力)",
    Weight.RECOMMENDED: "recommended standard (推荐性标准)",
    Weight.TRADE: "habit of the trade, not law (行业惯例，非法律)",
    Weight.HOUSE: "rule of the house, not law (产品规则，非法律)",
}

_TREATMENTS: Final = {
    Treatment.HARD: "hard: the software refuses",
    Treatment.PARAMETER: "versioned parameter",
    Treatment.DEFAULT: "proposal, may be changed",
    Treatment.HUMAN: "judged by a person",
}

_HEAD: Final = """# Rules 规则

Made from the rule packs in `src/yinji/law/packs/`; edit those, never this page.

Packs: `{version}`. Each issued label records that of `label`, so that coverage can be told by rule pack (`yinji coverage`).

Weight: what stands behind a rule. Only *binding law* binds; a recommended standard, a habit of the trade and a rule of the house
do not, though the software refuses for their sake too. A finding on a label says which of them it is.

{weights}

Confidence: A statute read in full; A* full text in an unofficial copy; B press report, catalogue or notice as quoted by
others; C general knowledge; U not confirmed; draft; computed; judgement.
"""


def rules_page() -> str:
    """Return the page as Markdown, ending in one line feed; the same packs give the same bytes."""
    counted = Counter(rule.weight for rule in every_version())
    weights = "\n".join(f"* {named}: {counted[weight]}" for weight, named in _WEIGHTS.items())
    return "\n".join([_HEAD.format(version=pack_versions(), weights=weights), *map(_section, every_version())])


def _section(rule: Rule) -> str:
    last = f"to {rule.effective_to}" if rule.effective_to else "no end known"
    rows = [
        ("says", f"{rule.says.zh}<br>{rule.says.en}"),
        ("citation", citation(rule)),
        ("text", f"{rule.law_title.zh}<br>{rule.law_title.en}; version {rule.version}"),
        ("value", "none stated" if rule.value is None else f"{rule.value} {rule.unit}"),
        *((("names", ", ".join(rule.names)),) if rule.names else ()),
        ("weight", _WEIGHTS[rule.weight]),
        *((("remedy", f"{rule.remedy.zh}<br>{rule.remedy.en}"),) if rule.remedy else ()),
        ("treatment", _TREATMENTS[rule.treatment]),
        ("confidence", rule.confidence.value),
        ("in force", f"from {rule.effective_from}, {last}"),
        ("source", rule.source_title),
    ]
    table = "\n".join(f"| {what} | {value} |" for what, value in rows)
    return f"### {rule.id} from {rule.effective_from}\n\n| | |\n|---|---|\n{table}\n"
