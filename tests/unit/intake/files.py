"""Invented order files."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date

from yinji.doors.intake.columns import Columns, read_header
from yinji.doors.intake.orders import Bounds, read_orders
from yinji.doors.intake.records import Record, read_records
from yinji.flows.issue_model import RowRefused
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Order

HEADER = "订单号,收件人,收件人电话,收件地址,物品名称,数量,备注,三段码,下单时间"
NAME, PHONE, ADDRESS = "慕容晓棠", "13977665544", "浙江省杭州市西湖区望江路18号翠柏小区7幢1304室"
GOOD = {
    "订单号": "A-1", "收件人": NAME, "收件人电话": PHONE, "收件地址": ADDRESS, "物品名称": "陶瓷茶具",
    "数量": "2", "备注": "轻放", "三段码": "571-A12 03", "下单时间": "2026-11-20",
}  # fmt: skip
TODAY = date(2026, 11, 21)
BOUNDS = Bounds.around(TODAY, cell_characters_max=500, order_days_max=400)


def columns(header: str = HEADER) -> Columns:
    found = read_header(header.split(","))
    assert isinstance(found, Columns)
    return found


def records(text: str | bytes) -> list[Record]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read_records(io.BytesIO(raw), name="orders.csv"))


def records_or_none(raw: bytes) -> list[Record] | None:
    """Return the records, or None where the file is refused as no text; anything else is raised."""
    try:
        return records(raw)
    except Fault as fault:
        if fault.code is Refusal.FILE_NOT_TEXT:
            return None
        raise


def answers(rows: Iterable[Record], bounds: Bounds = BOUNDS) -> list[Order | list[RowRefused]]:
    return list(read_orders(iter(rows), columns(), bounds))


def answer(**cells: str) -> Order | list[RowRefused]:
    """Return what becomes of a good row with some cells changed."""
    assert set(cells) <= set(GOOD)
    (only,) = answers([Record(7, list((GOOD | cells).values()))])
    return only


def order(**cells: str) -> Order:
    found = answer(**cells)
    assert isinstance(found, Order), found
    return found


def codes(found: Order | list[RowRefused]) -> list[tuple[Refusal, str]]:
    assert isinstance(found, list), found
    return [(each.refusal.code, each.refusal.at) for each in found]
