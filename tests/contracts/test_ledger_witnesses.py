"""Logs and their witnesses on every engine: what is asked, cosigned and kept, and a witness that never goes back."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from tests.contracts.ledgers import written
from tests.simulators.clock import StandingClock
from tests.unit.ledger.evidence import ACTOR, NodeKey, ledger, signature_holds

from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.schema import METADATA
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.ledger import Broken, Finding, Ledger, Policy, Proof, Watch, Witnesses, store
from yinji.ledger.cosignatures import cosignatures
from yinji.ledger.notes import Checkpoint, read_checkpoint, sign_checkpoint
from yinji.ledger.requests import Growth, request_text

Factory = Callable[..., Database]
LOG_KEY, WITNESS_KEY = NodeKey(), NodeKey(seed=41, name="witness.example/w1")
ORIGIN = "node.example/data"


class Meeting:
    """A log on the engine under test, and a witness with a database of its own; both have entered the other's key."""

    def __init__(self, log: Database, other: Database) -> None:
        self.clock = StandingClock()
        self.evidence: Ledger = ledger(LOG_KEY)
        self.log, self.other = log, other
        log.connect_evidence(self.evidence)
        other.connect_evidence(ledger(NodeKey(seed=42, name="witness.example")))
        self.witnesses = Witnesses(data=log, ledger=self.evidence, check=signature_holds, clock=self.clock)
        self.watch = Watch(data=other, signer=WITNESS_KEY, check=signature_holds, clock=self.clock)
        self.key = self.watch.key
        assert self.witnesses.enter(self.key.text(), actor=ACTOR) == self.key
        assert self.watch.enter(self.evidence.key.text(), [ORIGIN], actor=ACTOR) == self.evidence.key

    def asked(self, *numbers: int) -> str:
        written(self.log, self.evidence, *numbers)
        self.evidence.checkpoint(self.log)
        request = self.witnesses.ask(self.log, self.key.name)
        assert isinstance(request, str), request
        return request

    def cosigned(self, request: str) -> str:
        line = self.watch.cosign(request, actor=ACTOR)
        assert isinstance(line, str), line
        return line

    def kept(self, *numbers: int) -> None:
        found = self.witnesses.keep(self.log, self.cosigned(self.asked(*numbers)), actor=ACTOR)
        assert not isinstance(found, Refuse), found
        self.evidence.sequence(self.log)


@pytest.fixture
def meeting(database_factory: Factory, tmp_path: Path) -> Iterator[Meeting]:
    log = database_factory()
    other = Database(sqlite_url(tmp_path / "witness.db"), log="data")
    METADATA.create_all(other.engine)
    yield Meeting(log, other)
    other.close()


def events(database: Database, evidence: Ledger) -> list[Event]:
    evidence.sequence(database)
    return [placed.recorded.entry.event for placed in evidence.entries(database)]


def test_a_checkpoint_is_asked_for_cosigned_and_kept(meeting: Meeting) -> None:
    meeting.kept(1, 2, 3)
    note = meeting.evidence.witnessed(meeting.log)
    assert note is not None
    assert [each.key for each in cosignatures(note, [meeting.key], signature_holds)] == [meeting.key]
    assert meeting.witnesses.cosigned(meeting.log, meeting.key) == read_checkpoint(note).size == 4
    (seen,) = meeting.watch.logs()
    assert (seen.origin, seen.size, seen.root) == (ORIGIN, 4, read_checkpoint(note).root)
    assert events(meeting.log, meeting.evidence)[0] is Event.WITNESS_ENTERED
    assert events(meeting.log, meeting.evidence)[-1] is Event.COSIGNATURE_KEPT
    assert events(meeting.other, meeting.evidence) == [Event.LOG_ENTERED, Event.CHECKPOINT_COSIGNED]


