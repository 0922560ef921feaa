"""Habit of the trade: a landline is hidden as a mobile is, wherever it stands. The outlet's and the hotline's own are no person's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.normal_form import normal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "trade-landline"

LANDLINE: Final = re.compile(
    r"(?<![0-9*])0(?:10|2[0-9]|[3-9][0-9]{2})[)）]?[ -]?[2-9][0-9]{2,3}[ -]?[0-9]{4}(?![0-9*])", re.ASCII
)
"""Area code and seven or eight digits (numbering plan: 010, 02x with eight digits, the others with seven or eight)."""

_ZERO: Final = re.compile("0[1-9]")


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find whole landlines in what comes from a person: addresses, contents, remark."""
    draft = proof.draft
    to, sender = draft.recipient.address, draft.sender.address
    if _ZERO.search(normal(f"{to}\n{sender}\n{draft.contents}\n{draft.remark}")) is None:
        return ()
    texts = {"recipient.address": to, "sender.address": sender, "contents": draft.contents, "remark": draft.remark}
    return tuple(finding(rule, where, _SAYS) for where, text in texts.items() if LANDLINE.search(normal(text)))


_SAYS: Final = Said("出现了完整的固定电话", "a whole landline number is shown")
