"""Free text: what in it shows a person."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import FindingKind, hide, scan
from yinji.deid.documents import identity_check
from yinji.kernel.mask import HIDDEN_MARK

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)
NUMBER = "11010519491231002"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("请放门口，联系张三，电话138-0000-1111", "请放门口，联系**，电话*************"),
        ("收件人：欧阳娜娜", "收件人：****"),
        ("１３８００００１１１１", "***********"),
        ("一三八零零零零一一一一", "***********"),
        ("13800001111转8001", "****************"),
        ("0571-87654321", "*************"),
        ("400-800-1234", "************"),
        ("700123456789012", "***************"),
        ("邮箱someone@example.com谢谢", "邮箱*******************谢谢"),
        ("王女士的快递", "*女士的快递"),
        ("收件人：李女士，3栋501", "收件人：*女士，3栋***"),
        ("送3栋2单元501，易碎", "送3栋******，易碎"),
    ],
)
def test_what_shows_a_person_is_found(text: str, shown: str) -> None:
    assert hide(text).text == shown


@pytest.mark.parametrize(
    "text",
    [
        "",
        "易碎品轻放",
        "测试手机壳 15 256G 黑色 2件",
        "尺码42 数量3",
        "订单20261121000123",
        "5号楼门口放",
        "红色户外帐篷 2000x1500",
        "买一送三",
    ],
)
def test_a_text_about_things_is_left_alone(text: str) -> None:
    assert scan(text) == ()
    assert hide(text).text == text


def test_an_identity_number_is_sure_only_with_its_check_digit() -> None:
    right = NUMBER + identity_check(NUMBER)
    wrong = NUMBER + ("0" if right[-1] != "0" else "1")
    (sure,), (doubtful,) = scan(f"证件{right}"), scan(f"证件{wrong}")
    assert sure.kind is doubtful.kind is FindingKind.IDENTITY
    assert sure.confidence > doubtful.confidence
    assert right not in hide(right).text
    assert hide(wrong).text == HIDDEN_MARK * 18


def test_the_check_digit_is_that_of_the_standard() -> None:
    assert identity_check(NUMBER) == "X"  # the worked example of GB 11643


def test_every_finding_says_why_in_both_languages() -> None:
    for finding in scan("联系张三 13800001111 a@example.com 3栋2单元501"):
        assert finding.reason.zh
        assert finding.reason.en
        assert 0 < finding.confidence <= 1


@given(ANY_TEXT)
def test_findings_lie_apart_and_inside_the_text(text: str) -> None:
    found = scan(text)
    assert found == scan(text)
    assert all(0 <= one.span.start < one.span.end <= len(text) for one in found)
    assert all(left.span.end <= right.span.start for left, right in pairwise(found))
    assert len(hide(text).text) == len(text)


@given(ANY_TEXT.filter(lambda text: not text[-1:].isdecimal()), st.integers(13000000000, 19999999999))
def test_a_plain_mobile_never_stays(before: str, phone: int) -> None:
    text = f"{before}；{phone}"
    assert str(phone) not in hide(text).text
