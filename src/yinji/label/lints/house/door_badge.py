"""Rule of the house: the badge of a door or station says how to deliver, in one of the words known; a room is none of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-door-badge"

KNOWN: Final = frozenset(
    ("派门", "上门", "送货上门", "派送上门", "必须上门", "按需", "按需派送", "驿站", "站", "自提", "自提点", "自提柜", "快递柜", "智能柜",
     "柜", "代收点", "网点自提", "门卫", "门")
)  # fmt: skip


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find other words on the badge."""
    door = proof.draft.door
    if not door or door in KNOWN:
        return ()
    return (finding(rule, "door", _SAYS, Refusal.LABEL_MISSTATES),)


_SAYS: Final = Said("不是已知的派送标识", "it is none of the badges known")
