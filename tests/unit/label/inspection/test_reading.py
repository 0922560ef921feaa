"""Streams of other people's printers, read: what is printed, what is hidden, what was not understood; and no stream hurts the reader."""

from __future__ import annotations

import zlib
from base64 import b64encode
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.judging import judge
from yinji.label.inspection.model import Outcome, SeenLabel, Source, Symbology
from yinji.label.inspection.reading.limits import LABELS_MAX, STREAM_BYTES_MAX
from yinji.label.inspection.reading.page import TOO_MUCH
from yinji.label.inspection.reading.streams import StreamReader, language_of
from yinji.label.languages import PrinterLanguage

ON = date(2026, 11, 21)
PHONE = "13800001111"


def seen(stream: bytes) -> list[SeenLabel]:
    sheets = StreamReader().sheets(stream)
    assert not isinstance(sheets, Refuse)
    return [label for sheet in sheets for label in sheet.labels()]


def texts(label: SeenLabel) -> list[tuple[str, Source]]:
    return [(each.text.open(), each.source) for each in label.texts]


def codes(label: SeenLabel) -> list[tuple[Symbology, str]]:
    return [(each.symbology, each.payload.open()) for each in label.codes]


ZPL = (
    "^XA^CI28^PW800^LL1200^CF0,40^FO50,60^FD收 王小明^FS^FO50,110^A0N,30,30^FH^FD1380000_31111^FS"
    "^FO50,300^BY3^BCN,100,Y,N,N^FD>:SF1234567890^FS^FO400,500^BQN,2,6^FDMA,https://example.com/t/1^FS"
    "^FO50,700^BXN,6,200^FDDM-1^FS^FO50,900^B3N,N,80,N^FDC39^FS^FO900,50^A0N,30,30^FDoff^FS^FXnote^FS^XZ"
).encode()
TSPL = (
    'SIZE 100 mm,150 mm\r\nGAP 2 mm,0\r\nCODEPAGE 936\r\nCLS\r\nTEXT 50,60,"TSS24.BF2",0,1,1,"收 王小明"\r\n'
    'TEXT 50,110,"3",0,1,1,"13800001111"\r\nBARCODE 50,300,"128",100,1,0,3,3,"SF1234567890"\r\n'
    'QRCODE 400,500,M,6,A,0,"https://example.com/t/1"\r\nDMATRIX 50,700,100,100,"DM-1"\r\nPRINT 1\r\n'
).encode("gb18030")
CPCL = (
    "! 0 200 200 1200 1\r\nPAGE-WIDTH 800\r\nSETMAG 2 2\r\nTEXT 24 0 50 60 收 王小明\r\nSETMAG 1 1\r\nCENTER\r\nT 24 0 0 110 13800001111\r\n"
    "LEFT\r\nBARCODE 128 2 1 100 50 300 SF1234567890\r\nB QR 400 500 M 2 U 6\r\nMA,https://example.com/t/1\r\nENDQR\r\nFORM\r\nPRINT\r\n"
).encode("gb18030")
ESCPOS = (
    b"\x1b@"
    + "收 王小明\n".encode("gb18030")
    + b"13800001111\n\x1dh\x64\x1dw\x03\x1dH\x02\x1dk\x49\x0e{BSF{C\x0c\x22\x38\x4e\x5a{B"
    b"\x1d(k\x03\x001C\x06\x1d(k\x1a\x001P0https://example.com/t/1\x1d(k\x03\x001Q0\x1dVB\x00"
)


@pytest.mark.parametrize("stream", [ZPL, TSPL, CPCL, ESCPOS], ids=["zpl", "tspl", "cpcl", "escpos"])
def test_a_foreign_label_is_read_and_fails(stream: bytes) -> None:
    (label,) = seen(stream)
    assert ("收 王小明", Source.TEXT) in texts(label)
    assert (PHONE, Source.TEXT) in texts(label)
    read = codes(label)
    assert read[0][0] is Symbology.CODE_128
    assert read[0][1].startswith("SF12")
    assert (Symbology.QR, "https://example.com/t/1") in read
    assert label.legible, label.missed
    judged = judge(label, on=ON)
    assert judged.outcome is Outcome.FAILS
    assert {"gbt-41833-phone", "gbt-41833-name"} <= {each.rule for each in judged.shown}


def test_languages_are_told_apart() -> None:
    told = [language_of(each) for each in (ZPL, TSPL, CPCL, ESCPOS, b"%PDF-1.7", b"hello")]
    assert told == [*PrinterLanguage, None, None]


