from __future__ import annotations

from dataclasses import fields as fields_of
from typing import TYPE_CHECKING

import pytest

from yinji.label import sizes
from yinji.label.layout import template_of
from yinji.label.layout.template import DOTS_PER_MM, QUARTER, Area, Turn, dots
from yinji.settings import Settings

if TYPE_CHECKING:
    from yinji.label.layout.template import Box, Part, Ply, Template

WAYBILLS = [size for size in sizes() if not size.endswith("-slip")]

NAMED = {
    "carrier", "product", "printed_at", "package_shown", "sorting_code", "destination", "centre", "door", "recipient.name",
    "recipient.phone", "recipient.virtual_number", "recipient.address", "sender.name", "sender.phone", "sender.virtual_number",
    "sender.address", "contents", "pieces_shown", "weight_shown", "collect_goods_shown", "collect_freight_shown",
    "insured_shown", "inspected_shown", "screened_shown", "remark", "courier_shown", "outlet", "return_shown", "clause", "hotline",
    "privacy_shown", "exemption_shown", "reprint_shown", "collected_at", "handed_by", "agreed_check",
}  # fmt: skip


@pytest.fixture(params=sizes())
def template(request: pytest.FixtureRequest) -> Template:
    return template_of(request.param)


def _fixed(part: Part) -> list[Area]:
    """What is drawn in solid black, and so must fall on the dots of every head."""
    around = [area for box in part.boxes for area in (*box.around.fills, *box.around.frames)]
    return [*part.rules, *part.fills, *part.frames, *part.qrs, *(bars.area for bars in part.bars), *around]


def test_every_length_is_whole_dots(template: Template) -> None:
    part = template.whole
    areas = [each.area for each in (*part.boxes, *part.captions, *part.numbers, *part.masters)] + _fixed(part)
    assert all(dots(length) == length * DOTS_PER_MM for area in areas for length in area)


def test_lines_and_codes_stand_on_dots_of_both_heads(template: Template) -> None:
    assert [area for area in _fixed(template.whole) for length in area if length % QUARTER] == []


def test_every_area_stays_on_its_ply(template: Template) -> None:
    for ply in template.plies:
        part, whole = ply.part, ply.area
        texts = [each.area for each in (*part.boxes, *part.captions, *part.numbers, *part.masters)]
        for x, y, w, h in texts + _fixed(part):
            assert x >= 0
            assert y >= whole.y
            assert w > 0
            assert x + w <= template.width
            assert y + h <= whole.y + whole.h


def test_plies_fill_the_label_and_nothing_is_printed_on_a_tear(template: Template) -> None:
    assert template.plies[0].area.y == 0
    assert all(
        before.area.y + before.area.h <= after.area.y for before, after in zip(template.plies, template.plies[1:], strict=False)
    )
    for tear in template.tears:
        assert all(area.y + area.h <= tear - QUARTER or area.y >= tear + QUARTER for area in _fixed(template.whole))


def _standing(ply: Ply) -> list[tuple[str, Area]]:
    part = ply.part
    named = [(box.field, box.area) for box in part.boxes if not box.instead_of]
    named += [
        (f"{kind} {at}", each.area) for kind in ("bars", "numbers", "masters") for at, each in enumerate(getattr(part, kind))
    ]
    return named + [("qr", area) for area in part.qrs] + [(each.text, each.area) for each in part.captions if not each.white]


def test_nothing_stands_on_another_text_or_code(template: Template) -> None:
    for ply in template.plies:
        standing = _standing(ply)
        for at, (name, (x, y, w, h)) in enumerate(standing):
            for other, (x2, y2, w2, h2) in standing[at + 1 :]:
                assert x + w <= x2 or x2 + w2 <= x or y + h <= y2 or y2 + h2 <= y, (name, other)


def test_what_takes_anothers_place_stands_where_that_one_does(template: Template) -> None:
    for ply in template.plies:
        by_field = {box.field: box for box in ply.part.boxes}
        for box in ply.part.boxes:
            if box.instead_of:
                assert _inside(box, by_field[box.instead_of])


def _inside(box: Box, other: Box) -> bool:
    (x, y, w, h), (x2, y2, w2, h2) = box.area, other.area
    return x2 <= x and y2 <= y and x + w <= x2 + w2 and y + h <= y2 + h2


@pytest.mark.parametrize("size", WAYBILLS)
def test_every_waybill_names_all_that_it_must(size: str) -> None:
    part = template_of(size).whole
    assert {box.field for box in part.boxes} - {"original"} == NAMED
    assert len(part.bars) == 2  # large, and again small at the foot
    assert {number.turn for number in part.numbers} == set(Turn)  # across, and along both edges
    assert len(part.qrs) == 1
    assert {disc.text for disc in part.discs} == {"收", "寄"}
    captions = {caption.text for caption in part.captions}
    assert {"签收人", "签收时间", "扫码了解本面单"} <= captions
    assert ("退" in captions) == size.endswith("-return")


def test_a_slip_shows_nothing_of_the_recipient_but_masked_name_and_destination() -> None:
    fields = {box.field for box in template_of("76x130-slip").boxes}
    assert {field for field in fields if field.startswith("recipient")} == {"recipient.name"}
    assert {"inspected_shown", "screened_shown", "weight_shown", "freight_shown", "outlet", "courier"} <= fields


def test_each_ply_can_stand_alone(template: Template) -> None:
    for ply in template.plies:
        shown = {box.field for box in ply.part.boxes}
        assert {"carrier", "recipient.name", "sender.name", "package_shown"} <= shown
        assert ply.part.bars
        assert ply.part.numbers


def test_the_setting_lists_every_size() -> None:
    (setting,) = [each for each in fields_of(Settings) if each.name == "label_size"]
    assert setting.metadata["of"] == sizes()
