"""Invented order files, and what becomes of their rows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

from yinji.doors.intake.parcels import Parcel, Spoilt, read_parcels
from yinji.doors.intake.presets.model import Preset
from yinji.doors.intake.presets.recognition import Layout, lay_out, recognise
from yinji.doors.intake.presets.shelf import preset_called, presets
from yinji.doors.intake.reading.csv_records import read_records
from yinji.doors.intake.reading.model import Record
from yinji.doors.intake.row_model import AnyRow, BadRow, Bounds, Row
from yinji.doors.intake.rows import RowReader
from yinji.doors.intake.survey import Survey, survey
from yinji.kernel.clock import BEIJING
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import Order

EXAMPLES = Path(__file__).resolve().parents[3] / "examples"
HEADER = "订单号,收件人,收件人电话,收件地址,物品名称,数量,备注,三段码,下单时间"
NAME, PHONE, ADDRESS = "慕容晓棠", "13977665544", "浙江省杭州市西湖区望江路18号翠柏小区7幢1304室"
GOOD = {
    "订单号": "A-1", "收件人": NAME, "收件人电话": PHONE, "收件地址": ADDRESS, "物品名称": "陶瓷茶具",
    "数量": "2", "备注": "轻放", "三段码": "571-A12 03", "下单时间": "2026-11-20",
}  # fmt: skip
TODAY = date(2026, 11, 21)
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=BEIJING)
BOUNDS = Bounds.around(NOW, cell_characters_max=500, order_days_max=400)
KEY = b"invented key 16b"


def called(name: str) -> Preset:
    found = preset_called(name)
    assert isinstance(found, Preset)
    return found


def layout(header: Sequence[str], preset: str | Preset = "") -> Layout:
    """Where the fields of a header stand, under the preset that it tells or the one that is named."""
    if not preset:
        found = recognise(header, presets())
    else:
        found = lay_out(header, called(preset) if isinstance(preset, str) else preset)
    assert isinstance(found, Layout), found
    return found


def records(text: str | bytes) -> list[Record]:
    raw = text.encode() if isinstance(text, str) else text
    return list(read_records(io.BytesIO(raw), name="orders.csv"))


def example(name: str, encoding: str = "utf-8-sig") -> tuple[Layout, list[Record]]:
    """An example's layout and its rows."""
    with (EXAMPLES / name).open(encoding=encoding, newline="") as file:
        header, *rows = csv.reader(file)
    return layout(header), [Record(line, row) for line, row in enumerate(rows, 2)]


def answers(rows: Iterable[Record], bounds: Bounds = BOUNDS, header: str = HEADER) -> list[AnyRow]:
    return list(RowReader(layout(header.split(",")), bounds).rows(rows))


def answer(**cells: str) -> AnyRow:
    """What becomes of a good row with some cells changed, and columns added."""
    named = GOOD | cells
    (only,) = answers([Record(7, list(named.values()))], header=",".join(named))
    return only


def row(**cells: str) -> Row:
    found = answer(**cells)
    assert isinstance(found, Row), found
    return found


def codes(found: AnyRow) -> list[tuple[Refusal, str]]:
    assert isinstance(found, BadRow), found
    return [(each.code, each.at) for each in found.refused]


def surveyed(where: Layout, rows: Sequence[Record]) -> Survey:
    return survey(RowReader(where, BOUNDS).rows(rows), where, key=KEY)


def sorted_out(where: Layout, rows: Sequence[Record]) -> list[Parcel | Spoilt]:
    """Both passes over a file."""
    reader = RowReader(where, BOUNDS)
    found = survey(reader.rows(rows), where, key=KEY)
    return list(read_parcels(reader.rows(rows), where, scattered=found.scattered, key=KEY))


def parcels(where: Layout, rows: Sequence[Record]) -> list[Order]:
    return [each.order for each in sorted_out(where, rows) if isinstance(each, Parcel)]


def refusals(where: Layout, rows: Sequence[Record]) -> list[tuple[int, Refusal]]:
    spoilt = [each for each in sorted_out(where, rows) if isinstance(each, Spoilt)]
    return sorted((each.line, each.refusal.code) for one in spoilt for each in one.refused)
