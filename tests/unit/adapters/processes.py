"""Processes of their own over one key folder."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.simulators.processes import Process, begin

DEEDS = Path(__file__).with_name("deeds.py")
PATIENCE_SECONDS = 60


def start(folder: Path, *deed: str) -> subprocess.Popen[str]:
    """Start a deed; see `deeds`."""
    return subprocess.Popen([sys.executable, DEEDS, folder, *deed], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def forked(folder: Path, *deed: str) -> Process:
    """Start one of many, forked from a process that has read our modules before."""
    return begin(f"import runpy; runpy.run_path({str(DEEDS)!r}, run_name='__main__')", str(folder), *deed)


def end(process: subprocess.Popen[str]) -> str:
    """Wait for a deed that must succeed and return what it said."""
    out, err = process.communicate(timeout=PATIENCE_SECONDS)
    assert process.returncode == 0, err
    return out
