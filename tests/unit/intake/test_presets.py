"""Presets: every packaged one is whole, a header tells its own, and a mapping file's mistakes are named."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.intake.files import EXAMPLES, called, layout

from yinji.doors.intake.presets.model import RECIPIENT, Field, Preset, names_another, names_identity
from yinji.doors.intake.presets.reading import read_preset
from yinji.doors.intake.presets.recognition import Layout, is_header, lay_out, recognise
from yinji.doors.intake.presets.shelf import preset_called, preset_from, presets
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

WHOLE = (EXAMPLES / "mapping.toml").read_text(encoding="utf-8")

HEADERS = {
    "taobao": "订单编号,买家会员名,收货人姓名,收货地址 ,联系电话 ,联系手机,宝贝标题 ,订单状态",
    "tmall": "订单编号,买家应付货款,收货地址,宝贝标题",
    "jd": "订单号,商品名称,客户姓名,客户地址,联系电话",
    "douyin": "主订单编号,选购商品,收件人,收件人手机号,省,市,区,街道,详细地址",
    "youzan": "订单号,全部商品名称,收货人/提货人,收货人手机号/提货人手机号,收货人省份,详细收货地址/提货地址,分销员,分销员手机号,分销员",
    "pinduoduo": "商品,订单号,订单状态,商品总价(元),商家实收金额(元),商品数量(件)",
    "wangdiantong": "订单编号,店铺,子单原始单号,收件人,收货地区,收货地址,收件人手机,货品名称",
    "general": "订单号,收件人,收件人电话,收件地址,物品名称",
}  # fmt: skip


@pytest.mark.parametrize("name", HEADERS)
def test_a_platforms_header_tells_its_preset(name: str) -> None:
    header = HEADERS[name].split(",")
    assert layout(header).preset.id == name
    assert is_header(header, presets())


def test_every_preset_has_a_header_here() -> None:
    assert {preset.id for preset in presets()} == set(HEADERS)


@pytest.mark.parametrize("preset", presets(), ids=lambda each: each.id)
def test_a_packaged_preset_names_source_and_confidence_and_no_status_twice(preset: Preset) -> None:
    assert preset.source
    assert preset.confidence in {"A", "B", "C", "own"}
    for field in (Field.STATUS, Field.REFUND_STATUS):
        assert not preset.ready[field] & preset.held[field]


@pytest.mark.parametrize("preset", presets(), ids=lambda each: each.id)
def test_no_recipient_is_read_from_a_column_of_somebody_else(preset: Preset) -> None:
    headings = [each for field, named in preset.columns.items() if field in RECIPIENT for each in named]
    assert not [each for each in headings if names_another(each) or names_identity(each) or each in preset.never]


@pytest.mark.parametrize(
    "heading", ["买家手机号", "买家姓名", "用户购买手机号", "分销员手机号", "配送员", "配送员电话", "下单帐号", "寄件人电话"]
)
def test_a_column_of_somebody_else_is_no_recipient_and_not_given_back(heading: str) -> None:
    found = layout([*HEADERS["general"].split(","), heading])
    assert heading not in [each for columns in found.at.values() for _, each in columns]
    assert (found.dropped, found.others, found.width - 1 in found.kept) == (1, 1, False)


@pytest.mark.parametrize("heading", ["身份证号", "收件人身份证号码", "证件号码"])
def test_a_column_of_identity_numbers_is_dropped(heading: str) -> None:
    found = layout([*HEADERS["jd"].split(","), heading])
    assert (found.identity, found.width - 1 in found.kept) == (1, False)


def test_a_header_that_lacks_columns_names_each() -> None:
    found = lay_out(["订单号", "收件人"], called("general"))
    assert found == [Refuse(Refusal.COLUMN_MISSING, name) for name in ("收件人电话", "收件地址", "物品名称")]


@pytest.mark.parametrize("name", HEADERS["general"].split(","))
def test_a_column_that_is_read_and_stands_twice_is_refused(name: str) -> None:
    assert recognise([*HEADERS["general"].split(","), name], presets()) == [Refuse(Refusal.COLUMN_TWICE, name)]


def test_an_unknown_header_is_told_the_nearest_preset_and_what_it_lacks() -> None:
    found = recognise(["订单号", "客户姓名", "客户住址", "王晓明"], presets())
    assert isinstance(found, list)
    first, *lacking = found
    assert first == Refuse(Refusal.PRESET_UNKNOWN, "客户姓名、订单号 + 2; jd")
    assert Refuse(Refusal.COLUMN_MISSING, "客户地址") in lacking


def test_a_header_that_fits_two_platforms_equally_is_refused() -> None:
    header = ["订单编号", "收货人姓名", "收货地址", "联系手机", "宝贝标题"]
    twin = read_preset(
        WHOLE.replace('id = "shop"', 'id = "shop"\ntelling = [["收货人姓名", "收货地址", "联系手机"]]'), name="x"
    )
    assert isinstance(twin, Preset)
    assert recognise(header, [*presets(), twin]) == [Refuse(Refusal.PRESET_AMBIGUOUS, "taobao | shop")]


@given(st.lists(st.text("龘靐齉龗", min_size=1, max_size=6), max_size=6))
def test_a_file_without_a_header_is_refused_without_quoting_it(cells: list[str]) -> None:
    found = recognise(cells, presets())
    assert isinstance(found, list)
    assert not any(set(each.at) & set("龘靐齉龗") for each in found)


def test_a_row_of_orders_is_no_header() -> None:
    assert not is_header(["A-1", "慕容晓棠", "13977665544", "浙江省杭州市西湖区"], presets())


def test_a_header_with_blanks_and_full_width_marks_is_the_same() -> None:
    assert layout(["商品", "订单号 ", "商品总价（元）", "商家实收金额（元）", "\t商品数量（件）"]).preset.id == "pinduoduo"


@pytest.mark.parametrize("name", sorted(path.name for path in EXAMPLES.glob("mapping.*")))
def test_the_example_of_a_mapping_file_is_read(name: str) -> None:
    found = preset_from(EXAMPLES / name)
    assert isinstance(found, Preset)
    assert found.columns[Field.PHONE] == ("打哪个电话",)


def test_a_mapping_file_may_be_json() -> None:
    found = read_preset(json.dumps(tomllib.loads(WHOLE)), name="m.json")
    assert found == read_preset(WHOLE, name="m.toml")


@pytest.mark.parametrize(
    ("before", "after", "key"),
    [
        ('id = "shop"', 'id = "我的店"', "id"),
        ('phone = ["打哪个电话"]', 'phone = ["买家手机号"]', "columns.phone"),
        ('phone = ["打哪个电话"]', 'phone = ["分销员手机号"]', "columns.phone"),
        ('phone = ["打哪个电话"]', "phone = 5", "columns.phone"),
        ('phone = ["打哪个电话"]', 'telephone = ["打哪个电话"]', "columns"),
        ('phone = ["打哪个电话"]', 'phone = ["谁收"]', "columns.phone"),
        ('buyer_message = ["嘱咐"]', 'buyer_message = ["身份证号"]', "columns.buyer_message"),
        ('order = ["单据"]\n', "", "columns.order"),
        ('contents = ["是什么"]\n', "", "columns.contents"),
        ('status = ["可发"]', 'state = ["可发"]', "ready.state"),
        ('per = "order"', 'per = "parcel"', "shipped.per"),
        ('["单据", "order"]', '["单据"]', "shipped.columns"),
        ('["单据", "order"]', '["单据", "name"]', "shipped.columns"),
        ("[columns]", "[colums]", "columns"),
        ('id = "shop"', 'id = "shop"\nweight_unit = "斤"', "weight_unit"),
        ('id = "shop"', 'id = "shop"\nprotected = 1', "protected"),
        ('id = "shop"', "id = shop", "line 2"),
    ],
)
def test_a_mistake_in_a_mapping_file_is_named_by_its_key(before: str, after: str, key: str) -> None:
    assert before in WHOLE
    found = read_preset(WHOLE.replace(before, after, 1), name="m.toml")
    assert isinstance(found, list)
    assert {each.code for each in found} == {Refusal.MAPPING_MALFORMED}
    assert any(f"m.toml: {key}: " in f"{each.at} " for each in found), found


@given(st.text(max_size=60) | st.binary(max_size=40).map(lambda raw: raw.decode("latin-1")))
def test_any_text_is_a_preset_or_has_its_mistakes_named(text: str) -> None:
    found = read_preset(text, name="m")
    assert isinstance(found, Preset) or all(each.code is Refusal.MAPPING_MALFORMED for each in found)


def test_a_preset_that_is_not_there_is_answered_with_those_that_are() -> None:
    found = preset_called("ebay")
    assert isinstance(found, Refuse)
    assert found.code is Refusal.PRESET_UNKNOWN
    assert "taobao" in found.at


def test_a_mapping_file_that_is_not_there_or_no_text_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Fault, match="FILE_MISSING"):
        preset_from(tmp_path / "none.toml")
    (tmp_path / "m.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Fault, match="FILE_NOT_TEXT"):
        preset_from(tmp_path / "m.toml")


def test_a_place_on_a_label_is_told_by_its_heading() -> None:
    found = layout(HEADERS["douyin"].split(","))
    assert isinstance(found, Layout)
    assert [found.place(at) for at in ("recipient.phone", "recipient.address", "order.number", "elsewhere")] == [
        "收件人手机号", "详细地址", "主订单编号", "elsewhere",
    ]  # fmt: skip
