"""What leaves a node is read by golang.org/x/mod/sumdb, note and tlog unchanged: another language, other authors."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path
from typing import Final

import pytest
from tests.conftest import without
from tests.unit.ledger.vectors import ROOT, VECTORS
from tests.unit.verify.exported import EARLY, KEY, SIZE, WITNESS_KEY, Exported

GO: Final = Path("/usr/lib/go-1.19/bin/go")
SOURCES: Final = Path("/usr/share/gocode")
PROGRAM: Final = Path(__file__).parent / "go" / "main.go"
CACHE: Final = ROOT / ".cache" / "go"


@pytest.fixture(scope="module")
def verifier() -> Path:
    """The program, built once for its source."""
    if not GO.exists() or not (SOURCES / "src/golang.org/x/mod/sumdb/tlog/tlog.go").exists():
        without("Go with x/mod", "apt install golang-1.19-go golang-golang-x-mod-dev (or sh scripts/parts.sh as root)")
    built = CACHE / f"verifier-{sha256(PROGRAM.read_bytes()).hexdigest()[:16]}"
    if not built.exists():
        CACHE.mkdir(parents=True, exist_ok=True)
        part = built.with_name(f"{built.name}.{os.getpid()}")
        environment = {
            **os.environ,
            "GO111MODULE": "off",
            "GOPATH": str(SOURCES),
            "GOCACHE": str(CACHE / "build"),
            "GOFLAGS": "",
        }
        done = subprocess.run([GO, "build", "-o", part, PROGRAM], capture_output=True, text=True, check=False, env=environment)
        assert done.returncode == 0, done.stderr
        part.replace(built)
    return built


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    exported = Exported(tmp_path_factory.mktemp("exported"))
    yield exported
    exported.database.close()


class Asked:
    """Files to be read by the other program."""

    def __init__(self, program: Path, folder: Path) -> None:
        self._program, self._folder, self._count = program, folder, 0

    def file(self, text: str) -> str:
        self._count += 1
        path = self._folder / str(self._count)
        path.write_text(text, encoding="utf-8")
        return str(path)

    def __call__(self, *words: str) -> str:
        """Return what it verified; empty where it refused."""
        done = subprocess.run([self._program, *words], capture_output=True, text=True, check=False, timeout=20)
        assert done.returncode in {0, 1}, done.stderr
        return done.stdout.removeprefix("verified: ").strip() if done.returncode == 0 else ""


@pytest.fixture
def asked(verifier: Path, tmp_path: Path) -> Asked:
    return Asked(verifier, tmp_path)


def test_it_opens_our_checkpoints_and_passes_over_what_it_does_not_know(asked: Asked, made: Exported) -> None:
    assert asked("checkpoint", KEY, "-", asked.file(made.note)) == f"node.example/data {SIZE}"
    assert asked("checkpoint", KEY, "-", asked.file(made.early + made.line)) == f"node.example/data {EARLY}"
    known = VECTORS["checkpoint"]
    assert asked("checkpoint", known["key"], "-", asked.file(known["note"])) == "node.example/data 3"


def test_it_verifies_our_cosignatures(asked: Asked, made: Exported) -> None:
    assert asked("checkpoint", KEY, WITNESS_KEY, asked.file(made.early + made.line)) == f"node.example/data {EARLY}"
    assert not asked("checkpoint", KEY, WITNESS_KEY, asked.file(made.early))
    later = made.line[:60] + ("A" if made.line[60] != "A" else "B") + made.line[61:]
    assert not asked("checkpoint", KEY, WITNESS_KEY, asked.file(made.early + later))
    known = VECTORS["cosignature"]
    assert asked("checkpoint", VECTORS["checkpoint"]["key"], known["key"], asked.file(known["note"])) == "node.example/data 3"


def test_it_verifies_our_proofs_of_entries_and_refuses_changed_ones(asked: Asked, made: Exported) -> None:
    text = made.files["proof"]
    assert asked("inclusion", KEY, "-", asked.file(text)) == "entry 4 of node.example/data"
    for said, changed in (
        ("index 4", "index 5"),
        ("\n12\n", "\n13\n"),
        ("extra WUpF", "extra WUpG"),
        (text.split("\n")[3], text.split("\n")[4]),
        (text.split("\n")[4] + "\n", ""),
    ):
        assert said in text
        assert not asked("inclusion", KEY, "-", asked.file(text.replace(said, changed, 1)))


def test_it_verifies_that_our_log_grew_and_refuses_another_history(asked: Asked, made: Exported) -> None:
    text, early = made.files["growth"], asked.file(made.early)
    assert asked("growth", KEY, "-", early, asked.file(text)) == f"node.example/data from {EARLY} to {SIZE}"
    steps = text.split("\n")[2:5]
    for said, changed in ((steps[0], steps[1]), (steps[2] + "\n", ""), ("old 7", "old 6")):
        assert not asked("growth", KEY, "-", early, asked.file(text.replace(said, changed, 1)))
    known = VECTORS["consistency"]
    key = VECTORS["checkpoint"]["key"]
    assert asked("growth", key, VECTORS["cosignature"]["key"], asked.file(known["before"]), asked.file(known["text"]))
    assert not asked("growth", key, "-", early, asked.file(known["text"]))
