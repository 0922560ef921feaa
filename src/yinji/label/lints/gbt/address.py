"""GB/T 41833-2022, as reported: no unit, room, household or apartment number (单元户室号) is shown."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "gbt-41833-address"

_COUNT: Final = r"[0-9０-９A-Za-z〇零一二两三四五六七八九十百甲乙丙丁]"
_SHOWN: Final = re.compile(
    rf"{_COUNT}[号#]?(?:单元|室(?![内外])|户(?![外])|房(?![地产山屋店管交]))"  # 3单元, 十二室, 402户, B房
    rf"|(?:单元|房间|房号|户号|室号)号?[:：]?{_COUNT}"  # 房间 302, 单元3
    r"|[0-9０-９]+[-－—–][0-9０-９]+[-－—–][0-9０-９]+"  # 3-2-501: building, unit, room
)

_HINTS: Final = ("室", "户", "房", "单元", "-", "－", "—", "–")
"""Without one of these nothing can be found: eight quick looks for most labels instead of a slow one."""


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find addresses that show a unit or a room. Spaces do not hide one."""
    draft = proof.draft
    both = draft.recipient.address + draft.sender.address
    for hint in _HINTS:
        if hint in both:
            break
    else:
        return ()
    addresses = {"recipient.address": draft.recipient.address, "sender.address": draft.sender.address}
    shown = [where for where, address in addresses.items() if _SHOWN.search(address.replace(" ", ""))]
    return tuple(finding(rule, where, _SAYS) for where in shown)


_SAYS: Final = Said("地址露出了单元户室号", "the address shows a unit or room number")