def test_what_nobody_sees_on_paper_is_hidden() -> None:
    (label,) = seen(ZPL)
    assert ("off", Source.HIDDEN) in texts(label)
    assert ("note", Source.HIDDEN) in texts(label)
    assert (Symbology.DATA_MATRIX, "DM-1") in codes(label)
    assert (Symbology.OTHER, "C39") in codes(label)
    covered = (
        b"^XA^FO50,60^A0N,30,30^FDunder^FS^FO40,50^GB400,60,60^FS^FO50,200^GB400,60,60^FS^FO60,210^A0N,30,30^FDblack^FS^XZ"
    )
    assert {source for _, source in texts(seen(covered)[0])} == {Source.HIDDEN}
    reversed_out = b"^XA^FO50,200^GB400,60,60^FS^FO60,210^FR^A0N,30,30^FDwhite^FS^XZ"
    assert texts(seen(reversed_out)[0]) == [("white", Source.TEXT)]


def test_encodings_are_followed() -> None:
    gb = b"^XA^CI26^FO10,10^A0N,30,30^FD" + "广东省".encode("gb18030") + b"^FS^XZ"
    assert texts(seen(gb)[0]) == [("广东省", Source.TEXT)]
    hexed = "^XA^CI28^FO10,10^A0N,30,30^FH_^FD" + "".join(f"_{byte:02x}" for byte in "收".encode()) + "^FS^XZ"
    assert texts(seen(hexed.encode())[0]) == [("收", Source.TEXT)]
    swapped = b"^XA^CC/\n/FO10,10/A0N,30,30/FDa^b/FS/XZ"
    assert texts(seen(swapped)[0]) == [("a^b", Source.TEXT)]


def test_stored_formats_and_pictures_are_called_up() -> None:
    stream = (
        b"^XA^DFR:F.ZPL^FS^FO10,10^A0N,30,30^FN1^FS^FO10,60^A0N,30,30^FDfixed^FS^XZ~DGR:P.GRF,4,2,FFFFFFFF"
        b"^XA^XFR:F.ZPL^FS^FN1^FDfilled^FS^FO100,10^XGR:P.GRF,1,1^FS^XZ^XA^XFR:GONE.ZPL^FS^FO1,1^FDx^FS^XZ"
    )
    first, second = seen(stream)
    assert {text for text, _ in texts(first)} == {"fixed", "filled"}
    assert not first.legible  # a picture that nobody read
    assert not second.legible


@pytest.mark.parametrize("deflated", [True, False], ids=["Z64", "B64"])
def test_pictures_are_unfolded(deflated: bool) -> None:
    rows = b"\xf0\x0f" * 8
    packed = b":Z64:" + b64encode(zlib.compress(rows)) if deflated else b":B64:" + b64encode(rows)
    (sheet,) = StreamReader().sheets(b"^XA^PW16^LL8^FO0,0^GFA,16,16,2," + packed + b":0000^FS^XZ")  # type: ignore[misc]  # not refused
    width, height, greys = sheet.pixels()
    assert (width, height) == (16, 8)
    assert greys[:16] == b"\0" * 4 + b"\xff" * 8 + b"\0" * 4


def test_run_lengths_are_unrolled() -> None:
    (sheet,) = StreamReader().sheets(b"^XA^PW16^LL4^FO0,0^GFA,8,8,2,JF:H0!,^FS^XZ")  # type: ignore[misc]  # not refused
    greys = sheet.pixels()[2]
    assert greys == b"\0" * 32 + b"\xff" * 8 + b"\0" * 8 + b"\xff" * 16


