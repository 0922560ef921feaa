"""Parcel events through a whole node: the number's life follows the parcel's, and strays are kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.simulators.node import World, make_world
from yinji.flows.take_scans import take_scans
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.waybill.model import NumberState
from yinji.waybill.parcel.model import Reported, Scan
from yinji.waybill.parcel.real_name import proof_of
from yinji.waybill.parcel.rules import evidence_scan
from yinji.waybill.rules import written


@pytest.fixture
def world(tmp_path: Path) -> World:
    return make_world(tmp_path)


def reported(number: str, *scans: Scan, at_ms: int = 1_795_000_000_000) -> list[Reported]:
    proofs = [answered() if scan is Scan.ACCEPTED else b"" for scan in scans]
    told = zip(scans, proofs, strict=True)
    return [Reported(number, scan, at_ms + 60_000 * at, "HUB-1", "TEST", "", proof) for at, (scan, proof) in enumerate(told)]


def answered(token: str = "RN-20261122-0001") -> bytes:  # noqa: S107 - an invented token of a real-name system
    proof = proof_of(token)
    assert isinstance(proof, bytes)
    return proof


def state(world: World, number: str) -> NumberState:
    bill = world.house.register.find(world.house.node.org, number)
    assert not isinstance(bill, Refuse)
    return bill.state


def test_a_delivered_parcel_ends_the_use_of_its_number(world: World) -> None:
    number = world.number_of("A-1")
    taken = take_scans(world.house, reported(number, Scan.ACCEPTED, Scan.OUT_FOR_DELIVERY, Scan.DELIVERED))
    assert (taken.fresh, taken.known, taken.refused) == (3, 0, [])
    assert state(world, number) is NumberState.COMPLETED


def test_an_acceptance_without_its_real_name_token_is_refused_alone(world: World) -> None:
    number = world.number_of("A-1")
    bare = Reported(number, Scan.ACCEPTED, world.clock.now_ms())
    taken = take_scans(world.house, [bare, *reported(number, Scan.DEPARTED)])
    assert (taken.fresh, taken.refused) == (1, [(0, Refuse(Refusal.REAL_NAME_MISSING))])


def test_a_node_that_accepts_nothing_itself_may_be_told_not_to_ask_for_the_token(tmp_path: Path) -> None:
    world = make_world(tmp_path / "other", settings='require_real_name = "no"\n')
    taken = take_scans(world.house, [Reported(world.number_of("A-1"), Scan.ACCEPTED, world.clock.now_ms())])
    assert (taken.fresh, taken.refused) == (1, [])


def test_of_a_token_only_its_hash_is_kept_and_evidence_says_it(world: World) -> None:
    number = world.number_of("A-1")
    take_scans(world.house, reported(number, Scan.ACCEPTED))
    bill = world.house.register.find(world.house.node.org, number)
    assert not isinstance(bill, Refuse)
    (seen,) = world.house.parcels.history(world.house.node.org, bill.ref)
    assert seen.proof == answered()
    said = evidence_scan(bill.ref, seen)
    assert (said[:1], said[-32:]) == (b"\x02", answered())
    assert evidence_scan(bill.ref, seen._replace(proof=b"")) == b"\x01" + said[1:-32]


def test_an_accepted_parcels_number_is_not_voided(world: World) -> None:
    number = world.number_of("A-1")
    take_scans(world.house, reported(number, Scan.ACCEPTED))
    refused = world.house.register.void(world.house.node.org, number, reason="duplicate", actor=world.house.actor)
    assert refused == Refuse(Refusal.VOID_TOO_LATE, number)


def test_the_same_file_twice_is_taken_once(world: World) -> None:
    events = reported(world.number_of("A-1"), Scan.ACCEPTED, Scan.DEPARTED)
    take_scans(world.house, events)
    again = take_scans(world.house, events)
    assert (again.fresh, again.known) == (0, 2)


def test_a_number_that_nobody_issued_is_refused_and_kept_as_a_stray(world: World) -> None:
    number = world.number_of("A-1")
    unissued = written("QL", int(number[2:-1]) + 1, len(number) - 3)
    taken = take_scans(world.house, [*reported(unissued, Scan.ACCEPTED), *reported("nonsense", Scan.ACCEPTED)])
    assert [why.code for _, why in taken.refused] == [Refusal.NUMBER_UNKNOWN, Refusal.NUMBER_MALFORMED]
    assert [each.number for each in world.house.parcels.strays(world.house.node.org)] == [unissued]


def test_a_voided_number_seen_outside_is_warned_of(world: World) -> None:
    house, number = world.house, world.number_of("A-1")
    assert not house.register.warnings(house.node.org).events_known
    house.register.void(house.node.org, number, reason="wrong", actor=house.actor)
    taken = take_scans(house, reported(number, Scan.ACCEPTED, at_ms=world.clock.now_ms()))
    assert [why.code for _, why in taken.refused] == [Refusal.WAYBILL_VOIDED]
    warned = house.register.warnings(house.node.org)
    assert warned.events_known
    assert number in {each.at for each in warned.warned}
