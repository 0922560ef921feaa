"""A backup of a node on either engine is restored on either engine: numbers, parties, evidence, whatever was written meanwhile."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

import psycopg
import pytest
from sqlalchemy.engine import make_url
from tests.contracts.conftest import DatabaseFactory
from tests.simulators.node import LI, ZHAO, World, make_world

from yinji.access.accounts.service import Opened
from yinji.access.api_keys.model import Scope
from yinji.access.api_keys.service import Issued
from yinji.access.model import Post
from yinji.access.sessions.service import Begun
from yinji.access.views.model import ViewPage
from yinji.db.copying import Section, unpacked
from yinji.flows.back_up import back_up
from yinji.flows.back_up_file import chunks_of
from yinji.flows.back_up_keys import back_up_keys
from yinji.flows.examine_node import examine_node
from yinji.flows.examine_node_finding import Grade
from yinji.flows.find_parcels import find_parcels
from yinji.flows.hold_api_keys import issue_api_key, list_api_keys, revoke_api_key
from yinji.flows.restore_node import DISCLOSED, Asked, Restored, restore_node
from yinji.flows.restore_node_drill import hold_drill
from yinji.flows.restore_node_keys import KeyFiles
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal
from yinji.main import ground, open_house

KEY, OTHER = bytes(range(32)), bytes(32)
ENGINES = ("sqlite", "postgresql")
_numbers = count(1)

Place = Callable[[str], str]
"""Gives the settings of a fresh, empty place on an engine."""


@pytest.fixture
def place(request: pytest.FixtureRequest) -> Place:
    def settings(engine: str) -> str:
        if engine == "sqlite":
            return ""
        server, schema = request.getfixturevalue("postgresql_url"), f"copy_{os.getpid()}_{next(_numbers)}"
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f"CREATE SCHEMA {schema}".encode())
        url = make_url(server).update_query_dict({"options": f"-csearch_path={schema}"})
        return f'database_url = "{url.render_as_string(hide_password=False)}"\n'

    return settings


@dataclass
class Node:
    """A node with waybills, a look at a person, and a search; a backup of it in two folders."""

    world: World
    folder: Path
    place: Place

    def taken(self, *, kept: dict[str, str] | None = None) -> Asked:
        """Back everything up."""
        house = self.world.house
        keys = back_up_keys(house, ground(self.world.home).keys, self.folder / "k", recovery=KEY)
        return Asked(back_up(house, self.folder / "d", recovery=KEY).path, KeyFiles(keys.keys, keys.epochs), KEY, kept or {})

    def restored(self, engine: str, asked: Asked) -> tuple[Path, Restored]:
        """Restore it into a fresh place."""
        home = self.folder / f"home-{next(_numbers)}"
        home.mkdir(mode=0o700)
        (home / "yinji.toml").write_text(self.place(engine) + "shards = 3\n", encoding="utf-8")
        return home, restore_node(ground(home, clock=self.world.clock), asked)


@pytest.fixture(params=ENGINES)
def node(request: pytest.FixtureRequest, place: Place, tmp_path: Path) -> Iterator[Node]:
    world = make_world(tmp_path / "node", settings=place(request.param) + "shards = 3\nbatch_orders = 50\n")
    world.home.chmod(0o700)
    (world.home / "yinji.toml").chmod(0o600)
    world.issue([world.order(f"A{at}", (LI, ZHAO)[at % 2]) for at in range(40)])
    hits = find_parcels(world.house, Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY)
    assert not isinstance(hits, Refuse)
    reveal_person(world.house, Reveal(hits[0].waybill.number, PartyRole.RECIPIENT, View.ALL, Purpose.SOLVE_DELIVERY))
    yield Node(world, tmp_path, place)
    world.house.close()


@pytest.mark.parametrize("engine", ENGINES)
def test_a_node_is_restored_on_either_engine_and_goes_on(node: Node, engine: str) -> None:
    home, done = node.restored(engine, node.taken())
    assert done.holds, (done.reports, done.rows)
    assert done.rows.waybills == 40
    world = World(home, node.world.clock, open_house(home, clock=node.world.clock))
    try:
        again = world.issue([world.order("A1", ZHAO), world.order("B1")])
        assert (again.known, again.issued) == (1, 1)
        hits = find_parcels(world.house, Private(ZHAO[1]), purpose=Purpose.SOLVE_DELIVERY)
        assert not isinstance(hits, Refuse)
        assert len(hits) == 20
        seen = reveal_person(world.house, Reveal(hits[0].waybill.number, PartyRole.RECIPIENT, View.ALL, Purpose.SOLVE_DELIVERY))
        assert not isinstance(seen, Refuse)
        assert seen.values["name"].open() == ZHAO[0]
        events = [each.recorded.entry.event for each in world.house.ledger.entries(world.house.data, limit=100)]
        assert {Event.KEYS_BACKED_UP, Event.DATA_RESTORED, Event.KEYS_RESTORED} <= set(events)
    finally:
        world.house.close()


def test_a_backup_taken_while_waybills_are_issued_is_of_one_moment(node: Node) -> None:
    stop = threading.Event()
    issued: list[int] = []

    def desk() -> None:
        house = node.world.again()
        world = World(node.world.home, node.world.clock, house)
        while not stop.is_set():
            issued.append(world.issue([world.order(f"L{len(issued)}-{row}") for row in range(20)]).issued)
        house.close()

    thread = threading.Thread(target=desk)
    thread.start()
    try:
        while len(issued) < 2 and thread.is_alive():
            stop.wait(0.01)
        asked = node.taken()
    finally:
        stop.set()
        thread.join()
    _, done = node.restored("sqlite", asked)
    assert done.holds, (done.reports, done.rows)
    assert 60 <= done.rows.waybills <= 40 + sum(issued)


def test_a_place_that_holds_a_node_is_refused(node: Node) -> None:
    asked = node.taken()
    with pytest.raises(Fault) as raised:
        restore_node(ground(node.world.home, clock=node.world.clock), asked)
    assert raised.value.code is Refusal.NODE_EXISTS
    assert node.world.house.register.audit(node.world.house.node.org) == (40, 40)


@pytest.mark.parametrize("engine", ENGINES)
def test_a_damaged_backup_puts_nothing_in_place(node: Node, engine: str) -> None:
    asked = node.taken()
    whole = bytearray(asked.data.read_bytes())
    whole[-40] ^= 1
    bad = asked.data.with_name("bad.yjd")
    bad.write_bytes(whole)
    home = node.folder / f"home-{engine}"
    home.mkdir()
    (home / "yinji.toml").write_text(node.place(engine) + "shards = 3\n", encoding="utf-8")
    with pytest.raises(Fault) as raised:
        restore_node(ground(home, clock=node.world.clock), replace(asked, data=bad))
    assert raised.value.code is Refusal.BACKUP_DAMAGED
    assert [path.name for path in home.iterdir()] == ["yinji.toml"]
    done = restore_node(ground(home, clock=node.world.clock), asked)
    assert done.holds


def test_settings_of_another_founding_are_refused_before_anything_is_done(node: Node) -> None:
    asked, home = node.taken(), node.folder / "other"
    home.mkdir()
    (home / "yinji.toml").write_text("shards = 2\n", encoding="utf-8")
    with pytest.raises(Fault) as raised:
        restore_node(ground(home), asked)
    assert (raised.value.code, raised.value.at) == (Refusal.SETTING_MALFORMED, "shards: 3")
    assert len(list(home.iterdir())) == 1


def test_a_place_without_settings_gets_those_the_node_was_founded_with(node: Node) -> None:
    home = node.folder / "bare"
    done = restore_node(ground(home, clock=node.world.clock), node.taken())
    assert done.holds
    assert (home / "yinji.toml").read_text(encoding="utf-8") == "shards = 3\n"


def test_a_restore_signs_nobody_in_and_revokes_every_key(node: Node) -> None:
    house = node.world.house
    opened = house.accounts.open("officer-1", Post.COMPLIANCE, actor=house.actor)
    assert isinstance(opened, Opened)
    begun = house.sessions.begin(opened.named.account, where="desk-1")
    view = house.views.save(ViewPage.WAYBILLS, "today", {"days": "today"}, actor=house.actor)
    issued = [issue_api_key(house, f"orders-{at}", [Scope.WAYBILLS_READ], days=30, test=False) for at in range(2)]
    assert isinstance(begun, Begun)
    assert isinstance(issued[0], Issued)
    assert isinstance(issued[1], Issued)
    asked = node.taken()
    tended = {section.table: rows for section, rows in unpacked(chunks_of(asked.data, KEY))}
    assert tended["access_sessions"] == tended["db_leases"] == [], "they are not even in the file"
    revoke_api_key(house, issued[0].key.ref)  # what the backup cannot know
    home, done = node.restored("postgresql" if house.data.file else "sqlite", asked)
    assert done.holds
    restored = open_house(home, clock=node.world.clock)
    try:
        assert restored.sessions.resume(begun.token.open()) == Refuse(Refusal.SESSION_OVER)
        for each in issued:
            assert isinstance(each, Issued)
            assert restored.api_keys.recognise(each.text.open()) == Refuse(Refusal.API_KEY_REVOKED)
        assert restored.views.offered(ViewPage.WAYBILLS, actor=house.actor).own == (view,), "names that people gave come back"
        assert {each.name for each in list_api_keys(restored)} == {"orders-0", "orders-1"}, "whoever needs another is known"
        placed = restored.ledger.entries(restored.data, limit=1_000)
        told = [each.recorded.entry for each in placed if each.recorded.entry.event is Event.API_KEY_REVOKED]
        assert [(each.ground, each.count) for each in told] == [("restored", 2)]
        anew = issue_api_key(restored, "orders-2", [Scope.WAYBILLS_READ], days=30, test=False)
        assert isinstance(anew, Issued)
        assert restored.api_keys.recognise(anew.text.open()) == anew.key
    finally:
        restored.close()


def test_a_checkpoint_kept_after_the_backup_says_what_was_lost(node: Node) -> None:
    asked = node.taken()
    node.world.issue([node.world.order("late")])
    kept = sign_evidence(node.world.house)
    _, done = node.restored("sqlite", replace(asked, kept=kept))
    assert not done.holds
    assert any(report.findings for report in done.reports if report.log == "data")


def test_a_drill_opens_every_party_of_its_sample_and_leaves_nothing(
    node: Node, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(scratch))
    done = hold_drill(
        lambda home, settings: ground(home, settings, clock=node.world.clock),
        node.taken(),
        settings=node.world.house.settings,
        now_ms=node.world.clock.now_ms(),
    )
    assert done.holds
    assert done.tried == done.opened == 81
    assert list(scratch.iterdir()) == []


def test_a_restored_node_is_found_healthy(node: Node) -> None:
    home, _ = node.restored("sqlite", node.taken())
    (home / "yinji.toml").chmod(0o600)
    found = list(examine_node(ground(home, clock=node.world.clock), None))
    assert [each for each in found if each.grade is not Grade.OK] == []
    assert len(found) > 8


def test_every_table_of_disclosures_is_known_to_the_restore(node: Node, database_factory: DatabaseFactory) -> None:
    if database_factory(tables=False).file is None or node.world.house.data.file is None:
        return
    sections: list[Section] = []
    for section, block in unpacked(chunks_of(node.taken().data, KEY)):
        if block and section.log == "disclosures":
            sections.append(section)
    own = {section.table for section in sections if "log" not in section.columns}
    assert own == DISCLOSED


def test_another_recovery_key_is_refused(node: Node) -> None:
    asked = node.taken()
    with pytest.raises(Fault) as raised:
        node.restored("sqlite", replace(asked, recovery=OTHER))
    assert raised.value.code is Refusal.RECOVERY_KEY_WRONG
