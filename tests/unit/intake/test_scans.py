"""Parcel events from a file: a row becomes a report, or a refusal that names its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from yinji.doors.intake import scans
from yinji.doors.intake.reading.model import Record
from yinji.flows.issue_model import RowRefused
from yinji.kernel.clock import BEIJING
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.waybill.parcel.codes import code_lists
from yinji.waybill.parcel.model import Reported, Scan
from yinji.waybill.parcel.real_name import proof_of

HEADER = ["运单号", "状态", "时间", "网点代码", "来源", "事件号", "签收人"]
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=BEIJING)


def reader(mapping: scans.ScanMapping | None = None, codes: str = "yinji", header: list[str] = HEADER) -> scans.ScanReader:
    columns = scans.read_header(header, mapping)
    assert isinstance(columns, scans.ScanColumns)
    return scans.ScanReader(columns, code_lists()[codes], mapping, "CARRIER", NOW, 400)


def read(*cells: str, **told: object) -> Reported | list[tuple[Refusal, str]]:
    answer = reader(**told).read(Record(2, list(cells)))  # type: ignore[arg-type]  # what `reader` takes
    return answer if isinstance(answer, Reported) else [pair(each) for each in answer]


def pair(row: RowRefused) -> tuple[Refusal, str]:
    return row.refusal.code, row.refusal.at


def test_a_row_becomes_a_report_in_beijing_time() -> None:
    at_ms = int(datetime(2026, 11, 22, 9, 30, tzinfo=BEIJING).timestamp() * 1000)
    row = ("YJ1", "已签收", "2026/11/22 09:30:00", "HUB-1", "", "m-1", "某某")
    assert read(*row) == Reported("YJ1", Scan.DELIVERED, at_ms, "HUB-1", "CARRIER", "m-1")
    assert read("YJ1", "签收", "2026-11-22T01:30:00+00:00", "", "", "", "") == Reported(
        "YJ1", Scan.DELIVERED, at_ms, "", "CARRIER"
    )


@pytest.mark.parametrize("time", ["", "昨天", "2026-11-22 12:10:01", "2025-10-17 12:00", "2026-13-01 00:00"])
def test_a_time_that_cannot_be_is_refused(time: str) -> None:
    assert read("YJ1", "签收", time, "", "", "", "") == [(Refusal.SCAN_TIME_MALFORMED, "时间")]


def test_names_where_codes_belong_are_refused_and_every_fault_is_told() -> None:
    assert read("", "飞走了", "2026-11-22 09:00", "上海 张江网点", "某 某", "a b", "") == [
        (Refusal.SCAN_UNKNOWN, "状态"),
        (Refusal.SCAN_CODE_MALFORMED, "网点代码"),
        (Refusal.SCAN_CODE_MALFORMED, "来源"),
        (Refusal.SCAN_CODE_MALFORMED, "事件号"),
        (Refusal.NUMBER_MALFORMED, "运单号"),
    ]


def test_a_real_name_token_is_read_as_its_hash_and_an_identity_number_never() -> None:
    told = reader(header=["运单号", "状态", "时间", "实名凭证"])
    taken = told.read(Record(2, ["YJ1", "收寄", "2026-11-22 09:00", "RN-77-x"]))
    assert isinstance(taken, Reported)
    assert taken.proof == proof_of("RN-77-x")
    refused = told.read(Record(2, ["YJ1", "收寄", "2026-11-22 09:00", "110101199003070011"]))
    assert isinstance(refused, list)
    assert [pair(each) for each in refused] == [(Refusal.REAL_NAME_MALFORMED, "实名凭证")]


def test_a_row_of_another_shape_is_refused() -> None:
    assert read("YJ1", "签收") == [(Refusal.ROW_MISSHAPEN, "")]


def test_free_text_is_never_read_and_counted() -> None:
    columns = scans.read_header(HEADER)
    assert isinstance(columns, scans.ScanColumns)
    assert (columns.unread, "签收人" in columns.titles.values()) == (1, False)


def test_a_header_without_its_columns_says_which() -> None:
    missing = scans.read_header(["时间", "备注"])
    assert isinstance(missing, list)
    assert [(each.code, each.at) for each in missing] == [
        (Refusal.COLUMN_MISSING, "运单号"),
        (Refusal.COLUMN_MISSING, "状态代码"),
    ]


def test_a_mapping_gives_titles_and_codes(tmp_path: Path) -> None:
    file = tmp_path / "m.toml"
    file.write_text('[columns]\ncode = "scan_type"\nnumber = "bill"\n[codes]\n"A1" = "ACCEPTED"\n', encoding="utf-8")
    mapping = scans.read_mapping(file)
    report = reader(mapping, header=["bill", "scan_type", "time"]).read(Record(2, ["YJ1", "a1", "2026-11-22 09:00"]))
    assert isinstance(report, Reported)
    assert report.scan is Scan.ACCEPTED


@pytest.mark.parametrize(
    ("text", "at"),
    [("[", ""), ("[other]\n", ": other"), ('[columns]\nname = "x"\n', ": columns.name"), ('[codes]\nA = "B"\n', ": codes.A"), ("codes = 1\n", ": codes")],
)  # fmt: skip
def test_a_mapping_that_is_wrong_names_its_key(tmp_path: Path, text: str, at: str) -> None:
    file = tmp_path / "m.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(Fault) as wrong:
        scans.read_mapping(file)
    assert (wrong.value.code, wrong.value.at) == (Refusal.MAPPING_MALFORMED, f"{file}{at}")
