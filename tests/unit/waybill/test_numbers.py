"""Waybill numbers: their check digit and their form, as text, as a range, in evidence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.label.codes.grammar import WAYBILL_NUMBER
from yinji.waybill.model import ITEM_VERSION, NumberRange, Waybill, WaybillKind
from yinji.waybill.numbering.check_digits import s10
from yinji.waybill.numbering.formats import fits, formats, read_formats
from yinji.waybill.rules import (
    PRINTED_DIGITS_MAX,
    check_digit,
    evidence_item,
    is_merchant,
    is_reason,
    misread,
    overlap,
    printed,
    read_number,
    read_range,
    serial_in,
    usable,
    written,
)

SERIALS = st.text("0123456789", min_size=8, max_size=15)
CARRIERS = ("SF", "YT", "JT")
PREFIXES = st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=3).filter(
    lambda letters: letters not in CARRIERS and not letters.startswith("JD")
)
"""Letters that no carrier's form without a check digit has."""


def test_the_check_digit_is_the_standards_own_example() -> None:
    """ISO/IEC 7064:2003 gives 0794 its check digit 5 in MOD 11,10."""
    assert check_digit("0794") == "5"


@given(SERIALS)
def test_every_single_wrong_digit_is_found(serial: str) -> None:
    right = check_digit(serial)
    for at, digit in enumerate(serial):
        for wrong in "0123456789":
            if wrong != digit:
                assert check_digit(serial[:at] + wrong + serial[at + 1 :]) != right


@given(prefix=PREFIXES, serial=SERIALS)
def test_every_single_wrong_digit_of_a_printed_number_is_refused(prefix: str, serial: str) -> None:
    number = written(prefix, int(serial), len(serial))
    for at in range(len(prefix), len(number)):
        for wrong in set("0123456789") - {number[at]}:
            assert read_number(number[:at] + wrong + number[at + 1 :]) == Refuse(Refusal.NUMBER_MALFORMED)


@given(prefix=PREFIXES, serial=SERIALS)
def test_a_written_number_reads_back_however_it_is_typed(prefix: str, serial: str) -> None:
    number = written(prefix, int(serial), len(serial))
    assert len(number) == len(prefix) + len(serial) + 1
    assert read_number(number) == number
    assert read_number(f"  {number[:4].lower()} {number[4:9]}\t{number[9:]}\n") == number


@given(st.text(max_size=24))
def test_any_text_is_a_number_or_refused(text: str) -> None:
    answer = read_number(text)
    if not isinstance(answer, Refuse):
        assert read_number(answer) == answer


@pytest.mark.parametrize(
    "text", ["", "YJ", "Y123456789", "YJXQ123456789", "YJ1234567", "YJ12345678901234567890", "ＹＪ１２３４５６７８９"]
)
def test_a_wrong_form_is_refused(text: str) -> None:
    assert read_number(text) == Refuse(Refusal.NUMBER_MALFORMED)


def test_digits_of_other_scripts_are_refused() -> None:
    number = written("YJ", 100_000_000_000, 12)
    assert read_number(number.replace("1", "١")) == Refuse(Refusal.NUMBER_MALFORMED)


@given(prefix=PREFIXES, data=st.data())
def test_a_range_reads_as_it_is_written(prefix: str, data: st.DataObject) -> None:
    digits = data.draw(st.integers(8, PRINTED_DIGITS_MAX[len(prefix)] - 1))
    first = data.draw(st.integers(0, 10**digits - 1))
    last = data.draw(st.integers(first, 10**digits - 1))
    assert read_range(f" {prefix.lower()}:{first:0{digits}d} - {last:0{digits}d}") == (prefix, digits, first, last, "")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "YJ",
        "YJ:1-2",
        "YJ:10000001-10000000",
        "YJ:10000000-100000001",
        "YJ:1000000x-10000009",
        "Y:10000000-10000009",
        "10000000-10000009",
    ],
)
def test_a_malformed_range_is_refused(text: str) -> None:
    answer = read_range(text)
    assert isinstance(answer, Refuse)
    assert answer.code is Refusal.RANGE_MALFORMED


def numbers(first: int, last: int, *, ref: int = 1, prefix: str = "YJ", digits: int = 8, **other: Any) -> NumberRange:
    return NumberRange(Ref(bytes([ref]) * 16), prefix, digits, first, last, **({"specimen": False} | other))


BOUNDS = st.tuples(st.integers(0, 30), st.integers(0, 10)).map(lambda pair: (pair[0], sum(pair)))


