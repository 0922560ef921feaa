"""Key stores to test: made in a folder, and worked on by processes of their own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.unit.keys.deeds import ORG, PERIOD

from yinji.adapters.keys.file_root import FileRoot
from yinji.adapters.keys.key_folder import KeyFolder
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.keystore import KeyStore
from yinji.keys.suites import SM, Suite

DEEDS = Path(__file__).with_name("deeds.py")
PATIENCE_SECONDS = 60


def opened(folder: Path, suite: Suite = SM) -> KeyStore:
    return KeyStore(root=FileRoot(folder), files=KeyFolder(folder), suite=suite, random=os.urandom)


def made(folder: Path) -> Path:
    """A key store with a node's secrets and one period; return its folder."""
    keys = opened(folder)
    keys.make_node()
    keys.make_signing_seed("checkpoint")
    keys.period(ORG, PERIOD)
    return folder


def refused(act: Any, *given: Any) -> Refusal:
    with pytest.raises(Fault) as raised:
        act(*given)
    return raised.value.code


def refusal(act: Any, *given: Any) -> tuple[Refusal, str]:
    """Code and place of a refusal."""
    with pytest.raises(Fault) as raised:
        act(*given)
    return raised.value.code, raised.value.at


def start(folder: Path, *deed: str) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, DEEDS, folder, *deed], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def end(process: subprocess.Popen[str]) -> list[str]:
    """Wait for a deed that must succeed and return the words it said."""
    return end_all(process)[0]


def end_all(*processes: subprocess.Popen[str]) -> list[list[str]]:
    """Wait for deeds that must all succeed; none outlives the test, whichever of them fails."""
    ends = [(process, process.communicate(timeout=PATIENCE_SECONDS)) for process in processes]
    for process, (_, err) in ends:
        assert process.returncode == 0, err
    return [out.split() for _, (out, _) in ends]


def killed(folder: Path, deed: str) -> list[Path]:
    """Return copies of ``folder``/store, one for each step that ``deed`` was killed before."""
    steps, status = end(start(folder, "kills", deed))
    assert status == "0"
    assert int(steps) > 3
    return [folder / str(step) for step in range(1, int(steps) + 1)]
