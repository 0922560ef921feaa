"""What an address is read as: parts that cover the text, each with a reason."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.deid import Part, Policy, hidden_parts, mask_address, read_address
from yinji.deid.address.parts import REASONS, Why

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
PIECES = (
    "浙江省", "杭州市", "余杭区", "臺北市", "青枫花园", "測試路", "测试路", "测试镇", "云杉大厦", "团结村", "12", "3", "501", "A", "8d", "三", "号", "栋", "号楼", "单元",
    "室", "楼", "層", "弄", "组", "门", "户", "西", "-", "#", " ", "，", "之3", "王小明", "13800001111", "电联", "（放门口）", "期", "座", "商铺", "房", "*", "\u202e", "\u0301",
    "Flat 12A, ", "5/F", "Block C", " 100 Testing Road", "\ud800",
)  # fmt: skip
ADDRESS_LIKE = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)
TEXTS = st.one_of(ANY_TEXT, ADDRESS_LIKE)

READ = {
    "浙江省杭州市余杭区仓前街道测试路12号青枫花园3栋2单元5楼501室": (
        "province city district town road number place building unit floor room"
    ),
    "北京市朝阳区测试东路88号院12号楼3单元1203": "province district road place building unit room",
    "上海市测试路88弄12号501室": "province road lane building room",
    "团结村3组12号": "village group house",
    "测试苏木红旗嘎查15号": "town village house",
    "测试镇团结社区青枫花园二期A座1203": "town community place phase building room",
    "青枫市场2楼B区12号铺": "place floor phase stall",
    "测试医院住院部3楼12床": "place place floor room",
    "91234部队71分队": "place unit",
    "测试市27信箱34分箱": "place place unit",
    "青枫花园3栋501王小明13800001111": "place building room unknown phone",
    "青枫花园3栋王小明13800001111": "place building name phone",
    "王小明，浙江省杭州市测试路12号": "name sign province city road number",
    "青枫花园3栋501（放快递柜）测试小区对面": "place building room sign remark place way",
    "测试路与云杉路交叉口": "road sign road way",
    "台北市大安區測試東路100號12樓之3": "city district road number floor room",
    "香港九龍測試道100號青楓大廈3樓A室": "province city road number place floor room",
    "中国浙江省杭州市": "country province city",
    "杭州经济开发区测试路1号": "city zone road number",
    "青枫花园3栋***": "place building hidden",
    "Flat 12A, 5/F, Block C, Greenfield Garden, 100 Testing Road": "room sign floor sign building sign place sign place sign number sign place sign place",
}


@pytest.mark.parametrize(("text", "parts"), READ.items())
def test_an_address_is_read_into_its_parts(text: str, parts: str) -> None:
    assert " ".join(part.part.value for part in read_address(text).parts) == parts


@given(TEXTS)
@settings(max_examples=150)
def test_the_parts_touch_and_cover_the_text(text: str) -> None:
    at = 0
    for part in read_address(text).parts:
        assert part.span.start == at < part.span.end
        at = part.span.end
    assert at == len(text)


@given(TEXTS)
@settings(max_examples=150)
def test_a_stricter_policy_hides_all_that_a_milder_one_hides(text: str) -> None:
    route, strict, label, screen = (
        {place for span in mask_address(text, policy).hidden for place in range(*span)}
        for policy in (Policy.ROUTE, Policy.STRICT, Policy.LABEL, Policy.SCREEN)
    )
    assert route >= strict >= label >= screen


@given(TEXTS)
@settings(max_examples=150)
def test_a_mask_of_a_mask_is_that_mask(text: str) -> None:
    once = mask_address(text).text
    assert mask_address(once).text == once


@pytest.mark.parametrize(
    ("half", "whole"),
    [
        ("青枫花园3-***", "青枫花园3-***"),
        ("青枫花园3****", "青枫花园3****"),
        ("测试路12-***", "测试路12-***"),
        ("青枫花园3-2-***", "青枫花园3-*****"),
        ("青枫花园3栋2单元***", "青枫花园3栋******"),
        ("云杉大厦12**", "云杉大厦****"),
        ("青枫花园3栋501 王**", "青枫花园3栋*******"),
        ("138****1234 青枫花园3栋501", "*********** 青枫花园3栋***"),
    ],
)
def test_stars_of_another_hide_no_building_and_excuse_no_room(half: str, whole: str) -> None:
    assert mask_address(half).text == whole


@given(TEXTS)
@settings(max_examples=150)
def test_every_star_of_a_mask_is_explained_by_a_part_and_its_reason(text: str) -> None:
    for policy in Policy:
        mask = mask_address(text, policy)
        explained = {place for part in hidden_parts(text, mask) for place in range(*part.span)}
        assert {place for span in mask.hidden for place in range(*span)} <= explained


@given(TEXTS)
@settings(max_examples=100)
def test_no_room_that_the_reader_sees_is_shown_on_a_label(text: str) -> None:
    mask = mask_address(text)
    for part in read_address(text).parts:
        if part.part in (Part.UNIT, Part.ROOM, Part.STALL, Part.PHONE, Part.NAME, Part.REMARK, Part.UNKNOWN):
            assert set(mask.text[part.span.start : part.span.end]) == {"*"} or part.span.end == part.span.start


@pytest.mark.parametrize("text", ["李三单，杭州市测试路1号", "王小明室", "丁甲室", "王三室", "张三室，杭州市", "王小明*"])
def test_a_name_that_holds_a_designator_is_read_and_covered(text: str) -> None:
    parts = read_address(text).parts
    assert "".join(text[part.span.start : part.span.end] for part in parts) == text


def test_every_reason_has_words() -> None:
    assert set(REASONS) == set(Why)
    (room,) = (part for part in read_address("青枫花园3栋501").parts if part.part is Part.ROOM)
    assert room.reason.en == "told by what stands before it"
    assert read_address("青枫花园3栋501").spans(Part.ROOM) == (room.span,)


def test_a_reading_holds_no_text() -> None:
    assert "501" not in repr(read_address("青枫花园3栋501"))
