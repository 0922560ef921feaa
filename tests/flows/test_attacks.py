"""What an attacker or an accident tried, as statements that must hold."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from tests.simulators.node import LI, RANGE, SENDER, ZHAO, World, make_world
from yinji.flows.find_parcels import find_parcels
from yinji.flows.reveal_person import Reveal, reveal_person
from yinji.flows.set_sender import set_sender
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.party import Party
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose, View
from yinji.kernel.refusals import Refusal

OTHER_SENDER = Party(Private("山海文具"), Private("010-60000000"), Private("北京市朝阳区示例街9号3号楼201室"))


def period_file(world: World) -> str:
    day = beijing_day(world.clock.now_ms())
    return f"{world.house.node.org.hex()}-{day.year * 100 + day.month}.period"


def test_a_lost_key_is_missed_and_not_replaced(world: World) -> None:
    world.issue([world.order("A1")])
    lost = world.home / "keys" / period_file(world)
    kept = lost.read_bytes()
    lost.unlink()
    house = world.again()
    with pytest.raises(Fault) as missed:
        find_parcels(house, Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY)
    assert missed.value.code is Refusal.KEYS_MISSING
    with pytest.raises(Fault) as missed:
        replace(world, house=house).issue([world.order("A2")])
    assert missed.value.code is Refusal.KEYS_MISSING
    assert not lost.exists()
    lost.write_bytes(kept)
    lost.chmod(0o600)
    assert not isinstance(find_parcels(world.again(), Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY), Refuse)
    house.close()


def test_a_missing_signing_key_is_missed(world: World) -> None:
    (world.home / "keys" / "checkpoint.signing").unlink()
    with pytest.raises(Fault) as missed:
        world.again()
    assert missed.value.code is Refusal.KEYS_MISSING


def test_a_specimens_number_never_gets_onto_a_real_label(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", number_range="", with_sender=False)
    (tried,) = world.issue([world.order("A1")]).labels
    world.house.register.enter_range(world.house.node.org, RANGE, specimen=False, actor=world.house.actor)
    set_sender(world.house, SENDER)
    with pytest.raises(Fault) as refused:
        world.issue([world.order("A1")], merchant="specimen:")
    assert refused.value.code is Refusal.MERCHANT_MALFORMED
    (real,) = world.issue([world.order("A1")], merchant="specimen").labels
    assert real.number != tried.number
    world.house.close()


@pytest.mark.parametrize("merchant", ["王晓明", "m\nA", "a b", "x" * 33, "\udcff", "-a"])
def test_a_merchant_is_a_code_and_no_text(world: World, merchant: str) -> None:
    with pytest.raises(Fault) as refused:
        world.run(merchant=merchant)
    assert refused.value.code is Refusal.MERCHANT_MALFORMED


def test_the_end_of_the_disclosures_cannot_be_cut_off_unseen(world: World) -> None:
    number = world.number_of("A1")
    for _ in range(3):
        reveal_person(world.house, Reveal(number, PartyRole.RECIPIENT, View.ALL, Purpose.SOLVE_DELIVERY))
    with sqlite3.connect(world.home / "disclosures.db") as rows:
        rows.execute("DELETE FROM ledger_entries WHERE seq >= 4")
    assert not all(report.holds for report in verify_evidence(world.house))


def test_an_order_that_is_printed_again_shows_what_was_sealed_or_nothing(world: World) -> None:
    world.issue([world.order("A1")])
    set_sender(world.house, OTHER_SENDER)
    assert [row.refusal.code for row in world.issue([world.order("A1")]).refused] == [Refusal.ORDER_CHANGED]
    set_sender(world.house, SENDER)
    assert world.issue([world.order("A1")]).known == 1
    more = replace(world.order("A1"), pieces=9)
    assert [row.refusal.code for row in world.issue([more]).refused] == [Refusal.ORDER_CHANGED]


def test_one_order_number_of_two_days_in_a_file_is_one_order(world: World) -> None:
    orders = [world.order("A1", ordered=date(2026, 11, day)) for day in (19, 20)]
    outcome = world.issue([*orders, world.order("A1", ordered=None)])
    assert (outcome.issued, outcome.repeated) == (1, 2)


def test_an_order_that_once_came_without_a_date_is_known_with_one(world: World) -> None:
    (first,) = world.issue([world.order("A1", ordered=None)]).labels
    (again,) = world.issue([world.order("A1", ordered=date(2026, 11, 20))]).labels
    assert again.number == first.number


def test_an_order_keeps_its_shard_with_and_without_a_date(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", settings="shards = 7\n")
    first = world.issue([world.order(f"A{at}", ordered=None) for at in range(20)])
    again = world.issue([world.order(f"A{at}", ordered=date(2026, 11, 20)) for at in range(20)])
    assert (first.issued, again.known) == (20, 20)
    assert [label.number for label in first.labels] == [label.number for label in again.labels]
    world.house.close()


def test_an_order_row_turned_to_another_parcel_is_refused(world: World) -> None:
    world.issue([world.order("A1"), world.order("A2", ZHAO)])
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute("UPDATE vault_orders SET parcel = (SELECT max(parcel) FROM vault_orders)")
    again = world.issue([world.order("A1"), world.order("A2", ZHAO)])
    assert [row.refusal.code for row in again.refused] == [Refusal.ORDER_CHANGED]
    assert again.known == 1


def test_an_order_whose_waybill_is_gone_is_refused_and_stops_no_other(world: World) -> None:
    world.issue([world.order("A1")])
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute("DELETE FROM waybill_waybills")
    outcome = world.issue([world.order("A1"), world.order("A2", ZHAO)])
    assert [row.refusal.code for row in outcome.refused] == [Refusal.WAYBILL_MISSING]
    assert outcome.issued == 1


def test_parcels_issued_while_the_clock_ran_ahead_are_found(world: World) -> None:
    world.clock.pass_days(40)
    number = world.number_of("A1")
    world.clock.pass_days(-40)
    hits = find_parcels(world.house, Private(LI[1]), purpose=Purpose.SOLVE_DELIVERY)
    assert not isinstance(hits, Refuse)
    assert [hit.waybill.number for hit in hits] == [number]


def test_parties_exchanged_in_the_database_do_not_open(world: World) -> None:
    numbers = [world.number_of("A1"), world.number_of("A2", ZHAO)]
    with sqlite3.connect(world.home / "data.db") as rows:
        (one,), (other,) = rows.execute(
            "SELECT ref FROM vault_parties WHERE role = 1 AND period > 0 ORDER BY parcel"
        ).fetchall()
        for ref, put in ((one, b"x" * 16), (other, one), (b"x" * 16, other)):
            rows.execute("UPDATE vault_parties SET ref = ? WHERE ref = ?", (put, ref))
    for number in numbers:
        seen = reveal_person(world.house, Reveal(number, PartyRole.RECIPIENT, View.ALL, Purpose.SOLVE_DELIVERY))
        assert isinstance(seen, Refuse)
        assert seen.code is Refusal.SEAL_BROKEN


@pytest.mark.parametrize(("name", "value"), [("shards", "4"), ("index_bucket", "hour")])
def test_settings_that_say_where_rows_stand_are_those_of_the_founding(
    world: World, monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(f"YINJI_{name.upper()}", value)
    with pytest.raises(Fault) as refused:
        world.again()
    assert refused.value.code is Refusal.SETTING_MALFORMED
    assert name in refused.value.at


def test_a_node_that_others_can_write_is_refused(world: World) -> None:
    world.home.chmod(0o777)
    with pytest.raises(Fault) as refused:
        world.again()
    assert refused.value.code is Refusal.NODE_LOOSE