@given(one=BOUNDS, other=BOUNDS)
def test_two_ranges_overlap_where_they_share_a_number(one: tuple[int, int], other: tuple[int, int]) -> None:
    shared = set(range(one[0], one[1] + 1)) & set(range(other[0], other[1] + 1))
    assert overlap(numbers(*one), numbers(*other, ref=2)) is bool(shared)
    assert not overlap(numbers(*one), numbers(*other, prefix="YK"))
    assert not overlap(numbers(*one), numbers(*other, digits=9))


def test_specimens_never_stand_in_for_real_ranges_nor_these_for_them() -> None:
    real, specimen = numbers(0, 9), numbers(10, 19, ref=2, specimen=True)
    assert usable([specimen, real], specimen=False) == [real]
    assert usable([specimen, real], specimen=True) == [specimen]
    assert usable([specimen], specimen=False) == usable([real], specimen=True) == usable([], specimen=False) == []


@pytest.mark.parametrize(("prefix", "digits"), [("YJ", 15), ("YJX", 11)])
def test_a_range_whose_bar_code_would_be_too_wide_is_refused(prefix: str, digits: int) -> None:
    assert not isinstance(read_range(f"{prefix}:{'1' * digits}-{'2' * digits}"), Refuse)
    answer = read_range(f"{prefix}:{'1' * (digits + 1)}-{'2' * (digits + 1)}")
    assert isinstance(answer, Refuse)
    assert answer.code is Refusal.RANGE_MALFORMED


def test_the_check_digit_of_a_postal_item_is_the_standards_own_example() -> None:
    """UPU S10 gives the serial 47312482 the check digit 9."""
    assert s10("47312482") == "9"
    assert read_number("RR 473 124 829 GB") == "RR473124829GB"
    assert read_number("RR473124828GB") == Refuse(Refusal.NUMBER_MALFORMED)


@given(st.text("0123456789", min_size=8, max_size=8), st.integers(0, 7), st.integers(1, 9))
def test_a_wrong_digit_of_a_postal_item_is_found(serial: str, at: int, more: int) -> None:
    """Modulus 11 finds every one, but 0 and 5 stand for two remainders each."""
    wrong = serial[:at] + str((int(serial[at]) + more) % 10) + serial[at + 1 :]
    if s10(serial) not in {"0", "5"}:
        assert s10(wrong) != s10(serial)


RANGE_OF = {
    "s10": "EE:00000000-00099999:CN",
    "sf": "SF:1000000000000-1000000999999",
    "yt": "YT:1000000000000-1000000999999",
    "jd": "JDVA:10000000000-10000999999",
    "jt": "JT:1000000000000-1000000999999",
    "plain": "430000000000000-430000000999999",
    "own": "YJ:100000000000-100000999999",
}


@pytest.mark.parametrize("form", formats())
def test_a_range_of_every_form_prints_numbers_that_labels_carry_and_readers_know(form: str) -> None:
    read = read_range(RANGE_OF[form], form)
    assert not isinstance(read, Refuse)
    own = NumberRange(Ref(bytes(16)), read.prefix, read.digits, read.first, read.last, False, form, "", read.suffix)  # noqa: FBT003 - a field of a record
    for serial in (own.first, own.first + 7, own.last):
        number = printed(own, serial)
        assert WAYBILL_NUMBER.fullmatch(number)
        assert read_number(number) == number
        known = fits(number)
        assert known is not None
        assert known.id == form
        assert serial_in(own, number) == serial
    assert serial_in(own, printed(own, own.last + 1)) is None


def test_a_range_is_of_its_form_or_refused() -> None:
    for form, text in RANGE_OF.items():
        for other in RANGE_OF.keys() - {form}:
            if (form, other) != ("own", "own") and not (other == "own" and form in {"sf", "yt", "jt"}):
                assert isinstance(read_range(text, other), Refuse), f"{text} is no {other}"
    answer = read_range("YJ:10000000-10000009", "morse")
    assert isinstance(answer, Refuse)
    assert answer.code is Refusal.FORMAT_UNKNOWN


MALFORMED = """
[[format]]
id = "x"
name = { zh = "甲", en = "x" }
prefix = "(A+)+"
suffix = ""
digits = [8, 9]
check = "none"
source = { zh = "甲", en = "x" }
confidence = "C"
"""


