"""How many tries there may be: bounds that no order of tries gets round, whatever the clock does."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.access.queries import rules
from yinji.access.queries.model import Counted, Counts, Slot, public_actor
from yinji.kernel.ids import REF_BYTES, Ref

HOUR = 500_000
SLOT = Slot(Counted.NUMBER, 7)
BOUNDS = rules.BOUNDS[Counted.NUMBER]
STEPS = st.lists(st.tuples(st.integers(0, 90), st.booleans()), max_size=120)


def at(minutes: int) -> tuple[int, int]:
    """The hour and the day of a moment some minutes after a Beijing midnight."""
    ms = 20_700 * 86_400_000 - 8 * rules.HOUR_MS + minutes * 60_000
    return rules.hour_of(ms), rules.day_of(ms)


@settings(max_examples=60)
@given(STEPS)
def test_no_hour_and_no_day_has_more_wrong_proofs_than_its_bound(steps: list[tuple[int, bool]]) -> None:
    counts, day_before, minutes = Counts(0), -1, 0
    wrong_in_hour: dict[int, int] = {}
    wrong_in_day: dict[int, int] = {}
    tries_in_hour: dict[int, int] = {}
    for pause, right in steps:
        minutes += pause
        hour, day = at(minutes)
        if day != day_before:
            counts, day_before = Counts(hour), day
        counts = rules.present(counts, hour=hour)
        shut = rules.closed({SLOT: counts}, day=day)
        if shut:
            assert shut.until_ms > minutes * 60_000
            continue
        counts = rules.one_more(counts)
        tries_in_hour[hour] = tries_in_hour.get(hour, 0) + 1
        if right:
            counts = counts._replace(wrong=counts.wrong - 1, wrong_today=counts.wrong_today - 1)
        else:
            wrong_in_hour[hour] = wrong_in_hour.get(hour, 0) + 1
            wrong_in_day[day] = wrong_in_day.get(day, 0) + 1
    assert max(wrong_in_hour.values(), default=0) <= BOUNDS.wrong_an_hour
    assert max(wrong_in_day.values(), default=0) <= BOUNDS.wrong_a_day
    assert max(tries_in_hour.values(), default=0) <= BOUNDS.tries_an_hour


@given(st.integers(0, 40), st.integers(0, 40), st.integers(0, 20), st.integers(-30, 30))
def test_a_clock_set_back_opens_nothing(tries: int, wrong: int, today: int, hours: int) -> None:
    counts = Counts(HOUR, tries, wrong, today)
    then = rules.present(counts, hour=HOUR + hours)
    assert then == (counts if hours <= 0 else Counts(HOUR + hours, 0, 0, today))


def test_what_is_closed_is_closed_until_the_last_of_its_ends() -> None:
    hour, day = at(9 * 60)
    tired, done = Counts(hour, 5, BOUNDS.wrong_an_hour, 5), Counts(hour, 1, 1, BOUNDS.wrong_a_day)
    other = Slot(Counted.NUMBER, 8)
    shut = rules.closed({SLOT: tired}, day=day)
    assert shut is not None
    assert shut.until_ms == (hour + 1) * rules.HOUR_MS
    late = rules.closed({SLOT: tired, other: done}, day=day)
    assert late is not None
    assert (rules.day_of(late.until_ms), rules.day_of(late.until_ms - 1)) == (day + 1, day)
    assert rules.closed({SLOT: Counts(hour, 4, 4, 4)}, day=day) is None


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "20010db800010002::/64"),
        ("fe80::1%eth0", "fe80000000000000::/64"),
        ("", ""),
        ("testclient", ""),
        ("203.0.113.7, 10.0.0.1", ""),
    ],
)
def test_an_address_is_counted_by_its_network(address: str, network: str) -> None:
    assert rules.network_of(address) == network


def test_all_of_a_household_are_one_visitor_and_its_neighbour_another() -> None:
    one, same, other = (rules.network_of(f"2001:db8:0:{block}::{host}") for block, host in ((1, 1), (1, "ffff"), (2, 1)))
    assert one == same != other


@given(st.binary(min_size=32, max_size=32), st.text(max_size=40))
def test_a_slot_is_one_of_so_many_and_changes_with_its_salt_and_its_kind(salt: bytes, value: str) -> None:
    slots = {by: rules.slot_of(salt, by, value) for by in Counted}
    assert all(0 <= slot.number < rules.SLOTS and slot.by is by for by, slot in slots.items())
    assert slots == {by: rules.slot_of(salt, by, value) for by in Counted}


def test_a_slot_does_not_follow_from_the_value_alone() -> None:
    found = {rules.slot_of(bytes((at,)) * 32, Counted.VISITOR, "203.0.113.7").number for at in range(20)}
    assert len(found) > 15


def test_guessing_is_as_hard_as_the_page_says() -> None:
    a_day = rules.BOUNDS[Counted.NUMBER].wrong_a_day * 2 / 10_000
    any_parcel = rules.BOUNDS[Counted.VISITOR].wrong_a_day * 2 / 10_000
    assert (a_day, any_parcel) == (0.002, 0.012)
    text = " ".join((rules.__doc__ or "").split())
    assert "at most 10 x 2 / 10,000 = 0.2 %" in text
    assert "1.2 % a day for any parcel at all" in text


def test_the_public_is_nobody() -> None:
    actor = public_actor(Ref(b"o" * REF_BYTES), "node")
    assert (actor.account, actor.post) == (bytes(REF_BYTES), "public")
