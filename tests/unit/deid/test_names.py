"""Names: the surname stays, at least one character is hidden."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import mask_name
from yinji.kernel.mask import HIDDEN_MARK

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("王五", "王*"),
        ("王小明", "王**"),
        ("欧阳娜娜", "欧阳**"),
        ("司马光", "司马*"),
        ("欧阳", "欧*"),
        ("李", "*"),
        ("买买提·艾力", "买*****"),
        ("John Smith", "J*********"),
        ("王先生", "王**"),
        ("青枫测试贸易有限公司", "青*********"),
        ("李四13800001111", "李************"),
        (" 王小明 ", " 王** "),
        ("𠮷田", "𠮷*"),
        ("(王)", "***"),
        ("王*", "王*"),
        ("欧阳**", "欧***"),
        ("", ""),
        ("  ", "  "),
    ],
)
def test_a_name_shows_its_surname_at_most(name: str, shown: str) -> None:
    assert mask_name(name).text == shown


@given(ANY_TEXT)
def test_any_text_keeps_its_length_and_hides_one_character_at_least(text: str) -> None:
    mask = mask_name(text)
    assert mask == mask_name(text)
    assert len(mask.text) == len(text)
    assert not text.strip() or HIDDEN_MARK in mask.text
    hidden = {place for span in mask.hidden for place in range(*span)}
    assert all(mask.text[place] == (HIDDEN_MARK if place in hidden else text[place]) for place in range(len(text)))


@given(ANY_TEXT)
def test_masking_a_mask_hides_no_less(text: str) -> None:
    once = mask_name(text).text
    twice = mask_name(once).text
    assert all(again == HIDDEN_MARK for first, again in zip(once, twice, strict=True) if first == HIDDEN_MARK)
