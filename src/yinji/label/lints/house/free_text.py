"""Rule of the house: contents, remark and agreed check, as they are printed, show nobody: neither a party of the parcel nor anybody else.

The scan of `yinji.deid` reads them again, after whatever was hidden: it must find nothing that it is as sure of as the rule says.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final

from yinji.deid import scan
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "house-free-text"

_PERCENT: Final = 100
_REMEMBERED_MAX: Final = 8_192
"""Texts that many parcels share (goods, standing remarks); what is remembered is a verdict on a text that may be printed."""


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find people in contents, remark and agreed check."""
    draft, least = proof.draft, rule.value or 1
    check = draft.agreed_check
    if not _shows(draft.contents, least) and not _shows(draft.remark, least) and not (check and _shows(check, least)):
        return ()
    texts = {"contents": draft.contents, "remark": draft.remark, "agreed_check": check}
    return tuple(_said(rule, where, text, least) for where, text in texts.items() if _shows(text, least))


@lru_cache(maxsize=_REMEMBERED_MAX)
def _shows(text: str, least: int) -> bool:
    return any(round(each.confidence * _PERCENT) >= least for each in scan(text))


def _said(rule: Rule, where: str, text: str, least: int) -> Finding:
    kinds = ", ".join(dict.fromkeys(each.kind.value for each in scan(text) if round(each.confidence * _PERCENT) >= least))
    return finding(rule, where, Said(f"文字中有人的信息（{kinds}）", f"the text shows a person ({kinds})"))