def test_the_next_request_goes_on_from_what_was_cosigned(meeting: Meeting) -> None:
    meeting.kept(1, 2, 3)
    for round_ in range(1, 6):
        request = meeting.asked(*range(10 * round_, 10 * round_ + round_))
        assert request.startswith(f"old {meeting.watch.logs()[0].size}\n")
        assert not isinstance(meeting.witnesses.keep(meeting.log, meeting.cosigned(request), actor=ACTOR), Refuse)
    report = meeting.evidence.verify(meeting.log, witnesses=[meeting.key])
    assert report.holds
    assert report.cosignatures == 6


def test_proofs_and_exports_carry_cosignatures(meeting: Meeting, tmp_path: Path) -> None:
    meeting.kept(1, 2, 3)
    meeting.asked(4, 5)
    proof = meeting.evidence.prove(meeting.log, 1)
    assert isinstance(proof, Proof)
    assert (proof.size, len(cosignatures(proof.note, [meeting.key], signature_holds))) == (4, 1)
    later = meeting.evidence.prove(meeting.log, 5)
    assert isinstance(later, Proof)
    assert cosignatures(later.note, [meeting.key], signature_holds) == []
    meeting.evidence.export(meeting.log, tmp_path / "out")
    assert (tmp_path / "out" / "checkpoints" / "4").read_text() == meeting.evidence.witnessed(meeting.log)


def test_a_witness_refuses_what_does_not_start_from_what_it_saw_and_names_its_size(meeting: Meeting) -> None:
    old = meeting.asked(1, 2, 3)
    meeting.kept()
    assert meeting.watch.cosign(old, actor=ACTOR) == Refuse(Refusal.WITNESS_CONFLICT, "4")
    request = meeting.asked(4)
    for wrong in ("old 3", "old 5", "old 0"):
        refused = meeting.watch.cosign(request.replace("old 4", wrong), actor=ACTOR)
        assert refused == Refuse(Refusal.WITNESS_CONFLICT, "4"), wrong


def test_a_lost_answer_is_made_good_from_the_size_that_the_witness_names(meeting: Meeting) -> None:
    meeting.cosigned(meeting.asked(1, 2, 3))  # the answer is lost
    refused = meeting.watch.cosign(meeting.asked(4, 5), actor=ACTOR)
    assert isinstance(refused, Refuse)
    again = meeting.witnesses.ask(meeting.log, meeting.key.name, old=int(refused.at))
    assert isinstance(again, str)
    assert meeting.witnesses.keep(meeting.log, meeting.cosigned(again), actor=ACTOR)


def test_a_witness_refuses_another_history_of_any_size(meeting: Meeting) -> None:
    meeting.kept(1, 2, 3)
    held = meeting.watch.logs()
    for size in (3, 4, 5, 9):
        forged = sign_checkpoint(Checkpoint(ORIGIN, size, bytes([size]) * 32), LOG_KEY)  # the log's own key, misused
        for path in ((), (bytes(32),), (bytes(32),) * 2):
            refused = meeting.watch.cosign(request_text(Growth(min(size, 4), path, forged)), actor=ACTOR)
            assert refused == Refuse(Refusal.WITNESS_CONFLICT, "4")
    assert meeting.watch.logs() == held


def test_a_witness_cosigns_the_same_again_and_goes_on(meeting: Meeting) -> None:
    request = meeting.asked(1, 2, 3)
    meeting.cosigned(request)
    meeting.clock.pass_ms(60_000)
    same = meeting.cosigned(request.replace("old 0", "old 4"))
    assert not isinstance(meeting.witnesses.keep(meeting.log, same, actor=ACTOR), Refuse)
    assert meeting.watch.logs()[0].cosigned_s == meeting.clock.now_ms() // 1_000


def test_a_witness_whose_clock_went_back_cosigns_nothing(meeting: Meeting) -> None:
    meeting.kept(1, 2, 3)
    request = meeting.asked(4)
    meeting.clock.pass_days(-1)
    assert meeting.watch.cosign(request, actor=ACTOR) == Refuse(Refusal.CLOCK_BACK, ORIGIN)
    meeting.clock.pass_days(1)
    meeting.cosigned(request)


