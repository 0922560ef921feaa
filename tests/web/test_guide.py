"""The guide for integrators, run as it stands: its commands and its Python against a real `yinji serve` on loopback."""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.test_server import PROGRAM, started

ROOT = Path(__file__).parents[2]
ZH, EN = (ROOT / "docs" / "guides" / f"integrate.{language}.md" for language in ("zh", "en"))
PLACE = "http://node.example:8080"


def blocks(page: Path, kind: str) -> list[str]:
    return re.findall(rf"```{kind}\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)


def test_both_languages_run_the_same() -> None:
    assert blocks(ZH, "sh") == blocks(EN, "sh")
    assert blocks(ZH, "python") == blocks(EN, "python")


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """An environment in which `yinji` is this program and the node is a folder of its own."""
    program = tmp_path / "bin" / "yinji"
    program.parent.mkdir()
    program.write_text(f"#!{sys.executable}\n{PROGRAM}\n", encoding="utf-8")
    program.chmod(0o755)
    path = f"{program.parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "YINJI_HOME": str(tmp_path / "node"), "YINJI_LANGUAGE": "en"}


@contextlib.contextmanager
def serving(home: Path) -> Iterator[str]:
    server = started(home, "--port", "0", "--no-worker")
    try:
        assert server.stderr
        while "http://" not in (line := server.stderr.readline()):
            assert line, "it ended before it served"
        yield line[line.index("http://") :].split()[0].rstrip(".。")
    finally:
        server.terminate()
        server.communicate(timeout=20)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("curl") is None, reason="the guide is written with curl: apt-get install curl")
def test_the_guide_does_what_it_says(tmp_path: Path, shell: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> None:
    """Three processes and a server, some four seconds: what a reader types is what runs."""
    founding, serve, *asking = blocks(EN, "sh")
    assert serve == "yinji serve\n"
    script = f"set -eu\n{founding}echo KEY=$KEY\n"
    done = subprocess.run(["bash", "-c", script], cwd=tmp_path, env=shell, capture_output=True, text=True, check=True)
    key = next(line for line in done.stdout.splitlines() if line.startswith("KEY=")).removeprefix("KEY=")
    assert key.startswith("yinji_test_")
    with serving(tmp_path / "node") as address:
        script = "set -eu\n" + "echo\n".join(asking).replace(PLACE, address)
        run = subprocess.run(
            ["bash", "-c", script], cwd=tmp_path, env=shell | {"KEY": key}, capture_output=True, text=True, check=True
        )
        for said in ('"test":true', '"status":"fit"', "YJT", '"new":1', '"state":"accepted"', '"real_name":true'):
            assert said in run.stdout, run.stdout
        assert (tmp_path / "label.pdf").read_bytes().startswith(b"%PDF")
        monkeypatch.setenv("NODE", address)
        monkeypatch.setenv("KEY", key)
        (told,) = blocks(EN, "python")
        out = io.StringIO()
        with contextlib.redirect_stdout(out):
            exec(compile(told, "integrate.en.md", "exec"), {})  # noqa: S102 - the guide's own words
    refused, last = out.getvalue().splitlines()
    assert refused.startswith("209 PRINTED_BEFORE")
    assert last == "fit issued new accepted"
