"""GB/T 41833-2022, as reported: a waybill has zones for codes, destination, recipient, sender, contents and signature.

What a zone is called is not fixed: a zone that cannot be told by its words or its place is not said to be missing.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.laid_out import Side
from yinji.label.inspection.model import Outcome, Region, Source
from yinji.label.inspection.rules.looking import Sight

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given

RULE_ID = "gbt-41833-zones"

_CONTENTS: Final = re.compile("物品|内件|品名|托寄物|备注|货物|商品|contents", re.IGNORECASE)
_SIGNATURE: Final = re.compile("签收|签名|签字|signature", re.IGNORECASE)
_WHOLE: Final = Region(0.0, 0.0, 1.0, 1.0)


def look(given: Given) -> Iterator[Sight]:
    """See which zones could not be told. Off a picture nothing is said: small words are lost there first."""
    label = given.label
    if label.pictured:
        return
    sides = {party.side for party in label.parties}
    known = {
        Said("码号", "codes"): bool(label.payloads),
        Said("收件人", "recipient"): Side.RECIPIENT in sides,
        Said("寄件人", "sender"): Side.SENDER in sides,
        Said("内件", "contents"): any(_CONTENTS.search(line.plain) for line in label.lines),
        Said("签收", "signature"): any(_SIGNATURE.search(line.plain) for line in label.lines),
    }
    if missing := [zone for zone, told in known.items() if not told]:
        zh, en = "、".join(zone.zh for zone in missing), ", ".join(zone.en for zone in missing)
        says = Said(f"看不出这些信息区：{zh}", f"these zones could not be told: {en}")
        yield Sight(says, (_WHOLE,), Source.TEXT, Outcome.CANNOT_TELL)