def test_a_witness_refuses_what_the_log_did_not_sign(meeting: Meeting) -> None:
    request = meeting.asked(1, 2, 3)
    said = read_checkpoint(request.partition("\n\n")[2])
    stranger = request_text(Growth(0, (), sign_checkpoint(said, NodeKey(seed=9))))
    other = request_text(Growth(0, (), sign_checkpoint(Checkpoint("other.example/data", 1, bytes(32)), LOG_KEY)))
    cases = {stranger: Refusal.REQUEST_MALFORMED, other: Refusal.LOG_UNKNOWN, "rubbish": Refusal.REQUEST_MALFORMED}
    cases[request.replace("old 0", "old 9")] = Refusal.REQUEST_MALFORMED
    for text, code in cases.items():
        refused = meeting.watch.cosign(text, actor=ACTOR)
        assert isinstance(refused, Refuse)
        assert refused.code is code
    assert meeting.watch.logs()[0].size == 0


def test_an_empty_log_is_witnessed_and_grows_from_nothing(database_factory: Factory, tmp_path: Path) -> None:
    other = Database(sqlite_url(tmp_path / "witness.db"), log="data")
    METADATA.create_all(other.engine)
    meeting = Meeting(database_factory(), other)
    disclosures = database_factory(log="disclosures")
    disclosures.connect_evidence(meeting.evidence)
    assert meeting.watch.enter(meeting.evidence.key.text(), ["node.example/disclosures"], actor=ACTOR)
    meeting.evidence.checkpoint(disclosures)
    for old in (0, 0):
        request = meeting.witnesses.ask(disclosures, meeting.key.name)
        assert isinstance(request, str)
        assert request.startswith(f"old {old}\n\n")
        assert not isinstance(meeting.witnesses.keep(disclosures, meeting.cosigned(request), actor=ACTOR), Refuse)
    other.close()


def test_what_is_no_cosignature_is_not_kept(meeting: Meeting) -> None:
    line = meeting.cosigned(meeting.asked(1, 2, 3))
    dash, name, coded = line.split(" ")
    changed = f"{dash} {name} {coded[:20]}{'A' if coded[20] != 'A' else 'B'}{coded[21:]}"
    stranger = line.replace(name, "other.example")
    keep = meeting.witnesses.keep
    assert keep(meeting.log, changed, actor=ACTOR) == Refuse(Refusal.COSIGNATURE_WRONG)
    assert keep(meeting.log, stranger, actor=ACTOR) == Refuse(Refusal.WITNESS_UNKNOWN)
    assert keep(meeting.log, "rubbish", actor=ACTOR) == Refuse(Refusal.REQUEST_MALFORMED)
    assert keep(meeting.log, "— rubbish", actor=ACTOR) == Refuse(Refusal.REQUEST_MALFORMED)
    assert keep(meeting.log, line + changed, actor=ACTOR) == Refuse(Refusal.COSIGNATURE_WRONG)
    assert meeting.witnesses.cosigned(meeting.log, meeting.key) == 0
    assert not isinstance(keep(meeting.log, line + stranger, actor=ACTOR), Refuse)  # strangers' lines are passed over


def test_an_answer_is_kept_once_and_under_the_checkpoint_it_is_of(meeting: Meeting) -> None:
    line = meeting.cosigned(meeting.asked(1, 2, 3))
    meeting.asked(4, 5)  # the log went on meanwhile
    for _ in range(2):
        assert not isinstance(meeting.witnesses.keep(meeting.log, line, actor=ACTOR), Refuse)
    with meeting.log.reading() as reading:
        assert [(size, key) for size, key, _ in store.cosignatures(reading)] == [(4, meeting.key.raw)]
    assert events(meeting.log, meeting.evidence).count(Event.COSIGNATURE_KEPT) == 1


