"""GB/T 41833-2022, as computed from it: what a label shows of one phone in several places counts together.

A phone field ``1******5678`` and a remark ``138****5678`` are each a mask, and together they leave four digits to guess. So are a
virtual number printed whole and a half-hidden number beside it that it could be the rest of.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.normal_form import normal
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.label.model import PartyMask
    from yinji.law import Rule

RULE_ID = "gbt-41833-visible-digits"

_MOBILE_DIGITS: Final = 11
_SHOWN_MAX: Final = 5
_QUICK: Final = re.compile("[0-9０-９][ -]?[*＊xX×●•·…#_]")
_AS_MARKS: Final = str.maketrans("xX×●•·#_", HIDDEN_MARK * 8, " -")
_NUMBER: Final = re.compile(r"(?<![0-9*])1[0-9*]{10}(?![0-9*])", re.ASCII)
_DIGITS: Final = re.compile(r"1[0-9]{10}", re.ASCII)


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find half-hidden numbers in contents and remark that show too much, alone or beside a party's own number."""
    draft = proof.draft
    if _QUICK.search(draft.remark) is None and _QUICK.search(draft.contents) is None:
        return ()
    most = rule.value or _SHOWN_MAX
    own = [number for party in (draft.recipient, draft.sender) if (number := _own(party))]
    texts = {"contents": draft.contents, "remark": draft.remark}
    return tuple(finding(rule, where, _says(most)) for where, text in texts.items() if _shows(text, own, most))


def _shows(text: str, own: list[str], most: int) -> bool:
    beside = [number for number in _NUMBER.findall(normal(text).translate(_AS_MARKS)) if HIDDEN_MARK in number]
    known = [*own, *beside]
    return any(together(one, other) > most for one in beside for other in known)


def _own(party: PartyMask) -> str:
    """Return what a party's own field shows of a mobile number, in eleven places; nothing where it is none."""
    if len(party.phone) == _MOBILE_DIGITS:
        return party.phone
    virtual = _DIGITS.search(party.virtual_number)
    return virtual[0] if virtual else ""


def together(one: str, other: str) -> int:
    """Return how many of eleven digits two masks show together; 0 where they cannot be of one number. They are of one length."""
    shown = 0
    for a, b in zip(one, other, strict=True):
        if HIDDEN_MARK not in {a, b} and a != b:
            return 0
        shown += a != HIDDEN_MARK or b != HIDDEN_MARK
    return shown


def _says(most: int) -> Said:
    return Said(
        f"与电话栏合在一起，同一号码露出超过 {most} 位",
        f"together with the phone field more than {most} digits of one number show",
    )
