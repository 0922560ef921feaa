"""An exempt order from asking to its label, in a whole node: one order, two people, one use; everybody else stays masked."""

from __future__ import annotations

import os
from collections.abc import Collection, Mapping
from dataclasses import replace
from pathlib import Path

import pytest

from tests.simulators.clock import DAY_MS
from tests.simulators.node import LI, LOOK, ZHAO, World, make_world, press
from yinji.access.accounts.service import Opened
from yinji.access.exempting.model import Exemption, ExemptionState
from yinji.access.exempting.service import Exemptions
from yinji.access.model import Post
from yinji.db.work import Work
from yinji.flows.exempt_order import Asking, approve_exemption, ask_exemption, list_exemptions, refuse_exemption
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.house import House
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.sign_in import sign_in
from yinji.flows.tell_coverage import tell_coverage
from yinji.kernel.actor import Actor
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.ids import Ref, Shard
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.refusals import Refusal
from yinji.label.passed import Label
from yinji.waybill.coverage.model import By
from yinji.waybill.model import WaybillKind

CASE = "（2026）沪01民初12号"


def officer_of(world: World) -> House:
    """The node as its compliance officer sees it, signed in."""
    opened = world.house.accounts.open("officer-1", Post.COMPLIANCE, actor=world.house.actor)
    assert isinstance(opened, Opened)
    signed = sign_in(world.house, "officer-1", opened.secret)
    assert isinstance(signed, House)
    return signed


def asked(world: World, order: str = "A1", *, merchant: str = "M", document: str = CASE) -> Exemption:
    answer = ask_exemption(world.house, Asking(order, merchant, "document", document))
    assert isinstance(answer, Exemption), answer
    return answer


def approved(world: World, order: str = "A1") -> Exemption:
    answer = approve_exemption(officer_of(world), asked(world, order).ref)
    assert isinstance(answer, Exemption), answer
    return answer


def whole(label: Label) -> bool:
    """Tell whether a label shows its recipient, after looking that it shows all or nothing, and says so."""
    shown = label.draft.recipient
    name, phone, address = LI
    is_whole = (shown.name, shown.phone, shown.address) == (name, phone, address)
    assert is_whole or not (name in label.texts or phone in label.texts)
    assert ("依法豁免 司法文书" in label.texts) is is_whole
    assert ("隐私面单" in label.texts) is not is_whole
    return is_whole


def refusals(world: World, *numbers: str) -> list[Refusal]:
    return [row.refusal.code for row in world.issue([world.order(number) for number in numbers]).refused]


def test_an_approved_order_shows_its_recipient_and_the_orders_beside_it_do_not(world: World) -> None:
    approved(world)
    one, other = world.issue([world.order("A1"), world.order("A2")]).labels
    assert (whole(one), whole(other)) == (True, False)
    assert one.draft.sender.name != "茶与山商行", "an exemption shows nobody but the recipient"
    kinds = [world.house.register.find(world.house.node.org, label.number) for label in (one, other)]
    assert [bill.kind for bill in kinds if not isinstance(bill, Refuse)] == [WaybillKind.EXEMPT, WaybillKind.PRIVACY]


def test_the_same_order_again_has_its_number_and_its_label_and_needs_no_second_approval(world: World) -> None:
    approved(world)
    (first,) = world.issue([world.order("A1")]).labels
    again = world.issue([world.order("A1")])
    assert (again.known, [label.number for label in again.labels]) == (1, [first.number])
    assert whole(again.labels[0])
    assert [each.exemption.state for each in list_exemptions(world.house)] == [ExemptionState.USED]


def test_an_order_that_waits_for_its_approval_is_not_issued_and_costs_no_number(world: World) -> None:
    waiting = asked(world)
    assert refusals(world, "A1", "A2") == [Refusal.EXEMPTION_WAITS]
    assert refuse_exemption(officer_of(world), waiting.ref) is None
    (label,) = world.issue([world.order("A1")]).labels
    assert not whole(label)


def test_who_asked_does_not_approve(world: World) -> None:
    officer = officer_of(world)
    own = ask_exemption(officer, Asking("A1", "M", "document", CASE))
    assert isinstance(own, Exemption)
    refused = approve_exemption(officer, own.ref)
    assert isinstance(refused, Refuse)
    assert refused.code is Refusal.EXEMPTION_OWN
    assert isinstance(approve_exemption(world.house, own.ref), Refuse), "operations does not approve"
    assert refusals(world, "A1") == [Refusal.EXEMPTION_WAITS]


def test_an_approval_is_for_one_order_of_one_merchant(world: World) -> None:
    approved(world)
    (other,) = world.issue([world.order("A1")], merchant="N").labels
    assert not whole(other)
    assert [each.exemption.state for each in list_exemptions(world.house)] == [ExemptionState.APPROVED]


def test_an_expired_approval_exempts_nothing(world: World) -> None:
    approved(world)
    world.clock.pass_days(world.house.settings.exemption_days + 1)
    (label,) = world.issue([world.order("A1")]).labels
    assert not whole(label)
    assert [each.exemption.state for each in list_exemptions(world.house)] == [ExemptionState.EXPIRED]


def test_an_approval_that_comes_after_the_waybill_changes_nothing(world: World) -> None:
    number = world.number_of("A1")
    approved(world)
    (label,) = world.issue([world.order("A1")]).labels
    assert (label.number, whole(label)) == (number, False)


class Withdrawing(Exemptions):
    """Somebody withdraws each approval right after it was found."""

    def of_orders(self, org: Ref, tags: Mapping[Shard, Collection[bytes]]) -> dict[bytes, Exemption]:
        found = super().of_orders(org, tags)
        for each in found.values():
            self.refuse(each.ref, actor=Actor(each.asked_by, org, "operations", "desk-1"))
        return found