def test_keys_are_entered_once_and_a_log_keeps_its_key(meeting: Meeting) -> None:
    assert meeting.witnesses.enter(meeting.key.text(), actor=ACTOR) == meeting.key
    assert meeting.watch.enter(meeting.evidence.key.text(), [ORIGIN], actor=ACTOR) == meeting.evidence.key
    assert len(meeting.witnesses.known()) == len(meeting.watch.logs()) == 1
    thief = ledger(NodeKey(seed=9)).key
    assert meeting.watch.enter(thief.text(), [ORIGIN], actor=ACTOR) == Refuse(Refusal.WITNESS_CONFLICT, ORIGIN)
    assert meeting.watch.logs()[0].key == meeting.evidence.key
    for text in ("rubbish", meeting.evidence.key.text()):
        assert isinstance(meeting.witnesses.enter(text, actor=ACTOR), Refuse)
    for text in ("rubbish", meeting.key.text()):
        assert isinstance(meeting.watch.enter(text, [ORIGIN], actor=ACTOR), Refuse)


def test_nobody_unknown_is_asked_and_without_a_key_nothing_is_cosigned(meeting: Meeting) -> None:
    assert meeting.witnesses.ask(meeting.log, "other.example") == Refuse(Refusal.WITNESS_UNKNOWN, "other.example")
    assert meeting.witnesses.ask(meeting.log, meeting.key.name) == Refuse(Refusal.ENTRY_UNSIGNED, "data")
    keyless = Watch(data=meeting.other, signer=None, check=signature_holds, clock=meeting.clock)
    with pytest.raises(Fault) as caught:
        keyless.cosign("old 0\n\n", actor=ACTOR)
    assert caught.value.code is Refusal.KEYS_MISSING


def test_a_quorum_counts_different_witnesses_under_the_kept_checkpoint(meeting: Meeting) -> None:
    meeting.kept(1, 2, 3)
    note, second = meeting.evidence.witnessed(meeting.log), NodeKey(seed=43, name="witness.example/w2")
    other = Watch(data=meeting.other, signer=second, check=signature_holds, clock=meeting.clock).key
    both = (meeting.key, other)

    def found(kept: str | None, quorum: int) -> list[Finding]:
        policy = Policy(both, quorum)
        return list(meeting.evidence.verify(meeting.log, kept, witnesses=[meeting.key], policy=policy).findings)

    assert found(note, 1) == found(None, 1) == []
    assert found(note, 2) == [Finding(Broken.UNWITNESSED, 3, 3)]
    assert [each.kind for each in found(None, 2)] == [Broken.UNWITNESSED]
    bare = (note or "").rpartition("— ")[0]
    assert found(bare, 1) == [Finding(Broken.UNWITNESSED, 3, 3)]


def test_a_witness_that_was_taken_out_of_the_table_is_noticed(meeting: Meeting) -> None:
    meeting.kept(1, 2, 3)
    assert [f.kind for f in meeting.evidence.verify(meeting.log, witnesses=()).findings] == [Broken.UNSIGNED]


def test_two_requests_from_one_size_at_once_are_answered_in_turn_and_nothing_goes_back(database_factory: Factory) -> None:
    """The race of tlog-witness: of many requests from one size one is answered, and what is kept is the largest answered."""
    evidence, clock, log = ledger(LOG_KEY), StandingClock(), database_factory(log="data")
    written(log, evidence, *range(6))
    doors = [database_factory(tables=False) for _ in range(4)]
    for each in doors:
        each.connect_evidence(evidence)
    watches = [Watch(data=each, signer=WITNESS_KEY, check=signature_holds, clock=clock) for each in doors]
    assert watches[0].enter(evidence.key.text(), [ORIGIN], actor=ACTOR)
    notes = []
    for number in range(10, 14):
        written(log, evidence, number)
        notes.append(evidence.checkpoint(log))
    start = threading.Barrier(4)

    def ask(at: int) -> str | Refuse:
        start.wait()
        return watches[at].cosign(request_text(Growth(0, (), notes[at])), actor=ACTOR)

    with ThreadPoolExecutor(4) as four:
        answers = list(four.map(ask, range(4)))
    cosigned = [read_checkpoint(notes[i]).size for i, answer in enumerate(answers) if isinstance(answer, str)]
    (held,) = watches[0].logs()
    assert cosigned == [held.size]
    assert {answer for answer in answers if isinstance(answer, Refuse)} == {Refuse(Refusal.WITNESS_CONFLICT, str(held.size))}
