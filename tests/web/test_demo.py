"""The demonstration: an invented node with accounts to sign in with, and its console on this machine."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import httpx

from tests.simulators.node import World
from tests.web.conftest import form_token
from tests.web.test_server import PROGRAM
from yinji.doors.cli.context import Door, Rooms
from yinji.doors.cli.demo_console import open_accounts
from yinji.doors.cli.speak import Voice
from yinji.flows.sign_in import sign_in
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.said import Language
from yinji.main import found, ground, open_house, upgrade

ORDERS = (
    "订单号,收件人,收件人电话,收件地址,物品名称\nA1,李思远,13800001234,浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室,茶叶\n"
)


def door_to(home: Path) -> Door:

    return Door(home, Voice(Language.EN), Rooms(open_house, found, upgrade, ground))


def test_a_demonstration_run_again_knows_its_accounts(world: World, tmp_path: Path) -> None:
    told = open_accounts(door_to(world.home), world.house, tmp_path)
    assert [(code, post) for code, post, _ in told] == [
        ("yunying", "operations"),
        ("kuaidi", "courier"),
        ("hezuo", "partner"),
        ("jianguan", "authority"),
        ("hegui", "compliance"),
    ]
    assert open_accounts(door_to(world.home), world.house, tmp_path) == told
    assert oct((tmp_path / "accounts.txt").stat().st_mode & 0o777) == "0o600"
    for code, _, secret in told:
        assert not isinstance(sign_in(world.house, code, Private(secret)), Refuse)


def _first_answer(client: httpx.Client) -> httpx.Response:
    for _ in range(100):
        try:
            return client.get("/console/sign-in")
        except httpx.TransportError:
            time.sleep(0.05)
    raise AssertionError("it never answered")


def test_the_demonstration_serves_its_console_until_it_is_stopped(tmp_path: Path) -> None:
    """A real process, some three seconds: nothing else shows that `make demo` ends with a page to open."""
    (tmp_path / "orders.csv").write_text(ORDERS, encoding="utf-8")
    folder = tmp_path / "demo"
    command = [
        sys.executable,
        "-c",
        PROGRAM,
        "demo",
        "--orders",
        str(tmp_path / "orders.csv"),
        "--folder",
        str(folder),
        "--serve",
    ]
    # Its own port is anybody's on a machine that tests: any other does.
    environment = {**os.environ, "YINJI_LANGUAGE": "en", "YINJI_SERVE_PORT": "0"}
    demo = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    try:
        assert demo.stderr is not None
        while not (serving := re.search(r"serving at (http://127\.0\.0\.1:\d+)", line := demo.stderr.readline())):
            assert line, "it ended before it served"
        code, _, secret = (folder / "accounts.txt").read_text(encoding="utf-8").splitlines()[0].split()
        with httpx.Client(base_url=serving[1], follow_redirects=True, transport=httpx.HTTPTransport(retries=3)) as client:
            shown = _first_answer(client)
            page = client.post(
                "/console/sign-in", data={"form_token": form_token(shown.text), "account": code, "secret": secret}
            )
            assert page.status_code == 200
            assert "yunying" in page.text
        demo.send_signal(signal.SIGTERM)
        assert demo.wait(timeout=20) == 0
    finally:
        demo.kill()
        if demo.stderr is not None:
            demo.stderr.close()
    assert (folder / "labels.pdf").stat().st_size > 0
