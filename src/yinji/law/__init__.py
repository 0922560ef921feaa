"""What the law says, as dated records with their source and how sure we are of it.

Holds: rule packs (`packs/*.toml`), the rule in force on a day, citations, the page that lists them.
Promises: every rule names its text, version, article (or that it was not seen), days and confidence; two versions of a
rule are never in force on one day; a pack that cannot be read stops the program and names place and remedy.
Never: holds a number without a source; knows a clock, a network or a setting; states a recommended standard or a rule
of the house as binding law.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.lazily import lazily

if TYPE_CHECKING:
    from yinji.law.force import citation, pack_version, rule, rules
    from yinji.law.model import Confidence, Rule, Treatment, Weight
    from yinji.law.reference import rules_page
    from yinji.law.weights import standing

__all__ = ["Confidence", "Rule", "Treatment", "Weight", "citation", "pack_version", "rule", "rules", "rules_page", "standing"]

_WHERE = {
    "Confidence": "model",
    "Rule": "model",
    "Treatment": "model",
    "Weight": "model",
    "citation": "force",
    "pack_version": "force",
    "rule": "force",
    "rules": "force",
    "rules_page": "reference",
    "standing": "weights",
}

__getattr__ = lazily(__name__, _WHERE)
