"""What stands behind a rule, as a user reads it: law, a standard, the trade or the house, and how sure we are of what it says."""

from __future__ import annotations

from typing import Final

from yinji.kernel.said import Said
from yinji.law.model import Confidence, Weight

WEIGHTS: Final = {
    Weight.BINDING: Said("法律法规", "binding law"),
    Weight.RECOMMENDED: Said("推荐性标准", "recommended standard"),
    Weight.TRADE: Said("行业惯例", "habit of the trade"),
    Weight.HOUSE: Said("产品规则", "rule of the house"),
}


def standing(weight: Weight, confidence: Confidence | None) -> Said:
    """Return weight and confidence in a few words."""
    said = WEIGHTS[weight]
    if confidence is None:
        return said
    return Said(f"{said.zh}，可信度 {confidence.value}", f"{said.en}, confidence {confidence.value}")
