"""What is put around a text so that it stays one, off and on."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.doors.intake.dressing import dressed, is_formula, is_scientific, undressed, without_country
from yinji.doors.intake.presets.model import Dress


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('="510000123456789012"', "510000123456789012"), ('= "51"', "51"), ("'13800001111", "13800001111"), ("123\t", "123"),
        ("\t6917", "6917"), ("'=\"12\"\t", "12"), ("  x ", "x"), ('=""', ""), ("'", ""), ("=A1", "=A1"), ("'=A1", "=A1"),
        ('="1"&"2"', '="1"&"2"'), ("", ""),
    ],
)  # fmt: skip
def test_a_dressing_is_undone(cell: str, text: str) -> None:
    assert undressed(cell) == text


@pytest.mark.parametrize("text", ["=A1", '="1"&"2"', "=cmd|' /C calc'!A0", "+SUM(1)", "-SUM(A1)", "@HYPERLINK(1)"])
def test_a_formula_is_seen(text: str) -> None:
    assert is_formula(text)


@pytest.mark.parametrize("text", ["+8613800001111", "-", "-3号楼", "@客服", "1+1", "", "浙江=省"])
def test_a_text_with_a_sign_before_it_is_no_formula(text: str) -> None:
    assert not is_formula(text)


@pytest.mark.parametrize(
    ("text", "lost"), [("5.1E+17", True), ("1.38e10", True), ("1E5", True), ("E5", False), ("5.1", False), ("5.1E+", False)]
)
def test_a_rounded_number_is_seen(text: str, lost: bool) -> None:
    assert is_scientific(text) is lost


@pytest.mark.parametrize(
    ("phone", "bare"),
    [("86-13800001111", "13800001111"), ("+86-138", "138"), ("0086-138", "138"), ("86-1*******911", "1*******911"),
     ("13886-1", "13886-1"), ("021-86-1", "021-86-1"), ("", "")],
)  # fmt: skip
def test_the_country_before_a_phone_is_taken_off(phone: str, bare: str) -> None:
    assert without_country(phone) == bare


@given(st.text(max_size=30).map(undressed), st.sampled_from(Dress))
def test_what_is_dressed_comes_out_as_it_was_and_executes_nothing(text: str, dress: Dress) -> None:
    if text[:1] == "'":
        return  # undone to its end, so it cannot stand there
    put_on = dressed(text, dress)
    assert undressed(put_on) == text
    assert not put_on.startswith(("=", "+", "-", "@", "\t", "\r")) or put_on == f'="{text}"'


@pytest.mark.parametrize("text", ["510000123456789012", "13800001111222", "0571"])
def test_a_number_that_a_spreadsheet_would_change_is_dressed(text: str) -> None:
    assert (dressed(text), dressed(text, Dress.FORMULA), dressed(text, Dress.PLAIN)) == (f"{text}\t", f'="{text}"', text)
