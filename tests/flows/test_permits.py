"""Between a permit and its use: whatever happens there, nothing is shown that has no outcome, and the intent stays open."""

from __future__ import annotations

import signal
import time

import pytest

from tests.simulators.command import ENTRY, Ended, yinji
from tests.simulators.node import LI, World
from tests.unit.kernel.fixed_clock import FixedClock
from yinji.access.model import OpenIntent, Post
from yinji.access.service import Ask
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.events import Event
from yinji.kernel.facts import ApprovalUse
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_ref
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.main import open_house

# Each changes the command's own process at the border between T1 and T2; the product knows of none of them.
BETWEEN = """
from yinji.access.service import Access
redeem_all = Access.redeem_all
def between(*given, **named):
    {before}
    ended = redeem_all(*given, **named)
    {after}
    return ended
Access.redeem_all = between
"""
KILL = "import os, signal; os.kill(os.getpid(), signal.SIGKILL)"
FILL = (
    "import resource, signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN); "
    "resource.setrlimit(resource.RLIMIT_FSIZE, (1, resource.RLIM_INFINITY))"
)


def reveal(world: World, number: str, *, before: str = "pass", after: str = "pass") -> Ended:
    """Reveal in a process of its own, with an accident before or after the permit is claimed."""
    words = ("reveal", number, "--purpose", "solve", "--view", "all")
    return yinji(world.home, *words, entry=BETWEEN.format(before=before, after=after) + ENTRY)


def open_later(world: World) -> tuple[OpenIntent, ...]:
    """The intents that another process finds open when every permit has ended."""
    house = open_house(world.home, clock=FixedClock(time.time_ns() // 1_000_000 + 3_600_000))
    try:
        listed = house.access.open_intents(house.node.org)
        assert house.access.count_open_intents(house.node.org) == len(listed)
        assert house.access.count_disclosed(house.node.org, house.account.ref, since_ms=0) == 1, "open or ended, it counts"
        return listed
    finally:
        house.close()


def said(world: World) -> list[tuple[Event, str]]:
    entries = world.house.ledger.entries(world.house.disclosures)
    return [(each.recorded.entry.event, each.recorded.entry.ground) for each in entries]


def check_nothing_shown(ended: Ended) -> None:
    assert not [value for value in LI if value in ended.said]


@pytest.mark.slow
@pytest.mark.parametrize("accident", [{"before": KILL}, {"after": KILL}], ids=["before the claim", "before the commit"])
def test_killed_between_its_transactions_a_reveal_shows_nothing_and_its_intent_is_open(
    world: World, accident: dict[str, str]
) -> None:
    ended = reveal(world, world.number_of("A1"), **accident)
    assert ended.code == -signal.SIGKILL, ended.said
    check_nothing_shown(ended)
    assert said(world) == [(Event.REVEAL_INTENDED, "all")]
    (intent,) = open_later(world)
    assert (intent.deed, intent.purpose, intent.view) == (Deed.REVEAL, Purpose.SOLVE_DELIVERY, View.ALL)
    assert (intent.party, intent.account) == (PartyRole.RECIPIENT, world.house.account.ref)


@pytest.mark.slow
def test_a_disk_that_fills_between_the_transactions_shows_nothing_and_leaves_the_intent_open(world: World) -> None:
    ended = reveal(world, world.number_of("A1"), before=FILL)
    assert ended.code == 5, ended.said
    assert "Traceback" not in ended.said
    check_nothing_shown(ended)
    assert said(world) == [(Event.REVEAL_INTENDED, "all")]
    assert len(open_later(world)) == 1


@pytest.mark.slow
def test_without_an_accident_the_same_command_shows_the_person_and_leaves_nothing_open(world: World) -> None:
    ended = reveal(world, world.number_of("A1"))
    assert ended.code == 0, ended.said
    assert all(value in ended.out for value in LI)
    assert open_later(world) == ()
    assert said(world)[-1] == (Event.REVEAL_ENDED, "disclosed")


class Approvals:
    """Approves whatever it is asked for."""

    def may_use(self, uses: list[ApprovalUse]) -> list[Decision]:
        return [Allow((f"approval {at}",)) for at, _ in enumerate(uses)]


def erasure(world: World, about: Ref, *, approval: Ref | None = None, post: Post | None = None) -> Permit | Refuse:
    actor = (world.as_(post) if post else world.house).actor
    return world.house.access.declare(
        Ask(actor, Purpose.RETENTION, Deed.ERASE, PartyRole.RECIPIENT, View.MASKED, about, approval)
    )


def about_of(world: World) -> Ref:
    house, number = world.house, world.number_of("A1")
    bill = house.register.find(house.node.org, number)
    assert not isinstance(bill, Refuse)
    about = house.vault.party_ref(org=house.node.org, parcel=bill.ref, role=PartyRole.RECIPIENT)
    assert about is not None
    return about


def test_compliance_and_operations_may_erase_at_the_end_of_retention_and_a_courier_may_not(world: World) -> None:
    about = about_of(world)
    assert isinstance(erasure(world, about), Permit)
    assert isinstance(erasure(world, about, post=Post.COMPLIANCE), Permit)
    refused = erasure(world, about, post=Post.COURIER)
    assert refused == Refuse(Refusal.ACCOUNT_NOT_ALLOWED, "courier: retention")


def test_a_permit_to_erase_opens_nothing(world: World) -> None:
    house, about = world.house, about_of(world)
    permit = erasure(world, about)
    assert isinstance(permit, Permit)
    with house.disclosures.work() as work:
        end = house.access.redeem(work, permit, lambda: None, deed=Deed.REVEAL)
    assert end == Refuse(Refusal.PERMIT_MISMATCH)


def test_an_approval_serves_one_permit_on_a_whole_node(world: World) -> None:
    house, about = world.house, about_of(world)
    approval = mint_ref(shard=FIRST_SHARD, at_ms=house.clock.now_ms(), random=house.random)
    assert erasure(world, about, approval=approval) == Refuse(Refusal.CANNOT_TELL, "approval")
    house.access.connect_approvals(Approvals())
    assert isinstance(erasure(world, about, approval=approval), Permit)
    assert erasure(world, about, approval=approval) == Refuse(Refusal.APPROVAL_USED)