class Ending(Exemptions):
    """The process ends right before the commit."""

    def use(self, work: Work, uses: Mapping[Ref, tuple[Exemption, Ref]], *, shard: Shard, actor: Actor) -> None:
        super().use(work, uses, shard=shard, actor=actor)
        raise KeyboardInterrupt


def run_with(world: World, kind: type[Exemptions]) -> IssueRun:
    own = kind(data=world.house.data, clock=world.clock, random=os.urandom, lives_ms=DAY_MS)
    return IssueRun(replace(world.house, exemptions=own), press(), merchant="M", look=LOOK)


def test_an_approval_withdrawn_between_the_look_and_the_commit_is_not_used(world: World) -> None:
    approved(world)
    outcome = run_with(world, Withdrawing).issue([world.order("A1"), world.order("A2")])
    assert [row.refusal.code for row in outcome.refused] == [Refusal.EXEMPTION_ENDED]
    assert (outcome.issued, [whole(label) for label in outcome.labels]) == (1, [False])
    assert world.house.register.audit(world.house.node.org) == (1, 1)


def test_a_batch_that_does_not_commit_leaves_its_approval_for_the_next_run(world: World) -> None:
    approved(world)
    with pytest.raises(KeyboardInterrupt):
        run_with(world, Ending).issue([world.order("A1")])
    assert [each.exemption.state for each in list_exemptions(world.house)] == [ExemptionState.APPROVED]
    (label,) = world.issue([world.order("A1")]).labels
    assert whole(label)


def test_an_identity_number_does_not_pass_on_an_exempt_label_either(world: World) -> None:
    approved(world)
    outcome = world.issue([world.order("A1", contents="传票 身份证 110101199003071234")])
    assert all("110101199003071234" not in text for label in outcome.labels for text in label.texts)


def test_a_stranger_in_the_remark_of_an_exempt_order_stays_hidden(world: World) -> None:
    approved(world)
    (label,) = world.issue([world.order("A1", remark=f"找不到请联系{ZHAO[0]}，电话{ZHAO[1]}")]).labels
    assert whole(label)
    assert ZHAO[1] not in "\n".join(label.texts)


def test_a_draft_exempts_nothing_unless_the_node_says_so_and_is_called_a_draft(tmp_path: Path) -> None:
    by_draft = Asking("A1", "M", "exemption-judicial", "")
    for allowed in ("no", "yes"):
        world = make_world(tmp_path / allowed, settings=f'exempt_on_draft = "{allowed}"\n')
        answer = ask_exemption(world.house, by_draft)
        if isinstance(answer, Refuse):
            assert (allowed, answer.code) == ("no", Refusal.EXEMPTION_GROUND_IS_DRAFT)
        else:
            assert answer.ground.draft
            approve_exemption(officer_of(world), answer.ref)
            (label,) = world.issue([world.order("A1")]).labels
            assert "豁免 依据草案" in label.texts
            assert not any("依法" in text for text in label.texts)
            placed = world.house.ledger.entries(world.house.data, since=0, limit=1_000)
            grounds = {each.recorded.entry.ground for each in placed if "EXEMPTION" in each.recorded.entry.event.name}
            assert grounds == {"exemption-judicial:draft"}
        world.house.close()


def test_specimens_are_never_exempt(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", with_sender=False)
    approved(world)
    (label,) = world.issue([world.order("A1")]).labels
    assert not whole(label)
    world.house.close()


def test_the_evidence_names_who_asked_approved_and_used_and_neither_order_nor_document(world: World) -> None:
    approved(world)
    world.issue([world.order("A1")])
    world.house.ledger.sequence(world.house.data)
    entries = [each.recorded.entry for each in world.house.ledger.entries(world.house.data, since=0, limit=1_000)]
    told = [entry for entry in entries if entry.event.name.startswith("EXEMPTION")]
    assert [entry.event for entry in told] == [Event.EXEMPTION_ASKED, Event.EXEMPTION_APPROVED, Event.EXEMPTION_USED]
    assert [entry.actor.post for entry in told] == ["operations", "compliance", "operations"]
    assert len({entry.actor.account for entry in told}) == 2
    assert {entry.ground for entry in told} == {"document"}
    assert "A1" not in repr(told)


def test_when_the_person_is_forgotten_the_document_is_too(world: World) -> None:
    approved(world)
    (label,) = world.issue([world.order("A1")]).labels
    forget_persons(world.house, [Forget(label.number, PartyRole.RECIPIENT)], purpose=Purpose.ANSWER_PERSON)
    (listed,) = list_exemptions(world.house)
    assert (listed.exemption.ground.document, listed.number) == ("", label.number)


def test_coverage_counts_an_exempt_waybill_as_exempt_and_the_evidence_agrees(world: World) -> None:
    approved(world)
    world.issue([world.order("A1"), world.order("A2"), world.order("A3")])
    today = beijing_day(world.clock.now_ms())
    told = tell_coverage(world.house, first=today, last=today, by=By.DAY, check=True)
    assert not isinstance(told, Refuse)
    assert (told.whole.privacy, told.whole.exempt, told.agrees) == (2, 1, True)


def test_an_order_number_that_is_asked_for_is_written_nowhere(world: World) -> None:
    officer = officer_of(world)
    waiting, used = asked(world, "CANARY-77-WAITS"), asked(world, "CANARY-77-USED")
    approve_exemption(officer, used.ref)
    world.issue([world.order("CANARY-77-USED")])
    assert waiting.state is ExemptionState.ASKED
    files = [file for file in world.home.rglob("*") if file.is_file()]
    assert any(CASE.encode() in file.read_bytes() for file in files), "what is kept in clear is found this way"
    assert not [file.name for file in files if b"CANARY-77" in file.read_bytes()]
