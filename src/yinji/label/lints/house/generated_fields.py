"""Rule of the house: what a program writes on a label has its form, so that nothing else can be slipped into such a field."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.codes.grammar import WAYBILL_NUMBER
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.label.model import Draft
    from yinji.law import Rule

RULE_ID = "house-generated-fields"

_MOMENT: Final = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2} [0-9]{2}:[0-9]{2}", re.ASCII)
_CODE: Final = re.compile(r"[0-9A-Za-z_.-]{1,32}", re.ASCII)


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find a time, a count, a package, an original number or a courier's code that is malformed."""
    draft = proof.draft
    if (
        _MOMENT.fullmatch(draft.printed_at)
        and draft.pieces > 0
        and draft.packages == 1
        and draft.package == 1
        and not draft.courier
        and not draft.original
    ):
        return ()
    return tuple(finding(rule, where, _SAYS, Refusal.LABEL_MISSTATES) for where in _malformed(draft))


def _malformed(draft: Draft) -> list[str]:
    fine = {
        "printed_at": _MOMENT.fullmatch(draft.printed_at),
        "pieces_shown": draft.pieces > 0,
        "package_shown": 1 <= draft.package <= draft.packages,
        "courier_shown": not draft.courier or (_CODE.fullmatch(draft.courier) and not _calls(draft.courier)),
        "original": not draft.original or WAYBILL_NUMBER.fullmatch(draft.original),
    }
    return [where for where, holds in fine.items() if not holds]


_MOBILE: Final = re.compile("1[3-9][0-9]{9}")


def _calls(code: str) -> bool:
    """Tell whether a courier's code is a number to call: a person as well."""
    return _MOBILE.search(code) is not None


_SAYS: Final = Said("写法不对", "it is malformed")
