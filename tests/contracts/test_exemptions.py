"""Exemptions on every engine: one order, two accounts, one use."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import pytest
from tests.unit.access.people import COMPLIANCE, COURIER, ELSEWHERE, OPERATOR, OWN, random
from tests.unit.kernel.fixed_clock import DAY_MS, FixedClock
from tests.unit.ledger.evidence import ledger

from yinji.access.accounts.service import Accounts, Opened
from yinji.access.exempting.model import Exemption, ExemptionState, Ground
from yinji.access.exempting.service import Exemptions
from yinji.access.model import Post
from yinji.db import Database
from yinji.db.trouble import Clash
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_ref
from yinji.kernel.refusals import Refusal

Factory = Callable[..., Database]
TAG = b"t" * 16
GROUND = Ground("document", "（2026）沪01民初12号")


@dataclass
class Office:
    """A node's exemptions, its officer, its clock and its evidence."""

    exemptions: Exemptions
    accounts: Accounts
    officer: Actor
    clock: FixedClock
    data: Database

    def __post_init__(self) -> None:
        self.evidence = ledger()

    def asked(self, tag: bytes = TAG) -> Exemption:
        answer = self.exemptions.ask(FIRST_SHARD, tag, "M", GROUND, actor=OPERATOR)
        assert isinstance(answer, Exemption), answer
        return answer

    def approved(self, tag: bytes = TAG) -> Exemption:
        answer = self.exemptions.approve(self.asked(tag).ref, actor=self.officer)
        assert isinstance(answer, Exemption), answer
        return answer

    def use(self, exemption: Exemption, *, fails: bool = False) -> Ref:
        """Use it for a parcel, as the transaction of a batch does."""
        parcel = mint_ref(shard=FIRST_SHARD, at_ms=self.clock.now_ms(), random=random)
        with self.data.work() as work:
            self.exemptions.use(work, {exemption.ref: (exemption, parcel)}, shard=FIRST_SHARD, actor=OPERATOR)
            if fails:
                raise KeyboardInterrupt
        return parcel

    def states(self) -> list[ExemptionState]:
        return [each.state for each in self.exemptions.every(OWN)]

    def said(self) -> list[Entry]:
        self.evidence.sequence(self.data)
        return [placed.recorded.entry for placed in self.evidence.entries(self.data, limit=1_000)]

    def tags(self) -> list[bytes | None]:
        with self.data.engine.connect() as connection:
            return [row[0] for row in connection.exec_driver_sql("SELECT order_tag FROM access_exemptions")]


@pytest.fixture
def office(database_factory: Factory) -> Office:
    data, clock = database_factory(), FixedClock()
    accounts = Accounts(data=data, clock=clock, random=random)
    exemptions = Exemptions(data=data, clock=clock, random=random, lives_ms=7 * DAY_MS)
    made = Office(exemptions, accounts, COMPLIANCE, clock, data)
    data.connect_evidence(made.evidence)
    new = accounts.open("officer-1", Post.COMPLIANCE, actor=OPERATOR)
    assert isinstance(new, Opened)
    made.officer = new.named.account.acts_from("desk-2")
    return made


def code(answer: Exemption | Refuse | None) -> Refusal | None:
    return answer.code if isinstance(answer, Refuse) else None


def test_asked_approved_and_used_once_each_said_and_then_its_order_is_forgotten(office: Office) -> None:
    exemption = office.approved()
    parcel = office.use(exemption)
    (used,) = office.exemptions.every(OWN)
    assert (used.state, used.parcel, used.approved_by) == (ExemptionState.USED, parcel, office.officer.account)
    assert office.tags() == [None]
    told = office.said()[1:]
    assert [(each.event, each.ground) for each in told] == [
        (Event.EXEMPTION_ASKED, "document"),
        (Event.EXEMPTION_APPROVED, "document"),
        (Event.EXEMPTION_USED, "document"),
    ]
    assert [each.actor.account for each in told] == [OPERATOR.account, office.officer.account, OPERATOR.account]
    assert told[-1].about == (exemption.ref, parcel)


