from __future__ import annotations

import re
from functools import cache

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from yinji.kernel.faults import Misuse
from yinji.label.codes import code128
from yinji.label.codes.grammar import TOKEN, WAYBILL_NUMBER, demand_number, in_groups
from yinji.label.codes.qr import QrTable

SCALE = 3
LENGTHS = (16, 22, 26, 27, 42, 62, 84, 106)
table_of = cache(QrTable)


def _bars(drawn: code128.Drawn) -> Image.Image:
    image = Image.new("L", ((drawn.modules + 2 * code128.QUIET_MODULES) * SCALE, 60), 255)
    for x, width in re.findall(r"(\d+) 0 (\d+) 1 re", drawn.path):
        left = (int(x) + code128.QUIET_MODULES) * SCALE
        image.paste(0, (left, 0, left + int(width) * SCALE, 60))
    return image


def _square(table: QrTable, payload: bytes) -> Image.Image:
    stride = -(-table.side // 8) * 8
    rows = Image.frombytes("1", (stride, table.side), bytes.fromhex(table.draw(payload))).crop((0, 0, table.side, table.side))
    image = Image.new("L", (table.side + 8, table.side + 8), 255)
    image.paste(rows.convert("L"), (4, 4))
    return image.resize((image.width * SCALE, image.height * SCALE), Image.Resampling.NEAREST)


@settings(deadline=None, max_examples=200)
@given(number=st.from_regex(WAYBILL_NUMBER, fullmatch=True))
def test_another_reader_reads_every_waybill_number(number: str) -> None:
    read = zxingcpp.read_barcodes(_bars(code128.draw(number)), formats=zxingcpp.BarcodeFormat.Code128)
    assert [code.text for code in read] == [number]


@settings(deadline=None, max_examples=200)
@given(length=st.sampled_from(LENGTHS), data=st.data())
def test_another_reader_reads_every_payload(length: int, data: st.DataObject) -> None:
    payload = data.draw(
        st.text(alphabet=st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=length, max_size=length)
    )
    read = zxingcpp.read_barcodes(_square(table_of(length), payload.encode()), formats=zxingcpp.BarcodeFormat.QRCode)
    assert [code.text for code in read] == [payload]


@pytest.mark.parametrize(("length", "version"), [(14, 1), (26, 2), (42, 3), (62, 4), (84, 5), (106, 6)])
def test_the_smallest_version_that_holds_a_payload_is_taken(length: int, version: int) -> None:
    assert QrTable(length).version == version
    if version < 6:
        assert QrTable(length + 1).version == version + 1


def test_a_payload_beyond_version_six_is_an_error() -> None:
    with pytest.raises(ValueError, match="107"):
        QrTable(107)


def test_the_longest_number_keeps_two_dots_a_bar_in_the_small_code() -> None:
    longest = [
        code128.draw(number).modules
        for number in ("AB" + "1" * 16, "AB" + "1" * 15, "ABCD" + "1" * 12, "ABCD" + "1" * 11, "AB" + "1" * 9 + "CN")
    ]
    assert max(longest) + 2 * code128.QUIET_MODULES <= 46.5 * 8 / 2


@given(number=st.from_regex(WAYBILL_NUMBER, fullmatch=True))
def test_groups_keep_the_number_and_end_in_four_digits(number: str) -> None:
    groups = in_groups(number).split(" ")
    assert "".join(groups) == number
    postal = number[-1].isalpha()
    assert all(len(group) == 4 for group in groups[2:]) or (postal and [len(group) for group in groups] == [2, 3, 3, 3, 2])
    assert demand_number(number) == number


@given(text=st.text(max_size=20))
def test_what_is_no_number_is_refused(text: str) -> None:
    if WAYBILL_NUMBER.fullmatch(text) is None:
        with pytest.raises(Misuse):
            demand_number(text)


def test_a_token_holds_at_least_96_bits() -> None:
    assert TOKEN.fullmatch("x" * 15) is None
    assert TOKEN.fullmatch("x" * 16) is not None


def test_the_format_information_is_the_standards_own() -> None:
    table = table_of(22)
    image = _square(table, b"x" * 22)
    near = [
        (8, 0),
        (8, 1),
        (8, 2),
        (8, 3),
        (8, 4),
        (8, 5),
        (8, 7),
        (8, 8),
        (7, 8),
        (5, 8),
        (4, 8),
        (3, 8),
        (2, 8),
        (1, 8),
        (0, 8),
    ]
    far = [(table.side - 1 - at, 8) for at in range(8)] + [(8, table.side - 7 + at) for at in range(7)]
    for copy in (near, far):
        bits = "".join("01"[image.getpixel(((x + 4) * SCALE, (y + 4) * SCALE)) == 0] for x, y in reversed(copy))
        assert bits == "101111001111100"  # ISO/IEC 18004, annex C: level M, mask 010
