"""GB/T 41833-2022, as reported: no unit, room, household or apartment number (单元户室号) is shown.

It reads the normal form that the masks read, so that a number in another dress is a number here too. On doubt it refuses.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid.normal_form import NUMERALS, normal
from yinji.kernel.said import Said
from yinji.label.lints.finding import Finding, Proof, finding

if TYPE_CHECKING:
    from yinji.law import Rule

RULE_ID = "gbt-41833-address"

_COUNT: Final = f"[0-9A-Za-z{NUMERALS}甲乙丙丁]"
_SHOWN: Final = re.compile(
    rf"{_COUNT}[号#]?(?:单元|室(?![内外])|户(?![外])|房(?![地产山屋店管交]))"  # 3单元, 十二室, 402户, B房
    rf"|(?:单元|房间|房号|户号|室号)号?:?{_COUNT}"  # 房间 302, 单元3
    r"|[0-9]+[-杠][0-9]+[-杠][0-9]+"  # 3-2-501: building, unit, room
    rf"|(?:[栋幢座]|号楼)[-#杠]?(?:[0-9]{{3}}|[{NUMERALS}]{{2}})(?![路街道])"  # 3栋501, 叁栋贰伍零壹
    rf"|(?<![路街道巷弄段线{NUMERALS}])[{NUMERALS}]{{3,}}(?:号?(?=[,.;*]|$))"  # 小区五〇一
    rf"|第[0-9{NUMERALS}]{{1,3}}(?:家(?![园具居电纺政])|间|户)|[楼层门栋幢][左右]手"  # 五楼东边第二家
    r"|[”」』]房(?![地产山屋店管交])"  # “听风”房: a room that has a name instead of a number
    r"|1[3-9][0-9]{9}"  # a mobile
)

_HINT: Final = re.compile(
    f"[室户房单第]|[0-9][-杠][0-9]|[栋幢座][-#杠]?[0-9{NUMERALS}]|号楼[-#杠]?[0-9{NUMERALS}]|[左右]手|[{NUMERALS}]{{3}}|[0-9]{{11}}"
)
"""Without one of these nothing can be found: a quick look for most labels instead of a slow one."""


def lint(proof: Proof, rule: Rule) -> tuple[Finding, ...]:
    """Find addresses that show a unit or a room, where the parcel was picked up too. Spaces do not hide one."""
    draft = proof.draft
    if _HINT.search(_plain(draft.recipient.address + draft.sender.address + draft.collected_at)) is None:
        return ()
    addresses = {
        "recipient.address": "" if draft.exemption else draft.recipient.address,
        "sender.address": draft.sender.address,
        "collected_at": draft.collected_at,
    }
    return tuple(finding(rule, where, _SAYS) for where, address in addresses.items() if shows_room(address))


def shows_room(address: str) -> bool:
    """Say whether an address, masked or not, shows a unit or a room by its words or by the form of its numbers."""
    return _SHOWN.search(_plain(address)) is not None


def _plain(address: str) -> str:
    return normal(address).replace(" ", "")


_SAYS: Final = Said("地址露出了单元户室号", "the address shows a unit or room number")
