"""Proofs, receipts and consistency proofs as the offline verifier reads them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.unit.ledger.evidence import NodeKey
from tests.unit.ledger.test_tree import leaves_of
from tests.unit.ledger.vectors import VECTORS
from tests.unit.verify.exported import EARLY, KEY, NAME, SIZE, WITNESS_KEY, Exported

from yinji.kernel.events import SENTENCES
from yinji.ledger.notes import key_of
from yinji.ledger.proofs import consistency_path, nodes_over
from yinji.ledger.tree import root_of
from yinji_verify import Verdict, trusted, verify_file
from yinji_verify.__main__ import main
from yinji_verify.tree import EMPTY, grown
from yinji_verify.verdict import Outcome
from yinji_verify.words import EVENTS


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    exported = Exported(tmp_path_factory.mktemp("exported"))
    yield exported
    exported.database.close()


def verdict_on(tmp_path: Path, text: str, *kept: str, key: str = KEY, quorum: int = 0) -> Verdict:
    (tmp_path / "file").write_bytes(text.encode())
    return verify_file(tmp_path / "file", trusted(key, [WITNESS_KEY], quorum), kept)


def test_the_verifier_knows_every_event_in_the_same_words() -> None:
    assert {event.value: tuple(said) for event, said in SENTENCES.items()} == EVENTS, "mend yinji_verify/words.py"


def test_the_published_vectors_are_verified(tmp_path: Path) -> None:
    key, growth = VECTORS["checkpoint"]["key"], VECTORS["consistency"]
    for name in ("tlog_proof", "receipt"):
        assert verdict_on(tmp_path, VECTORS[name], key=key).verified
    assert verdict_on(tmp_path, growth["text"], growth["before"], key=key).verified


def test_a_receipt_says_the_number_the_moment_and_the_place(made: Exported, tmp_path: Path) -> None:
    text = made.files["item-receipt"]
    assert f"运单号：{NAME}（该批第 5 项）" in text
    assert "何事：制作一批隐私运单，9 项 (RULE)" in text
    assert "When: 2026-11-18 19:06:40 Beijing time" in text
    verdict = verdict_on(tmp_path, text)
    assert verdict.en == "verified: item 5 of the 9 that entry 4 of node.example/data states, and the words say so"


@pytest.mark.parametrize(
    ("said", "forged"),
    [
        ("制作一批隐私运单", "登记组织"),
        ("9 项", "8 项"),
        ("2026-11-18", "2026-11-19"),
        ("outlet.clerk", "courier"),
        (NAME, "YJT100000000060"),
        ("terminal-3", "terminal-4"),
        ("第 4 条", "第 5 条"),
        ("共 12 条", "共 13 条"),
        ("9 items", "8 items"),
        ("purpose issue", "purpose solve"),
        ("Yinji receipt", "Yinji Receipt"),
        ("\n\n何事", "\n本件已签收\n何事"),
    ],
)
def test_a_receipt_whose_words_are_not_its_proofs_is_refused(made: Exported, tmp_path: Path, said: str, forged: str) -> None:
    text = made.files["item-receipt"] if said == NAME else made.files["receipt"]
    assert said in text
    verdict = verdict_on(tmp_path, text.replace(said, forged, 1))
    assert verdict.outcome is not Outcome.VERIFIED
    assert not verdict_on(tmp_path, "任何话\n" + text).verified
    assert not verdict_on(tmp_path, text + "任何话\n").verified


def test_the_words_of_one_receipt_do_not_pass_over_another_proof(made: Exported, tmp_path: Path) -> None:
    words, proof = made.files["item-receipt"].split("{", 1)[0], made.files["proof"]
    assert verdict_on(tmp_path, words + proof).kind == "edited"


def test_a_consistency_proof_needs_the_checkpoint_it_starts_from(made: Exported, tmp_path: Path) -> None:
    text = made.files["growth"]
    assert verdict_on(tmp_path, text, made.early).en == f"verified: node.example/data only grew from {EARLY} to {SIZE} entries"
    assert verdict_on(tmp_path, text).outcome is Outcome.CANNOT_TELL
    assert verdict_on(tmp_path, text, made.note).outcome is Outcome.CANNOT_TELL
    assert verdict_on(tmp_path, text, "rubbish").kind == "unsigned"
    wrong = text.replace("old 7", "old 8")
    assert verdict_on(tmp_path, wrong, made.early).outcome is Outcome.CANNOT_TELL


def test_a_quorum_is_asked_of_single_files_too(made: Exported, tmp_path: Path) -> None:
    head, _, _ = made.files["proof"].rpartition("\n\nnode.example/data\n")
    assert head
    assert verdict_on(tmp_path, made.files["proof"], quorum=1).kind == "unwitnessed"
    assert verdict_on(tmp_path, made.early + made.line, quorum=1).outcome is Outcome.CANNOT_TELL  # a note alone proves nothing


def test_the_command_takes_a_file_as_it_is_and_needs_a_key(
    made: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "receipt").write_text(made.files["receipt"], encoding="utf-8")
    (tmp_path / "growth").write_text(made.files["growth"], encoding="utf-8")
    (tmp_path / "kept").write_text(made.early, encoding="utf-8")
    assert main([str(tmp_path / "receipt"), "--key", KEY]) == Outcome.VERIFIED
    assert main([str(tmp_path / "growth"), "--key", KEY, "--checkpoint", str(tmp_path / "kept")]) == Outcome.VERIFIED
    assert capsys.readouterr().out.count("证明成立") == 2
    assert main([str(tmp_path / "receipt")]) == Outcome.CANNOT_TELL
    assert main([str(tmp_path / "receipt"), "--key", key_of(NodeKey(seed=2)).text()]) == Outcome.BROKEN
    assert main([str(tmp_path / "receipt"), "--key", WITNESS_KEY]) == Outcome.CANNOT_TELL
    assert main([str(tmp_path / "receipt"), "--key", KEY, "--witness", KEY]) == Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    "text", ["", "{", "{}", "[" * 100_000, "{" * 100_000, '{"a":' * 50_000, "隐寄", "c2sp.org/tlog-proof@v1"]
)
def test_what_is_no_proof_is_no_verdict(tmp_path: Path, text: str) -> None:
    assert verdict_on(tmp_path, text).outcome is Outcome.CANNOT_TELL
    assert verdict_on(tmp_path, json.dumps({"format": text})).outcome is Outcome.CANNOT_TELL


@given(some.integers(1, 200), some.data())
def test_writer_and_verifier_agree_on_growth(size: int, data: some.DataObject) -> None:
    leaves = leaves_of(size)
    old = data.draw(some.integers(1, size))
    path, before, after = consistency_path(old, size, nodes_over(leaves)), root_of(leaves[:old]), root_of(leaves)
    assert grown(old, before, size, after, path)
    other = leaves_of(201)[200]
    assert not grown(old, other, size, after, path)
    assert not grown(old, before, size, other, path)
    assert not grown(old, before, size, after, (*path, other))
    assert not grown(size + 1, before, size, after, path)
    for i in range(len(path)):
        assert not grown(old, before, size, after, (*path[:i], other, *path[i + 1 :]))
        assert not grown(old, before, size, after, path[:i] + path[i + 1 :])


def test_everything_grows_from_nothing() -> None:
    assert grown(0, EMPTY, 3, bytes(32), ())
    assert not grown(0, bytes(32), 3, bytes(32), ())
    assert not grown(0, EMPTY, 3, bytes(32), (bytes(32),))
