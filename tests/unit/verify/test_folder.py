"""Exported logs as the offline verifier sees them: whole, and with anything changed."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.unit.ledger.evidence import NodeKey, entry, ledger, ref
from tests.unit.ledger.vectors import ROOT, VECTORS

from yinji.db import Database
from yinji.db.database import sqlite_url
from yinji.db.schema import METADATA
from yinji.ledger import Ledger, Proof, batch_root, store
from yinji.ledger.batch import item_proof_text, proof_text
from yinji.ledger.entries import Misshapen, check_shape, encode
from yinji.ledger.model import Recorded
from yinji.ledger.notes import Checkpoint, key_of, sign_checkpoint
from yinji_verify import Verdict, verify_folder
from yinji_verify.__main__ import main
from yinji_verify.entries import wrong_form
from yinji_verify.folder import trusted
from yinji_verify.items import verify_file
from yinji_verify.verdict import Outcome

KEY = key_of(NodeKey()).text()
ITEMS = [b"invented item %d" % i for i in range(9)]
SIZE = 70_000  # tlog-tiles' own example: one tile of the second level, partial tiles on every level


def write(sink: Ledger, database: Database, first: int, end: int) -> None:
    batch = {"count": len(ITEMS), "root": batch_root(ITEMS)}
    said = [entry(number, **(batch if number == 4 else {})) for number in range(first, end)]
    with database.work() as work:
        sink.write(work, said)


class Exported:
    """A log of 10 entries with a checkpoint at 6, and its export."""

    def __init__(self, folder: Path) -> None:
        self.evidence: Ledger = ledger()
        self.database = Database(sqlite_url(folder / "data.db"), log="data", sink=self.evidence)
        METADATA.create_all(self.database.engine)
        write(self.evidence, self.database, 0, 6)
        self.early = self.evidence.checkpoint(self.database)
        write(self.evidence, self.database, 6, 10)
        self.folder = folder / "out"
        self.note = self.evidence.export(self.database, self.folder)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    exported = Exported(tmp_path_factory.mktemp("exported"))
    yield exported
    exported.database.close()


@pytest.fixture
def folder(made: Exported, tmp_path: Path) -> Path:
    shutil.copytree(made.folder, tmp_path / "copy")
    return tmp_path / "copy"


def test_a_whole_export_is_verified(folder: Path, made: Exported) -> None:
    verdict = verify_folder(folder, key=KEY, kept=[made.early])
    assert verdict == Verdict(
        Outcome.VERIFIED,
        "证据完好：node.example/data，10 条，与检查点一致，并延续留存的检查点",
        "verified: node.example/data, 10 entries, as the checkpoint signs, and continues what was kept",
        "verified",
    )


def test_a_key_from_the_folder_is_said_to_prove_little(folder: Path) -> None:
    assert "does not show who signed" in verify_folder(folder).en


def test_a_changed_byte_in_any_part_of_any_entry_is_found(folder: Path) -> None:
    shutil.rmtree(folder / "checkpoints")
    file = folder / "tile" / "entries" / "000.p" / "10"
    data = file.read_bytes()
    for i in range(0, len(data), 5):  # entries and bundle differ in length, so the step meets every part
        file.write_bytes(data[:i] + bytes([data[i] ^ 1]) + data[i + 1 :])
        assert verify_folder(folder, key=KEY).outcome is Outcome.BROKEN


def test_a_changed_entry_is_named(folder: Path) -> None:
    file = folder / "tile" / "entries" / "000.p" / "10"
    data = file.read_bytes()
    length = int.from_bytes(data[:2], "big") + 2
    file.write_bytes(data[: length + 60] + b"!" + data[length + 61 :])
    verdict = verify_folder(folder, key=KEY)
    assert (verdict.kind, verdict.seq) == ("edited", 1)
    assert verdict.zh.startswith("证据对不上：条目 1：")


def test_every_file_that_is_missing_is_found(folder: Path) -> None:
    for file in sorted(folder.rglob("*")):
        if file.is_dir() or file.parent.name == "checkpoints":
            continue  # earlier checkpoints are extra witnesses: fewer of them say less, not something else
        data = file.read_bytes()
        file.unlink()
        assert not verify_folder(folder, key=None).verified, file
        file.write_bytes(data)


def test_an_unsigned_or_foreign_checkpoint_is_found(folder: Path, made: Exported) -> None:
    (folder / "checkpoint").write_text(made.note.replace("\n10\n", "\n11\n"))
    assert verify_folder(folder, key=KEY).kind == "unsigned"
    (folder / "checkpoint").write_text("nothing")
    assert verify_folder(folder, key=KEY).kind == "unsigned"
    assert verify_folder(made.folder, key=key_of(NodeKey(seed=2)).text()).kind == "unsigned"
    assert verify_folder(made.folder, key="rubbish").outcome is Outcome.CANNOT_TELL


def test_a_history_that_forks_from_a_kept_checkpoint_is_found(tmp_path: Path, made: Exported) -> None:
    other = ledger()
    database = Database(sqlite_url(tmp_path / "other.db"), log="data", sink=other)
    METADATA.create_all(database.engine)
    write(other, database, 0, 3)
    write(other, database, 2, 9)
    other.export(database, tmp_path / "fork")
    database.close()
    assert verify_folder(tmp_path / "fork", key=KEY).verified
    verdict = verify_folder(tmp_path / "fork", key=KEY, kept=[made.early])
    assert (verdict.kind, verdict.seq) == ("forked", 0)


def test_a_log_shorter_than_a_kept_checkpoint_is_found(tmp_path: Path, made: Exported) -> None:
    evidence = ledger()
    database = Database(sqlite_url(tmp_path / "short.db"), log="data", sink=evidence)
    METADATA.create_all(database.engine)
    write(evidence, database, 0, 3)
    evidence.export(database, tmp_path / "short")
    database.close()
    verdict = verify_folder(tmp_path / "short", key=KEY, kept=[made.note])
    assert (verdict.kind, verdict.seq) == ("truncated", 3)


def test_a_fork_of_the_same_size_is_found(tmp_path: Path, made: Exported) -> None:
    other = ledger()
    database = Database(sqlite_url(tmp_path / "other.db"), log="data", sink=other)
    METADATA.create_all(database.engine)
    write(other, database, 5, 15)
    other.export(database, tmp_path / "fork")
    database.close()
    verdict = verify_folder(tmp_path / "fork", key=KEY, kept=[made.note])
    assert (verdict.kind, verdict.seq) == ("forked", 0)


def test_an_entry_outside_the_canonical_form_is_found_though_it_is_signed(tmp_path: Path) -> None:
    evidence = ledger()
    database = Database(sqlite_url(tmp_path / "odd.db"), log="data", sink=evidence)
    METADATA.create_all(database.engine)
    write(evidence, database, 0, 3)
    with database.work() as work:
        store.add_pending(work, [b"YJE\x01 of another grammar"])
    evidence.sequence(database)
    evidence.export(database, tmp_path / "odd")
    database.close()
    verdict = verify_folder(tmp_path / "odd", key=KEY)
    assert (verdict.kind, verdict.seq) == ("edited", 3)


def test_a_kept_checkpoint_of_another_log_gives_no_verdict(folder: Path) -> None:
    other = sign_checkpoint(Checkpoint("node.example/disclosures", 3, bytes(32)), NodeKey())
    assert verify_folder(folder, key=KEY, kept=[other]).outcome is Outcome.CANNOT_TELL


def test_a_bundle_with_something_after_its_entries_is_found(folder: Path) -> None:
    file = folder / "tile" / "entries" / "000.p" / "10"
    file.write_bytes(file.read_bytes() + b"\0")
    assert verify_folder(folder, key=KEY).kind == "missing"


def test_one_wrong_signature_of_a_known_key_condemns_a_note(folder: Path, made: Exported) -> None:
    wrong = made.early.rpartition("\n\n")[2]
    assert verify_folder(folder, key=KEY, kept=[made.note + wrong]).kind == "unsigned"
    witness = sign_checkpoint(Checkpoint("node.example/data", 10, bytes(32)), NodeKey(seed=5, name="witness.example"))
    assert verify_folder(folder, key=KEY, kept=[made.note + witness.rpartition("\n\n")[2]]).verified


def test_a_key_whose_id_is_not_its_hash_is_refused(folder: Path) -> None:
    name, key_id, coded = KEY.split("+", 2)
    assert verify_folder(folder, key=f"{name}+{key_id[::-1]}+{coded}").outcome is Outcome.CANNOT_TELL


def test_a_log_with_three_levels_of_tiles_is_verified_and_each_level_counts(tmp_path: Path) -> None:
    evidence = ledger()
    database = Database(sqlite_url(tmp_path / "large.db"), log="data", sink=evidence)
    METADATA.create_all(database.engine)
    write(evidence, database, 0, 300)
    kept = evidence.checkpoint(database)
    write(evidence, database, 300, SIZE)
    out = tmp_path / "large"
    evidence.export(database, out)
    assert evidence.verify(database, kept).holds
    database.close()
    paths = {str(file.relative_to(out / "tile")) for file in out.rglob("tile/[0-9]/**/*") if file.is_file()}
    assert {"0/273.p/112", "1/000", "1/001.p/17", "2/000.p/1"} <= paths
    assert verify_folder(out, key=KEY, kept=[kept]).verified
    for path, seq in (("1/000", 256), ("1/001.p/17", 65_792), ("2/000.p/1", 0)):
        data = (out / "tile" / path).read_bytes()
        changed = bytes(32) + data[32:] if len(data) == 32 else data[:32] + bytes(32) + data[64:]
        (out / "tile" / path).write_bytes(changed)
        verdict = verify_folder(out, key=KEY)
        assert (verdict.kind, verdict.seq) == ("edited", seq)
        (out / "tile" / path).write_bytes(data)


def test_proofs_of_entries_and_items_are_verified(
    folder: Path, made: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    proof = made.evidence.prove(made.database, 4)
    assert isinstance(proof, Proof)
    texts = {"entry.tlog-proof": proof_text(proof), "item.json": item_proof_text(proof, ITEMS, 7)}
    for name, text in texts.items():
        (tmp_path / name).write_text(text)
        assert main([str(folder), "--key", KEY, "--proof", str(tmp_path / name)]) == Outcome.VERIFIED
    assert "item 7 of the 9 that entry 4 of node.example/data states" in capsys.readouterr().out


def test_no_changed_proof_is_verified(folder: Path, made: Exported, tmp_path: Path) -> None:
    proof = made.evidence.prove(made.database, 4)
    assert isinstance(proof, Proof)
    said = json.loads(item_proof_text(proof, ITEMS, 7))
    changes: list[Callable[[], dict[str, object]]] = [
        lambda: said | {"index": 6},
        lambda: said | {"item": "aW52ZW50ZWQ="},
        lambda: said | {"path": said["path"][1:]},
        lambda: said | {"path": said["path"][::-1]},
        lambda: said | {"format": "other"},
        lambda: said | {"proof": said["proof"].replace("index 4", "index 5")},
        lambda: said | {"proof": said["proof"].replace("\n10\n", "\n11\n")},
        lambda: {"format": said["format"]},
    ]
    for change in changes:
        (tmp_path / "item.json").write_text(json.dumps(change()))
        assert main([str(folder), "--key", KEY, "--proof", str(tmp_path / "item.json")]) != Outcome.VERIFIED


def test_the_command_speaks_both_languages_and_exits_with_the_outcome(
    folder: Path, made: Exported, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "kept").write_text(made.early)
    assert main([str(folder), "--key", KEY, "--checkpoint", str(tmp_path / "kept")]) == 0
    assert capsys.readouterr().out.splitlines()[0].startswith("证据完好")
    assert main([str(tmp_path / "nowhere"), "--key", KEY]) == 2
    (folder / "tile" / "0" / "000.p" / "10").write_bytes(b"")
    assert main([str(folder), "--key", KEY]) == 1
    assert "BROKEN: entry 0" in capsys.readouterr().out


def test_the_verifier_runs_without_anything_installed(folder: Path) -> None:
    program = (
        f"import runpy, sys; sys.path.insert(0, {str(ROOT / 'src')!r}); sys.argv = ['v', {str(folder)!r}, '--key', {KEY!r}]"
    )
    run = subprocess.run(
        [sys.executable, "-I", "-S", "-c", f"{program}; runpy.run_module('yinji_verify', run_name='__main__')"],
        capture_output=True,
        text=True,
        check=False,
        env=os.environ | {"PYTHONIOENCODING": "utf-8"},
    )
    assert run.returncode == 0, run.stderr
    assert "verified" in run.stdout


def test_the_verifier_shares_no_code_with_the_writer() -> None:
    known = sys.stdlib_module_names | {"yinji_verify"}
    for file in (ROOT / "src" / "yinji_verify").glob("*.py"):
        for line in file.read_text("utf-8").splitlines():
            words = line.split()
            if words[:1] in (["import"], ["from"]) and line[:1] != " ":
                assert words[1].split(".")[0] in known, f"{file.name}: {line}"


def test_the_published_vectors_are_read_by_the_verifier(tmp_path: Path) -> None:
    assert [wrong_form(bytes.fromhex(known["body"])) for known in VECTORS["entries"]] == ["", "", ""]
    keys = trusted(VECTORS["checkpoint"]["key"])
    (tmp_path / "p").write_text(VECTORS["tlog_proof"])
    (tmp_path / "i").write_text(json.dumps(VECTORS["item_proof"]))
    assert [verify_file(tmp_path / name, keys).outcome for name in ("p", "i")] == [Outcome.VERIFIED] * 2


def test_writer_and_verifier_agree_on_form() -> None:
    body = encode(Recorded(ref(1), entry(1, about=(ref(2),), root=bytes(32), ground="RULE")))
    for i in range(len(body)):
        for bit in range(8):
            changed = body[:i] + bytes([body[i] ^ 1 << bit]) + body[i + 1 :]
            try:
                check_shape(changed)
                shaped = True
            except Misshapen:
                shaped = False
            assert shaped == (not wrong_form(changed)), i
