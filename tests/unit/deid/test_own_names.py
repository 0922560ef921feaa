"""A person's own name is found however it is written, and a place of that name is left alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import own_name, starred

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("王 晓明", "王晓明收", "***收"),
        ("王晓明先生", "交王晓明", "交***"),
        ("王晓明", "王 晓 明收", "*****收"),
        ("王晓明", "晓明收", "**收"),
        ("王晓明", "王·晓*明", "*****"),
        ("欧阳娜娜", "给娜娜", "给**"),
        ("李四", "给李 四", "给***"),
        ("王晓明（妈妈）", "王晓明", "***"),
        ("买买提·艾力", "找买买提", "找***"),
        ("John Smith", "for JOHNSMITH", "for *********"),
        ("Li Na", "online", "online"),
        ("李", "李家的茶", "李家的茶"),
    ],
)
def test_a_note_says_no_name(name: str, text: str, shown: str) -> None:
    assert starred(text, own_name(name).in_note(text)).text == shown


@pytest.mark.parametrize(
    ("name", "text", "shown"),
    [
        ("李四", "浙江省杭州市西湖区幸福村李四家", "浙江省杭州市西湖区幸福村**家"),
        ("李四", "浙江省杭州市西湖区幸福村李四收", "浙江省杭州市西湖区幸福村**收"),
        ("李四", "浙江省杭州市西湖区测试路9号李四", "浙江省杭州市西湖区测试路9号**"),
        ("李四", "浙江省杭州市西湖区测试路李四13800001111", "浙江省杭州市西湖区测试路**13800001111"),
        ("王晓明", "浙江省杭州市西湖区晓明家", "浙江省杭州市西湖区**家"),
        ("王 晓明", "浙江省杭州市西湖区王晓明超市", "浙江省杭州市西湖区***超市"),
        ("高明", "广东省佛山市高明区星桥路9号", "广东省佛山市高明区星桥路9号"),
        ("高明", "广东省佛山市高明", "广东省佛山市高明"),
        ("张江", "上海市浦东新区张江镇示例路88号", "上海市浦东新区张江镇示例路88号"),
        ("高明", "浙江省杭州市西湖区测试路9号高明大厦", "浙江省杭州市西湖区测试路9号高明大厦"),
        ("王建国", "浙江省杭州市西湖区建国家园3栋", "浙江省杭州市西湖区建国家园3栋"),
        ("张江", "浙江省杭州市西湖区张江收费站", "浙江省杭州市西湖区张江收费站"),
    ],
)
def test_an_address_says_a_place_and_not_its_owner(name: str, text: str, shown: str) -> None:
    assert starred(text, own_name(name).in_address(text)).text == shown


@given(ANY_TEXT, ANY_TEXT)
def test_no_name_and_no_text_make_the_search_raise(name: str, text: str) -> None:
    own = own_name(name)
    assert all(0 <= start < end <= len(text) for start, end in (*own.in_note(text), *own.in_address(text)))
