"""The evidence by the command: proofs, receipts, witnesses, and what each command leaves behind."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.simulators.command import Ended, invented, order_file, yinji


@pytest.fixture(scope="module")
def issued(founded_once: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("issued")
    home = Path(shutil.copytree(founded_once, folder / "node"))
    order_file(folder / "orders.csv", invented(5))
    report = folder / "report.json"
    ended = yinji(home, "issue", str(folder / "orders.csv"), "--labels", str(folder / "l.pdf"), "--report", str(report))
    assert ended.code == 0, ended.said
    return home


@pytest.fixture
def home(issued: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(issued, tmp_path / "node"))


def keys(home: Path) -> tuple[str, str]:
    log, witness = (line.split(" ")[1] for line in yinji(home, "ledger", "witness", "key").out.splitlines())
    return log, witness


def verified(*words: str | Path) -> Ended:
    done = subprocess.run(
        [sys.executable, "-m", "yinji_verify", *map(str, words)], capture_output=True, text=True, encoding="utf-8", check=False
    )
    return Ended(done.returncode, done.stdout, done.stderr)


def test_proofs_and_receipts_are_accepted_as_they_are(home: Path, tmp_path: Path) -> None:
    log, _ = keys(home)
    for name, words in {
        "proof": ("prove", "3"),
        "receipt": ("receipt", "3"),
        "waybill": ("prove", "--number", "QL10000000000003"),
        "waybill-receipt": ("receipt", "--number", "QL10000000000003", "--sign"),
    }.items():
        ended = yinji(home, "ledger", *words, "--to", str(tmp_path / name))
        assert ended.code == 0, ended.said
        assert verified(tmp_path / name, "--key", log).code == 0
    text = (tmp_path / "waybill-receipt").read_text(encoding="utf-8")
    (tmp_path / "forged").write_text(text.replace("QL10000000000003", "QL10000000000011"), encoding="utf-8")
    assert verified(tmp_path / "forged", "--key", log).code == 1
    shown = yinji(home, "ledger", "show", "--log", "disclosures").out
    assert "data:3-3" in shown
    assert shown.count("查阅证据") == 4


def test_a_proof_goes_to_standard_output_unless_told_otherwise(home: Path) -> None:
    assert yinji(home, "ledger", "prove", "0").out.startswith("c2sp.org/tlog-proof@v1\n")


@pytest.mark.parametrize(
    ("words", "code", "says"),
    [
        (("prove", "999"), 4, "603"),
        (("prove", "--number", "QL1"), 4, "304"),
        (("prove", "--from", "999"), 4, "603"),
        (("prove",), 2, "SEQ"),
        (("prove", "1", "--from", "1"), 2, "SEQ"),
        (("receipt", "1", "--number", "QL10000000000003"), 2, "SEQ"),
        (("witness", "ask", "nobody"), 4, "605"),
        (("witness", "enter", "rubbish"), 4, "608"),
        (("witness", "keep", "no-such-file"), 4, "511"),
        (("witness", "cosign", "no-such-file"), 4, "511"),
        (("verify", "--witness", "rubbish"), 4, "605"),
        (("checkpoint", "--witnessed"), 4, "604"),
    ],
)
def test_what_cannot_be_done_is_refused_in_words(home: Path, words: tuple[str, ...], code: int, says: str) -> None:
    ended = yinji(home, "ledger", *words)
    assert ended.code == code, ended.said
    assert says in ended.err
    assert "Traceback" not in ended.said


def test_an_entry_that_nobody_signed_is_proved_after_signing(home: Path) -> None:
    assert yinji(home, "numbers", "add", "QM:1000000000000-1000000000999").code == 0
    seq = str(json.loads(yinji(home, "ledger", "verify", "--json").out)["logs"][0]["size"] - 1)
    unsigned = yinji(home, "ledger", "prove", seq)
    assert unsigned.code == 4
    assert "604" in unsigned.err
    assert yinji(home, "ledger", "prove", seq, "--sign").code == 0


def test_a_node_is_witnessed_by_another_by_files_alone(home: Path, tmp_path: Path) -> None:
    other = tmp_path / "authority"
    assert yinji(other, "init").code == 0
    (log, _), (_, witness) = keys(home), keys(other)
    assert yinji(home, "ledger", "witness", "enter", witness).code == 0
    assert yinji(other, "ledger", "witness", "enter", log).code == 0
    name, request, answer, kept = witness.partition("+")[0], tmp_path / "request", tmp_path / "answer", tmp_path / "kept"
    steps = [
        (home, "ask", name, "--log", "data", "--to", str(request)),
        (other, "cosign", str(request), "--to", str(answer)),
        (home, "keep", str(answer)),
    ]
    for where, *words in steps:
        ended = yinji(where, "ledger", "witness", *words)
        assert ended.code == 0, ended.said
    replayed = yinji(other, "ledger", "witness", "cosign", str(request))
    assert replayed.code == 4
    assert "606" in replayed.err
    assert name in yinji(home, "ledger", "witness", "list").out
    assert "/data" in yinji(other, "ledger", "witness", "list").out
    assert yinji(home, "ledger", "checkpoint", "--witnessed", "--to", str(kept)).code == 0
    assert yinji(home, "ledger", "export", str(tmp_path / "out")).code == 0
    quorum = ("--key", log, "--witness", witness, "--quorum", "1")
    assert verified(tmp_path / "out" / "data", "--checkpoint", kept / "data.checkpoint", *quorum).code == 0
    told = json.loads(yinji(home, "ledger", "verify", "--json").out)
    assert [each["cosignatures"] for each in told["logs"]] == [1, 0]
    grown = tmp_path / "grown"
    size = (kept / "data.checkpoint").read_text(encoding="utf-8").split("\n")[1]
    assert yinji(home, "ledger", "checkpoint").code == 0
    assert yinji(home, "ledger", "prove", "--from", size, "--to", str(grown)).code == 0
    assert verified(grown, "--key", log, "--checkpoint", kept / "data.checkpoint").code == 0


def test_open_intents_are_listed(home: Path) -> None:
    ended = yinji(home, "ledger", "intents", "--json")
    assert ended.code == 0, ended.said
    assert json.loads(ended.out) == {"count": 0, "intents": []}
    assert "共 0 次" in yinji(home, "ledger", "intents").err
