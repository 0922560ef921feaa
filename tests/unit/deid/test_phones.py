"""Phones: six digits hidden at least, five shown at most; what a number is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.deid import Phone, PhoneKind, mask_phone, read_phone
from yinji.kernel.decision import Refuse
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.refusals import Refusal

ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=40)
PHONE_LIKE = st.text("0123456789 -+()转,*０１２９", max_size=30)


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13812345678", "1******5678"),
        ("138 1234 5678", "1** **** 5678"),
        ("+8613812345678", "+**1******5678"),
        ("+86-138-1234-5678", "+**-1**-****-5678"),
        ("0571-87654321", "0***-****4321"),
        ("700123456789012", "7**********9012"),
        ("１３８１２３４５６７８", "１******５６７８"),
        ("87654321", "******21"),
        ("7654321", "******1"),
        ("95188", "*****"),
        ("王13812345678", "*1******5678"),
        ("1******5678", "1******5678"),
        ("138****5678", "1******5678"),
        ("", ""),
    ],
)
def test_a_phone_shows_its_first_and_last_four_digits_at_most(phone: str, shown: str) -> None:
    assert mask_phone(phone).text == shown


@given(st.one_of(ANY_TEXT, PHONE_LIKE))
def test_of_any_text_at_least_six_digits_are_hidden_and_at_most_five_shown(text: str) -> None:
    mask = mask_phone(text)
    assert mask == mask_phone(text)
    assert len(mask.text) == len(text)
    digits = sum(character.isdecimal() or character == HIDDEN_MARK for character in text)
    shown = sum(character.isdecimal() for character in mask.text)
    assert shown <= 5
    assert digits - shown >= min(6, digits)
    assert all(character in "+-() \t*" or character.isdecimal() for character in mask.text)
    hidden = {place for span in mask.hidden for place in range(*span)}
    assert all(mask.text[place] == (HIDDEN_MARK if place in hidden else text[place]) for place in range(len(text)))


@given(PHONE_LIKE)
def test_masking_a_mask_shows_nothing_new(text: str) -> None:
    once = mask_phone(text).text
    assert all(again in (HIDDEN_MARK, first) for first, again in zip(once, mask_phone(once).text, strict=True))


@pytest.mark.parametrize(
    ("text", "phone"),
    [
        ("13812345678", Phone(PhoneKind.MOBILE, "13812345678")),
        (" 138-1234-5678 ", Phone(PhoneKind.MOBILE, "13812345678")),
        ("+86 138 1234 5678", Phone(PhoneKind.MOBILE, "13812345678")),
        ("１３８１２３４５６７８", Phone(PhoneKind.MOBILE, "13812345678")),
        ("13812345678-1234", Phone(PhoneKind.MOBILE, "13812345678", "1234")),
        ("13812345678转1234", Phone(PhoneKind.MOBILE, "13812345678", "1234")),
        ("0571-87654321", Phone(PhoneKind.LANDLINE, "057187654321")),
        ("(010)87654321转801", Phone(PhoneKind.LANDLINE, "01087654321", "801")),
        ("+86 571 87654321", Phone(PhoneKind.LANDLINE, "057187654321")),
        ("400-800-1234", Phone(PhoneKind.SERVICE, "4008001234")),
        ("95188", Phone(PhoneKind.SERVICE, "95188")),
        ("700123456789012", Phone(PhoneKind.VIRTUAL_700, "700123456789012")),
    ],
)
def test_a_phone_is_read_for_what_it_is(text: str, phone: Phone) -> None:
    assert read_phone(text) == phone


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Refusal.PHONE_MISSING),
        ("  ", Refusal.PHONE_MISSING),
        ("138****5678", Refusal.PHONE_MASKED),
        ("138xxxx5678", Refusal.PHONE_MASKED),
        ("12812345678", Refusal.PHONE_IMPOSSIBLE),
        ("1381234567", Refusal.PHONE_IMPOSSIBLE),
        ("138123456789", Refusal.PHONE_IMPOSSIBLE),
        ("87654321", Refusal.PHONE_IMPOSSIBLE),
        ("70012345678901", Refusal.PHONE_IMPOSSIBLE),
        ("王小明", Refusal.PHONE_IMPOSSIBLE),
    ],
)
def test_what_cannot_ring_is_refused_by_its_code(text: str, code: Refusal) -> None:
    assert read_phone(text) == Refuse(code, "phone")


@given(ANY_TEXT)
def test_no_text_makes_the_reader_raise_or_repeat_the_number(text: str) -> None:
    answer = read_phone(text)
    assert isinstance(answer, Phone) or answer.at == "phone"
