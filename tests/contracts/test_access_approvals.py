"""What an ask's approval and the clock have to say, on every engine."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select
from tests.unit.access.desk import Desk, codes, desk_of, refused
from tests.unit.access.people import COURIER, DAILY_MAX, ELSEWHERE, OPERATOR, PERMIT_MS, RECIPIENT, access, ask, granted, random
from tests.unit.kernel.fixed_clock import DAY_MS, NOON_MS

from yinji.access.rules import CLOCK_TOLERANCE_MS
from yinji.access.store import PERMITS
from yinji.db import Database
from yinji.kernel.decision import Allow, CannotTell, Decision, Refuse
from yinji.kernel.events import Event
from yinji.kernel.facts import ApprovalUse
from yinji.kernel.ids import FIRST_SHARD, mint_refs
from yinji.kernel.purpose import Purpose, View
from yinji.kernel.refusals import Refusal

Factory = Callable[..., Database]

R = Refusal
GIVEN, TAKEN_BACK, UNHEARD_OF = mint_refs(3, shard=FIRST_SHARD, at_ms=NOON_MS, random=random)


class Approvals:
    """Who remembers what was approved: the phone of one recipient, for operations."""

    def __init__(self) -> None:
        self.asked: list[ApprovalUse] = []

    def may_use(self, uses: Sequence[ApprovalUse]) -> list[Decision]:
        self.asked += uses
        return [self._decide(use) for use in uses]

    def _decide(self, use: ApprovalUse) -> Decision:
        if use.approval == UNHEARD_OF:
            return CannotTell("approval")
        if use.approval == GIVEN and (use.view, use.about) == (View.PHONE, RECIPIENT):
            return Allow(("approved",))
        return Refuse(R.PURPOSE_NOT_ALLOWED, "approval")


@pytest.fixture
def desk(database_factory: Factory) -> Desk:
    return desk_of(database_factory(), database_factory(log="disclosures"))


@pytest.fixture
def approvals(desk: Desk) -> Approvals:
    known = Approvals()
    desk.access.connect_approvals(known)
    return known


def test_an_approval_nobody_can_judge_is_refused_and_said(desk: Desk) -> None:
    assert desk.access.declare(ask(approval=GIVEN)) == Refuse(R.CANNOT_TELL, "approval")
    assert desk.told() == [(Event.REVEAL_REFUSED, "CANNOT_TELL")]
    granted(desk.access.declare(ask()))


def test_an_approval_is_judged_with_all_it_would_be_used_for(desk: Desk, approvals: Approvals) -> None:
    asks = [ask(approval=GIVEN, view=View.ALL), ask(), ask(approval=UNHEARD_OF), ask(approval=TAKEN_BACK), ask(approval=GIVEN)]
    assert codes(desk.access.declare_all(asks)) == [R.PURPOSE_NOT_ALLOWED, None, R.CANNOT_TELL, R.PURPOSE_NOT_ALLOWED, None]
    use = approvals.asked[-1]
    assert (use.approval, use.actor, use.purpose, use.about) == (GIVEN, OPERATOR, Purpose.SOLVE_DELIVERY, RECIPIENT)


def test_an_approval_widens_no_post(desk: Desk, approvals: Approvals) -> None:
    assert refused(desk.access.declare(ask(COURIER, approval=GIVEN))) is R.ACCOUNT_NOT_ALLOWED
    assert approvals.asked == []


def test_an_approval_is_used_once_and_its_permit_and_intent_name_it(desk: Desk, approvals: Approvals) -> None:
    permit = granted(desk.access.declare(ask(approval=GIVEN)))
    assert refused(desk.access.declare(ask(approval=GIVEN))) is R.APPROVAL_USED
    assert approvals.asked[0].approval == GIVEN
    with desk.disclosures.reading() as reading:
        (row,) = reading.rows(select(PERMITS.c.ref, PERMITS.c.approval))
    assert (row.ref, row.approval) == (permit.ref, GIVEN)
    assert desk.said()[0].about == (permit.ref, RECIPIENT, GIVEN)


@pytest.mark.usefixtures("approvals")
def test_an_approval_brought_twice_in_a_batch_serves_the_first(desk: Desk) -> None:
    assert codes(desk.access.declare_all([ask(approval=GIVEN)] * 3)) == [None, R.APPROVAL_USED, R.APPROVAL_USED]


@pytest.mark.usefixtures("approvals")
def test_a_refused_ask_uses_no_approval(desk: Desk) -> None:
    roomless = access(desk.data, desk.disclosures, desk.clock, daily_max=0)
    roomless.connect_approvals(Approvals())
    assert refused(roomless.declare(ask(approval=GIVEN))) is R.QUOTA_SPENT
    granted(desk.access.declare(ask(approval=GIVEN)))


@pytest.mark.usefixtures("approvals")
def test_an_approval_brought_by_many_at_once_serves_one(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as four:
        runs = [four.submit(desk.access.declare_all, [ask(approval=GIVEN)]) for _ in range(4)]
        answers = [answer for run in runs for answer in run.result(30)]
    assert sorted(map(str, codes(answers))) == ["415", "415", "415", "None"]


def test_a_permit_does_not_hold_before_it_was_made(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    desk.clock.pass_ms(-1)
    assert desk.redeem(permit) == (Refuse(R.CLOCK_BACK), False)
    assert desk.told()[-1] == (Event.REVEAL_REFUSED, "CLOCK_BACK")
    desk.clock.pass_ms(1)
    assert desk.redeem(permit) == (None, True)


def test_a_clock_far_behind_the_newest_permit_declares_nothing(desk: Desk) -> None:
    granted(desk.access.declare(ask()))
    desk.clock.pass_ms(-CLOCK_TOLERANCE_MS)
    granted(desk.access.declare(ask()))
    desk.clock.pass_ms(-1)
    assert codes(desk.access.declare_all([ask(), ask(COURIER)])) == [R.CLOCK_BACK, R.ACCOUNT_NOT_ALLOWED]
    elsewhere = ask(actor=type(OPERATOR)(OPERATOR.account, ELSEWHERE, "operations", "node-1"))
    granted(desk.access.declare(elsewhere))


def test_looks_wait_until_a_clock_that_ran_ahead_is_caught_up(desk: Desk) -> None:
    right_ms = desk.clock.at_ms
    assert desk.access.looks_wait_until_ms(OPERATOR.org) is None
    desk.clock.pass_ms(400 * DAY_MS)
    granted(desk.access.declare(ask()))
    assert desk.access.looks_wait_until_ms(OPERATOR.org) is None
    desk.clock.at_ms = right_ms
    until_ms = desk.access.looks_wait_until_ms(OPERATOR.org)
    assert until_ms == right_ms + 400 * DAY_MS - CLOCK_TOLERANCE_MS
    assert desk.access.looks_wait_until_ms(ELSEWHERE) is None
    desk.clock.at_ms = until_ms - 1
    assert refused(desk.access.declare(ask())) is R.CLOCK_BACK
    desk.clock.at_ms = until_ms
    assert desk.access.looks_wait_until_ms(OPERATOR.org) is None
    granted(desk.access.declare(ask()))


def test_a_clock_set_back_over_midnight_brings_no_fresh_quota(desk: Desk) -> None:
    desk.clock.at_ms = NOON_MS + DAY_MS // 2 + 1_000  # a second past midnight in Beijing
    for _ in range(DAILY_MAX - 1):
        granted(desk.access.declare(ask()))
    desk.clock.pass_ms(-60_000)
    granted(desk.access.declare(ask()))
    assert refused(desk.access.declare(ask())) is R.QUOTA_SPENT
    desk.clock.pass_ms(DAY_MS + 60_000)
    granted(desk.access.declare(ask()))


def test_a_clock_set_back_a_day_brings_no_fresh_quota_to_an_idle_organisation(desk: Desk) -> None:
    for _ in range(DAILY_MAX):
        granted(desk.access.declare(ask()))
    desk.clock.pass_ms(-DAY_MS)
    assert refused(desk.access.declare(ask())) is R.CLOCK_BACK
    desk.clock.pass_ms(DAY_MS + PERMIT_MS)
    assert refused(desk.access.declare(ask())) is R.QUOTA_SPENT
