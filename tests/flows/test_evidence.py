"""Reading the evidence is evidence; proofs, receipts and witnesses as a node uses them."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.simulators.node import World, make_world
from yinji.flows.prove_entry import Proved, prove_entry, prove_growth, prove_waybill
from yinji.flows.read_evidence import export_evidence, show_entries
from yinji.flows.reconcile_batches import reconcile_batches
from yinji.flows.sign_evidence import sign_evidence, witnessed_checkpoints
from yinji.flows.verify_evidence import verify_evidence
from yinji.flows.witness_log import ask_witness, cosign_request, enter_key, keep_answer
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.ledger import Broken, Policy
from yinji.ledger.notes import read_checkpoint
from yinji_verify import trusted, verify_file, verify_folder


@pytest.fixture
def authority(tmp_path: Path) -> Iterator[World]:
    """Another node, an authority's for instance, that witnesses."""
    made = make_world(tmp_path / "authority", with_sender=False, number_range="")
    yield made
    made.house.close()


def readings(world: World) -> list[str]:
    entries = world.house.ledger.entries(world.house.disclosures, limit=1_000)
    return [each.recorded.entry.ground for each in entries if each.recorded.entry.event is Event.EVIDENCE_READ]


def introduced(world: World, authority: World) -> str:
    """Enter each other's keys; return the witness's name."""
    house, other = world.house, authority.house
    assert not isinstance(enter_key(house, other.watch.key.text(), ()), Refuse)
    assert not isinstance(enter_key(other, house.ledger.key.text(), ()), Refuse)
    return other.watch.key.name


def witnessed(world: World, authority: World, name: str, log: str = "data") -> None:
    request = ask_witness(world.house, log, name)
    assert isinstance(request, str), request
    line = cosign_request(authority.house, request)
    assert isinstance(line, str), line
    assert not isinstance(keep_answer(world.house, line), Refuse)


def test_showing_entries_is_recorded_and_signed_before_anything_is_shown(world: World) -> None:
    shown = show_entries(world.house, "data", since=2, limit=3)
    assert [each.seq for each in shown] == [2, 3, 4]
    assert readings(world) == ["data:2-4"]
    (entry,) = [each.recorded.entry for each in world.house.ledger.entries(world.house.disclosures)]
    assert (entry.count, entry.actor) == (3, world.house.actor)
    report = world.house.ledger.verify(world.house.disclosures)
    assert report.good_until == report.size == 1


def test_a_reading_does_not_show_the_sentence_that_it_adds(world: World) -> None:
    assert show_entries(world.house, "disclosures", since=0, limit=50) == []
    assert readings(world) == []  # nothing was there to read
    show_entries(world.house, "data", since=0, limit=50)
    assert len(show_entries(world.house, "disclosures", since=0, limit=50)) == 1
    assert readings(world)[-1] == "disclosures:0-0"


def test_what_cannot_be_recorded_is_not_shown(world: World) -> None:
    seq = world.house.ledger.head(world.house.data).size - 1
    sign_evidence(world.house)
    with sqlite3.connect(world.home / "disclosures.db") as rows:
        rows.execute("INSERT INTO ledger_entries VALUES ('disclosures', 0, x'00', x'00')")  # its next place is taken
    for read in (
        lambda: show_entries(world.house, "data", since=0, limit=5),
        lambda: prove_entry(world.house, "data", seq, sign=False),
        lambda: export_evidence(world.house, world.home / "out"),
    ):
        with pytest.raises(Fault):
            read()
    assert not (world.home / "out").exists()


def test_an_export_is_recorded_and_holds_what_was_signed_before(world: World, tmp_path: Path) -> None:
    show_entries(world.house, "data", since=0, limit=5)
    notes = export_evidence(world.house, tmp_path / "out")
    size = read_checkpoint(notes["data"]).size
    assert readings(world)[1:] == [f"data:0-{size - 1}", "disclosures:0-0"]
    for log in ("data", "disclosures"):
        assert verify_folder(tmp_path / "out" / log, key=world.house.ledger.key.text(), kept=[notes[log]]).verified


def test_verifying_and_signing_are_no_readings(world: World) -> None:
    verify_evidence(world.house)
    sign_evidence(world.house)
    assert not isinstance(prove_growth(world.house, "data", 2), Refuse)
    assert readings(world) == []


def test_an_entry_is_proved_once_it_is_signed(world: World, tmp_path: Path) -> None:
    seq = world.house.ledger.head(world.house.data).size - 1
    assert prove_entry(world.house, "data", seq, sign=False) == Refuse(Refusal.ENTRY_UNSIGNED, f"data {seq}")
    assert readings(world) == []
    proved = prove_entry(world.house, "data", seq, sign=True)
    assert isinstance(proved, Proved)
    for name, text in (("proof", proved.text()), ("receipt", proved.receipt())):
        (tmp_path / name).write_text(text, encoding="utf-8")
        assert verify_file(tmp_path / name, trusted(world.house.ledger.key.text())).verified
    assert prove_entry(world.house, "data", seq + 5, sign=True) == Refuse(Refusal.ENTRY_UNKNOWN, str(seq + 5))
    assert readings(world) == [f"data:{seq}-{seq}"]


