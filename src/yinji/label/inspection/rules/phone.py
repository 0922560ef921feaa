"""GB/T 41833-2022, as reported: of a phone number six digits or more are hidden.

A whole mobile is shown as it is, unless it is a virtual number; by its shape it cannot be told from one. A register answers for
certain. Without one, a number with an extension, or beside words such as 虚拟号 or 隐私号, cannot be told; a bare one is taken for
what it looks like, and whoever printed it can show the register. Read off a picture, asterisks are miscounted: there the digits
that show are counted instead of those that do not.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.deid import FindingKind, PhoneKind, read_phone
from yinji.deid.numbers import TO_DIGITS
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.private import Private
from yinji.kernel.said import Said
from yinji.label.inspection.laid_out import Line
from yinji.label.inspection.model import Outcome, Source
from yinji.label.inspection.rules.looking import Sight
from yinji.label.inspection.rules.marks import MOBILE_DIGITS, half_hidden, waybill_numbers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.label.inspection.rules.looking import Given

RULE_ID = "gbt-41833-phone"

_SAID_VIRTUAL: Final = re.compile("虚拟|隐私号|隐私保护|号码保护|小号|中间号|virtual", re.IGNORECASE)
_OF_A_HOUSE: Final = re.compile(
    "客服|热线|投诉|网点|服务|监督|举报|快递员|派件员|收派员|业务员|站点|门店|hotline", re.IGNORECASE
)
"""Words that stand before a number of the carrier's own: it is no delivery user's."""

_BEFORE: Final = 12


def look(given: Given) -> Iterator[Sight]:
    """See whole mobiles, and half-hidden numbers that hide too little."""
    for line in given.label.lines:
        yield from _half_hidden(line, given)
        yield from _whole(line, given)


def _half_hidden(line: Line, given: Given) -> Iterator[Sight]:
    least = given.rule.value or MOBILE_DIGITS
    for start, _, number in half_hidden(line.plain):
        hidden = number.count(HIDDEN_MARK)
        shown = len(number) - hidden
        enough = shown <= MOBILE_DIGITS - least if line.source is Source.PICTURE else hidden >= least
        if not enough and not carriers_own(line.plain, start):
            says = Said(
                f"电话只隐藏了 {hidden} 位，应隐藏 {least} 位以上",
                f"{hidden} digits of a phone are hidden; {least} or more should be",
            )
            yield Sight(says, (line.region,), line.source, sure=line.confidence)


def _whole(line: Line, given: Given) -> Iterator[Sight]:
    own = waybill_numbers(line.plain, given.label.numbers)
    for finding in line.found:
        if finding.kind is not FindingKind.PHONE or carriers_own(line.plain, finding.span.start):
            continue
        if any(start < finding.span.end and finding.span.start < end for start, end in own):
            continue
        written = line.text[finding.span.start : finding.span.end]
        phone = read_phone(written.translate(TO_DIGITS))
        if isinstance(phone, Refuse):  # of another country, or in a dress that only the scan understands
            yield Sight(_WHOLE, (line.region,), line.source, sure=line.confidence)
            continue
        if phone.kind in {PhoneKind.SERVICE, PhoneKind.LANDLINE}:
            continue
        virtual = given.virtual.is_virtual(Private(written)) if given.virtual else None
        if virtual:
            continue
        doubtful = virtual is None and (
            phone.extension != "" or phone.kind is PhoneKind.VIRTUAL_700 or _SAID_VIRTUAL.search(line.plain) is not None
        )
        outcome = Outcome.CANNOT_TELL if doubtful else Outcome.FAILS
        yield Sight(_MAYBE if doubtful else _WHOLE, (line.region,), line.source, outcome, line.confidence)


def carriers_own(plain: str, start: int) -> bool:
    """Say whether the words just before a number call it the carrier's own."""
    return _OF_A_HOUSE.search(plain, max(0, start - _BEFORE), start) is not None


_WHOLE: Final = Said("电话号码完整印出", "a phone number is shown whole")
_MAYBE: Final = Said(
    "号码完整印出；可能是虚拟号码，凭形状不能判断，需与虚拟号码登记核对",
    "a number is shown whole; it may be a virtual one, which its shape cannot tell: compare with the register of virtual numbers",
)
