"""Attacks on the vault: what is left of somebody who was erased."""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from tests.flows.test_erasure import combined, force_revisions, forget, found, found_by_order, issue, old_copy, person, seen
from tests.simulators.attacking import (
    NOVEMBER,
    OCTOBER,
    Killed,
    by_hand,
    by_hand_at,
    fits_slices,
    killed,
    one,
    to_day,
    two_of_one_slice,
)
from tests.simulators.node import LI, ZHAO, World, make_world
from yinji.flows.drop_period import drop_period
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.house import House
from yinji.flows.rotate_keys import mend_vault, rotate_index
from yinji.flows.set_sender import set_sender
from yinji.kernel.faults import Fault
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.keys.index_keys import slot_parts
from yinji.keys.period_state import PeriodKeys
from yinji.main import open_house
from yinji.vault import store
from yinji.vault.blind_index import PHONE, TAIL
from yinji.vault.buckets import period_buckets
from yinji.vault.erasing import store as erasing
from yinji.vault.erasing.reindexing import Reindexing
from yinji.vault.model import Erased

RECIPIENT = PartyRole.RECIPIENT
SENDER = PartyRole.SENDER
ANSWER = Purpose.ANSWER_PERSON


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = make_world(tmp_path / "node", settings="reveals_a_day = 100000\n")
    yield made
    made.house.close()


def test_the_slices_of_an_erased_person_single_nobody_out(world: World, tmp_path: Path) -> None:
    """Three parcels on three days: what old copies and present keys say of the phone leaves one phone in 64, as is written."""
    numbers = []
    for day in ("2026-11-18", "2026-11-19", "2026-11-20"):
        to_day(world, day)
        numbers.append(one(world, f"E{day}", LI))
    old = old_copy(world, tmp_path / "old", keys=True)
    forget_persons(world.house, [Forget(number, RECIPIENT) for number in numbers], purpose=ANSWER)
    rows = {
        use: by_hand_at(old / "data.db", f"SELECT bucket, tag FROM {store.INDEXES[use].name}")  # noqa: S608 - a table of ours
        for use in (PHONE, TAIL)
    }
    index = world.house.vault.blind_index(world.house.node.org)
    candidates = [f"1380000{at:04d}" for at in range(0, 10_000, 2)] + [LI[1]]
    left = [phone for phone in dict.fromkeys(candidates) if fits_slices(index, rows, phone)]
    assert LI[1] in left
    assert len(left) > len(candidates) // 64 // 4


def test_a_sender_that_was_replaced_is_gone(world: World, tmp_path: Path) -> None:
    """An old copy holds the sender before; the present keys must not open it."""
    former = Party(Private("陆羽茶坊"), Private("13700008888"), Private("浙江省杭州市西湖区望云路9号"))
    assert set_sender(world.house, former) == ()
    old = old_copy(world, tmp_path / "old", keys=True)
    present = Party(Private("茶与山商行"), Private("021-50000000"), Private("上海市浦东新区张江镇示例路88号2栋301室"))
    assert set_sender(world.house, present) == ()
    attacked = open_house(combined(old, world.home, tmp_path / "attacked", old_periods=False), clock=world.clock)
    force_revisions(attacked, world.house)
    kept = attacked.vault.standing_sender(attacked.node.org)
    assert not isinstance(kept, Party), kept
    attacked.close()


def identity(house: House) -> bytes:
    keys = house.keys.existing_period(house.node.org, NOVEMBER)
    assert keys is not None
    return keys.identity


def test_no_key_of_an_erased_person_stays_in_memory(world: World) -> None:
    (number,) = issue(world, [LI])
    found(world.house, LI[1])
    answer = forget(world.house, number)
    assert isinstance(answer, Erased)
    ((leaf,),) = by_hand(world.house, "SELECT leaf FROM vault_erasures")
    gc.collect()
    left = [
        each
        for each in gc.get_objects()
        if isinstance(each, PeriodKeys) and each.records.holds(int(str(leaf))) and each.identity == identity(world.house)
    ]
    assert not left


def test_a_missing_month_costs_nobody_their_index_row(world: World) -> None:
    """Undated orders of two months in one slice; one month's key file is away while somebody of the other is erased."""
    mine, theirs = two_of_one_slice(world)
    to_day(world, "2026-10-20")
    staying = one(world, theirs, ZHAO, ordered=None)
    to_day(world, "2026-11-21")
    leaving = one(world, mine, LI, ordered=None)
    away = list((world.home / "keys").glob(f"*-{OCTOBER}*"))
    for file in away:
        file.rename(world.home / file.name)
    house = world.again()
    with contextlib.suppress(Fault):
        forget(house, leaving)
    for file in away:
        (world.home / file.name).rename(file)
    assert found_by_order(world.again(), theirs) == [staying]


