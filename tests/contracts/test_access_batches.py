"""Many permits in one transaction, on every engine: each decided by itself, each used once, each said."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.access.desk import Desk, codes, desk_of
from tests.unit.access.people import (
    COMPLIANCE,
    COURIER,
    DAILY_MAX,
    ELSEWHERE,
    OPERATOR,
    OWN,
    PERMIT_MS,
    SOMEBODY_ELSE,
    STRANGER,
    access,
    ask,
    granted,
    random,
)
from tests.unit.kernel.fixed_clock import NOON_MS

from yinji.access.redeeming import REFS_SAID_MAX, SENTENCES_MAX, SEVERAL
from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_refs
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, Purpose, View
from yinji.kernel.refusals import Refusal

Factory = Callable[..., Database]

R = Refusal
MANY = 10_000


@pytest.fixture
def desk(database_factory: Factory) -> Desk:
    return desk_of(database_factory(), database_factory(log="disclosures"), daily_max=1_000)


@pytest.fixture
def scarce(database_factory: Factory) -> Desk:
    """A desk where an account has `DAILY_MAX` looks a day."""
    return desk_of(database_factory(), database_factory(log="disclosures"))


def declared(desk: Desk, count: int, **other: object) -> list[Permit]:
    return [granted(answer) for answer in desk.access.declare_all([ask(**other) for _ in range(count)])]


def bogus(permit: Permit, count: int) -> list[Permit]:
    refs = mint_refs(count, shard=FIRST_SHARD, at_ms=NOON_MS, random=random)
    return [replace(permit, ref=ref) for ref in refs]


def test_each_ask_of_a_batch_is_decided_by_itself_and_answered_in_its_place(desk: Desk) -> None:
    asks = [
        ask(),
        ask(STRANGER),
        ask(COURIER, purpose=Purpose.CONTACT_RECIPIENT),
        ask(COURIER),
        ask(COMPLIANCE, deed=Deed.ERASE, purpose=Purpose.RETENTION, view=View.MASKED),
        ask(deed=Deed.FIND, view=View.MASKED, about=None),
        ask(approval=SOMEBODY_ELSE),
    ]
    answers = desk.access.declare_all(asks)
    assert codes(answers) == [None, R.ACCOUNT_NOT_ALLOWED, None, R.ACCOUNT_NOT_ALLOWED, None, None, R.CANNOT_TELL]
    for asked, answer in zip(asks, answers, strict=True):
        if isinstance(answer, Permit):
            assert (answer.actor, answer.deed, answer.view) == (asked.actor, asked.deed, asked.view)
            assert answer.about == (asked.about or answer.ref)
    assert Counter(entry.event for entry in desk.said()) == {
        Event.REVEAL_INTENDED: 2, Event.ERASURE_INTENDED: 1, Event.FIND_INTENDED: 1, Event.REVEAL_REFUSED: 3
    }  # fmt: skip


def test_a_batch_of_nothing_is_nothing(desk: Desk) -> None:
    assert desk.access.declare_all([]) == []
    with desk.disclosures.work() as work:
        assert desk.access.redeem_all(work, [], lambda _: [], deed=Deed.REVEAL) == []
    assert desk.said() == []


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(sizes=st.lists(st.integers(1, 2 * DAILY_MAX), min_size=1, max_size=4), couriers=st.integers(0, 3))
def test_however_looks_are_batched_an_account_gets_its_day_and_no_more(scarce: Desk, sizes: list[int], couriers: int) -> None:
    scarce.clock.pass_ms(86_400_000)
    got: Counter[Ref] = Counter()
    for size in sizes:
        asks = [ask()] * size + [ask(COURIER, purpose=Purpose.CONTACT_RECIPIENT)] * couriers + [ask(STRANGER)]
        answers = scarce.access.declare_all(asks)
        got += Counter(answer.actor.account for answer in answers if isinstance(answer, Permit))
        assert codes(answers)[-1] is R.ACCOUNT_NOT_ALLOWED
    assert got[OPERATOR.account] == min(DAILY_MAX, sum(sizes))
    assert got[COURIER.account] == min(DAILY_MAX, couriers * len(sizes))


def test_the_first_of_a_batch_get_what_is_left_of_the_day(scarce: Desk) -> None:
    declared(scarce, DAILY_MAX - 2)
    assert codes(scarce.access.declare_all([ask()] * 4)) == [None, None, R.QUOTA_SPENT, R.QUOTA_SPENT]


def test_what_a_batch_asked_in_vain_is_not_held_against_the_account(scarce: Desk) -> None:
    scarce.access.declare_all([ask()] * (DAILY_MAX + 4))
    roomier = access(scarce.data, scarce.disclosures, scarce.clock, daily_max=DAILY_MAX + 1)
    assert codes(roomier.declare_all([ask()] * 2)) == [None, R.QUOTA_SPENT]


def test_batches_at_once_never_pass_the_quota(scarce: Desk) -> None:
    asks = [ask(), ask(COURIER, purpose=Purpose.CONTACT_RECIPIENT)]
    with ThreadPoolExecutor(4) as four:
        runs = [four.submit(scarce.access.declare_all, asks if at % 2 else asks[::-1]) for at in range(2 * DAILY_MAX)]
        answers = [answer for run in runs for answer in run.result(30)]
    got = Counter(answer.actor.account for answer in answers if isinstance(answer, Permit))
    assert got == {OPERATOR.account: DAILY_MAX, COURIER.account: DAILY_MAX}


def test_mixed_fates_are_told_each_in_its_place(desk: Desk) -> None:
    used, held, gone, forged = declared(desk, 4)
    late = granted(desk.access.declare(ask(approval=None)))
    other = granted(desk.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
    desk.redeem(used)
    permits = [
        used, held, replace(forged, view=View.ALL), gone, held, other, *bogus(held, 1), replace(late, actor=STRANGER), forged,
    ]  # fmt: skip
    ends, done = desk.redeem_all(permits, {3: Refuse(R.PERSON_FORGOTTEN)})
    assert codes(ends) == [
        R.PERMIT_USED, None, R.PERMIT_MISMATCH, R.PERSON_FORGOTTEN, R.PERMIT_USED, R.PERMIT_MISMATCH, R.PERMIT_UNKNOWN,
        R.PERMIT_UNKNOWN, None,
    ]  # fmt: skip
    assert done == [1, 3, 8]
    ended = [(entry.about, entry.ground) for entry in desk.said() if entry.event is Event.REVEAL_ENDED][1:]
    assert ended == [((held.ref,), "disclosed"), ((gone.ref,), "PERSON_FORGOTTEN"), ((forged.ref,), "disclosed")]
    assert desk.redeem(late) == (None, True)


def test_permits_of_two_organisations_are_redeemed_in_one_act(desk: Desk) -> None:
    neighbour = replace(OPERATOR, org=ELSEWHERE)
    permits = [granted(answer) for answer in desk.access.declare_all([ask(), ask(neighbour), ask()])]
    assert desk.redeem_all(permits) == ([None] * 3, [0, 1, 2])


def test_nothing_is_acted_on_where_no_permit_holds(desk: Desk) -> None:
    (permit,) = declared(desk, 1)

    def act(_: Sequence[int]) -> list[Refuse | None]:
        raise AssertionError

    with desk.disclosures.work() as work:
        ends = desk.access.redeem_all(work, bogus(permit, 3), act, deed=permit.deed)
    assert codes(ends) == [R.PERMIT_UNKNOWN] * 3


def test_an_act_that_does_not_tell_of_each_permit_is_misuse_and_uses_none(desk: Desk) -> None:
    permits = declared(desk, 2)
    with pytest.raises(Misuse, match="how it ended"), desk.disclosures.work() as work:
        desk.access.redeem_all(work, permits, lambda _: [None], deed=Deed.REVEAL)
    assert desk.redeem_all(permits) == ([None, None], [0, 1])


def test_an_act_that_breaks_leaves_every_intent_of_the_batch_open(desk: Desk) -> None:
    permits = declared(desk, 3)

    def act(_: Sequence[int]) -> list[Refuse | None]:
        raise KeyError

    with pytest.raises(KeyError), desk.disclosures.work() as work:
        desk.access.redeem_all(work, permits, act, deed=Deed.REVEAL)
    assert [entry.event for entry in desk.said()] == [Event.REVEAL_INTENDED] * 3
    desk.clock.pass_ms(PERMIT_MS + 1)
    assert [each.ref for each in desk.access.open_intents(OWN)] == sorted(permit.ref for permit in permits)


def test_two_connections_redeem_one_batch_and_each_permit_serves_one(desk: Desk, database_factory: Factory) -> None:
    other = database_factory(log="disclosures")
    other.connect_evidence(desk.evidence)
    second = Desk(access(desk.data, other, desk.clock), desk.clock, desk.data, other)
    for _ in range(5):
        permits = declared(desk, 20)
        with ThreadPoolExecutor(2) as two:
            runs = [two.submit(each.redeem_all, permits) for each in (desk, second)]
            (one, first), (more, then) = (run.result(60) for run in runs)
        assert sorted(first + then) == list(range(20)), "each was acted on once"
        assert all({a, b} == {None, R.PERMIT_USED} for a, b in zip(codes(one), codes(more), strict=True))


def test_refused_permits_share_a_sentence_that_counts_them(desk: Desk) -> None:
    (permit,) = declared(desk, 1)
    false = bogus(permit, 100)
    desk.redeem_all([*false, replace(permit, view=View.ALL)])
    unknown, mismatch = desk.said()[1:]
    assert (unknown.event, unknown.ground, unknown.count, unknown.actor) == (
        Event.REVEAL_REFUSED, "PERMIT_UNKNOWN", 100, OPERATOR
    )  # fmt: skip
    assert unknown.about == tuple(each.ref for each in false[:REFS_SAID_MAX])
    assert (mismatch.ground, mismatch.count, mismatch.about) == ("PERMIT_MISMATCH", 1, (permit.ref,))


def test_false_permits_under_many_names_share_what_is_left(desk: Desk) -> None:
    (permit,) = declared(desk, 1)
    names = mint_refs(1_000, shard=FIRST_SHARD, at_ms=NOON_MS, random=random)
    false = [replace(permit, actor=replace(OPERATOR, account=name)) for name in names]
    desk.redeem_all(false)
    said = desk.said()[1:]
    assert len(said) == SENTENCES_MAX + 1
    assert sum(entry.count for entry in said) == len(false)
    assert said[-1].actor.post == SEVERAL


@pytest.mark.slow
def test_false_permits_by_the_hundred_thousand_leave_a_handful_of_sentences(database_factory: Factory) -> None:
    desk = desk_of(database_factory(), database_factory(log="disclosures"))
    (permit,) = declared(desk, 1)
    false = bogus(permit, MANY)
    rounds = 10
    for _ in range(rounds):
        ends, done = desk.redeem_all(false)
        assert (set(codes(ends)), done) == ({R.PERMIT_UNKNOWN}, [])
    said = desk.said()[1:]
    assert (len(said), sum(entry.count for entry in said)) == (rounds, rounds * MANY)
    assert desk.redeem(permit) == (None, True)


def test_open_intents_are_listed_oldest_first_and_no_more_than_asked_for(desk: Desk) -> None:
    first = declared(desk, 1)[0]
    desk.clock.pass_ms(10)
    second = granted(desk.access.declare(ask(COMPLIANCE, deed=Deed.ERASE, purpose=Purpose.RETENTION, view=View.MASKED)))
    desk.redeem(declared(desk, 1)[0])
    assert desk.access.open_intents(OWN) == ()
    desk.clock.pass_ms(PERMIT_MS + 1)
    listed = desk.access.open_intents(OWN)
    assert [each.ref for each in listed] == [first.ref, second.ref]
    assert (listed[0].deed, listed[0].purpose, listed[0].view) == (Deed.REVEAL, Purpose.SOLVE_DELIVERY, View.PHONE)
    assert (listed[1].deed, listed[1].account, listed[1].party) == (Deed.ERASE, COMPLIANCE.account, second.party)
    assert (listed[0].made_ms, listed[0].expires_ms) == (NOON_MS, NOON_MS + PERMIT_MS)
    assert desk.access.open_intents(OWN, limit=1) == listed[:1]
    assert desk.access.count_open_intents(OWN) == 2
    assert desk.access.open_intents(ELSEWHERE) == ()


def test_what_was_disclosed_counts_with_what_nobody_knows_the_end_of(desk: Desk) -> None:
    seen, gone, _lost = declared(desk, 3)
    declared(desk, 1, actor=COMPLIANCE, deed=Deed.ERASE, purpose=Purpose.RETENTION, view=View.MASKED)
    desk.redeem(seen)
    desk.redeem(gone, Refuse(R.PERSON_FORGOTTEN))
    assert desk.access.count_disclosed(OWN, OPERATOR.account, since_ms=0) == 2
    assert desk.access.count_disclosed(OWN, COMPLIANCE.account, since_ms=0) == 0
    assert desk.access.count_disclosed(ELSEWHERE, OPERATOR.account, since_ms=0) == 0
    desk.clock.pass_ms(1)
    desk.redeem(declared(desk, 1)[0])
    assert desk.access.count_disclosed(OWN, OPERATOR.account, since_ms=NOON_MS) == 3
    assert desk.access.count_disclosed(OWN, OPERATOR.account, since_ms=NOON_MS + 1) == 1
