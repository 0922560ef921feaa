"""A SoftHSM2 of the test run's own: tokens in a temporary folder, made by its own tool."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest
from tests.conftest import without

from yinji.adapters.keys.pkcs11_root import Pkcs11Root

MODULES = tuple(file for where in ("softhsm", "*/softhsm") for file in Path("/usr/lib").glob(f"{where}/libsofthsm2.so"))
"""Debian puts it below the folder of the machine's architecture, or not, by release."""

PIN, SO_PIN = "4711-0815", "so-4711-0815"
REMEDY = "apt install softhsm2 && pip install python-pkcs11"

_numbers = count(1)


@pytest.fixture(scope="session")
def module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The module, set up to keep its tokens in a folder of this test run."""
    try:
        import pkcs11  # noqa: F401, PLC0415 - only where a token is wanted
    except ImportError:
        without("SoftHSM2", REMEDY)
    if not MODULES or not shutil.which("softhsm2-util"):
        without("SoftHSM2", REMEDY)
    folder = tmp_path_factory.mktemp("softhsm")
    (folder / "tokens").mkdir()
    settings = folder / "softhsm2.conf"
    settings.write_text(f"directories.tokendir = {folder}/tokens\nobjectstore.backend = file\nlog.level = ERROR\n", "ascii")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(settings))
        yield MODULES[0]


@pytest.fixture
def token(module: Path) -> str:
    """A fresh token's label."""
    assert module.exists()
    label = f"invented-{next(_numbers)}"
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", SO_PIN, "--pin", PIN]
    subprocess.run(command, check=True, capture_output=True)
    return label


@pytest.fixture
def pin_file(tmp_path: Path) -> Path:
    """The PIN in a file that only its owner can read."""
    file = tmp_path / "pin"
    file.touch(0o600)
    file.write_text(f"{PIN}\n", encoding="ascii")
    return file


@pytest.fixture
def root(module: Path, token: str, pin_file: Path) -> Pkcs11Root:
    """An empty token's root provider."""
    return Pkcs11Root(module=module, label=token, pin_file=pin_file)
