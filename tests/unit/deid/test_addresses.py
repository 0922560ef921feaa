"""Addresses: unit, floor beside it, room and household are hidden; the way to the building stays."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import mask_address
from yinji.kernel.faults import Misuse
from yinji.kernel.mask import HIDDEN_MARK

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
PIECES = (
    "青枫花园", "测试路", "测试镇", "云杉大厦", "团结村", "12", "3", "501", "a", "8d", "三", "号", "栋", "号楼", "单元", "室", "楼", "层", "弄",
    "组", "门", "户", "西", "-", "#", " ", "，", "一", "王小明", "13800001111", "电联", "期", "座", "(", ")", "*",
)  # fmt: skip
ADDRESS_LIKE = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)


@pytest.mark.parametrize(
    "marked",
    [
        "杭州市余杭区测试路12号青枫花园3栋[2单元501]",
        "青枫花园3-[2-501]",
        "青枫花园3#[2-501]",
        "青枫花园3栋#[501]",
        "青枫花园9一[2一301]",
        "青枫花园３栋[２单元５０１]",
        "云杉大厦Ａ座[５０１]",
        "云杉大厦A座[1203]",
        "云杉大厦[1203室]",
        "青枫大学学生公寓8栋[512宿舍]",
        "青枫大学8号楼[512号宿舍]",
        "青枫大学3号宿舍[512]",
        "测试镇6号民宿[2楼“听风”房]",
        "测试镇6号民宿[「山月」客房]",
        "云杉大厦[8F801]",
        "云杉大厦[5楼502]",
        "青枫花园[三单元五零一]",
        "青枫花园5号楼[2门301]",
        "青枫里[8门806]",
        "测试路88弄12号[501室]",
        "青枫花园3栋[7楼西户]",
        "青枫花园3栋[8d]",
        "青枫花园3栋[10B]",
        "青枫花园 3 栋 [2 单元 501]",
        "青枫花园26-[甲单元503]",
        "青枫花园c24[三单元]",
        "青枫花园5号楼[东单元302]",
        "青枫花园5号楼[第三单元302]",
        "青枫花园[2单元]7栋[603]",
        "测试路12号3-[501]",
        "青枫市场2楼B区[12号铺]",
        "青枫花园12楼[3单元501]",
        "阳光100国际3栋[2单元301]",
        "青枫花园128一[1501]",
        "青枫花园3-5栋[2单元501]",
        "云杉大厦[1537-14]",
        "云杉大厦135-[1826室]",
        "测试路[14502]",
        "测试路1365-[4-602]",
        "测试路88弄7号[601]",
        "北国市场c区[705号]",
        "团结村12号[501室]",
    ],
)
def test_unit_and_room_are_hidden_and_the_rest_stays(marked: str) -> None:
    text = marked.replace("[", "").replace("]", "")
    expected, hide = [], False
    for character in marked:
        if character in "[]":
            hide = character == "["
        else:
            expected.append(HIDDEN_MARK if hide else character)
    assert mask_address(text).text == "".join(expected)


@pytest.mark.parametrize(
    "text",
    [
        "杭州市余杭区测试路12号",
        "测试路101号附2号",
        "测试路121-123号",
        "测试路12-3号",
        "测试路121-123",
        "测试路12号云顶",
        "青枫花园1栋-测试大街66号",
        "测试路88弄12号",
        "青枫花园12栋",
        "青枫花园12号楼",
        "云杉大厦A座",
        "云杉大厦8F",
        "团结村5组6号",
        "测试镇团结村12组",
        "八百户村",
        "三里河一区",
        "青枫花园三期",
        "G2国道团结村",
        "阳光100国际",
        "测试路12号南门",
        "测试路12号“听风”房产中介",
        "测试路12号3公寓",
    ],
)
def test_an_address_without_unit_or_room_is_left_whole(text: str) -> None:
    assert mask_address(text).text == text
    assert mask_address(text).hidden == ()


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("青枫花园3栋 王小明 13800001111", "青枫花园3栋 *** ***********"),
        ("青枫花园3栋王小明", "青枫花园3栋***"),
        ("青枫花园3栋 欧阳娜娜收", "青枫花园3栋 *****"),
        ("测试路12号王先生", "测试路12号***"),
        ("测试路12号电联13800001111", "测试路12号*************"),
        ("测试路12号（放门口）", "测试路12号（****"),
    ],
)
def test_a_name_a_phone_and_a_remark_in_an_address_are_hidden(text: str, shown: str) -> None:
    mask = mask_address(text).text
    assert [character for character in mask if character not in "* "] == [c for c in shown if c not in "* "]
    assert "王" not in mask
    assert "1111" not in mask


def test_a_floor_alone_stays_and_a_floor_beside_a_room_is_hidden() -> None:
    assert mask_address("云杉大厦5楼").text == "云杉大厦5楼"
    assert mask_address("云杉大厦5楼501").text == "云杉大厦*****"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("浙江省杭州市余杭区仓前街道测试路1号", "浙江省杭州市余杭区仓前街道*****"),
        ("浙江省杭州市余杭区测试路1号", "浙江省杭州市余杭区*****"),
        ("测试路1号", "*****"),
        ("", ""),
    ],
)
def test_the_route_policy_shows_divisions_and_town_only(text: str, shown: str) -> None:
    assert mask_address(text, "route").text == shown


def test_an_unknown_policy_is_misuse() -> None:
    with pytest.raises(Misuse, match="no address policy"):
        mask_address("测试路1号", "all")


@given(st.one_of(ANY_TEXT, ADDRESS_LIKE), st.sampled_from(("label", "route")))
def test_any_text_keeps_its_length_and_its_spans_are_its_stars(text: str, policy: str) -> None:
    mask = mask_address(text, policy)
    assert mask == mask_address(text, policy)
    assert len(mask.text) == len(text)
    assert all(left.end <= right.start for left, right in pairwise(mask.hidden))
    hidden = {place for span in mask.hidden for place in range(*span)}
    assert all(mask.text[place] == (HIDDEN_MARK if place in hidden else text[place]) for place in range(len(text)))


@given(st.one_of(ANY_TEXT, ADDRESS_LIKE))
def test_masking_a_mask_hides_no_less(text: str) -> None:
    once = mask_address(text).text
    assert all(again in (HIDDEN_MARK, first) for first, again in zip(once, mask_address(once).text, strict=True))


@given(st.text("测试青枫花园路", min_size=2, max_size=8), st.integers(1, 60), st.integers(1, 9), st.integers(101, 3305))
def test_a_marked_room_behind_a_marked_building_never_shows(estate: str, building: int, unit: int, room: int) -> None:
    mask = mask_address(f"{estate}{building}栋{unit}单元{room}室").text
    assert mask.startswith(f"{estate}{building}栋")
    assert set(mask[len(f"{estate}{building}栋") :]) == {HIDDEN_MARK}


@given(ADDRESS_LIKE, st.integers(13000000000, 19999999999))
def test_a_phone_never_shows_inside_an_address(address: str, phone: int) -> None:
    assert str(phone) not in mask_address(f"{address}，{phone}").text
