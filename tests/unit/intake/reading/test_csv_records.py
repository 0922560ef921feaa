"""Lines into records: what is spoiled stays small."""

from __future__ import annotations

import codecs
import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.intake.reading.opened import records, records_or_none

from yinji.doors.intake.reading.csv_records import LINES_MAX, read_records
from yinji.doors.intake.reading.lines import LINE_CHARACTERS_MAX
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal


def refused(raw: bytes) -> str:
    with pytest.raises(Fault) as raised:
        records(raw)
    assert raised.value.code is Refusal.FILE_NOT_TEXT
    return raised.value.at


def test_a_plain_file_is_its_lines() -> None:
    assert records("a,b\n1,2\n3,4\n") == [(1, ["a", "b"]), (2, ["1", "2"]), (3, ["3", "4"])]


def test_the_last_line_needs_no_end() -> None:
    assert records("a\nb") == [(1, ["a"]), (2, ["b"])]


@pytest.mark.parametrize("raw", [b"", b"\n", b"\r\n\r\n", codecs.BOM_UTF8, b"  \n\t\n", "\u3000\n".encode()])
def test_an_empty_file_has_no_records(raw: bytes) -> None:
    assert records(raw) == []


def test_blank_lines_are_passed_over_and_counted() -> None:
    assert records("a\n\n  \nb\n") == [(1, ["a"]), (4, ["b"])]


def test_quotes_commas_and_doubled_quotes_are_read() -> None:
    assert records('"a,b","c""d",e\n') == [(1, ["a,b", 'c"d', "e"])]


def test_a_cell_may_hold_line_breaks() -> None:
    assert records('1,"甲\n乙\r\n丙",x\n2,b,c\n') == [(1, ["1", "甲\n乙\r\n丙", "x"]), (4, ["2", "b", "c"])]


def test_line_ends_may_be_mixed() -> None:
    assert records("a,b\r\nc,d\ne,f\r\n") == [(1, ["a", "b"]), (2, ["c", "d"]), (3, ["e", "f"])]


def test_a_lone_return_ends_a_line_as_old_spreadsheets_write_it() -> None:
    assert records("a,b\rc,d\re,f") == [(1, ["a", "b"]), (2, ["c", "d"]), (3, ["e", "f"])]
    assert records('a,b\r"c\rd",e\r\nf,g\n') == [(1, ["a", "b"]), (2, ["c\rd", "e"]), (4, ["f", "g"])]


def test_a_line_of_nothing_but_delimiters_is_passed_over() -> None:
    assert records("a,b\n,\n1,2\n,,,\n") == [(1, ["a", "b"]), (3, ["1", "2"])]


@pytest.mark.parametrize("more", [0, 3, LINES_MAX - 1, LINES_MAX, 3 * LINES_MAX])
def test_a_lost_quote_spoils_only_its_line_and_the_rest_go_on(more: int) -> None:
    rest = "".join(f"{n},好,x\n" for n in range(more))
    assert records('a,b,c\n1,"甲,x\n' + rest) == [(1, ["a", "b", "c"]), (2, None)] + [
        (3 + n, [str(n), "好", "x"]) for n in range(more)
    ]


def test_a_quote_inside_a_cell_spoils_only_its_line() -> None:
    assert records('1,甲"乙,x\n2,b,c\n') == [(1, None), (2, ["2", "b", "c"])]


def test_two_lost_quotes_spoil_only_their_two_lines() -> None:
    """The good row between them must be issued, or be named: it must not vanish."""
    assert records('1,"甲,x\n2,b,c\n3,"丙,x\n4,d,e\n') == [(1, None), (2, ["2", "b", "c"]), (3, None), (4, ["4", "d", "e"])]


def test_a_quoted_cell_of_too_many_lines_is_given_up_after_its_first() -> None:
    found = records('1,"' + "\n" * LINES_MAX + '",x\n2,b,c\n')
    assert found[0] == (1, None)
    assert found[-1] == (LINES_MAX + 2, ["2", "b", "c"])


def test_a_byte_order_mark_is_taken_off_the_first_line_only() -> None:
    assert records(codecs.BOM_UTF8 + "订单号\n\ufeff1\n".encode()) == [(1, ["订单号"]), (2, ["\ufeff1"])]


def test_a_byte_order_mark_before_a_quote_is_taken_off() -> None:
    assert records(codecs.BOM_UTF8 + b'"a",b\n') == [(1, ["a", "b"])]


@pytest.mark.parametrize("line", [1, 2, 5])
def test_bytes_that_are_not_utf_8_name_their_line(line: int) -> None:
    assert refused(b"a,b\n" * (line - 1) + "收件人".encode("gb18030") + b"\n") == f"orders.csv:{line}"


@pytest.mark.parametrize("coding", ["utf-16", "utf-16-le", "utf-32"])
def test_another_coding_is_refused_at_its_first_line(coding: str) -> None:
    assert refused("订单号,收件人\n".encode(coding)) == "orders.csv:1"


def test_a_nul_names_its_line() -> None:
    assert refused(b"a,b\n1,\x002\n") == "orders.csv:2"


def test_a_line_without_end_is_bounded() -> None:
    assert refused(b"a,b\n" + b"x" * (2 * LINE_CHARACTERS_MAX)) == "orders.csv:2"


def test_a_line_within_the_bound_is_read() -> None:
    cell = "x" * 100_000
    assert records(f"{cell},{cell}\n") == [(1, [cell, cell])]


def test_a_cell_beyond_the_csv_readers_limit_spoils_only_its_line() -> None:
    assert records("x" * 500_000 + ",b\nc,d\n") == [(1, None), (2, ["c", "d"])]


CELLS = st.text(st.characters(exclude_characters="\0\ufeff", exclude_categories=["Cs"]), max_size=12)
SMALL = CELLS.filter(lambda cell: cell.count("\n") + cell.count("\r") < LINES_MAX // 5)


@given(st.lists(st.lists(SMALL, min_size=2, max_size=4), max_size=6), st.sampled_from(["\n", "\r\n"]))
def test_what_a_csv_writer_writes_is_read_as_it_was(rows: list[list[str]], end: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator=end, quoting=csv.QUOTE_ALL).writerows(rows)
    assert [each.cells for each in records(out.getvalue())] == [row for row in rows if any(row)]


@given(st.lists(st.text("ab \t;,|'\\x1c\u3000\x85", max_size=12), max_size=5), st.sampled_from([",", ";", "\t"]))
def test_a_line_without_a_quote_is_cut_as_the_csv_module_cuts_it(lines: list[str], delimiter: str) -> None:
    theirs = [row for row in csv.reader(lines, delimiter=delimiter, strict=True) if any(row) and "".join(row).strip()]
    raw = io.BytesIO("".join(f"{line}\n" for line in lines).encode())
    ours = [each.cells for each in read_records(raw, name="orders.csv", delimiter=delimiter)]
    assert [row for row in ours if row and "".join(row).strip()] == theirs


@given(st.binary(max_size=300) | st.text('a,"\r\n\0\ufeff', max_size=120).map(str.encode))
def test_any_bytes_give_records_in_order_of_lines_or_a_fault(raw: bytes) -> None:
    found = records_or_none(raw)
    if found is None:
        return
    lines = [each.line for each in found]
    assert lines == sorted(set(lines))
    assert all(1 <= line <= raw.count(b"\n") + raw.count(b"\r") + 1 for line in lines)