@pytest.mark.parametrize(
    "stream",
    [
        b"^XA^FO0,0^GFA,2000000,2000000,10,:Z64:" + b64encode(zlib.compress(bytes(50_000_000), 9)) + b":0000^FS^XZ",
        b"^XA^FO0,0^GFA,2000000,2000000,20000," + b"zF" * 200_000 + b"^FS^XZ",
        b"~DGR:A.GRF,2000000,2000," + b"!" * 1000 + b"^XA" + b"^FO0,0^XGR:A.GRF^FS" * 20_000 + b"^XZ",
        b"^XA" + b"^FO0,0^GB32000,32000,32000^FS" * 10_000 + b"^PQ99999999^XZ",
        b"^XA^PW32000^LL32000^FO1,1^FDx^FS^XZ",
        b'CLS\r\nBITMAP 0,0,30000,30000,0,\r\nTEXT 1,1,"1",0,1,1,"x"\r\nPRINT 99999999\r\n',
        b"! 0 200 200 999999 1\r\nCG 30000 30000 0 0 x\r\nT 1 0 1 1 x\r\nPRINT\r\n",
        b"\x1b@\x1dv0\0\xff\xff\xff\xff" + b"x" * 100 + b"\x1dVB\0",
        b"\x1b@" + b"\x1bd\xff" * 50_000 + b"x\n\x1dV\0",
    ],
    ids=["z64", "acs", "recall", "boxes", "side", "tspl", "cpcl", "escpos", "feeds"],
)  # fmt: skip
def test_bombs_are_bounded_and_said(stream: bytes) -> None:
    for sheet in StreamReader().sheets(stream):  # type: ignore[union-attr]  # not refused
        width, height, greys = sheet.pixels()
        assert len(greys) == width * height <= 8_000_000


def test_streams_that_are_none_are_refused() -> None:
    told = {each: StreamReader().sheets(each) for each in (b"", b"  \r\n", b"no printer reads this")}
    assert [answer.code for answer in told.values() if isinstance(answer, Refuse)] == [
        Refusal.FILE_EMPTY,
        Refusal.FILE_EMPTY,
        Refusal.FILE_FORM_UNKNOWN,
    ]
    assert StreamReader().sheets(bytes(STREAM_BYTES_MAX + 1)) == Refuse(Refusal.FILE_TOO_LARGE)


def test_more_labels_than_are_read_are_not_taken_for_all() -> None:
    labels = seen(b"^XA^FO1,1^FDx^FS^XZ" * (LABELS_MAX + 5))
    assert len(labels) == LABELS_MAX
    assert [label.legible for label in labels[-2:]] == [True, False]


def test_what_is_not_understood_is_said() -> None:
    for stream in (b"^XA^QQ12^FO1,1^FDx^FS^XZ", b"CLS\r\nFROB 1\r\nPRINT 1\r\n", b"! 0 200 200 9 1\r\nFROB\r\nPRINT\r\n"):
        assert not seen(stream)[0].legible


_PARTS = st.sampled_from([
    b"^XA", b"^XZ", b"^FO1,2", b"^FT9,9", b"^FD", b"^FS", b"^GFA,8,8,1,", b"^GFB,4,4,1,", b"^BC", b"^BQN,2,9", b"^FN1", b"^DFR:A^FS",
    b"^XFR:A^FS", b"^CC", b"~DGR:A,9,3,", b":Z64:", b"^FH\\", b"^CI29", b"^SN1,2,3", b"^GB9,9,9", b"^FB9,9", b"^A0N,-1,99999", b"^",
    b"SIZE 3 mm,x\r\n", b"CLS\r\n", b'TEXT 1,1,"', b"BITMAP 1,2,3,4,0,", b"PRINT 1\r\n", b'BARCODE 1,2,"128M",', b"QRCODE ", b"BOX ",
    b"! 0 200 200 9 1\r\n", b"CG 1 9 0 0 ", b"EG 1 9 0 0 zz", b"B QR 1 2\r\n", b"ENDQR\r\n", b"ML 9\r\n", b"PRINT\r\n", b"LINE 1 2 3\r\n",
    b"\x1b@", b"\x1b*\x21", b"\x1dk\x49\x09", b"\x1dk\x04", b"\x1d(k", b"\x1dv0", b"\x1dVB", b"\x1b$", b"\x1cS", b"\x10\x04", b"\n", b"\0",
])  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.lists(st.one_of(_PARTS, st.binary(max_size=6), st.just("收1380000".encode())), max_size=20).map(b"".join))
def test_no_stream_makes_a_reader_raise(stream: bytes) -> None:
    for begin in (b"^XA", b"CLS\r\n", b"! 0 200 200 9 1\r\n", b"\x1b@"):
        for sheet in StreamReader().sheets(begin + stream):  # type: ignore[union-attr]  # not refused: the beginning tells
            assert all(0 <= side <= 1 for label in sheet.labels() for text in label.texts for side in text.region)


def test_what_is_beyond_the_bounds_is_said() -> None:
    boxes = b"^XA" + b"^FO0,0^GB32000,32000,32000^FS" * 200 + b"^XZ"
    (label,) = seen(boxes)
    assert TOO_MUCH in label.missed
    assert not label.legible
