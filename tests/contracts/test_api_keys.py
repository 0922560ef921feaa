"""API keys on every engine: issued once, recognised by their hash, ended here at once and elsewhere within seconds."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import pytest
from tests.unit.access.desk import Desk, desk_of
from tests.unit.access.people import COMPLIANCE, COURIER, OPERATOR, OWN, STRANGER, random

from yinji.access.accounts.service import Accounts, Opened
from yinji.access.api_keys.model import ApiKey, Scope
from yinji.access.api_keys.rules import reaches
from yinji.access.api_keys.service import REMEMBERED_MS, ApiKeys, Issued
from yinji.access.model import Account, Post
from yinji.db import Database
from yinji.db.work import Reading
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal

DAY_MS = 86_400_000
REVOKED = Refuse(Refusal.API_KEY_REVOKED)


@dataclass
class Gate:
    """Keys as this process has them and as another one does, and an account that issues them."""

    desk: Desk
    accounts: Accounts
    account: Account
    here: ApiKeys
    there: ApiKeys

    def issue(self, *scopes: Scope, days: int = 30, test: bool = False, name: str = "orders") -> Issued:
        actor = self.account.acts_from("desk-1")
        wanted = scopes or (Scope.WAYBILLS_READ,)
        issued = self.here.issue(self.account, name, wanted, days=days, test=test, actor=actor)
        assert isinstance(issued, Issued), issued
        return issued

    def said(self) -> list[Event]:
        self.desk.evidence.sequence(self.desk.data)
        return [each.recorded.entry.event for each in self.desk.evidence.entries(self.desk.data, limit=1_000)]


@pytest.fixture
def gate(database_factory: Callable[..., Database]) -> Gate:
    desk = desk_of(database_factory(), database_factory(log="disclosures"))
    other = database_factory()
    other.connect_evidence(desk.evidence)
    accounts = Accounts(data=desk.data, clock=desk.clock, random=random)
    opened = accounts.open("shop-1", Post.OPERATIONS, actor=OPERATOR)
    assert isinstance(opened, Opened), opened
    here, there = (ApiKeys(data=data, clock=desk.clock, random=random, days_max=365) for data in (desk.data, other))
    return Gate(desk, accounts, opened.named.account, here, there)


def test_a_key_is_recognised_by_every_process_and_says_what_it_is(gate: Gate) -> None:
    issued = gate.issue(Scope.LABELS_PRINT, Scope.WAYBILLS_READ, test=True)
    for keys in (gate.here, gate.there):
        found = keys.recognise(issued.text.open())
        assert found == issued.key
    assert (issued.key.test, issued.key.account.code) == (True, "shop-1")
    assert issued.text.open().startswith("yinji_test_")
    assert gate.there.every(OWN) == [issued.key]
    assert gate.there.every(STRANGER.org) == []
    assert gate.said()[-1] is Event.API_KEY_ISSUED


def test_a_test_key_that_calls_itself_live_is_none(gate: Gate) -> None:
    text = gate.issue(test=True).text.open()
    assert gate.here.recognise(text.replace("yinji_test_", "yinji_live_")) == Refuse(Refusal.API_KEY_WRONG)


def test_a_key_reaches_its_scopes_and_no_further(gate: Gate) -> None:
    found = gate.there.recognise(gate.issue(Scope.SCANS_WRITE, Scope.NUMBERS_MANAGE).text.open())
    assert isinstance(found, ApiKey)
    within = {scope for scope in Scope if isinstance(reaches(found, scope), Allow)}
    assert within == {Scope.SCANS_WRITE, Scope.NUMBERS_MANAGE}


def test_a_revocation_is_seen_here_at_once_and_there_within_its_bound(gate: Gate) -> None:
    issued = gate.issue()
    text = issued.text.open()
    assert gate.here.recognise(text) == gate.there.recognise(text) == issued.key
    assert gate.here.revoke(issued.key.ref, actor=OPERATOR) is None
    assert gate.here.recognise(text) == REVOKED
    gate.desk.clock.pass_ms(REMEMBERED_MS - 1)
    assert gate.there.recognise(text) == issued.key, "what it read a moment ago"
    gate.desk.clock.pass_ms(1)
    assert gate.there.recognise(text) == REVOKED
    assert gate.there.revoke(issued.key.ref, actor=OPERATOR) == REVOKED
    assert gate.said().count(Event.API_KEY_REVOKED) == 1


def test_who_reads_a_key_while_it_is_revoked_here_does_not_bring_it_back(gate: Gate) -> None:
    issued = gate.issue()
    data = gate.desk.data

    class Slow(Database):
        """The same database; between reading a key and telling of it somebody revokes it."""

        @contextmanager
        def reading(self) -> Iterator[Reading]:
            with super().reading() as reading:
                yield reading
            assert keys.revoke(issued.key.ref, actor=OPERATOR) is None

    slow = Slow(data.url.render_as_string(hide_password=False), log=data.log)
    slow.connect_evidence(gate.desk.evidence)
    keys = ApiKeys(data=slow, clock=gate.desk.clock, random=random, days_max=365)
    assert keys.recognise(issued.text.open()) == issued.key, "it was read before"
    assert keys.remembered(issued.text.open()) is None
    slow.close()


def test_a_key_ends_on_its_day_though_it_was_read_a_moment_before(gate: Gate) -> None:
    issued = gate.issue(days=1)
    text = issued.text.open()
    gate.desk.clock.pass_ms(DAY_MS - 1)
    assert gate.here.recognise(text) == issued.key
    gate.desk.clock.pass_ms(1)
    assert gate.here.recognise(text) == gate.there.recognise(text) == Refuse(Refusal.API_KEY_EXPIRED)


def test_a_key_ends_with_its_account(gate: Gate) -> None:
    text = gate.issue().text.open()
    gate.accounts.close("shop-1", actor=OPERATOR)
    assert gate.here.recognise(text) == gate.there.recognise(text) == REVOKED


def test_a_key_is_revoked_by_its_own_account_or_a_post_that_may(gate: Gate) -> None:
    first, second, third = (gate.issue(name=name) for name in ("orders-1", "orders-2", "orders-3"))
    for actor, code in ((COURIER, Refusal.ACCOUNT_NOT_ALLOWED), (STRANGER, Refusal.API_KEY_UNKNOWN)):
        refused = gate.here.revoke(first.key.ref, actor=actor)
        assert refused is not None
        assert refused.code is code
    own = gate.account.acts_from("desk-1")
    assert [gate.here.revoke(each.key.ref, actor=actor) for each, actor in ((first, own), (second, COMPLIANCE))] == [None] * 2
    assert gate.there.recognise(third.text.open()) == third.key
