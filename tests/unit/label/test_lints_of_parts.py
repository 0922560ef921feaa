"""Rules about codes, places, marks and templates, each seen to pass and to refuse."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from yinji.kernel.refusals import Refusal
from yinji.label import Press, sizes
from yinji.label.layout import TEMPLATES
from yinji.label.layout.template import Bars, Part, Template
from yinji.label.layout.typesetter import Typesetter
from yinji.label.lints import check, check_template

Drafted = "Callable[..., Draft]"
Found = "Callable[..., list[tuple[str, str]]]"


@pytest.mark.parametrize("code", ["755-N12-015", "021-05 27 008", "350A B07 21", "571", "", "沪"[:0]])
def test_a_sorting_code_in_a_form_in_use_passes(drafted: Drafted, found: Found, code: str) -> None:
    assert found(drafted(sorting_code=code)) == []


@pytest.mark.parametrize(
    "code", ["755-3-2-501", "13800001111", "N12-138000", "王小明", "755-n12", "755--015", "755-N12-015 2 501 7"]
)
def test_a_sorting_code_with_more_than_three_parts_or_a_number_is_refused(drafted: Drafted, found: Found, code: str) -> None:
    assert ("house-sorting-code", "sorting_code") in found(drafted(sorting_code=code))


@pytest.mark.parametrize(
    "place",
    ["广东 深圳 南山区", "江苏 南京 鼓楼区", "浙江 台州 路桥区", "北京 海淀区", "浙江 杭州 余杭区 仓前街道", "县城东", "杭转A"],
)
def test_a_destination_down_to_the_town_passes(drafted: Drafted, found: Found, place: str) -> None:
    assert found(drafted(destination=place, centre=place)) == []


@pytest.mark.parametrize(
    "place", ["杭州 余杭区 梦溪路", "深圳 南山 科苑路15号", "听雨花园3幢", "南山 2-501", "南山 1203室", "云栖小区"]
)
def test_a_destination_finer_than_a_town_is_refused(drafted: Drafted, found: Found, place: str) -> None:
    assert found(drafted(destination=place)) == [("house-destination", "destination")]
    assert found(drafted(centre=place)) == [("house-destination", "centre")]


def test_only_known_words_stand_on_the_badge_of_a_door(drafted: Drafted, found: Found) -> None:
    assert found(drafted(door="送货上门")) == []
    assert found(drafted(door="501")) == [("house-door-badge", "door")]


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ({"printed_at": "昨天 13800001111"}, "printed_at"),
        ({"pieces": 0}, "pieces_shown"),
        ({"package": 3, "packages": 2}, "package_shown"),
        ({"courier": "13800001111"}, "courier_shown"),
        ({"courier": "张三"}, "courier_shown"),
        ({"original": "请联系张三"}, "original"),
    ],
)
def test_a_generated_field_of_another_form_is_refused(
    drafted: Drafted, found: Found, changes: dict[str, Any], where: str
) -> None:
    assert found(drafted(**changes)) == [("house-generated-fields", where)]


def test_generated_fields_in_their_form_pass(drafted: Drafted, found: Found) -> None:
    assert found(drafted(courier="0712", package=2, packages=2, original="YJ9876543210987")) == []


def _shown(draft: Any, **changes: Any) -> Any:
    return replace(draft, recipient=replace(draft.recipient, name="王晓明", phone="13800005678"), **changes)


def test_a_label_that_shows_its_recipient_names_an_exemption(drafted: Drafted, found: Found) -> None:
    assert found(_shown(drafted(), exemption="法院专递")) == []
    assert [rule for rule, _ in found(_shown(drafted()))] == ["gbt-41833-name", "gbt-41833-phone"]
    assert found(_shown(drafted(), exemption="领导要求")) == [("house-exemption-mark", "exemption")]


def test_an_exemption_shows_the_recipient_and_nobody_else(drafted: Drafted, found: Found) -> None:
    draft = _shown(drafted(sender_name="李建国", remark="请交给张伟代收"), exemption="司法文书")
    assert found(draft) == [("gbt-41833-name", "sender.name"), ("house-free-text", "remark")]


def test_every_ply_that_shows_a_recipient_carries_the_mark(fonts: Any, drafted: Drafted, probe: Any, on: Any) -> None:
    draft = _shown(drafted(), exemption="法院专递")
    upper, lower = TEMPLATES["100x150"].plies
    for plies, refused in (((upper,), False), ((upper, _ply_without(lower, "exemption_shown")), True)):
        setter = Typesetter(replace(TEMPLATES["100x150"], plies=plies), fonts)
        (answer,) = check([draft], [probe()], on=on, setter=setter)
        rules = {each.rule for each in answer} if isinstance(answer, tuple) else set()
        assert ("house-exemption-mark" in rules) is refused


def _ply_without(ply: Any, field: str) -> Any:
    return replace(ply, part=replace(ply.part, boxes=_boxes_but(field)(ply.part)))


@pytest.mark.parametrize("size", sizes())
def test_every_built_in_template_passes_the_rules_of_templates(fonts: Any, size: str, on: Any) -> None:
    setter = Typesetter(TEMPLATES[size], fonts, link="https://yj.example/s?t=")
    assert check_template(setter, on=on) == ()


def _without(template: Template, **parts: Any) -> Template:
    plies = tuple(
        replace(ply, part=replace(ply.part, **{name: change(ply.part) for name, change in parts.items()}))
        for ply in template.plies
    )
    return replace(template, plies=plies)


def _boxes_but(field: str) -> Any:
    return lambda part: tuple(box for box in part.boxes if box.field != field)


def _lower(part: Part) -> tuple[Bars, ...]:
    return tuple(replace_bars(each, h=4.0) for each in part.bars)


def replace_bars(bars: Bars, **area: float) -> Bars:
    return bars._replace(area=bars.area._replace(**area))


@pytest.mark.parametrize(
    ("change", "rules"),
    [
        ({"boxes": _boxes_but("contents")}, ["gbt-41833-zones"]),
        ({"boxes": _boxes_but("sender.phone")}, ["gbt-41833-zones"]),
        ({"boxes": _boxes_but("destination")}, ["gbt-41833-zones"]),
        ({"captions": lambda _: ()}, ["gbt-41833-zones"]),
        ({"bars": lambda _: ()}, ["gbt-41833-zones", "trade-code-128"]),
        ({"bars": _lower}, ["trade-code-128"]),
        ({"bars": lambda part: tuple(replace_bars(each, w=30.0) for each in part.bars)}, ["trade-code-128"]),
        ({"qrs": lambda _: ()}, ["trade-qr-code"]),
        ({"qrs": lambda part: tuple(area._replace(w=10.0, h=10.0) for area in part.qrs)}, ["trade-qr-code"]),
    ],
)
def test_a_template_that_lacks_a_part_prints_nothing(fonts: Any, on: Any, change: dict[str, Any], rules: list[str]) -> None:
    setter = Typesetter(_without(TEMPLATES["76x130"], **change), fonts)
    found = check_template(setter, on=on)
    assert [each.rule for each in found] == rules
    assert {each.refusal for each in found} == {Refusal.LABEL_UNFIT}


def test_a_ply_without_its_codes_is_seen_beside_one_that_has_them(fonts: Any, on: Any) -> None:
    whole = TEMPLATES["100x150"]
    upper, lower = whole.plies
    bare = replace(whole, plies=(upper, replace(lower, part=replace(lower.part, bars=(), numbers=()))))
    assert [each.rule for each in check_template(Typesetter(bare, fonts), on=on)] == ["gbt-41833-zones", "trade-code-128"]


def test_findings_of_a_template_refuse_every_label(fonts: Any, drafted: Drafted, probe: Any, on: Any) -> None:
    press = Press(fonts, link="https://yj.example/?p=13800005678&t=")
    answers = press.check([drafted(), drafted()], [probe(), probe()], on=on)
    assert [[each.rule for each in answer] for answer in answers if isinstance(answer, tuple)] == [["house-code-content"]] * 2


@pytest.mark.parametrize("link", ["", "https://yj.example/s/", "https://yj.example/s?t=", "yj.example:8443/#/"])
def test_a_plain_link_before_the_token_passes(fonts: Any, on: Any, link: str) -> None:
    assert check_template(Typesetter(TEMPLATES["76x130"], fonts, link=link), on=on) == ()
