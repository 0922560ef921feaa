"""Named accounts on every engine: a secret once, wrong ones counted, closing at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest
from tests.unit.access.desk import Desk, desk_of
from tests.unit.access.people import COMPLIANCE, COURIER, OPERATOR, OWN, ask, granted, random

from yinji.access.accounts import rules
from yinji.access.accounts.service import Accounts, Opened
from yinji.access.model import Account, Post
from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal

Factory = Callable[..., Database]
WRONG = Private("aaaaa-aaaaa-aaaaa-aaaaa-aaaaa-a")


@pytest.fixture
def desk(database_factory: Factory) -> Desk:
    return desk_of(database_factory(), database_factory(log="disclosures"))


@pytest.fixture
def accounts(desk: Desk) -> Accounts:
    return Accounts(data=desk.data, clock=desk.clock, random=random)


def opened(accounts: Accounts, code: str = "officer-1", post: Post = Post.COMPLIANCE) -> Opened:
    answer = accounts.open(code, post, actor=OPERATOR)
    assert isinstance(answer, Opened), answer
    return answer


def code(answer: Account | Opened | Refuse | None) -> Refusal | None:
    return answer.code if isinstance(answer, Refuse) else None


def said(desk: Desk) -> list[Entry]:
    desk.evidence.sequence(desk.data)
    return [placed.recorded.entry for placed in desk.evidence.entries(desk.data, limit=1_000)]


def test_who_has_the_secret_is_the_account(desk: Desk, accounts: Accounts) -> None:
    new = opened(accounts)
    assert accounts.sign_in("officer-1", new.secret, where="node-1") == new.named.account
    assert new.named.account.org == OWN
    assert [(each.event, each.ground) for each in said(desk)] == [(Event.ACCOUNT_OPENED, "compliance")]


def test_a_wrong_secret_an_unknown_account_and_an_empty_one_are_refused_alike(desk: Desk, accounts: Accounts) -> None:
    opened(accounts)
    for name, secret in (("officer-1", WRONG), ("nobody", WRONG), ("officer-1", Private(""))):
        assert code(accounts.sign_in(name, secret, where="node-1")) is Refusal.SIGN_IN_WRONG
    assert [(each.event, each.ground) for each in said(desk)[1:]] == [(Event.SIGN_IN_REFUSED, "SIGN_IN_WRONG")] * 2


def test_after_ten_wrong_secrets_the_right_one_waits_a_quarter_of_an_hour(desk: Desk, accounts: Accounts) -> None:
    new = opened(accounts)
    for _ in range(rules.WRONG_MAX):
        assert code(accounts.sign_in("officer-1", WRONG, where="node-1")) is Refusal.SIGN_IN_WRONG
    assert code(accounts.sign_in("officer-1", new.secret, where="node-1")) is Refusal.SIGN_IN_LOCKED
    assert said(desk)[-1].ground == "SIGN_IN_LOCKED"
    told = len(said(desk))
    accounts.sign_in("officer-1", WRONG, where="node-1")
    assert len(said(desk)) == told, "a locked account fills no evidence"
    desk.clock.pass_ms(rules.WINDOW_MS)
    assert accounts.sign_in("officer-1", new.secret, where="node-1") == new.named.account


def test_right_secrets_use_up_no_try(accounts: Accounts) -> None:
    new = opened(accounts)
    for _ in range(rules.WRONG_MAX + 2):
        assert accounts.sign_in("officer-1", new.secret, where="node-1") == new.named.account


def test_many_wrong_secrets_at_once_are_no_more_tries(accounts: Accounts) -> None:
    opened(accounts)
    with ThreadPoolExecutor(8) as many:
        answers = list(many.map(lambda _: code(accounts.sign_in("officer-1", WRONG, where="node-1")), range(16)))
    assert answers.count(Refusal.SIGN_IN_WRONG) == rules.WRONG_MAX
    assert answers.count(Refusal.SIGN_IN_LOCKED) == 16 - rules.WRONG_MAX


def test_a_closed_account_signs_in_no_more_and_its_hash_is_gone(desk: Desk, accounts: Accounts) -> None:
    new = opened(accounts)
    assert accounts.close("officer-1", actor=OPERATOR) is None
    assert code(accounts.sign_in("officer-1", new.secret, where="node-1")) is Refusal.ACCOUNT_CLOSED
    assert code(accounts.close("officer-1", actor=OPERATOR)) is Refusal.ACCOUNT_CLOSED
    assert code(accounts.open("officer-1", Post.COURIER, actor=OPERATOR)) is Refusal.ACCOUNT_TAKEN
    assert [each.closed_ms for each in accounts.every(OWN)] == [desk.clock.now_ms()]
    assert [each.event for each in said(desk)] == [Event.ACCOUNT_OPENED, Event.ACCOUNT_CLOSED]
    with desk.data.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT salt, proof FROM access_sign_ins").all() == [(b"", b"")]


def test_a_closed_account_declares_nothing_and_its_permits_are_worth_nothing(desk: Desk, accounts: Accounts) -> None:
    solver = opened(accounts, "solver", Post.OPERATIONS).named.account.acts_from("desk-3")
    permit = granted(desk.access.declare(ask(solver, purpose=Purpose.SOLVE_DELIVERY)))
    accounts.close("solver", actor=OPERATOR)
    assert code_of(desk.redeem(permit)[0]) is Refusal.ACCOUNT_CLOSED
    assert code_of(desk.access.declare(ask(solver, purpose=Purpose.SOLVE_DELIVERY))) is Refusal.ACCOUNT_CLOSED
    assert desk.redeem(granted(desk.access.declare(ask())))[0] is None, "others go on"


def code_of(answer: object) -> Refusal | None:
    return answer.code if isinstance(answer, Refuse) else None


def test_operations_opens_the_first_officer_and_no_second_while_one_is_open(accounts: Accounts) -> None:
    opened(accounts)
    assert code(accounts.open("officer-2", Post.COMPLIANCE, actor=OPERATOR)) is Refusal.ACCOUNT_NOT_ALLOWED
    assert isinstance(accounts.open("officer-2", Post.COMPLIANCE, actor=COMPLIANCE), Opened)
    assert code(accounts.open("courier-9", Post.COURIER, actor=COURIER)) is Refusal.ACCOUNT_NOT_ALLOWED
    assert code(accounts.close("officer-1", actor=COURIER)) is Refusal.ACCOUNT_NOT_ALLOWED
    assert code(accounts.close("nobody", actor=OPERATOR)) is Refusal.ACCOUNT_UNKNOWN
    for name in ("officer-1", "officer-2"):
        accounts.close(name, actor=OPERATOR)
    assert isinstance(accounts.open("officer-3", Post.COMPLIANCE, actor=OPERATOR), Opened)
