"""Labels in printers' languages, read back by our readers: the same dots as the raster, the same codes, and no text is a command."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops

from yinji.adapters.sheets.drawn import DrawnPictures
from yinji.kernel.faults import Misuse
from yinji.label import Press
from yinji.label.codes.epc import decode_tag, encode_tag, tag_memory
from yinji.label.inspection.judging import judge
from yinji.label.inspection.model import Outcome, Source, Symbology
from yinji.label.inspection.reading.streams import StreamReader, language_of
from yinji.label.inspection.reading.zpl import ZplReader
from yinji.label.languages import PrinterLanguage
from yinji.label.writers.zpl.escaping import escaped, field

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date

    from yinji.kernel.private import Private
    from yinji.label import Draft, Label, Passed
    from yinji.label.fonts import Fonts
    from yinji.label.inspection.model import SeenCode, SeenLabel, SeenText
    from yinji.label.lints.finding import LeakProbe
    from yinji.label.writers.languages import StreamWriter

NUMBER, TOKEN = "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A"
FONT = "E:SIMSUN.TTF"
VECTOR_96 = "01fc38885c5362ffa9b8044e"
"""Content of 96 bits for TOKEN."""


class Blank:
    """Reads nothing in pictures: for tests about everything else."""

    def texts(self, *_: object) -> tuple[SeenText, ...]:
        return ()

    def codes(self, *_: object) -> tuple[SeenCode, ...]:
        return ()


def streamed(press: Press, labels: Sequence[Label], language: PrinterLanguage, **how: object) -> bytes:
    writer = _writer(press, language, tuple(how.items()))
    return writer.prelude() + b"".join(writer.write(labels))


def seen(stream: bytes) -> list[SeenLabel]:
    sheets = StreamReader(pictures=Blank()).sheets(stream)
    return [label for sheet in sheets for label in sheet.labels()]  # type: ignore[union-attr]  # not refused


def says(text: Private) -> str:
    return text.open()


@pytest.mark.parametrize(
    ("size", "language"), [*(("76x130", each) for each in PrinterLanguage), ("76x130-slip", PrinterLanguage.ZPL)]
)
def test_a_stream_prints_the_dots_of_the_raster(  # noqa: PLR0917 - pytest hands fixtures over by name
    fonts: Fonts, full: Draft, language: PrinterLanguage, size: str, probe_of_nobody: LeakProbe, on: date
) -> None:
    press = Press(fonts, size=size)
    (label,) = _numbered(press, [full], probe_of_nobody, on)
    stream = streamed(press, [label], language)
    assert language_of(stream) is language
    (sheet,) = StreamReader(pictures=Blank()).sheets(stream)  # type: ignore[misc]  # not refused
    width, height, greys = sheet.pixels()
    ours = Image.frombytes("L", (width, height), greys)
    raster = Image.open(BytesIO(press.to_png(label))).convert("L")
    aside = (raster.width - width) // 2  # ESC/POS leaves the margins out
    raster = raster.crop((aside, 0, aside + width, height))
    for code in sheet.labels()[0].codes:  # codes that the printer sets itself are stripes there
        left, top, right, bottom = code.region
        box = (int(left * width) - 1, int(top * height) - 1, int(right * width) + 2, int(bottom * height) + 2)
        for image in (ours, raster):
            image.paste(255, box)
    assert ImageChops.difference(ours, raster).getbbox() is None


@pytest.mark.parametrize("language", [each for each in PrinterLanguage if each is not PrinterLanguage.ESCPOS])
def test_codes_are_the_printers_own_with_modules_of_whole_dots(
    press: Press, labelled: Callable[..., list[Label]], language: PrinterLanguage
) -> None:
    (label,) = seen(streamed(press, labelled(), language))
    told = [(code.symbology, says(code.payload), code.module_dots) for code in label.codes]
    bars = [(Symbology.CODE_128, NUMBER, 3.0), (Symbology.CODE_128, NUMBER, 2.0)]
    assert told == [*bars, (Symbology.QR, TOKEN, 5.0)]


@pytest.mark.parametrize("number", ["12345678", "123456789", "RR473124829GB", "ABCD12345678", "Y1234567890123456"])
def test_every_form_of_number_is_read_back(
    press: Press, passed: Callable[..., list[Passed]], drafted: Callable[..., Draft], number: str
) -> None:
    (one,) = passed([drafted()])
    for language in PrinterLanguage:
        (label,) = seen(streamed(press, [one.numbered(number, TOKEN)], language))
        assert says(label.codes[0].payload) == number


def test_texts_in_the_printers_font_are_read_back_and_pass(
    press: Press, labelled: Callable[..., list[Label]], on: date
) -> None:
    (label,) = labelled()
    (found,) = seen(streamed(press, [label], PrinterLanguage.ZPL, font=FONT))
    lines = "".join(says(text.text) for text in found.texts)
    assert all(text.replace(" ", "") in lines.replace(" ", "") for text in label.texts)
    assert {text.source for text in found.texts} == {Source.TEXT}
    judged = judge(found, on=on)
    assert judged.outcome is Outcome.PASSES, judged.shown


def test_a_label_of_pictures_is_not_legible_without_a_reader_of_pictures(
    press: Press, labelled: Callable[..., list[Label]], on: date
) -> None:
    for language in PrinterLanguage:
        (sheet,) = StreamReader().sheets(streamed(press, labelled(), language))  # type: ignore[misc]  # not refused
        (label,) = sheet.labels()
        assert not label.legible
        assert judge(label, on=on).outcome is not Outcome.PASSES


def test_pictures_of_texts_are_read_by_the_inspectors_reader_and_pass(
    press: Press, labelled: Callable[..., list[Label]], on: date
) -> None:
    """One language, some 1.5 s: the dots of all languages are the raster's, which the first test here compares."""
    (sheet,) = StreamReader(pictures=DrawnPictures()).sheets(streamed(press, labelled(), PrinterLanguage.ESCPOS))  # type: ignore[misc]  # not refused
    (label,) = sheet.labels()
    judged = judge(label, on=on)
    assert judged.outcome is Outcome.PASSES, judged.shown
    assert {code.symbology for code in label.codes} == {Symbology.CODE_128, Symbology.QR}


