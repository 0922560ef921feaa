"""The leak probe finds what must not show and never says it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.vault.invented import ADDRESS, NAME, PHONE, ROOM, SENDER_NAME, belongings, party, recipient, sender

from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole
from yinji.vault.model import Belongings
from yinji.vault.planning import plan_party, probes_of, shown

AROUND = st.text("甲乙丙丁 ,:;()-", max_size=10)
MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@given(before=AROUND, after=AROUND)
def test_a_whole_name_is_found_wherever_it_stands(before: str, after: str) -> None:
    assert recipient().probe.leaks_in(before + NAME + after) == ("recipient.name",)


@given(phone=MOBILES, at=st.integers(0, 5), before=AROUND, after=AROUND)
def test_six_digits_of_a_phone_in_a_row_are_found(phone: str, at: int, before: str, after: str) -> None:
    text = before + phone[at : at + 6] + after
    assert recipient(NAME, phone).probe.leaks_in(text) == ("recipient.phone",)


@given(phone=MOBILES)
def test_five_digits_of_a_phone_may_show(phone: str) -> None:
    probe = recipient(NAME, phone).probe
    assert probe.leaks_in(f"{phone[0]}******{phone[-4:]}") == ()
    assert probe.leaks_in(f"尾号{phone[-5:]}") == ()


def test_a_hidden_room_is_found() -> None:
    assert ADDRESS.endswith(ROOM)
    probe = recipient().probe
    assert probe.leaks_in(f"送至{ADDRESS[-8:]}门口") == ()
    assert probe.leaks_in(ADDRESS) == ("recipient.address",)
    assert probe.leaks_in(f"7幢{ROOM}") == ("recipient.address",)


def test_what_a_label_shows_is_no_leak() -> None:
    plan = recipient()
    assert plan.probe.leaks_in(" ".join(plan.masks)) == ()
    assert plan.probe.leaks_in("") == ()


def test_every_leak_is_named_once_with_its_party() -> None:
    plan = sender()
    text = f"{SENDER_NAME}{SENDER_NAME} 13855443322 13855443322"
    leaks = plan.probe.leaks_in(text)
    assert sorted(leaks) == ["sender.name", "sender.phone"]


def test_a_name_tells_in_what_a_person_wrote_and_not_in_an_outlets_name() -> None:
    probe = recipient("张江").probe
    assert probe.leaks_at("remark", "请交张江本人") == ("recipient.name",)
    assert probe.leaks_at("recipient.name", "张江") == ("recipient.name",)
    assert probe.leaks_at("outlet", "张江营业部") == ()
    assert probe.leaks_at("outlet", PHONE) == ("recipient.phone",)


def test_a_phone_written_with_signs_is_found_in_plain_digits() -> None:
    assert recipient(NAME, "139-7766-5544").probe.leaks_in(PHONE) == ("recipient.phone",)


def test_a_phone_written_wide_is_found_in_plain_digits() -> None:
    assert recipient(NAME, "１３９７７６６５５４４").probe.leaks_in(PHONE) == ("recipient.phone",)


@given(st.text(max_size=30), st.text(max_size=30), st.text(max_size=30), st.text(max_size=60))
def test_the_probe_says_fields_and_never_values(name: str, phone: str, address: str, text: str) -> None:
    probe = plan_party(PartyRole.RECIPIENT, party(name, phone, address)).probe
    assert set(probe.leaks_in(text + name + phone + address)) <= {"recipient.name", "recipient.phone", "recipient.address"}
    assert repr(probe) == str(probe) == f"{probe}" == "LeakProbe(***)"


def test_a_plan_shows_no_value() -> None:
    assert not any(value in repr(recipient()) for value in (NAME, PHONE, ADDRESS, ROOM))


@given(name=st.text(max_size=20), phone=st.text(max_size=30), address=st.text(max_size=80))
def test_any_party_is_planned_with_masks_of_the_same_lengths(name: str, phone: str, address: str) -> None:
    plan = plan_party(PartyRole.RECIPIENT, party(name, phone, address))
    assert [len(mask) for mask in plan.masks] == [len(name), len(phone), len(address)]
    assert {refused.at for refused in plan.refused} <= {"recipient.name", "recipient.phone", "recipient.address"}


@pytest.mark.parametrize("text", [f"送给{NAME}", f"电话{PHONE}", f"转交{SENDER_NAME}收", "联系人：诸葛清风 13800990099"])
def test_contents_and_remark_are_shown_without_any_person(text: str) -> None:
    told = shown(recipient(), sender(), belongings("A-1", text, text))
    for each in told[:2]:
        assert not any(value in each for value in (NAME, PHONE, SENDER_NAME, "13800990099"))
        assert len(each) == len(text)


def test_whoever_handed_a_parcel_over_is_searched_for_and_where_it_was_picked_up() -> None:
    told = Belongings(
        Private("A-1"), Private("茶"), Private(""), Private("浙江省杭州市鹤鸣路77号6幢1902室"), Private("宇文听雪")
    )
    with_hand, without = probes_of(recipient(), sender(), told), probes_of(recipient(), sender(), belongings("A-1", "茶", ""))
    for text in ("宇文听雪", "交听雪", "6幢1902室"):
        assert with_hand.leaks_in(text)
        assert not without.leaks_in(text)
    assert with_hand.leaks_at("remark", "宇文听雪")
