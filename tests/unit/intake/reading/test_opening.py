"""What a file is, is told by its content; what it cannot be, is refused with a remedy."""

from __future__ import annotations

import codecs
import csv
import io
import os
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.intake.reading.opened import BOUNDS, HEADER, is_header, read, read_or_fault, read_text, refused, refused_text
from tests.unit.intake.reading.workbooks import book, parts, sheet, write

from yinji.doors.intake.reading.model import FileBounds, FileForm, Form
from yinji.doors.intake.reading.opening import open_orders_file
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

ROW = ["A-1", "慕容晓棠", "望江路18号"]
TABLE = [(1, HEADER), (2, ROW)]


def table(delimiter: str = ",") -> str:
    return "".join(delimiter.join(row) + "\n" for row in (HEADER, ROW))


def form(path: Path) -> FileForm:
    with open_orders_file(path, BOUNDS, is_header=is_header) as file:
        return file.form


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "utf-32"])
@pytest.mark.parametrize("delimiter", [",", "\t", ";"])
def test_encoding_and_delimiter_are_found_out_and_told(tmp_path: Path, coding: str, delimiter: str) -> None:
    assert read_text(tmp_path, table(delimiter).encode(coding)) == TABLE
    found = form(tmp_path / "orders.csv")
    assert found == FileForm(Form.CSV, encoding=coding.removesuffix("-sig"), delimiter=delimiter)
    assert coding.removesuffix("-sig").upper() in found.said().zh


def test_the_delimiter_is_the_one_that_gives_a_header(tmp_path: Path) -> None:
    assert read_text(tmp_path, "导出：共 1 单,慕容,等,x\n" + table("\t")) == [(2, HEADER), (3, ROW)]
    assert read_text(tmp_path, "a;b;c,d\n1;2;3\n") == [(1, ["a", "b", "c,d"]), (2, ["1", "2", "3"])]
    assert read_text(tmp_path, "a\nb\n") == [(1, ["a"]), (2, ["b"])]


def test_a_first_line_that_could_be_either_encoding_does_not_decide(tmp_path: Path) -> None:
    raw = ("一隆\n" + table()).encode("gb18030")
    assert raw[:4].decode("utf-8")  # as the first two characters do in UTF-8
    assert read_text(tmp_path, raw) == [(2, HEADER), (3, ROW)]


def test_gb_18030_is_recognised_on_a_last_line_and_far_into_a_file(tmp_path: Path) -> None:
    assert read_text(tmp_path, "a,b\n慕容,1".encode("gb18030"))[1] == (2, ["慕容", "1"])
    assert read_text(tmp_path, b"a,bbbbbbbbbbbbbb\n" * 20_000 + "慕容,1\n".encode("gb18030"))[-1] == (20_001, ["慕容", "1"])


@pytest.mark.parametrize(("first", "then"), [("utf-8", "gb18030"), ("gb18030", "utf-8"), ("utf-8-sig", "gb18030")])
def test_mixed_encodings_name_the_line(tmp_path: Path, first: str, then: str) -> None:
    raw = (table() * 3).encode(first) + "A-2,欧阳,翠柏小区7幢\n".encode(then) + table().encode(first.removesuffix("-sig"))
    assert refused_text(tmp_path, raw) == (Refusal.FILE_NOT_TEXT, ":7")


def test_a_line_of_utf_8_that_would_pass_for_gb_18030_is_named(tmp_path: Path) -> None:
    foreign = "A-2,欧阳晓棠,翠柏小区\n".encode()
    assert "欧阳" not in foreign.decode("gb18030")  # no error, but other characters
    assert refused_text(tmp_path, table().encode("gb18030") + foreign) == (Refusal.FILE_NOT_TEXT, ":3")


def test_the_mark_of_utf_8_before_another_encoding_names_the_line(tmp_path: Path) -> None:
    assert refused_text(tmp_path, codecs.BOM_UTF8 + table().encode("gb18030")) == (Refusal.FILE_NOT_TEXT, ":1")


def test_what_a_file_is_called_does_not_matter(tmp_path: Path) -> None:
    assert read_text(tmp_path, table(), "orders.xlsx") == TABLE
    assert read(book(tmp_path / "orders.csv", [HEADER, ROW])) == TABLE


@pytest.mark.parametrize(
    "text", ["<html><table>", " \n<!DOCTYPE html>", '\ufeff<?xml version="1.0"?>', "<TABLE border=1>", "%PDF-1.7", "{\\rtf1"]
)
@pytest.mark.parametrize("name", ["orders.xls", "orders.csv"])
def test_a_web_page_and_other_forms_are_refused(tmp_path: Path, text: str, name: str) -> None:
    assert refused_text(tmp_path, text, name) == (Refusal.FILE_FORM_UNKNOWN, "")


def test_an_old_workbook_and_one_under_a_password_are_told_apart(tmp_path: Path) -> None:
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2_000_000)
    assert refused_text(tmp_path, ole + "Workbook".encode("utf-16-le"), "o.xls") == (Refusal.FILE_FORM_UNKNOWN, "")
    assert refused_text(tmp_path, ole + "EncryptedPackage".encode("utf-16-le"), "o.xlsx") == (Refusal.FILE_ENCRYPTED, "")


@pytest.mark.parametrize("text", ["", "\n", "\r\n \n", "\ufeff", ",,,\n,,\n"])
def test_a_file_without_a_row_is_empty(tmp_path: Path, text: str) -> None:
    assert refused_text(tmp_path, text) == (Refusal.FILE_EMPTY, "")


