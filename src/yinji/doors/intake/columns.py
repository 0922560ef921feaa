"""Which column is what: the general Chinese headers, matched exactly."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal

ORDER: Final = "订单号"
NAME: Final = "收件人"
PHONE: Final = "收件人电话"
ADDRESS: Final = "收件地址"
CONTENTS: Final = "物品名称"
PIECES: Final = "数量"
REMARK: Final = "备注"
SORTING: Final = "三段码"
ORDERED: Final = "下单时间"

REQUIRED: Final = (ORDER, NAME, PHONE, ADDRESS, CONTENTS)
OPTIONAL: Final = (PIECES, REMARK, SORTING, ORDERED)

COLUMN_OF: Final = {
    "recipient.name": NAME,
    "recipient.phone": PHONE,
    "recipient.address": ADDRESS,
    "order.number": ORDER,
    "contents": CONTENTS,
    "remark": REMARK,
    "pieces": PIECES,
    "sorting_code": SORTING,
}
"""The column that a field of a label or plan came from, for the error file."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands. ``width`` is the header's length; ``dropped`` are headers nobody reads."""

    at: dict[str, int]
    width: int
    dropped: tuple[str, ...]


def read_header(cells: Sequence[str]) -> Columns | list[Refuse]:
    """Return where the columns stand, or every reason why this header will not do."""
    names = [cell.strip() for cell in cells]
    wanted = (*REQUIRED, *OPTIONAL)
    refused = [Refuse(Refusal.COLUMN_MISSING, name) for name in REQUIRED if name not in names]
    refused += [Refuse(Refusal.COLUMN_TWICE, name) for name in wanted if names.count(name) > 1]
    if refused:
        return refused
    at = {name: names.index(name) for name in wanted if name in names}
    return Columns(at, len(names), tuple(name for name in names if name not in at))
