"""What measures us beside others: our own turn, and that peers draw a label that can be read."""

from __future__ import annotations

from importlib import import_module
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2 as pdfium
import pytest
import zxingcpp
from PIL import Image

from yinji.label import sizes
from yinji_bench import pictures, sample, streams
from yinji_bench.labels import NOT_INSTALLED, measure
from yinji_bench.peers import pillow_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from yinji.label import Draft, Passed


def test_our_own_turn_is_measured_without_any_peer(fonts: object) -> None:
    assert fonts
    measured = measure(20, rounds=1, peers=("absent",))
    assert measured["peers"] == {"absent": NOT_INSTALLED}
    assert measured["ratio_to_fastest_peer"] is None
    assert measured["ours_batch_per_s"] > 0
    assert measured["ours_single_per_s"] > 0
    assert set(measured["ours_by_size_per_s"]) == set(sizes())


def test_our_pictures_are_measured_beside_pillow(fonts: object) -> None:
    assert fonts
    measured = pictures.measure(10, rounds=1)
    assert measured["ratio_to_peer"] > 1
    assert measured["ours_png_per_s"] > 0
    assert set(measured["ours_by_size_per_s"]) == set(sizes())


def test_printers_languages_are_measured(fonts: object) -> None:
    assert fonts
    measured = streams.measure(10, rounds=1)
    assert measured["zpl_native_per_s"] > max(measured["pictured_per_s"].values())
    assert measured["bytes_each"]["native"] < min(measured["bytes_each"].values()) + 1


def test_the_peer_draws_a_label_whose_codes_are_read(passed: Callable[[list[Draft]], list[Passed]]) -> None:
    (number, token), *_ = sample.generated(1, 3)
    (drawn,) = pillow_label.draw([each.numbered(number, token) for each in passed(sample.drafts(1, 3))])
    image = Image.open(BytesIO(drawn))
    assert sorted(code.text for code in zxingcpp.read_barcodes(image)) == sorted([number, number, token])


def test_a_batch_of_500_shows_about_1100_characters(passed: Callable[[list[Draft]], list[Passed]]) -> None:
    assert 1050 <= sample.distinct_characters(passed(sample.drafts(500, 7))) <= 1200


def test_the_same_seed_invents_the_same_people() -> None:
    assert sample.drafts(3, 1) == sample.drafts(3, 1) != sample.drafts(3, 2)


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore")  # peers may warn: their business
@pytest.mark.parametrize("name", ["reportlab", "skia", "typst"])  # weasyprint needs the system's Pango: measured where it is
def test_a_peer_draws_a_label_whose_codes_are_read(name: str, passed: Callable[[list[Draft]], list[Passed]]) -> None:
    peer = import_module(f"yinji_bench.peers.{name}_label")
    (number, token), *_ = sample.generated(1, 3)
    labels = [each.numbered(number, token) for each in passed(sample.drafts(1, 3))]
    image = pdfium.PdfDocument(peer.draw(labels))[0].render(scale=300 / 72).to_pil()
    assert sorted(code.text for code in zxingcpp.read_barcodes(image)) == sorted([number, number, token])
