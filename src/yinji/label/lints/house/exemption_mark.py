"""Rule of the house: a label that shows its recipient says so, on every ply that shows one, and by a known ground.

The other rules let a recipient stand whole only where the draft names an exemption: without it they refuse. No law in force
exempts anything: the ground comes from a draft (``exemption-judicial``), which the pack shows as one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, PlyProof, Proof, finding
from yinji.label.model import LAW, ON_DRAFT, PAPERS

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-exemption-mark"

GROUNDS: Final = ("法院专递", PAPERS, LAW, ON_DRAFT)
"""How a known ground begins; what is sent may follow (法院专递送达)."""

_SHOWS: Final = ("recipient.name", "recipient.phone")


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find exemptions without a known ground, and plies that show an exempt recipient without the mark."""
    ground = proof.draft.exemption
    if not ground:
        return ()
    if not ground.startswith(GROUNDS):
        return (finding(rule, "exemption", _UNKNOWN, Refusal.LABEL_MISSTATES),)
    marked = proof.draft.exemption_shown
    if all(marked in ply.texts for ply in proof.plies if _shows(ply)):
        return ()
    return (finding(rule, "exemption", _UNMARKED, Refusal.LABEL_UNFIT),)


def _shows(ply: PlyProof) -> bool:
    """Tell whether a ply shows its recipient: a name or a phone of which nothing is hidden."""
    shown = (ply.text_of(field) for field in _SHOWS)
    return any(text and HIDDEN_MARK not in text for text in shown)


_UNKNOWN: Final = Said("豁免的事由不在列", "the ground of the exemption is none of those known")
_UNMARKED: Final = Said("露出收件人的一联没有豁免标识", "a ply that shows the recipient has no mark of the exemption")
