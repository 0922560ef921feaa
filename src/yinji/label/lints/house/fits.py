"""Rule of the house: every text fits its box, after shrinking and wrapping."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-text-fits"


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find texts that have no setting though every character has its glyph (else `glyphs` speaks)."""
    if None not in proof.settings:
        return ()
    boxes = zip(proof.setter.template.boxes, proof.texts, proof.settings, strict=True)
    unset = [(box, text) for box, text, setting in boxes if setting is None]
    too_long = [box.field for box, text in unset if not proof.setter.typeface(box.weight).missing(text)]
    return tuple(finding(rule, where, _SAYS, Refusal.TEXT_DOES_NOT_FIT) for where in dict.fromkeys(too_long))


_SAYS: Final = Said("文字缩小、换行后仍放不进框", "the text does not fit its box even when it shrinks and wraps")
