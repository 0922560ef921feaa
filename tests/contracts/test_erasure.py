"""Erasure and rotation on a whole node, on either engine, while others work; and what their stores promise."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import product
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from tests.simulators.erasing import (
    ANSWER,
    PLENTY,
    RECIPIENT,
    SENDER,
    as_of,
    check_evidence,
    check_people,
    end,
    forget,
    found,
    found_by_order,
    issue,
    people,
    person,
    seen,
    start,
)
from tests.simulators.node import LI, World, make_world
from tests.unit.access.people import ELSEWHERE, OWN
from tests.unit.ledger.evidence import entry, ledger

from yinji.db import Database
from yinji.db.trouble import Clash
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.hold_parcel import hold_parcel
from yinji.flows.rotate_keys import rotate_index
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.ids import FIRST_SHARD, Ref, Shard
from yinji.kernel.purpose import PartyRole
from yinji.kernel.refusals import Refusal
from yinji.vault import store
from yinji.vault.blind_index import ORDER, PHONE
from yinji.vault.erasing import store as erasing
from yinji.vault.erasing.forgetting import Forgetting
from yinji.vault.holding import store as holding
from yinji.vault.model import Erased, Erasure, ErasureState, Hold, IndexRow, KeyMoment, PeriodRow
from yinji.vault.periods import store as period_store

NOVEMBER = 202611
STILL_WAITS_SECONDS = 0.4
"""Who is not done by then waits: alone an erasure or a hold takes a tenth of it."""


@pytest.fixture
def node(database_factory: Callable[..., Database], tmp_path: Path) -> Iterator[World]:
    url = database_factory(tables=False).url
    address = "" if url.get_backend_name() == "sqlite" else url.render_as_string(hide_password=False)
    made = make_world(tmp_path / "node", settings=f'database_url = "{address}"\nshards = 3\nbatch_orders = 50\n{PLENTY}')
    yield made
    made.house.close()


@pytest.fixture
def data(database_factory: Callable[..., Database]) -> Database:
    database = database_factory()
    database.connect_evidence(ledger())
    return database


# A whole node


def test_erasing_in_one_shard_takes_nobody_in_another(node: World) -> None:
    """One tree of keys serves all shards of a period: no two parties of any two shards may have one leaf."""
    numbers = issue(node, people(24))
    assert isinstance(forget(node.house, numbers[5]), Erased)
    check_people(node.house, numbers, gone=[5])
    assert [seen(node.house, number, SENDER) for number in numbers] == ["茶与山商行"] * 24


def test_erasing_a_sender_beside_a_recipient_keeps_the_senders_recipient_findable(node: World) -> None:
    mine, other = issue(node, [LI, LI])
    answers = forget_persons(node.house, [Forget(mine, RECIPIENT), Forget(other, SENDER)], purpose=ANSWER)
    assert [type(each) for each in answers] == [Erased, Erased]
    assert (found(node.house, LI[1]), found_by_order(node.house, "E1")) == ([other], [other])
    assert (seen(node.house, other), seen(node.house, other, SENDER)) == (LI[0], Refusal.PERSON_FORGOTTEN)


def test_both_parties_of_one_parcel_can_be_erased_at_once_and_one_of_them_twice(node: World) -> None:
    (number,) = issue(node, [LI])
    asked = [Forget(number, RECIPIENT), Forget(number, SENDER), Forget(number, RECIPIENT)]
    assert all(isinstance(each, Erased) for each in forget_persons(node.house, asked, purpose=ANSWER))
    assert {seen(node.house, number, party) for party in PartyRole} == {Refusal.PERSON_FORGOTTEN}
    check_evidence(node.house)


@pytest.mark.parametrize(
    ("database_factory", "step", "next_party"),
    [
        *product(["sqlite"], ["_move", "_tag_anew", "_delete"], [RECIPIENT, SENDER]),
        ("postgresql", "_tag_anew", RECIPIENT),  # the steps are the vault's own: one shows that the engine does not matter
    ],
    indirect=["database_factory"],
)
def test_an_erasure_given_up_half_way_harms_nobody_when_the_next_one_comes(
    node: World, monkeypatch: pytest.MonkeyPatch, step: str, next_party: PartyRole
) -> None:
    """Whoever stood in the slots of the first erasure stays findable after the second destroys their former keys."""
    numbers = issue(node, people(40))

    def give_up(*_: object, **__: object) -> None:
        raise InterruptedError

    with monkeypatch.context() as patch:
        patch.setattr(Forgetting, step, give_up)
        with pytest.raises(InterruptedError):
            forget(node.house, numbers[0])
    other = as_of(node, node.again())
    more = issue(other, [person(40)], first=40)
    assert found(node.house, person(40)[1]) == more, "written under keys that another process has only just learnt of"
    assert isinstance(forget(node.house, numbers[1], next_party), Erased)
    check_people(node.house, numbers + more, gone=[1] if next_party is RECIPIENT else [])
    assert isinstance(forget(other.house, numbers[0]), Erased)
    check_people(other.house, numbers + more, gone={0, 1} if next_party is RECIPIENT else {0})
    check_evidence(node.house)
    other.house.close()


@pytest.mark.slow
def test_two_processes_erase_while_two_issue_and_everybody_else_is_whole(node: World) -> None:
    numbers = issue(node, people(40))
    gone = list(range(0, 40, 6))
    erasers = [start(node.home, "forget", *[numbers[at] for at in gone[half::2]]) for half in (0, 1)]
    desks = [start(node.home, "issue", str(first), "20") for first in (40, 60)]
    ends, more = [end(each) for each in erasers], [end(each) for each in desks]
    assert {word for words in ends for word in words} == {"ERASED"}
    numbers += more[0] + more[1]
    assert len(set(numbers)) == 80
    check_people(node.house, numbers, gone=gone)
    again = node.issue([node.order(f"E{at}", person(at)) for at in range(40, 80)])
    assert (again.known, again.issued) == (40, 0), "no order was lost from its index: none is issued twice"
    check_evidence(node.house)


@pytest.mark.slow
def test_index_keys_rotate_while_others_erase_issue_and_find(node: World) -> None:
    numbers = issue(node, people(40))
    eraser = start(node.home, "forget", *numbers[:3])
    finder = start(node.home, "find", "3", "20", "2", *numbers[3:23])
    desk = start(node.home, "issue", "40", "20")
    assert rotate_index(node.house) + rotate_index(node.house) > 40
    assert set(end(eraser)) == {"ERASED"}
    numbers += end(desk)
    assert int(end(finder)[0]) >= 1
    check_people(node.house, numbers, gone=range(3))
    check_evidence(node.house)


# What the stores promise


def test_a_period_is_begun_once_and_its_revision_moves_only_to_the_next(data: Database) -> None:
    def stamp(revision: int) -> bytes:
        return bytes((revision,)) * 16

    with data.work() as work:
        period_store.add_period(work, PeriodRow(NOVEMBER, b"c" * 16, 4, 0, stamp(4)), org=OWN, shard=FIRST_SHARD)
    with pytest.raises(Clash), data.work() as work:
        period_store.add_period(work, PeriodRow(NOVEMBER, b"d" * 16, 1, 0, stamp(1)), org=OWN, shard=FIRST_SHARD)
    for revision, after, stands in ((6, 5, 4), (4, 3, 4), (5, 3, 4), (5, 4, 5), (5, 4, 5), (6, 5, 6)):
        with data.work() as work:
            moment = KeyMoment(NOVEMBER, revision, stamp(revision))
            period_store.advance_period(work, moment, org=OWN, ahead_of=stamp(after))
        with data.reading() as reading:
            assert period_store.periods(reading, org=OWN) == [PeriodRow(NOVEMBER, b"c" * 16, stands, 0, stamp(stands))]
            assert period_store.periods(reading, org=ELSEWHERE) == []
    with data.work() as work:  # the data go first: the stamp that the keys still have is kept beside
        period_store.lead_periods(work, [(NOVEMBER, stamp(7))], org=OWN)
    with data.reading() as reading:
        assert period_store.periods(reading, org=OWN) == [PeriodRow(NOVEMBER, b"c" * 16, 7, 0, stamp(7), stamp(6))]
    with data.work() as work:
        period_store.move_periods(work, [KeyMoment(NOVEMBER, 9, stamp(9))], org=OWN)
    with data.reading() as reading:
        assert period_store.period(reading, org=OWN, shard=FIRST_SHARD, period=NOVEMBER) == PeriodRow(
            NOVEMBER, b"c" * 16, 9, 0, stamp(9)
        )


def test_leaf_blocks_are_counted_once_for_all_shards(data: Database) -> None:
    with data.work() as work:
        taken = [period_store.lease_block(work, org=OWN, period=NOVEMBER) for _ in range(3)]
        skipped = period_store.lease_block(work, org=OWN, period=NOVEMBER, blocks=10)
        others = [
            period_store.lease_block(work, org=ELSEWHERE, period=NOVEMBER),
            period_store.lease_block(work, org=OWN, period=202612),
        ]
    assert (taken, skipped, others) == ([0, 1, 2], 12, [0, 0])


@pytest.mark.parametrize("use", [PHONE, ORDER])
def test_a_slice_is_the_rows_whose_tags_begin_with_its_byte_to_the_last(data: Database, use: int) -> None:
    made = [
        IndexRow(24, bytes((piece, fill)) + bytes(14), Ref(bytes((piece, fill)) * 8))
        for piece in (0, 1, 254, 255)
        for fill in (0, 255)
    ]
    strange = [IndexRow(48, bytes((255,)) * 16, Ref(b"s" * 16))]
    with data.work() as work:
        store.replace_index_rows(work, use, org=OWN, shard=Shard(1), gone=(), fresh=made + strange, entry=entry(1))
    with data.reading() as reading:
        for piece in (0, 1, 2, 254, 255):
            rows = store.rows_of_slice(reading, use, org=OWN, shard=Shard(1), bucket=24, piece=piece)
            assert sorted(rows) == [row for row in made if row.tag[0] == piece]
            assert store.rows_of_slice(reading, use, org=OWN, shard=Shard(0), bucket=24, piece=piece) == []


def test_index_rows_are_replaced_whole_and_a_missing_one_is_passed_over(data: Database) -> None:
    one, other, third = (IndexRow(24, bytes((at,)) * 16, Ref(b"p" * 16)) for at in (1, 2, 3))
    for gone, fresh in (((), (one, other)), ((one, third), (third,)), ((one,), ())):
        with data.work() as work:
            store.replace_index_rows(work, ORDER, org=OWN, shard=Shard(0), gone=gone, fresh=fresh, entry=entry(1))
    with data.reading() as reading:
        slices = [store.rows_of_slice(reading, ORDER, org=OWN, shard=Shard(0), bucket=24, piece=at) for at in range(4)]
        assert slices == [[], [], [other], [third]]


def test_an_erasure_moves_once_from_deleted_to_erased(data: Database) -> None:
    made = [
        Erasure(
            Ref(bytes((at,)) * 16),
            Shard(at),
            NOVEMBER,
            2**32 - at,
            ((NOVEMBER, 2**20 - 1), (0, at)),
            b"d" * 32,
            at,
            bytes((at,)) * 16,
        )
        for at in (1, 2)
    ]
    with data.work() as work:
        erasing.add_erasures(work, made, org=OWN, entry=entry(1))
    for expected in (True, False):
        with data.work() as work:
            assert erasing.end_erasure(work, made[0], org=OWN, at_ms=9, entry=entry(1)) is expected
            work.append(entry(1))
    with data.reading() as reading:
        ended = replace(made[0], slots=())  # the slots of who is erased are forgotten with the keys
        assert erasing.erasures(reading, org=OWN) == [ended, made[1]]
        assert erasing.erasures(reading, org=OWN, state=ErasureState.DELETED) == made[1:]
        assert erasing.leaves(reading, org=OWN, period=NOVEMBER, state=ErasureState.ERASED) == [made[0].leaf]
        assert erasing.leaves(reading, org=OWN, period=NOVEMBER, state=ErasureState.DELETED) == [made[1].leaf]
        assert erasing.erasures(reading, org=ELSEWHERE) == []


def test_a_rotations_walk_is_remembered_by_shard_until_it_ends(data: Database) -> None:
    with data.work() as work:
        erasing.begin_reindexing(work, org=OWN, shards=[Shard(0), Shard(1)])
        erasing.move_reindexing(work, org=OWN, shard=Shard(1), after=b"m" * 16)
    with data.reading() as reading:
        assert erasing.reindexed_to(reading, org=OWN) == {Shard(0): b"", Shard(1): b"m" * 16}
        assert erasing.reindexed_to(reading, org=ELSEWHERE) == {}
    with data.work() as work:
        erasing.end_reindexing(work, org=OWN)
    with data.reading() as reading:
        assert erasing.reindexed_to(reading, org=OWN) == {}


def test_a_hold_stands_until_its_own_ground_is_lifted(data: Database) -> None:
    parcel, holds = Ref(b"p" * 16), [Hold(Ref(b"p" * 16), ground, at) for at, ground in enumerate(("case-1", "case-2"))]
    with data.work() as work:
        for hold in holds:
            holding.add_hold(work, hold, org=OWN, shard=Shard(2), entry=entry(1))
    with pytest.raises(Clash), data.work() as work:
        holding.add_hold(work, holds[0], org=OWN, shard=Shard(2), entry=entry(1))
    for ground, lifted, left in (("case-9", False, holds), ("case-1", True, holds[1:]), ("case-1", False, holds[1:])):
        with data.work() as work:
            assert holding.lift_hold(work, org=OWN, shard=Shard(2), parcel=parcel, ground=ground, entry=entry(1)) is lifted
        with data.reading() as reading:
            assert holding.holds(reading, org=OWN) == left
            assert set(holding.grounds(reading, org=OWN, shard=Shard(2), parcels=[parcel, OWN])) == {parcel}


def meanwhile(act: Callable[[], object]) -> tuple[Thread, list[object]]:
    """Let a thread of its own run to its end, or to where it must wait."""
    answers: list[object] = []
    thread = Thread(target=lambda: answers.append(act()))
    thread.start()
    thread.join(timeout=STILL_WAITS_SECONDS)
    return thread, answers


def test_a_hold_that_comes_between_the_last_look_and_the_deletion_is_told_who_is_gone(
    node: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    both, recipient_only = issue(node, [LI, LI])
    other, free, begun = as_of(node, node.again()), Forgetting._free, []

    def looked(self: Forgetting, *given: Any) -> Any:
        """The second look is the last, in the work that deletes."""
        answer = free(self, *given)
        looks.append(answer)
        if len(looks) == 2:
            begun.append(meanwhile(lambda: hold_parcel(other.house, number, ground="case-8")))
        return answer

    monkeypatch.setattr(Forgetting, "_free", looked)
    for number, parties in ((both, (RECIPIENT, SENDER)), (recipient_only, (RECIPIENT,))):
        looks: list[object] = []
        asked = [Forget(number, party) for party in parties]
        assert all(isinstance(each, Erased) for each in forget_persons(node.house, asked, purpose=ANSWER))
    for thread, _ in begun:
        thread.join()
    assert [answers for _, answers in begun] == [[Refuse(Refusal.PERSON_FORGOTTEN)], [(RECIPIENT,)]]
    assert len(node.house.holds.every(node.house.node.org)) == 1, "the sender who is left is on hold"
    other.house.close()


def test_an_erasure_waits_for_a_hold_that_is_being_placed_and_sees_it(node: World, monkeypatch: pytest.MonkeyPatch) -> None:
    (number,) = issue(node, [LI])
    other, add, begun = as_of(node, node.again()), holding.add_hold, []

    def added(*given: Any, **named: Any) -> None:
        add(*given, **named)
        begun.append(meanwhile(lambda: forget(other.house, number)))  # before the hold is committed

    monkeypatch.setattr(holding, "add_hold", added)
    assert hold_parcel(node.house, number, ground="case-8") == ()
    ((thread, answers),) = begun
    thread.join()
    assert [each.code for each in answers if isinstance(each, Refuse)] == [Refusal.ON_HOLD]
    assert seen(node.house, number) == LI[0]
    other.house.close()


def test_holds_answer_for_each_parcel_in_order(node: World) -> None:
    held, free = issue(node, [LI, LI])
    hold_parcel(node.house, held, ground="case-7")
    bills = [
        bill for bill in node.house.register.find_all(node.house.node.org, [free, held, free]) if not isinstance(bill, Refuse)
    ]
    answers = node.house.holds.held(node.house.node.org, [bill.ref for bill in bills])
    assert [type(each) for each in answers] == [Allow, Refuse, Allow]