def test_an_exemption_is_not_used_twice(office: Office) -> None:
    exemption = office.approved()
    office.use(exemption)
    with pytest.raises(Clash):
        office.use(exemption)
    assert [each.event for each in office.said()].count(Event.EXEMPTION_USED) == 1


def test_two_at_once_use_it_once(office: Office) -> None:
    exemption = office.approved()

    def tried(_: int) -> bool:
        try:
            office.use(exemption)
        except Clash:
            return False
        return True

    with ThreadPoolExecutor(4) as many:
        assert sorted(many.map(tried, range(4))) == [False, False, False, True]


def test_a_batch_that_fails_leaves_its_approval_unused(office: Office) -> None:
    exemption = office.approved()
    with pytest.raises(KeyboardInterrupt):
        office.use(exemption, fails=True)
    assert office.states() == [ExemptionState.APPROVED]
    office.use(exemption)


def test_what_waits_or_was_refused_is_not_used(office: Office) -> None:
    asked = office.asked()
    with pytest.raises(Clash):
        office.use(asked)
    assert office.exemptions.refuse(asked.ref, actor=office.officer) is None
    with pytest.raises(Clash):
        office.use(asked)
    assert office.tags() == [None]
    assert office.exemptions.every(OWN)[0].ground.document == ""


def test_an_approval_expires_and_is_then_forgotten(office: Office) -> None:
    exemption = office.approved()
    office.clock.pass_ms(7 * DAY_MS + 1)
    with pytest.raises(Clash):
        office.use(exemption)
    assert office.exemptions.of_orders(OWN, {FIRST_SHARD: [TAG]}) == {}
    office.exemptions.end_expired(actor=OPERATOR)
    assert (office.states(), office.tags()) == ([ExemptionState.EXPIRED], [None])
    assert (office.said()[-1].event, office.said()[-1].ground) == (Event.EXEMPTION_ENDED, "expired")
    told = len(office.said())
    office.exemptions.end_expired(actor=OPERATOR)
    assert len(office.said()) == told


def test_an_order_has_one_open_exemption_and_after_it_may_have_another(office: Office) -> None:
    asked = office.asked()
    assert code(office.exemptions.ask(FIRST_SHARD, TAG, "M", GROUND, actor=OPERATOR)) is Refusal.EXEMPTION_OPEN
    office.asked(b"u" * 16)
    office.exemptions.refuse(asked.ref, actor=OPERATOR)
    office.asked()


def test_an_approver_who_asked_has_no_post_or_has_left_approves_nothing(office: Office) -> None:
    asked = office.asked()
    own = office.exemptions.ask(FIRST_SHARD, b"v" * 16, "M", GROUND, actor=office.officer)
    assert isinstance(own, Exemption)
    assert code(office.exemptions.approve(own.ref, actor=office.officer)) is Refusal.EXEMPTION_OWN
    assert code(office.exemptions.approve(asked.ref, actor=OPERATOR)) is Refusal.ACCOUNT_NOT_ALLOWED
    assert code(office.exemptions.approve(asked.ref, actor=COMPLIANCE)) is Refusal.ACCOUNT_CLOSED, "no named account"
    elsewhere = Actor(office.officer.account, ELSEWHERE, "compliance", "desk-9")
    assert code(office.exemptions.approve(asked.ref, actor=elsewhere)) is Refusal.EXEMPTION_UNKNOWN
    office.accounts.close("officer-1", actor=OPERATOR)
    assert code(office.exemptions.approve(asked.ref, actor=office.officer)) is Refusal.ACCOUNT_CLOSED
    assert code(office.exemptions.ask(FIRST_SHARD, b"w" * 16, "M", GROUND, actor=COURIER)) is Refusal.ACCOUNT_NOT_ALLOWED
    assert office.states() == [ExemptionState.ASKED] * 2


def test_a_document_goes_with_its_person(office: Office) -> None:
    parcel = office.use(office.approved())
    office.exemptions.forget([parcel], actor=OPERATOR)
    assert office.exemptions.every(OWN)[0].ground == Ground("document")
    assert office.said()[-1].ground == "forgotten"
    told = len(office.said())
    office.exemptions.forget([parcel], actor=OPERATOR)
    assert len(office.said()) == told
