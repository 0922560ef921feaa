"""Phones in every written form are found whole, extensions included; numbers of things are not."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.unit.deid.phone_forms import EXTENSION, MOBILE, OTHERS, THINGS

from yinji.deid import FindingKind, PhoneKind, hide, read_phone, scan

PLACES = ("{}", "电话{}", "张三{}", "张三，{}，谢谢", "请打{}联系", "手机号：{}。", "收件人王芳{}测试路12号")
NUMBERS = ("13800001111", "15912345678", "19200457103", "18400913965")
PLAIN = ("plain", "three four four by dashes", "three four four by spaces", "full-width", "+86")
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


def found_whole(place: str, written: str) -> bool:
    """Say whether one phone covers what is written in this place of a text."""
    text, start = place.format(written), place.index("{}")
    return any(
        one.kind in {FindingKind.PHONE, FindingKind.NUMBER} and one.span.start <= start and one.span.end >= start + len(written)
        for one in scan(text)
    )


@pytest.mark.parametrize("form", MOBILE)
def test_a_mobile_is_found_whole_however_it_is_written(form: str) -> None:
    missed = [(place, number) for place in PLACES for number in NUMBERS if not found_whole(place, MOBILE[form](number))]
    assert not missed


@pytest.mark.parametrize("sign", EXTENSION)
def test_the_extension_belongs_to_the_number(sign: str) -> None:
    tails = [EXTENSION[sign].format(extension) for extension in ("7576", "123", "01")]
    assert not [
        (place, base, tail)
        for place in PLACES
        for base in PLAIN
        for tail in tails
        if not found_whole(place, MOBILE[base]("18400913965") + tail)
    ]


@pytest.mark.parametrize("number", OTHERS)
def test_other_numbers_that_ring_are_found_whole(number: str) -> None:
    assert not [place for place in PLACES if not found_whole(place, number)]


@pytest.mark.parametrize("text", THINGS)
def test_a_number_of_a_thing_is_no_phone(text: str) -> None:
    assert [scan(place.format(text)) for place in ("{}", "{}，谢谢", "商品：{}")] == [(), (), ()]


@pytest.mark.parametrize("text", ["13800001111-3栋", "13800001111,2件", "13800001111 2026-11-20", "13800001111，13900002222"])
def test_what_follows_a_number_as_something_else_is_no_extension(text: str) -> None:
    assert scan(text)[0].span == (0, 11)


@settings(max_examples=60)
@given(st.sampled_from(sorted(MOBILE)), MOBILES, st.sampled_from(PLACES))
def test_no_form_shows_the_last_digits_of_any_mobile(form: str, number: str, place: str) -> None:
    written = MOBILE[form](number)
    shown = hide(place.format(written)).text
    start = place.index("{}")
    assert set(shown[start : start + len(written)]) == {"*"}


@pytest.mark.parametrize("sign", sorted(set(EXTENSION) - {"a star"}))
def test_the_reader_of_phones_tells_the_extension_from_the_number(sign: str) -> None:
    phone = read_phone("18400913965" + EXTENSION[sign].format("7576"))
    assert (phone.kind, phone.line) == (PhoneKind.MOBILE, "18400913965-7576")  # type: ignore[union-attr] - a refusal has no line and fails here
