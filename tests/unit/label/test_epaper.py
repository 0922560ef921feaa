"""Electronic paper: pictures of exactly a panel's dots, linted as every label is, with less on them than on paper."""

from __future__ import annotations

from dataclasses import replace
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
import zxingcpp
from PIL import Image

from yinji.label import Press
from yinji.label.layout import panels, template_of
from yinji.label.layout.typesetter import Typesetter
from yinji.label.lints import check_template
from yinji.label.writers.raster import PictureForm

if TYPE_CHECKING:
    from datetime import date

    from yinji.label import Draft
    from yinji.label.fonts import Fonts
    from yinji.label.lints.finding import LeakProbe

NUMBER, TOKEN = "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A"
SHOWN = {
    "sorting_code", "destination", "recipient.name", "recipient.phone", "recipient.virtual_number", "recipient.address",
    "privacy_shown", "exemption_shown", "inspected_shown", "screened_shown",
}  # fmt: skip


@pytest.mark.parametrize("size", panels())
@pytest.mark.parametrize("form", list(PictureForm))
def test_a_panel_is_filled_dot_for_dot_and_its_code_is_read(  # noqa: PLR0917 - pytest hands fixtures over by name
    fonts: Fonts, full: Draft, probe_of_nobody: LeakProbe, on: date, size: str, form: PictureForm
) -> None:
    press = Press(fonts, size=size)
    (answer,) = press.check([full], [probe_of_nobody], on=on)
    assert not isinstance(answer, tuple), answer
    (drawn,) = press.to_pictures([answer.numbered(NUMBER, TOKEN)], form=form)
    picture = Image.open(BytesIO(drawn))
    wide, high = map(int, size.removesuffix("-epaper").split("x"))
    assert picture.size == (wide, high)
    assert picture.mode == "1"
    assert [code.text for code in zxingcpp.read_barcodes(picture.convert("L"))] == [TOKEN]


@pytest.mark.parametrize("size", panels())
def test_a_panel_says_less_than_a_waybill(size: str) -> None:
    assert {box.field for box in template_of(size).boxes} <= SHOWN


def test_a_panel_never_shows_a_person(fonts: Fonts, drafted: object, probe: type, on: date) -> None:
    make = drafted
    draft = make(recipient_name="王小明")  # type: ignore[operator]  # the fixture makes drafts
    (answer,) = Press(fonts, size=panels()[0]).check([draft], [probe(recipient_name="王小明")], on=on)
    assert isinstance(answer, tuple)
    assert {finding.rule for finding in answer} & {"gbt-41833-name", "house-leak-probe"}


def test_a_panel_without_what_it_must_show_is_unfit(fonts: Fonts, on: date) -> None:

    whole = template_of("400x300-epaper")
    (ply,) = whole.plies
    bare = replace(ply, part=replace(ply.part, boxes=(), qrs=()))
    found = check_template(Typesetter(replace(whole, plies=(bare,)), fonts), on=on)
    assert {each.rule for each in found} >= {"gbt-41833-zones", "trade-qr-code"}
