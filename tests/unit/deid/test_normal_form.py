"""The normal form: as long as the text, and the same for every dress of a digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid.normal_form import normal

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=60)


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("③栋②单元⑤⓪①室", "3栋2单元501室"),
        ("㈤〇㈠室", "五〇一室"),
        ("㊀㊂㊈", "一三九"),
        ("Ⅱ单元Ⅴ01", "2单元501"),
        ("１３９－②②", "139-22"),
        ("𝟏❶➀٣¹", "11131"),
        ("⑫", "2"),
        ("Ⓐⓑ", "Ab"),
        ("a\u200bb—c", "a b-c"),
        ("○", "〇"),
        ("（收），。", "(收),."),
        ("陆家嘴伍号", "陆家嘴伍号"),
    ],
)
def test_a_digit_in_another_dress_is_the_digit(text: str, plain: str) -> None:
    assert normal(text) == plain


@given(ANY_TEXT)
def test_the_normal_form_is_as_long_as_its_text_and_stays_what_it_is(text: str) -> None:
    once = normal(text)
    assert len(once) == len(text)
    assert len(normal(once)) == len(text)


@given(st.text(st.characters(max_codepoint=0x7F), max_size=40))
def test_a_plain_text_is_its_own_normal_form(text: str) -> None:
    assert normal(text) == text