def test_a_header_alone_is_a_file_without_orders(tmp_path: Path) -> None:
    assert read_text(tmp_path, ",".join(HEADER)) == [(1, HEADER)]


def test_what_is_no_ordinary_file_is_refused(tmp_path: Path) -> None:
    assert refused(tmp_path) == (Refusal.FILE_UNREADABLE, "")
    os.mkfifo(tmp_path / "pipe")
    assert refused(tmp_path / "pipe") == (Refusal.FILE_UNREADABLE, "")
    (tmp_path / "loop").symlink_to("loop")
    assert refused(tmp_path / "loop") == (Refusal.FILE_UNREADABLE, "")
    assert refused(tmp_path / "none") == (Refusal.FILE_MISSING, "")
    assert refused(Path("/dev/zero")) == (Refusal.FILE_UNREADABLE, "")


def test_rows_columns_and_bytes_are_bounded(tmp_path: Path) -> None:
    path = tmp_path / "o.csv"
    path.write_text(table() * 3)
    assert refused(path, FileBounds(rows_max=4)) == (Refusal.FILE_TOO_LARGE, ":6")
    assert len(read(path, FileBounds(rows_max=5))) == 6
    assert refused(path, FileBounds(columns_max=2)) == (Refusal.FILE_TOO_LARGE, ":1")
    assert refused(path, FileBounds(bytes_max=10)) == (Refusal.FILE_TOO_LARGE, "")
    assert refused_text(tmp_path, "订单号," * 10_000 + "\n") == (Refusal.FILE_TOO_LARGE, ":1")


@pytest.mark.parametrize("late", [b"A-2,b,c\n", None])
def test_a_file_that_changes_while_it_is_read_is_refused(tmp_path: Path, late: bytes | None) -> None:
    path = tmp_path / "o.csv"
    path.write_text(table() * 20_000)
    with open_orders_file(path, BOUNDS) as file:
        rows = file.records()
        next(rows)
        if late:
            with path.open("ab") as out:
                out.write(late)
        else:
            os.truncate(path, 600_000)
        with pytest.raises(Fault) as raised:
            list(rows)
        assert raised.value.code is Refusal.FILE_BROKEN
        with pytest.raises(Fault):
            next(file.records())


def test_a_half_written_or_altered_workbook_is_broken(tmp_path: Path) -> None:
    path = book(tmp_path / "o.xlsx", [HEADER, *[ROW] * 50])
    whole = path.read_bytes()
    for cut in (5, len(whole) // 2, len(whole) - 1):
        path.write_bytes(whole[:cut])
        assert refused(path)[0] is Refusal.FILE_BROKEN
    with zipfile.ZipFile(io.BytesIO(whole)) as file:
        place = file.getinfo("xl/worksheets/sheet1.xml").header_offset + 70
    path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x10]) + whole[place + 1 :])
    assert refused(path)[0] is Refusal.FILE_BROKEN


@pytest.mark.parametrize("part", ["_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/worksheets/sheet1.xml"])
def test_a_workbook_that_lacks_a_part_is_broken(tmp_path: Path, part: str) -> None:
    made = parts({"a": sheet([HEADER])})
    del made[part]
    assert refused(write(tmp_path / "o.xlsx", made))[0] is Refusal.FILE_BROKEN


def test_a_zip_bomb_is_refused_before_it_is_unpacked(tmp_path: Path) -> None:
    made = parts({"a": sheet([HEADER])})
    path = write(tmp_path / "o.xlsx", made)
    assert refused(path, FileBounds(unpacked_bytes_max=1_000)) == (Refusal.FILE_BOMB, "")
    assert refused(path, FileBounds(parts_max=3)) == (Refusal.FILE_BOMB, "")
    bomb = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as file:
        row = bomb.rindex(b"PK\x01\x02")
        assert file.infolist()
    struct.pack_into("<L", bomb, row + 24, 3 << 30)  # the size it says it unpacks to
    path.write_bytes(bomb)
    assert refused(path) == (Refusal.FILE_BOMB, "")


def test_a_zip_under_a_password_and_one_packed_otherwise_are_refused(tmp_path: Path) -> None:
    path = write(tmp_path / "o.xlsx", parts({"a": sheet([HEADER])}))
    raw = bytearray(path.read_bytes())
    raw[raw.rindex(b"PK\x01\x02") + 8] |= 1
    path.write_bytes(raw)
    assert refused(path) == (Refusal.FILE_ENCRYPTED, "")
    with zipfile.ZipFile(path, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("xl/workbook.xml", "x")
    assert refused(path) == (Refusal.FILE_BROKEN, "")


CELLS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\ufeff\r\n"), max_size=8)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the folder is the same, the file new
@given(
    st.lists(st.lists(CELLS, min_size=3, max_size=3).filter(any), max_size=5), st.sampled_from(["utf-8", "gb18030", "utf-16"])
)
def test_any_table_of_texts_is_read_back_in_any_encoding(tmp_path: Path, rows: list[list[str]], coding: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, quoting=csv.QUOTE_ALL).writerows([HEADER, *rows])
    assert [each.cells for each in read_text(tmp_path, out.getvalue().encode(coding))] == [HEADER, *rows]


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])  # the folder is the same, the file new
@given(st.binary(max_size=200) | st.text('[]{}",:1a\n<PK\x03\x04', max_size=80).map(str.encode))
def test_any_bytes_give_records_or_a_fault(tmp_path: Path, raw: bytes) -> None:
    path = tmp_path / "any"
    path.write_bytes(raw)
    found = read_or_fault(path)
    assert found.at.startswith(str(path)) if isinstance(found, Fault) else found
