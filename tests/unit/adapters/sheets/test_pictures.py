"""Pictures: photographs as they come, what is too dark or too blurred, and bombs."""

from __future__ import annotations

import logging
import socket
from io import BytesIO
from zlib import crc32

import pytest
from PIL import Image, ImageFilter, PngImagePlugin
from tests.unit.adapters.sheets.inspecting import inspected, refusal, rules

from yinji.adapters.sheets.ocr import TextReader
from yinji.adapters.sheets.turning import turned
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.model import Outcome, Source
from yinji_bench.inspected.as_picture import as_jpeg, as_picture, as_png
from yinji_bench.inspected.defects import PHONE, Defect, defects
from yinji_bench.inspected.layouts import drawn
from yinji_bench.inspected.own import own_labels

READ = (
    "a name, picture, clean",
    "a room, picture, right",
    "a phone, picture, over",
    "an identity number, picture, aslant",
    "a phone with four hidden, picture, blurred",
    "a room, picture, dim",
    "a name, picture, folded",
    "a phone, JPEG of quality 40",
    "a phone, document of one picture",
)
"""Of the seeded defects on pixels those that are read here; all of them are in `yinji bench inspect`: a picture takes a second."""

IN_PICTURES = [each for each in defects() if each.name in READ]


@pytest.mark.slow
@pytest.mark.parametrize("defect", IN_PICTURES, ids=[each.name for each in IN_PICTURES])
def test_a_seeded_defect_is_found_on_pixels(defect: Defect) -> None:
    assert defect.rule in rules(inspected(defect.make()))


def test_every_picture_named_here_is_among_the_defects() -> None:
    assert {each.name for each in IN_PICTURES} == set(READ)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "dpi"), [("76x130", 203)])
def test_our_own_label_passes_as_a_picture(size: str, dpi: int) -> None:
    (own,) = [each for each in own_labels(1, only=(size,), heads=(dpi,)) if each.pixels]
    assert inspected(own.content).outcome is Outcome.PASSES


def test_a_picture_too_blurred_to_be_read_is_not_said_to_pass_or_fail() -> None:
    nothing = as_picture(drawn("chinese")).filter(ImageFilter.GaussianBlur(9))
    file = inspected(as_png(nothing))
    assert file.outcome is Outcome.CANNOT_TELL
    assert not rules(file)


def test_a_white_picture_holds_no_label() -> None:
    assert refusal(as_png(Image.new("L", (600, 900), 255))) is Refusal.SHEET_BLANK


def test_the_texts_of_a_pictures_attributes_are_hidden_texts() -> None:
    chunks = PngImagePlugin.PngInfo()
    chunks.add_text("Comment", "13800001234")
    out = BytesIO()
    as_picture(drawn("chinese")).resize((200, 300)).save(out, "PNG", pnginfo=chunks)
    shown = [each for label in inspected(out.getvalue()).labels for each in label.shown if each.source is Source.HIDDEN]
    assert [each.rule for each in shown] == [PHONE]


def test_a_picture_of_400_megapixels_is_refused_before_it_is_decoded() -> None:
    head = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00N \x00\x00N \x08\x00\x00\x00\x00"
    bomb = head + crc32(head[12:]).to_bytes(4, "big") + b"\x00\x00\x00\x00IEND\xaeB`\x82"
    assert refusal(bomb) is Refusal.SHEET_TOO_LARGE


def test_a_picture_that_ends_too_early_is_refused() -> None:
    whole = as_jpeg(as_picture(drawn("chinese")))
    assert refusal(whole[: len(whole) // 3]) is Refusal.SHEET_BROKEN


def test_turning_back_gives_the_same_picture() -> None:
    picture = as_picture(drawn("chinese")).resize((60, 90))
    for by in (90, 180, 270):
        assert turned(turned(picture, by), 360 - by).tobytes() == picture.tobytes()


def test_nothing_is_fetched_and_nothing_is_logged(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    def no_network(*_: object) -> None:
        raise AssertionError("the reader of texts asked the network")

    monkeypatch.setattr(socket.socket, "connect", no_network)
    with caplog.at_level(logging.DEBUG):
        TextReader().read(as_picture(drawn("chinese")).crop((0, 440, 800, 520)))
    assert not caplog.records
