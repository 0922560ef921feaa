"""The verifier alone: as a wheel in an environment of its own, and as one file."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import venv
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.unit.ledger.vectors import ROOT
from tests.unit.verify.exported import EARLY, KEY, WITNESS_KEY, Exported

ALONE = {"PATH": os.environ.get("PATH", ""), "PYTHONIOENCODING": "utf-8", "LC_ALL": "C"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Exported]:
    exported = Exported(tmp_path_factory.mktemp("exported"))
    (exported.folder / "receipt").write_text(exported.files["receipt"], encoding="utf-8")
    yield exported
    exported.database.close()


def run(*command: str | Path, cwd: Path) -> str:
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False, cwd=cwd, env=ALONE)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_it_installs_alone_and_verifies_an_export_from_anywhere(made: Exported, tmp_path: Path) -> None:
    source = shutil.copytree(ROOT / "src" / "yinji_verify", tmp_path / "source", ignore=shutil.ignore_patterns("__pycache__"))
    run(sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", tmp_path / "out", cwd=source)
    (wheel,) = (tmp_path / "out").glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        names = [name for name in archive.namelist() if ".dist-info/" not in name]
        metadata = archive.read("yinji_verify-0.1.0.dist-info/METADATA").decode()
    assert sorted(names) == sorted(f"yinji_verify/{file.name}" for file in source.glob("*.py"))
    assert "Requires-Dist" not in metadata
    venv.create(tmp_path / "venv", with_pip=False)
    python = tmp_path / "venv" / "bin" / "python"
    install = ("install", "--quiet", "--no-index", "--no-deps", "--disable-pip-version-check", wheel)
    run(sys.executable, "-m", "pip", "--python", python, *install, cwd=tmp_path)
    said = run(tmp_path / "venv" / "bin" / "yinji-verify", made.folder, "--key", KEY, cwd=tmp_path)
    assert "verified: node.example/data, 12 entries" in said
    listed = run(
        python, "-c", "import importlib.util as u; print(u.find_spec('yinji'), u.find_spec('cryptography'))", cwd=tmp_path
    )
    assert listed.strip() == "None None"


def test_it_is_one_file_that_python_runs_and_the_same_bytes_every_time(made: Exported, tmp_path: Path) -> None:
    files = [tmp_path / name / "yinji_verify.pyz" for name in ("one", "two")]
    for file in files:
        run(sys.executable, ROOT / "scripts" / "make_verifier.py", file, cwd=tmp_path)
    assert files[0].read_bytes() == files[1].read_bytes()
    quorum = ("--witness", WITNESS_KEY, "--quorum", "1")
    said = run(sys.executable, "-I", "-S", files[0], made.folder, "--key", KEY, *quorum, cwd=tmp_path)
    assert f"1 witnesses cosigned up to {EARLY} entries" in said
    assert "the words say so" in run(sys.executable, "-I", "-S", files[0], made.folder / "receipt", "--key", KEY, cwd=tmp_path)