def test_every_waybill_is_proved_in_its_batch(world: World, tmp_path: Path) -> None:
    for batch in range(3):
        world.issue([world.order(f"{batch}-{at}") for at in range(5)])
        world.clock.pass_ms(60_000)
    sign_evidence(world.house)
    with world.house.data.reading() as reading:
        bills = list(world.house.register.every_waybill(reading))
    for bill in bills:
        proved = prove_waybill(world.house, bill.number, sign=False)
        assert isinstance(proved, Proved)
        (tmp_path / "receipt").write_text(proved.receipt(), encoding="utf-8")
        verdict = verify_file(tmp_path / "receipt", trusted(world.house.ledger.key.text()))
        assert verdict.verified
        assert f"item {bill.item} of the 5" in verdict.en
        assert bill.number in proved.receipt()


def test_a_waybill_that_was_edited_or_never_issued_has_no_proof(world: World) -> None:
    number = world.number_of("A1")
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute("UPDATE waybill_waybills SET merchant = 'N'")
    assert prove_waybill(world.house, number, sign=True) == Refuse(Refusal.EVIDENCE_BROKEN, number)
    with sqlite3.connect(world.home / "data.db") as rows:
        rows.execute("UPDATE waybill_waybills SET batch = zeroblob(16)")
    assert prove_waybill(world.house, number, sign=True) == Refuse(Refusal.EVIDENCE_BROKEN, number)
    refused = prove_waybill(world.house, "QL10000000999999", sign=True)
    assert isinstance(refused, Refuse)
    assert readings(world) == []


def test_a_batch_is_found_although_the_clock_was_set_back(world: World) -> None:
    world.number_of("A1")
    world.clock.pass_days(-3)
    number = world.number_of("A2")
    assert isinstance(prove_waybill(world.house, number, sign=True), Proved)
    (data, _) = verify_evidence(world.house)
    assert data.holds
    assert [(each.kind, each.by_ms) for each in data.warnings] == [(Broken.BACKWARDS, 3 * 24 * 3_600_000)]
    assert data.steps.count == 1


def test_both_logs_are_witnessed_by_another_node(world: World, authority: World, tmp_path: Path) -> None:
    name = introduced(world, authority)
    for round_ in range(3):
        world.number_of(f"A{round_}")
        show_entries(world.house, "data", since=0, limit=5)
        for log in ("data", "disclosures"):
            witnessed(world, authority, name, log)
    notes = witnessed_checkpoints(world.house)
    assert set(notes) == {"data", "disclosures"}
    policy = Policy((authority.house.watch.key,), 1)
    reports = verify_evidence(world.house, kept=notes, policy=policy)
    assert all(report.holds and report.cosignatures == 4 for report in reports)  # three stored, one under the note kept
    assert reconcile_batches(world.house).holds
    export_evidence(world.house, tmp_path / "out")
    key, witness = world.house.ledger.key.text(), authority.house.watch.key.text()
    assert verify_folder(tmp_path / "out" / "data", key=key, witnesses=[witness], quorum=1).verified
    assert not verify_folder(tmp_path / "out" / "data", key=key, witnesses=[witness], quorum=2).verified
    proved = prove_entry(world.house, "data", 3, sign=False)
    assert isinstance(proved, Proved)
    (tmp_path / "receipt").write_text(proved.receipt(), encoding="utf-8")
    assert verify_file(tmp_path / "receipt", trusted(key, [witness], 1)).verified


def test_a_node_that_rewrote_its_history_gets_no_cosignature(world: World, authority: World) -> None:
    name = introduced(world, authority)
    witnessed(world, authority, name)
    with sqlite3.connect(world.home / "data.db") as rows:  # the log begins anew, checkpoints and all
        for table in ("ledger_entries", "ledger_nodes", "ledger_heads", "ledger_checkpoints", "ledger_cosignatures"):
            rows.execute(f"DELETE FROM {table}")  # noqa: S608 - our own names
    for at in range(9):
        world.number_of(f"B{at}")
    refused = cosign_request(authority.house, str(ask_witness(world.house, "data", name)))
    assert isinstance(refused, Refuse)
    assert refused.code is Refusal.WITNESS_CONFLICT
    held = refused.at
    again = cosign_request(authority.house, str(ask_witness(world.house, "data", name, old=int(held))))
    assert again == Refuse(Refusal.WITNESS_CONFLICT, held)


def test_an_entry_dated_ahead_of_the_witness_is_named(world: World, authority: World) -> None:
    name = introduced(world, authority)
    world.clock.pass_days(2)
    world.number_of("A1")  # dated the day after tomorrow by the witness's clock
    witnessed(world, authority, name)
    (data, _) = verify_evidence(world.house)
    assert data.holds
    assert Broken.AHEAD in {each.kind for each in data.warnings}


@pytest.mark.parametrize("text", ["", "rubbish", "name+00000000+AAAA"])
def test_what_is_no_key_or_no_answer_is_refused(world: World, text: str) -> None:
    refused = enter_key(world.house, text, ())
    assert isinstance(refused, Refuse)
    assert refused.code is Refusal.REQUEST_MALFORMED
    assert isinstance(keep_answer(world.house, text), Refuse)
