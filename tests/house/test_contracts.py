"""Who may import whom: the contracts of pyproject.toml hold, and each is seen to break where it should."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from tests.house.tree import ROOT, SRC

CONFIG = ROOT / "pyproject.toml"
CONTRACTS: list[dict[str, Any]] = tomllib.loads(CONFIG.read_text(encoding="utf-8"))["tool"]["importlinter"]["contracts"]

PRIVATE_STORE = {"yinji/{room}/__init__.py": "", "yinji/{room}/store.py": ""}


def _of(room: str, importer: str) -> dict[str, str]:
    """A room that is not built yet, with a store that somebody else imports."""
    made = {path.format(room=room): text for path, text in PRIVATE_STORE.items()}
    return made | {importer: f"import yinji.{room}.store"}


SEEDS: list[tuple[str, dict[str, str]]] = [
    ("floors", {"yinji/kernel/clock.py": "import yinji.settings"}),
    ("floors", {"yinji/access/service.py": "import yinji.waybill.model"}),
    ("floors", {"yinji/utils/__init__.py": ""}),
    ("floors", {"yinji/contact/__init__.py": "import yinji.waybill.model"}),
    ("floors", {"yinji/adapters/keys/file_root.py": "import yinji.doors.intake.staged_file"}),
    ("doors", {"yinji/doors/intake/staged_file.py": "import yinji.doors.cli.exits"}),
    ("doors", {"yinji/doors/worker/loop.py": "import yinji.doors.http.threads"}),
    ("doors", {"yinji/doors/http/threads.py": "import yinji.doors.cli.exits"}),
    ("vault-entered", {"yinji/waybill/service.py": "import yinji.vault.model"}),
    ("vault-entered", {"yinji/doors/cli/find.py": "from yinji.vault.model import Masks"}),
    ("ciphers", {"yinji/ledger/notes.py": "import cryptography.hazmat.primitives.hashes"}),
    ("frameworks", {"yinji/flows/house.py": "import typer"}),
    ("frameworks web", {"yinji/main.py": "def later(): import litestar"}),
    ("web", {"yinji/doors/cli/exits.py": "import jinja2"}),
    ("web", {"yinji/doors/worker/loop.py": "import structlog"}),
    ("frameworks web", {"yinji/supervision/__init__.py": "import jinja2"}),
    ("sql", {"yinji/ledger/service.py": "from sqlalchemy import Row"}),
    ("drivers", {"yinji/access/store.py": "import sqlite3"}),
    ("drivers", {"yinji/ledger/store.py": "import psycopg"}),
    ("pure", {"yinji/waybill/rules.py": "import yinji.db.work"}),
    ("pure", {"yinji/waybill/rules.py": "import yinji.waybill.store"}),
    ("pure", {"yinji/label/press.py": "import socket"}),
    ("timeless", {"yinji/deid/names.py": "import time"}),
    ("timeless", {"yinji/access/rules.py": "from yinji.settings import Settings"}),
    ("db-knows-no-room", {"yinji/db/work.py": "import yinji.law.model"}),
    ("adapters", {"yinji/adapters/keys/file_root.py": "import yinji.access.service"}),
    ("adapters-apart", {"yinji/adapters/numbers/__init__.py": "import yinji.adapters.keys"}),
    ("ports adapters", {"yinji/keys/ports.py": "import yinji.db.work"}),
    ("store-access", {"yinji/vault/service.py": "import yinji.access.store"}),
    ("store-ledger", {"yinji/access/service.py": "from yinji.ledger import store as other"}),
    ("store-vault", {"yinji/flows/house.py": "import yinji.vault.store"}),
    ("store-waybill", {"yinji/flows/house.py": "import yinji.waybill.store"}),
    ("store-cases", _of("cases", "yinji/waybill/service.py")),
    ("store-contact", _of("contact", "yinji/flows/house.py")),
    ("store-exchange", _of("exchange", "yinji/flows/house.py")),
    ("store-supervision", _of("supervision", "yinji/flows/house.py")),
    ("glyphs", {"yinji/flows/house.py": "import uharfbuzz"}),
    ("pictures", {"yinji/label/press.py": "import PIL.Image"}),
    ("sheets", {"yinji/flows/house.py": "import pypdfium2"}),
    ("sheets", {"yinji/label/press.py": "def later(): import rapidocr"}),
    ("verifier", {"yinji_verify/tree.py": "import yinji.kernel.ids"}),
    ("verifier", {"yinji_verify/tree.py": "import rich"}),
    ("verifier-stands-apart", {"yinji/flows/house.py": "import yinji_verify.tree"}),
    ("client", {"yinji_client/calls.py": "import yinji.kernel.ids"}),
    ("client", {"yinji_client/session.py": "import httpx"}),
    ("client-stands-apart", {"yinji/flows/house.py": "import yinji_client.calls"}),
    ("bench", {"yinji/doors/cli/demo.py": "import yinji_bench"}),
    # Who reaches the vault from supervision passes one of the two doors that the next contracts guard: both say so.
    ("supervision-blind vault-entered", {"yinji/supervision/__init__.py": "import yinji.vault.model"}),
    (
        "supervision-blind vault-entered",
        {"yinji/supervision/__init__.py": "import yinji.waybill.rules", "yinji/waybill/rules.py": "import yinji.vault.fields"},
    ),
]


def lint(src: Path, cache: Path) -> tuple[bool, str]:
    """Run the linter over a source tree, with the contracts of this repository."""
    program = Path(sys.executable).with_name("lint-imports")
    command = [str(each) for each in (program, "--config", CONFIG, "--no-logo", "--cache-dir", cache)]
    done = subprocess.run(command, cwd=src, capture_output=True, text=True, check=False, env={"COLUMNS": "300"})
    assert "Contracts: " in done.stdout, done.stdout + done.stderr
    return done.returncode == 0, done.stdout


def broken(report: str) -> set[str]:
    """The identifiers of the contracts that a report calls broken."""
    lines = report.splitlines()
    return {each["id"] for each in CONTRACTS if any(line.startswith(f"{each['name']} BROKEN") for line in lines)}


@contextmanager
def seeded(src: Path, seed: dict[str, str]) -> Iterator[None]:
    """Append lines to files, or make them; afterwards everything is as before, times of change included."""
    with ExitStack() as undo:
        for path, line in seed.items():
            file = src / path
            if not file.parent.exists():
                file.parent.mkdir()
                undo.callback(shutil.rmtree, file.parent)
            before = file.read_text(encoding="utf-8") if file.exists() else None
            if before is None:
                undo.callback(file.unlink)
            else:
                changed = file.stat()
                undo.callback(os.utime, file, ns=(changed.st_atime_ns, changed.st_mtime_ns))
                undo.callback(file.write_text, before, encoding="utf-8")
            file.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")
        yield


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("import-cache")


@pytest.fixture(scope="module")
def copied(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of ``src`` to break."""
    src = tmp_path_factory.mktemp("seeded") / "src"
    shutil.copytree(SRC, src, ignore=lambda _, names: [name for name in names if name == "__pycache__"])
    return src


@pytest.fixture(scope="module")
def already(copied: Path, cache: Path) -> set[str]:
    return broken(lint(copied, cache)[1])


def test_every_import_goes_where_the_house_allows(cache: Path) -> None:
    kept, report = lint(SRC, cache)
    assert kept, report[report.find("Broken contracts") :]


@pytest.mark.parametrize(("expected", "seed"), SEEDS, ids=[f"{n}-{seed[0].split()[0]}" for n, seed in enumerate(SEEDS)])
def test_a_seeded_import_breaks_its_contract_and_no_other(
    expected: str, seed: dict[str, str], copied: Path, cache: Path, already: set[str]
) -> None:
    with seeded(copied, seed):
        report = lint(copied, cache)[1]
    assert broken(report) - already == set(expected.split())


def test_a_seed_leaves_the_copy_as_it_was(copied: Path, cache: Path, already: set[str]) -> None:
    for _, seed in SEEDS:
        with seeded(copied, seed):
            pass
    assert broken(lint(copied, cache)[1]) == already


def test_every_contract_has_a_seeded_violation() -> None:
    seeded = {expected.split()[0] for expected, _ in SEEDS}
    assert {each["id"] for each in CONTRACTS} == seeded