@pytest.mark.parametrize(
    "wrong",
    [
        "",
        "format = 1",
        '[[format]]\nid = "x"',
        MALFORMED,
    ],
)
def test_a_malformed_table_of_forms_is_refused_and_named(wrong: str) -> None:
    with pytest.raises(Fault) as refused:
        read_formats(wrong)
    assert refused.value.code is Refusal.RULE_PACK_MALFORMED
    assert refused.value.at.startswith("number_formats.toml")


@given(one=BOUNDS, other=BOUNDS)
def test_ranges_of_unlike_forms_overlap_where_they_could_print_one_number(one: tuple[int, int], other: tuple[int, int]) -> None:
    checked, plain = numbers(*one), numbers(*other, ref=2, digits=9, format="sf")
    shared = {f"{serial:08d}{check}" for serial in range(one[0], one[1] + 1) for check in range(10)}
    assert overlap(checked, plain) is any(f"{serial:09d}" in shared for serial in range(other[0], other[1] + 1))


def test_a_number_of_ours_with_another_check_digit_was_misread() -> None:
    own = numbers(0, 99, format="own")
    number = printed(own, 7)
    assert not misread(number, [own])
    assert misread(number[:-1] + str((int(number[-1]) + 1) % 10), [own])
    assert not misread("YK" + number[2:], [own])
    assert not misread(number, [])


@pytest.mark.parametrize(
    ("code", "can"), [("typo", True), ("2026/京-7", False), ("", False), ("a" * 65, False), ("case:7/b", True)]
)
def test_a_reason_is_a_code(code: str, can: bool) -> None:
    assert is_reason(code) is can


def bill(**other: Any) -> Waybill:
    told: dict[str, Any] = {
        "ref": Ref(bytes(range(16))),
        "shard": 0,
        "number": "YJ123456789012",
        "merchant": "M",
        "destination": "浙江 杭州 西湖区",
        "pieces": 2,
        "token": b"",
        "rules": "label-1",
        "made_ms": 1_795_000_000_000,
        "batch": Ref(bytes(16)),
        "item": 0,
        "specimen": False,
    }
    return Waybill(**(told | other))


def texts_of(item: bytes) -> list[str]:
    at, found = 1 + 16 + 8, []
    while at < len(item):
        length = int.from_bytes(item[at : at + 2], "big")
        found.append(item[at + 2 : at + 2 + length].decode())
        at += 2 + length
    return found


FIRST_TEXTS = ["YJ123456789012", "label-1", "M", "浙江 杭州 西湖区", "2", "real"]


def test_an_item_of_evidence_says_what_never_changes() -> None:
    told = bill(outlet="PD-1", channel="taobao", kind=WaybillKind.EXEMPT, subs=("YJ1", "YJ2"))
    item = evidence_item(told)
    assert (item[0], item[1:17], int.from_bytes(item[17:25], "big")) == (ITEM_VERSION, told.ref, told.made_ms)
    assert texts_of(item) == [*FIRST_TEXTS, "PD-1", "taobao", "exempt", "YJ1", "YJ2"]
    assert texts_of(evidence_item(bill())) == [*FIRST_TEXTS, "", "", "privacy"]


def test_the_item_in_the_reference_is_this_one() -> None:
    told = bill(
        ref=Ref(bytes.fromhex("019a0000000070008000000000000001")),
        number=written("YJ", 100_000_000_001, 12),
        merchant="",
        pieces=1,
        made_ms=0x019A_0000_0000,
        outlet="PD-1",
        channel="file",
        subs=(written("YJ", 100_000_000_002, 12),),
    )
    page = (Path(__file__).parents[3] / "docs" / "reference" / "evidence.md").read_text(encoding="utf-8")
    block = page[page.index("as hexadecimal:") :].split("```")[1].removeprefix("text\n")
    assert bytes.fromhex("".join(block.split())) == evidence_item(told)


def test_an_item_of_the_first_version_stays_as_it_was_stated() -> None:
    item = evidence_item(bill(item_version=1, outlet="later"))
    assert item[0] == 1
    assert texts_of(item) == FIRST_TEXTS


@pytest.mark.parametrize("code", ["13800001234", "S-13800001234", "shop.15900001111_2"])
def test_what_reads_as_a_mobile_number_is_no_code(code: str) -> None:
    assert not is_merchant(code)


@pytest.mark.parametrize("code", ["", "SZ-NS-3", "2380000123456", "1380000123", "12800001234"])
def test_short_codes_and_other_numbers_are_codes(code: str) -> None:
    assert is_merchant(code)
