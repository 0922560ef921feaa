"""Sessions on every engine: how they begin, last and end, for this process and for another one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from tests.unit.access.desk import Desk, desk_of
from tests.unit.access.people import OPERATOR, random

from yinji.access.accounts.service import Accounts, Opened
from yinji.access.model import Account, Post
from yinji.access.sessions.model import Session
from yinji.access.sessions.service import Begun, Sessions
from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal

IDLE_MS, WHOLE_MS = 30 * 60_000, 12 * 3_600_000
OVER = Refuse(Refusal.SESSION_OVER)


@dataclass
class Console:
    """Sessions as this process has them and as another one does, each with connections of its own."""

    desk: Desk
    accounts: Accounts
    here: Sessions
    there: Sessions

    def account(self, code: str = "officer-1") -> Account:
        opened = self.accounts.open(code, Post.COMPLIANCE if code == "officer-1" else Post.COURIER, actor=OPERATOR)
        assert isinstance(opened, Opened), opened
        return opened.named.account

    def begin(self, account: Account) -> Begun:
        begun = self.here.begin(account, where="desk-1")
        assert isinstance(begun, Begun), begun
        return begun

    def said(self) -> list[tuple[Event, str, int]]:
        self.desk.evidence.sequence(self.desk.data)
        placed = self.desk.evidence.entries(self.desk.data, limit=1_000)
        entries = [each.recorded.entry for each in placed]
        return [(each.event, each.ground, each.count) for each in entries if each.event is not Event.ACCOUNT_OPENED]


@pytest.fixture
def console(database_factory: Callable[..., Database]) -> Console:
    desk = desk_of(database_factory(), database_factory(log="disclosures"))
    other = database_factory()
    other.connect_evidence(desk.evidence)
    accounts = Accounts(data=desk.data, clock=desk.clock, random=random)
    here, there = (
        Sessions(data=data, clock=desk.clock, random=random, idle_ms=IDLE_MS, whole_ms=WHOLE_MS) for data in (desk.data, other)
    )
    return Console(desk, accounts, here, there)


def resumed(sessions: Sessions, begun: Begun) -> bool:
    answer = sessions.resume(begun.token.open())
    assert isinstance(answer, Session) or answer == OVER
    return isinstance(answer, Session)


def test_a_session_of_one_process_is_a_session_of_the_other(console: Console) -> None:
    account = console.account()
    begun = console.begin(account)
    answer = console.there.resume(begun.token.open())
    assert isinstance(answer, Session)
    assert answer.account == account
    assert console.there.resume("f" * 64) == OVER
    assert console.there.resume("no token") == OVER


def test_it_ends_without_requests_and_one_seen_elsewhere_goes_on(console: Console) -> None:
    begun = console.begin(console.account())
    console.desk.clock.pass_ms(IDLE_MS - 1)
    assert resumed(console.there, begun)
    console.desk.clock.pass_ms(IDLE_MS - 1)
    assert resumed(console.here, begun), "the other process saw it meanwhile"
    console.desk.clock.pass_ms(IDLE_MS)
    assert not resumed(console.here, begun)
    assert not resumed(console.there, begun)


def test_it_ends_after_a_days_work_however_busy(console: Console) -> None:
    begun, step = console.begin(console.account()), IDLE_MS // 2
    for _ in range(WHOLE_MS // step - 1):
        console.desk.clock.pass_ms(step)
        assert resumed(console.here, begun)
    console.desk.clock.pass_ms(step)
    assert not resumed(console.here, begun)
    assert not resumed(console.there, begun)


def test_a_clock_that_was_set_back_ends_it(console: Console) -> None:
    begun = console.begin(console.account())
    console.desk.clock.pass_ms(-1)
    assert not resumed(console.here, begun)


def test_a_request_every_moment_writes_once_a_minute(console: Console) -> None:
    begun = console.begin(console.account())
    started = console.desk.clock.now_ms()
    console.desk.clock.pass_ms(59_999)
    assert resumed(console.here, begun)
    answer = console.there.resume(begun.token.open())
    assert isinstance(answer, Session)
    assert answer.seen_ms == started
    console.desk.clock.pass_ms(1)
    assert resumed(console.here, begun)
    seen = console.there.resume(begun.token.open())
    assert isinstance(seen, Session)
    assert seen.seen_ms == started + 60_000


def test_signing_out_here_is_signed_out_there_and_said_once(console: Console) -> None:
    first, second = (console.begin(account) for account in [console.account()] * 2)
    console.here.end(first.session, where="desk-1")
    assert not resumed(console.there, first)
    assert resumed(console.there, second)
    console.there.end(first.session, where="desk-2")
    assert console.said()[2:] == [(Event.SESSION_ENDED, "one", 1)]


def test_signing_out_everywhere_ends_all_of_one_account_and_nobody_elses(console: Console) -> None:
    officer, courier = console.account(), console.account("courier-1")
    mine, theirs = [console.begin(officer) for _ in range(3)], console.begin(courier)
    assert console.there.end_all(officer, where="desk-2") == 3
    assert [resumed(console.here, each) for each in mine] == [False] * 3
    assert resumed(console.here, theirs)
    assert console.there.end_all(officer, where="desk-2") == 0
    assert console.said()[4:] == [(Event.SESSION_ENDED, "everywhere", 3)]


def test_a_closed_account_has_no_session_and_begins_none(console: Console) -> None:
    account = console.account()
    begun = console.begin(account)
    console.accounts.close("officer-1", actor=OPERATOR)
    assert not resumed(console.there, begun)
    assert console.here.begin(account, where="desk-1") == Refuse(Refusal.ACCOUNT_CLOSED, "officer-1")


def test_many_signing_in_and_out_at_once_leave_what_they_should(console: Console) -> None:
    account = console.account()

    def life(at: int) -> Begun:
        begun = console.begin(account)
        assert resumed((console.here, console.there)[at % 2], begun)
        if at % 2:
            console.there.end(begun.session, where="desk-2")
        return begun

    with ThreadPoolExecutor(4) as many:
        begun = list(many.map(life, range(12)))
    assert [resumed(console.here, each) for each in begun] == [True, False] * 6


def test_pruning_forgets_what_is_over_and_nothing_else(console: Console) -> None:
    account = console.account()
    old = console.begin(account)
    console.desk.clock.pass_ms(IDLE_MS - 1)
    young = console.begin(account)
    assert console.here.prune() == 0
    console.desk.clock.pass_ms(2)
    assert console.here.prune() == 1
    assert not resumed(console.there, old)
    assert resumed(console.there, young)
