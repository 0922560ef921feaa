"""Saved views on every engine: whose they are, what they keep, what others see of them, and what is said of that."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace

import pytest
from tests.unit.access.desk import Desk, desk_of
from tests.unit.access.people import COMPLIANCE, OPERATOR, STRANGER, random

from yinji.access.accounts.service import Accounts, Opened
from yinji.access.model import Post
from yinji.access.views.model import SavedView, ViewPage
from yinji.access.views.rules import OWN_MAX, SHARED_MAX
from yinji.access.views.service import SavedViews
from yinji.db import Database
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.ids import FIRST_SHARD, Ref, mint_ref
from yinji.kernel.refusals import Refusal

PAGE = ViewPage.WAYBILLS
TODAY = {"days": "today", "state": "issued"}
UNKNOWN = Refuse(Refusal.VIEW_UNKNOWN)


@dataclass
class Shelf:
    """Views as this process has them and as another one does."""

    desk: Desk
    here: SavedViews
    there: SavedViews

    def saved(self, name: str = "未打印", actor: Actor = OPERATOR) -> SavedView:
        return kept(self.here.save(PAGE, name, TODAY, actor=actor))

    def names(self, actor: Actor) -> list[str]:
        return [each.name for each in self.there.offered(PAGE, actor=actor).every]

    def said(self) -> list[tuple[Event, str]]:
        self.desk.evidence.sequence(self.desk.data)
        placed = self.desk.evidence.entries(self.desk.data, limit=1_000)
        return [(each.recorded.entry.event, each.recorded.entry.ground) for each in placed]


def kept(answer: SavedView | Refuse) -> SavedView:
    assert isinstance(answer, SavedView), answer
    return answer


@pytest.fixture
def shelf(database_factory: Callable[..., Database]) -> Shelf:
    desk = desk_of(database_factory(), database_factory(log="disclosures"))
    other = database_factory()
    other.connect_evidence(desk.evidence)
    here, there = (SavedViews(data=data, clock=desk.clock, random=random) for data in (desk.data, other))
    return Shelf(desk, here, there)


def test_a_view_comes_back_as_it_was_saved_to_its_account_alone(shelf: Shelf) -> None:
    saved = shelf.saved(" 今日  未打印 ")
    assert saved.name == "今日 未打印"
    assert dict(saved.asked) == TODAY
    assert shelf.there.one(saved.ref, actor=OPERATOR) == saved
    assert shelf.there.offered(PAGE, actor=OPERATOR).own == (saved,)
    for somebody in (COMPLIANCE, STRANGER):
        assert shelf.there.offered(PAGE, actor=somebody).every == ()
        assert shelf.there.one(saved.ref, actor=somebody) == UNKNOWN
        assert shelf.here.rename(saved.ref, "mine now", actor=somebody) == UNKNOWN
        assert shelf.here.replace(saved.ref, {"state": "voided"}, actor=somebody) == UNKNOWN
        assert shelf.here.delete(saved.ref, actor=somebody) == UNKNOWN
        assert shelf.here.begin_with(PAGE, saved.ref, actor=somebody) == UNKNOWN
    assert shelf.there.one(saved.ref, actor=OPERATOR) == saved
    assert shelf.said() == [], "a preference is no business fact"


def test_a_view_is_renamed_replaced_and_deleted(shelf: Shelf) -> None:
    saved, other = shelf.saved("a"), shelf.saved("b")
    assert shelf.here.rename(other.ref, "a", actor=OPERATOR) == Refuse(Refusal.VIEW_TAKEN, "name")
    assert shelf.here.save(PAGE, "a", TODAY, actor=OPERATOR) == Refuse(Refusal.VIEW_TAKEN, "name")
    assert kept(shelf.here.rename(saved.ref, "c", actor=OPERATOR)).name == "c"
    assert dict(kept(shelf.here.replace(saved.ref, {"state": "voided"}, actor=OPERATOR)).asked) == {"state": "voided"}
    assert dict(kept(shelf.there.one(saved.ref, actor=OPERATOR)).asked) == {"state": "voided"}
    assert shelf.here.delete(saved.ref, actor=OPERATOR) is None
    assert shelf.names(OPERATOR) == ["b"]
    gone = mint_ref(shard=FIRST_SHARD, at_ms=1, random=random)
    assert shelf.here.delete(gone, actor=OPERATOR) == shelf.here.rename(gone, "x", actor=OPERATOR) == UNKNOWN


def test_a_shared_view_is_everybodys_of_the_organisation_and_each_change_is_said(shelf: Shelf) -> None:
    saved = shelf.saved("滞留")
    shared = kept(shelf.here.share(saved.ref, actor=OPERATOR))
    assert shelf.here.share(saved.ref, actor=OPERATOR) == shared, "twice is once"
    assert shelf.there.offered(PAGE, actor=COMPLIANCE).others == (shared,)
    assert shelf.names(STRANGER) == []
    assert shelf.here.delete(saved.ref, actor=COMPLIANCE) == Refuse(Refusal.ACCOUNT_NOT_ALLOWED, "compliance: share")
    colleague = replace(OPERATOR, account=Ref(bytes(reversed(OPERATOR.account))))
    assert kept(shelf.here.rename(saved.ref, "滞留三日", actor=colleague)).name == "滞留三日"
    assert shelf.here.withdraw(saved.ref, actor=colleague) == UNKNOWN, "only its owner takes it back"
    kept(shelf.here.replace(saved.ref, {"parcel": "stuck"}, actor=colleague))
    kept(shelf.here.withdraw(saved.ref, actor=OPERATOR))
    kept(shelf.here.share(saved.ref, actor=OPERATOR))
    assert shelf.here.delete(saved.ref, actor=colleague) is None
    grounds = ["shared", "renamed", "replaced", "withdrawn", "shared", "deleted"]
    assert shelf.said() == [(Event.SHARED_VIEW_CHANGED, ground) for ground in grounds]


def test_only_who_may_shares_a_view(shelf: Shelf) -> None:
    saved = shelf.saved("mine", COMPLIANCE)
    assert shelf.here.share(saved.ref, actor=COMPLIANCE) == Refuse(Refusal.ACCOUNT_NOT_ALLOWED, "compliance: share")
    assert shelf.here.share(saved.ref, actor=OPERATOR) == UNKNOWN
    assert shelf.names(OPERATOR) == []


def test_a_page_begins_with_the_view_that_was_chosen_until_it_is_gone(shelf: Shelf) -> None:
    saved = shelf.saved()
    kept(shelf.here.share(saved.ref, actor=OPERATOR))
    for somebody in (OPERATOR, COMPLIANCE):
        assert shelf.here.begin_with(PAGE, saved.ref, actor=somebody) is None
        assert shelf.there.offered(PAGE, actor=somebody).first == saved.ref
    kept(shelf.here.withdraw(saved.ref, actor=OPERATOR))
    assert shelf.there.offered(PAGE, actor=COMPLIANCE).first is None
    kept(shelf.here.share(saved.ref, actor=OPERATOR))
    assert shelf.there.offered(PAGE, actor=COMPLIANCE).first is None, "sharing it anew chooses it for nobody"
    assert shelf.there.offered(PAGE, actor=OPERATOR).first == saved.ref
    assert shelf.here.begin_with(PAGE, None, actor=OPERATOR) is None
    assert shelf.there.offered(PAGE, actor=OPERATOR).first is None


def test_there_is_room_for_so_many_views_and_no_more_however_they_come(shelf: Shelf) -> None:
    with ThreadPoolExecutor(4) as pool:
        doors = [shelf.here, shelf.there] * (OWN_MAX // 2 + 2)
        answers = list(pool.map(lambda each: each[1].save(PAGE, f"v{each[0]}", TODAY, actor=OPERATOR), enumerate(doors)))
    full = Refuse(Refusal.VIEWS_FULL, str(OWN_MAX))
    assert [each for each in answers if isinstance(each, Refuse)] == [full] * 4
    assert len(shelf.names(OPERATOR)) == OWN_MAX


def test_an_organisation_shares_so_many_and_no_more(shelf: Shelf, monkeypatch: pytest.MonkeyPatch) -> None:
    assert SHARED_MAX > 1
    monkeypatch.setattr("yinji.access.views.rules.SHARED_MAX", 1)
    one, other = shelf.saved("a"), shelf.saved("b")
    kept(shelf.here.share(one.ref, actor=OPERATOR))
    assert shelf.here.share(other.ref, actor=OPERATOR) == Refuse(Refusal.VIEWS_FULL, "1")


def test_a_closed_account_leaves_what_it_shared_and_nothing_else(shelf: Shelf) -> None:
    accounts = Accounts(data=shelf.desk.data, clock=shelf.desk.clock, random=random)
    officer = accounts.open("officer-1", Post.COMPLIANCE, actor=OPERATOR)
    assert isinstance(officer, Opened), officer
    led = officer.named.account.acts_from("desk-1")
    opened = accounts.open("desk-2", Post.OPERATIONS, actor=led)
    assert isinstance(opened, Opened), opened
    actor = opened.named.account.acts_from("desk-2")
    own, shared = shelf.saved("own", actor), shelf.saved("shared", actor)
    kept(shelf.here.share(shared.ref, actor=actor))
    assert shelf.here.begin_with(PAGE, own.ref, actor=actor) is None
    assert accounts.close("desk-2", actor=led) is None
    offered = shelf.there.offered(PAGE, actor=actor)
    assert (offered.own, offered.first) == ((kept(shelf.there.one(shared.ref, actor=actor)),), None)
    assert shelf.names(OPERATOR) == ["shared"]
    assert shelf.here.delete(shared.ref, actor=OPERATOR) is None, "whoever may share tidies what is left"
