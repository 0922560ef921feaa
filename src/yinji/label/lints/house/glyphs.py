"""Rule of the house: every character has a glyph. A font would print an empty square, and nobody would notice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-glyphs"


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find characters that the font of their box cannot draw, and name them."""
    if None not in proof.settings:
        return ()
    setter = proof.setter
    boxes = zip(setter.template.boxes, proof.texts, strict=True)
    lacking = {box.field: setter.typeface(box.weight).missing(text) for box, text in boxes}
    return tuple(_said(rule, where, characters) for where, characters in lacking.items() if characters)


def _said(rule: Rule, where: str, characters: str) -> Finding:
    named = " ".join(f"{character if character.isprintable() else '·'} (U+{ord(character):04X})" for character in characters)
    return finding(rule, where, Said(f"字体没有这些字：{named}", f"the font lacks: {named}"), Refusal.GLYPH_MISSING)