def test_one_order_of_a_dropped_month_spoils_no_batch(world: World) -> None:
    to_day(world, "2026-10-20")
    one(world, "E0", LI, ordered=date(2026, 10, 20))
    to_day(world, "2026-11-21")
    drop_period(world.house, OCTOBER)
    outcome = world.issue([world.order("LATE", LI, ordered=date(2026, 10, 31)), world.order("GOOD", ZHAO)])
    assert len(outcome.labels) >= 1


def test_a_large_request_is_erased_in_one_go(world: World) -> None:
    numbers = issue(world, [person(at) for at in range(300)])
    answers = forget_persons(world.house, [Forget(number, RECIPIENT) for number in numbers], purpose=ANSWER)
    assert all(isinstance(each, Erased) for each in answers)


def test_a_revision_raised_by_hand_while_a_rotation_runs_loses_nobody(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    numbers = issue(world, [LI, ZHAO])
    with monkeypatch.context() as cut:
        cut.setattr(Reindexing, "resume", killed)
        with pytest.raises(Killed):
            rotate_index(world.house)
    by_hand(world.house, "UPDATE vault_periods SET revision = revision + 1 WHERE period = ?", NOVEMBER)
    house = world.again()
    with contextlib.suppress(Fault):
        seen(house, numbers[0])
    mend_vault(house)
    assert found(house, LI[1]) == numbers[:1]


def test_recipient_and_sender_and_the_same_twice_are_erased_in_one_request(world: World) -> None:
    mine, theirs = issue(world, [LI, ZHAO])
    asked = [Forget(mine, RECIPIENT), Forget(mine, SENDER), Forget(mine, RECIPIENT)]
    answers = forget_persons(world.house, asked, purpose=ANSWER)
    assert [type(each) for each in answers] == [Erased] * 3
    assert seen(world.house, mine, SENDER) is Refusal.PERSON_FORGOTTEN
    assert found(world.house, ZHAO[1]) == [theirs]


def test_the_last_millisecond_of_a_month_belongs_to_it(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", settings='index_bucket = "hour"\n')
    world.clock.set_to("2026-11-30T23:59:59.999+08:00")
    first = one(world, "LAST", LI, ordered=date(2026, 11, 30))
    world.clock.pass_ms(1)
    second = one(world, "NEXT", ZHAO, ordered=date(2026, 11, 30))
    assert (found(world.house, LI[1]), found(world.house, ZHAO[1])) == ([first], [second])
    assert isinstance(forget(world.house, first), Erased)
    assert (found(world.house, LI[1]), found(world.house, ZHAO[1])) == ([], [second])
    assert found_by_order(world.house, "NEXT") == [second]
    world.house.close()


def test_an_order_dated_tomorrow_is_found_by_its_number(world: World) -> None:
    number = one(world, "AHEAD", LI, ordered=date(2026, 11, 22))
    assert found_by_order(world.house, "AHEAD") == [number]


def test_the_node_itself_cannot_tell_the_phone_of_somebody_erased(world: World) -> None:
    """No old copy at all: the table of erasures and the present keys, three parcels that were erased together."""
    numbers = []
    for day in ("2026-11-18", "2026-11-19", "2026-11-20"):
        to_day(world, day)
        numbers.append(one(world, f"E{day}", LI))
    forget_persons(world.house, [Forget(number, RECIPIENT) for number in numbers], purpose=ANSWER)
    index = world.house.vault.blind_index(world.house.node.org)
    with world.house.data.reading() as reading:
        erased = erasing.erasures(reading, org=world.house.node.org)
    first = period_buckets(NOVEMBER)[0]
    rows: dict[int, list[tuple[int, bytes]]] = {PHONE: [], TAIL: []}
    for use, offset, piece in (slot_parts(slot) for each in erased for _, slot in each.slots):
        if use in rows:
            rows[use].append((first + offset, bytes((piece,))))
    candidates = [*(f"1380000{at:04d}" for at in range(0, 10_000, 4)), "13800001234"]
    left = [phone for phone in candidates if fits_slices(index, rows, phone)]
    assert len(left) > len(candidates) // 64 // 4


def test_the_reference_of_an_erased_party_does_not_name_its_parcel(world: World) -> None:
    """Orders that come one by one: permits and evidence keep the party's reference, waybills keep theirs."""
    numbers = []
    for at in range(5):
        world.clock.pass_ms(1_000)
        numbers.append(one(world, f"E{at}", person(at)))
    forget(world.house, numbers[2])
    ((ref,),) = by_hand(world.house, "SELECT ref FROM vault_erasures")
    assert isinstance(ref, bytes)
    (same,) = by_hand(world.house, "SELECT count(*) FROM waybill_waybills WHERE substr(ref, 1, 6) = ?", ref[:6])
    assert same != (1,)
