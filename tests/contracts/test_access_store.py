"""A disclosure's two transactions, on every engine: nothing without intent, nothing twice, every attempt said."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from tests.unit.access.desk import Desk, desk_of, refused
from tests.unit.access.people import (
    COMPLIANCE,
    COURIER,
    DAILY_MAX,
    ELSEWHERE,
    OPERATOR,
    OWN,
    PERMIT_MS,
    RECIPIENT,
    SOMEBODY_ELSE,
    STRANGER,
    STRANGER_REF,
    ask,
    granted,
    random,
)
from tests.unit.kernel.fixed_clock import DAY_MS, NOON_MS

from yinji.access.model import Account, Node, Org, OrgKind, Post
from yinji.db import Database
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import FIRST_SHARD, mint_ref
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal

Factory = Callable[..., Database]


@pytest.fixture
def desk(database_factory: Factory) -> Desk:
    return desk_of(database_factory(), database_factory(log="disclosures"))


def test_a_disclosure_is_said_twice_first_intended_then_ended(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    assert desk.told() == [(Event.REVEAL_INTENDED, "phone")]
    desk.clock.pass_ms(5)
    assert desk.redeem(permit) == (None, True)
    intended, ended = desk.said()
    assert (ended.event, ended.ground) == (Event.REVEAL_ENDED, "disclosed")
    assert intended.about == (permit.ref, RECIPIENT)
    assert ended.about == (permit.ref,)
    assert (intended.actor, intended.purpose, intended.at_ms) == (OPERATOR, Purpose.SOLVE_DELIVERY, NOON_MS)
    assert (ended.actor, ended.purpose, ended.at_ms) == (OPERATOR, Purpose.SOLVE_DELIVERY, NOON_MS + 5)


def test_a_search_is_said_as_a_search_about_nobody_yet(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
    assert permit.about == permit.ref
    desk.redeem(permit)
    assert desk.told() == [(Event.FIND_INTENDED, "masked"), (Event.FIND_ENDED, "disclosed")]


def test_an_erasure_is_said_as_one_and_ends_as_begun(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask(COMPLIANCE, deed=Deed.ERASE, purpose=Purpose.RETENTION, view=View.MASKED)))
    assert desk.redeem(permit) == (None, True)
    assert desk.told() == [(Event.ERASURE_INTENDED, "masked"), (Event.ERASURE_ENDED, "begun")]


def test_a_permit_carries_what_was_asked_and_when_it_ends(desk: Desk) -> None:
    asked = ask(COURIER, purpose=Purpose.CONTACT_RECIPIENT)
    permit = granted(desk.access.declare(asked))
    assert (permit.deed, permit.actor, permit.purpose) == (asked.deed, COURIER, Purpose.CONTACT_RECIPIENT)
    assert (permit.about, permit.party, permit.view) == (RECIPIENT, PartyRole.RECIPIENT, View.PHONE)
    assert permit.expires_ms == NOON_MS + PERMIT_MS


def test_an_act_that_ends_in_a_refusal_is_said_by_its_name_and_uses_the_permit_up(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    gone = Refuse(Refusal.PERSON_FORGOTTEN)
    assert desk.redeem(permit, gone) == (gone, True)
    assert desk.told()[-1] == (Event.REVEAL_ENDED, "PERSON_FORGOTTEN")
    assert desk.redeem(permit) == (Refuse(Refusal.PERMIT_USED), False)


@pytest.mark.parametrize(
    ("actor", "other", "code"),
    [
        (STRANGER, {}, Refusal.ACCOUNT_NOT_ALLOWED),
        (STRANGER, {"view": View.MASKED}, Refusal.ACCOUNT_NOT_ALLOWED),
        (COURIER, {}, Refusal.ACCOUNT_NOT_ALLOWED),
        (COURIER, {"purpose": Purpose.DELIVER}, Refusal.PURPOSE_NOT_ALLOWED),
        (COURIER, {"purpose": Purpose.DELIVER, "deed": Deed.FIND, "about": None}, Refusal.PURPOSE_NOT_ALLOWED),
        (COMPLIANCE, {}, Refusal.ACCOUNT_NOT_ALLOWED),
        (OPERATOR, {"purpose": Purpose.ISSUE}, Refusal.ACCOUNT_NOT_ALLOWED),
        (OPERATOR, {"deed": Deed.ERASE, "view": View.MASKED}, Refusal.PURPOSE_NOT_ALLOWED),
        (COMPLIANCE, {"deed": Deed.ERASE, "view": View.MASKED, "purpose": Purpose.AUTHORITY}, Refusal.PURPOSE_NOT_ALLOWED),
        (COMPLIANCE, {"deed": Deed.ERASE, "view": View.ALL, "purpose": Purpose.RETENTION}, Refusal.PURPOSE_NOT_ALLOWED),
        (OPERATOR, {"purpose": Purpose.DELIVER, "view": View.ALL}, Refusal.PURPOSE_NOT_ALLOWED),
    ],
)
def test_who_may_not_is_refused_and_the_attempt_is_evidence(
    desk: Desk, actor: Any, other: dict[str, Any], code: Refusal
) -> None:
    wish = ask(actor, **other)
    assert refused(desk.access.declare(wish)) is code
    (entry,) = desk.said()
    assert (entry.event, entry.ground, entry.actor) == (Event.REVEAL_REFUSED, code.name, actor)
    assert entry.about == ((wish.about,) if wish.about else ())


def test_a_refused_attempt_costs_no_quota(desk: Desk) -> None:
    for _ in range(3 * DAILY_MAX):
        desk.access.declare(ask(purpose=Purpose.ISSUE))
    assert granted(desk.access.declare(ask())).purpose is ask().purpose


def test_a_permit_is_used_once(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    assert desk.redeem(permit) == (None, True)
    for _ in range(2):
        assert desk.redeem(permit) == (Refuse(Refusal.PERMIT_USED), False)
    assert desk.told()[2:] == [(Event.REVEAL_REFUSED, "PERMIT_USED")] * 2


def test_a_used_permit_is_called_used_even_after_its_end(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    desk.redeem(permit)
    desk.clock.pass_ms(PERMIT_MS + 1)
    assert desk.redeem(permit) == (Refuse(Refusal.PERMIT_USED), False)


def test_two_at_once_use_a_permit_once(desk: Desk) -> None:
    for _ in range(DAILY_MAX):
        permit = granted(desk.access.declare(ask()))
        with ThreadPoolExecutor(2) as two:
            ends = [each.result(30)[0] for each in [two.submit(desk.redeem, permit) for _ in range(2)]]
        assert sorted(end.code.name if end else "" for end in ends) == ["", "PERMIT_USED"]


def test_a_permit_holds_until_its_last_millisecond_and_no_longer(desk: Desk) -> None:
    first, second = granted(desk.access.declare(ask())), granted(desk.access.declare(ask()))
    desk.clock.pass_ms(PERMIT_MS)
    assert desk.redeem(first) == (None, True)
    desk.clock.pass_ms(1)
    assert desk.redeem(second) == (Refuse(Refusal.PERMIT_EXPIRED), False)
    assert desk.told()[-1] == (Event.REVEAL_REFUSED, "PERMIT_EXPIRED")


FORGERIES: dict[str, tuple[Callable[[Permit], Permit], Refusal]] = {
    "another view": (lambda p: replace(p, view=View.ALL), Refusal.PERMIT_MISMATCH),
    "another subject": (lambda p: replace(p, about=SOMEBODY_ELSE), Refusal.PERMIT_MISMATCH),
    "another account": (lambda p: replace(p, actor=replace(p.actor, account=STRANGER_REF)), Refusal.PERMIT_MISMATCH),
    "another party": (lambda p: replace(p, party=PartyRole.SENDER), Refusal.PERMIT_MISMATCH),
    "another purpose": (lambda p: replace(p, purpose=Purpose.AUTHORITY), Refusal.PERMIT_MISMATCH),
    "another deed": (lambda p: replace(p, deed=Deed.FIND), Refusal.PERMIT_MISMATCH),
    "a longer life": (lambda p: replace(p, expires_ms=p.expires_ms + 1), Refusal.PERMIT_MISMATCH),
    "another post": (lambda p: replace(p, actor=replace(p.actor, post="compliance")), Refusal.PERMIT_MISMATCH),
    "another organisation": (lambda p: replace(p, actor=replace(p.actor, org=ELSEWHERE)), Refusal.PERMIT_UNKNOWN),
    "invented": (lambda p: replace(p, ref=mint_ref(shard=FIRST_SHARD, at_ms=NOON_MS, random=random)), Refusal.PERMIT_UNKNOWN),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_permit_that_is_not_the_stored_intent_is_refused_and_leaves_evidence(desk: Desk, forgery: str) -> None:
    forge, code = FORGERIES[forgery]
    permit = granted(desk.access.declare(ask()))
    forged = forge(permit)
    assert desk.redeem(forged) == (Refuse(code), False)
    entry = desk.said()[-1]
    assert (entry.event, entry.ground, entry.about) == (Event.REVEAL_REFUSED, code.name, (forged.ref,))
    assert desk.redeem(permit) == (None, True), "the true permit still holds"


def test_one_more_than_the_quota_is_refused(desk: Desk) -> None:
    for _ in range(DAILY_MAX):
        granted(desk.access.declare(ask()))
    assert refused(desk.access.declare(ask())) is Refusal.QUOTA_SPENT
    assert desk.told()[-1] == (Event.REVEAL_REFUSED, "QUOTA_SPENT")
    granted(desk.access.declare(ask(COURIER, purpose=Purpose.CONTACT_RECIPIENT)))


def test_a_search_counts_against_the_same_quota(desk: Desk) -> None:
    for _ in range(DAILY_MAX):
        granted(desk.access.declare(ask(deed=Deed.FIND, view=View.MASKED, about=None)))
    assert refused(desk.access.declare(ask())) is Refusal.QUOTA_SPENT


def test_an_erasure_costs_no_look_and_waits_for_none(desk: Desk) -> None:
    erasure = ask(deed=Deed.ERASE, purpose=Purpose.ANSWER_PERSON, view=View.MASKED)
    for _ in range(DAILY_MAX):
        granted(desk.access.declare(erasure))
        granted(desk.access.declare(ask()))
    assert refused(desk.access.declare(ask())) is Refusal.QUOTA_SPENT
    granted(desk.access.declare(erasure))


def test_the_quota_is_new_at_midnight_in_beijing(desk: Desk) -> None:
    desk.clock.at_ms = int(datetime(2026, 11, 21, 15, 59, 59, tzinfo=UTC).timestamp() * 1000)
    for _ in range(DAILY_MAX):
        granted(desk.access.declare(ask()))
    assert refused(desk.access.declare(ask())) is Refusal.QUOTA_SPENT
    desk.clock.pass_ms(1_000)
    granted(desk.access.declare(ask()))


def test_many_at_once_never_pass_the_quota(desk: Desk) -> None:
    with ThreadPoolExecutor(4) as four:
        answers = [each.result(30) for each in [four.submit(desk.access.declare, ask()) for _ in range(3 * DAILY_MAX)]]
    assert sum(isinstance(answer, Permit) for answer in answers) == DAILY_MAX
    assert {answer.code for answer in answers if isinstance(answer, Refuse)} == {Refusal.QUOTA_SPENT}


def test_a_quota_of_none_lets_nobody_look(database_factory: Factory) -> None:
    desk = desk_of(database_factory(), database_factory(log="disclosures"), daily_max=0)
    assert refused(desk.access.declare(ask())) is Refusal.QUOTA_SPENT


def test_an_intent_without_outcome_is_listed_once_it_has_expired(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    granted(desk.access.declare(ask()))
    desk.redeem(permit)
    assert desk.access.count_open_intents(OWN) == 0
    desk.clock.pass_ms(PERMIT_MS + 1)
    assert desk.access.count_open_intents(OWN) == 1
    assert desk.access.count_open_intents(ELSEWHERE) == 0


def test_an_act_that_breaks_leaves_the_intent_and_says_nothing_more(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))

    def act() -> Refuse | None:
        raise KeyError

    def run() -> None:
        with desk.disclosures.work() as work:
            desk.access.redeem(work, permit, act, deed=permit.deed)

    with pytest.raises(KeyError):
        run()
    assert desk.told() == [(Event.REVEAL_INTENDED, "phone")]
    desk.clock.pass_ms(PERMIT_MS + 1)
    assert desk.access.count_open_intents(OWN) == 1


@pytest.mark.parametrize("where", ["data", "disclosures"])
def test_declaring_inside_an_open_work_is_misuse_and_declares_nothing(desk: Desk, where: str) -> None:
    with getattr(desk, where).work(), pytest.raises(Misuse, match="declare"):
        desk.access.declare(ask())
    assert desk.said() == []


def test_an_intent_that_cannot_be_written_grants_nothing(desk: Desk) -> None:
    class Mute:
        def write(self, work: object, entries: object) -> None:
            raise OSError(f"{work is entries}")

    desk.disclosures.connect_evidence(Mute())
    with pytest.raises(OSError, match="False"):
        desk.access.declare(ask())
    desk.disclosures.connect_evidence(desk.evidence)
    desk.clock.pass_ms(DAY_MS // 2)
    assert desk.said() == []
    assert desk.access.count_open_intents(OWN) == 0


def test_a_stranger_cannot_use_the_permit_of_another_organisation(desk: Desk) -> None:
    permit = granted(desk.access.declare(ask()))
    stolen = replace(permit, actor=STRANGER)
    assert desk.redeem(stolen) == (Refuse(Refusal.PERMIT_UNKNOWN), False)


def test_evidence_of_disclosures_verifies(desk: Desk) -> None:
    desk.redeem(granted(desk.access.declare(ask())))
    desk.access.declare(ask(STRANGER))
    desk.said()
    assert desk.evidence.verify(desk.disclosures).holds


def test_node_organisations_and_accounts_are_kept_and_said(desk: Desk) -> None:
    node = Node(SOMEBODY_ELSE, OWN, b"check-of-the-key", NOON_MS, 3, "day")
    top = Org(OWN, None, OrgKind.HEADQUARTERS, "青禾总部", "青禾速递")
    outlet = Org(ELSEWHERE, OWN, OrgKind.OUTLET, "青禾一号", "青禾一号网点")
    account = Account(OPERATOR.account, OWN, "operator", Post.OPERATIONS)
    assert desk.access.node() is None
    assert desk.access.account("operator") is None
    with desk.data.work() as work:
        desk.access.enter_node(work, node, actor=OPERATOR)
        desk.access.enter_org(work, top, actor=OPERATOR)
        desk.access.enter_org(work, outlet, actor=OPERATOR)
        desk.access.open_account(work, account, actor=OPERATOR)
    assert desk.access.node() == node
    assert desk.access.orgs() == (top, outlet) or desk.access.orgs() == (outlet, top)
    assert desk.access.account("operator") == account
    assert desk.access.account("courier-7") is None
    desk.evidence.sequence(desk.data)
    said = [placed.recorded.entry for placed in desk.evidence.entries(desk.data)]
    assert [(entry.event, entry.ground, entry.about) for entry in said] == [
        (Event.NODE_INITIALISED, "", (node.ref,)),
        (Event.ORGANISATION_ENTERED, "headquarters", (OWN,)),
        (Event.ORGANISATION_ENTERED, "outlet", (ELSEWHERE,)),
        (Event.ACCOUNT_OPENED, "operations", (OPERATOR.account,)),
    ]