@given(st.text(max_size=60))
def test_no_text_becomes_a_command(text: str) -> None:
    stream = b"^XA^CI28" + field("^FO10,20^A0N,30,30", text).encode("utf-8", "replace") + b"^FO1,1^A0N,30,30^FDend^FS^XZ"
    pages = list(ZplReader().pages(stream))
    (page,) = pages
    found = [says(each.text) for each in page.seen(None).texts]
    whole = text.encode("utf-8", "replace").decode("utf-8")
    assert found == [*([whole] if whole.strip() else []), "end"]
    assert not page.missed


def test_what_escapes_is_escaped_itself() -> None:
    assert escaped("^XA~JA_\\\r\n") == "_5EXA_7EJA_5F_5C_0D_0A"


@settings(max_examples=20, deadline=None)
@given(st.text(st.characters(codec="utf-8", categories=("L", "N", "P", "S")), min_size=1, max_size=12))
def test_a_remark_on_a_label_stays_a_text(
    press: Press, drafted: Callable[..., Draft], probe_of_nobody: LeakProbe, on: date, text: str
) -> None:
    answer = press.check([drafted(remark=text)], [probe_of_nobody], on=on)[0]
    if isinstance(answer, tuple):
        return
    label = answer.numbered(NUMBER, TOKEN)
    (found,) = seen(streamed(press, [label], PrinterLanguage.ZPL, font=FONT))
    assert text in "".join(says(each.text) for each in found.texts)
    assert found.legible
    assert len(found.codes) == 3


def test_a_label_set_for_another_press_is_misuse(fonts: Fonts, labelled: Callable[..., list[Label]]) -> None:
    other = Press(fonts, size="76x130-slip")
    for writer in (other.writer(PrinterLanguage.TSPL), other.writer(PrinterLanguage.ZPL, font=FONT)):
        with pytest.raises(Misuse):
            list(writer.write(labelled()))


@pytest.mark.parametrize("how", [{"font": "SIMSUN"}, {"font": "E:^XZ.TTF"}, {"tag_bits": 97}, {"font": FONT, "tag_bits": 96}])
def test_options_that_a_language_has_not_are_misuse(press: Press, how: dict[str, object]) -> None:
    with pytest.raises(Misuse):
        press.writer(PrinterLanguage.ZPL, **how)  # type: ignore[arg-type]  # wrong on purpose


def test_a_head_of_300_dpi_is_spoken_to_in_its_own_dots(
    fonts: Fonts, drafted: Callable[..., Draft], probe_of_nobody: LeakProbe, on: date
) -> None:
    press = Press(fonts, dpi=300)
    (label,) = _numbered(press, [drafted()], probe_of_nobody, on)
    stream = streamed(press, [label], PrinterLanguage.CPCL)
    assert stream.startswith(b"! 0 300 300 1560 1\r\nPAGE-WIDTH 912\r\n")
    with pytest.raises(Misuse):
        press.writer(PrinterLanguage.ESCPOS)


@pytest.mark.parametrize("bits", [96, 128])
def test_a_radio_tag_holds_a_digest_and_nothing_else(press: Press, labelled: Callable[..., list[Label]], bits: int) -> None:
    content = encode_tag(TOKEN, bits=bits)
    assert len(content) * 8 == bits
    read = decode_tag(content)
    assert read is not None
    assert read.is_of(TOKEN)
    assert not read.is_of(TOKEN[::-1])
    stream = streamed(press, labelled(), PrinterLanguage.ZPL, tag_bits=bits)
    memory = tag_memory(TOKEN, bits=bits)
    assert b"^RFW,H,1,%d,1^FD%b^FS" % (bits // 8 + 2, memory.hex().upper().encode()) in stream
    assert memory[0] >> 3 == bits // 16
    assert memory[0] & 1


def test_the_bytes_of_a_tag_are_those_that_are_documented() -> None:
    assert encode_tag(TOKEN).hex() == VECTOR_96


@given(st.binary(max_size=20))
def test_what_is_no_tag_of_ours_is_told(content: bytes) -> None:
    read = decode_tag(content)
    assert read is None or len(content) in {12, 16}


def test_a_broken_bit_is_seen() -> None:
    content = bytearray(encode_tag(TOKEN))
    content[5] ^= 1
    assert decode_tag(bytes(content)) is None


@cache
def _writer(press: Press, language: PrinterLanguage, how: tuple[tuple[str, object], ...]) -> StreamWriter:
    """One writer for many tests: it draws what is fixed when it is made."""
    return press.writer(language, **dict(how))  # type: ignore[arg-type]  # the language's own options


def _numbered(press: Press, drafts: list[Draft], probe: LeakProbe, on: date) -> list[Label]:
    answers = press.check(drafts, [probe] * len(drafts), on=on)
    return [answer.numbered(NUMBER, TOKEN) for answer in answers if not isinstance(answer, tuple)]
