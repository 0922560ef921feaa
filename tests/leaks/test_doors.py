"""A canary goes in by every door of a server that runs, and through its mistakes; then all that is left anywhere is searched for it.

Where it may be: in the answer that shows it, and for a while, for its uploader alone, in the upload itself (decision 0032).
"""

from __future__ import annotations

import http.client
import os
import re
import signal
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest

from tests.leaks.canary import ADDRESS, NAME, PHONE, ROOM, leaks_in, leaks_in_file
from tests.simulators.clock import StandingClock
from tests.simulators.command import ENTRY, yinji
from tests.simulators.node import make_world
from tests.simulators.processes import Ended, begin
from tests.simulators.serving import HOST, Client, free_port, key_of
from yinji.access.accounts.service import Opened
from yinji.access.model import Post
from yinji.flows.clear_uploads import clear_uploads
from yinji.kernel.clock import BEIJING
from yinji.main import open_house

pytestmark = pytest.mark.xdist_group("canary-doors")

FAILING = """
import os
import yinji.vault.sealer as sealer
sealed = sealer.Sealer.seal
def seal(self, *given, **named):
    if os.path.exists(os.environ["FAIL"]):
        raise ValueError(os.environ["CANARY"] + repr(given) + repr(named))
    return sealed(self, *given, **named)
sealer.Sealer.seal = seal
"""
"""A mistake as careless as can be: its message quotes a person."""

RECIPIENT = {"name": NAME, "phone": PHONE, "address": ADDRESS}
HEADINGS = "订单号,收件人,收件人电话,收件地址,物品名称,备注\n"
GOOD = f"U1,{NAME},{PHONE},{ADDRESS},茶叶礼盒,送到{ROOM}给{NAME}\n"
BAD = f"U2,{NAME},{PHONE[:-1]},{ADDRESS},茶叶礼盒,\n"
WORSE = f"U3,{NAME},{PHONE},{ADDRESS},,{NAME}{PHONE}\n"
OPEN_FOR_A_WHILE = {"orders", "mends.json", "errors.csv"}
"""Files of an upload that hold its rows, for whoever handed them in."""


@dataclass
class Visit:
    """What a server was asked, and what it and its node have to show for it."""

    home: Path
    temporary: Path
    ended: Ended
    metrics: str
    shown: str
    answers: list[tuple[str, bytes]] = field(default_factory=list)


def order(number: str, **more: Any) -> dict[str, Any]:
    return {"number": number, "contents": "茶叶礼盒", "recipient": RECIPIENT, **more}


def by_api(port: int, key: str, fail: Path) -> list[tuple[str, bytes]]:
    """Everything that a program may say about a person, right and wrong; every answer."""
    client = Client(port, key)
    told: list[tuple[str, bytes]] = []

    def ask(method: str, path: str, body: Any = None, **headers: str) -> Any:
        answer = client.ask(method, path, body, **headers)
        told.append((f"{method} {path[:40]} {answer.status}", answer.body))
        return answer

    issued = ask("POST", "/api/v1/waybills", {"orders": [order("A1", remark=f"给{NAME}，{PHONE}，{ROOM}")]})
    number = issued.told["orders"][0]["number"]
    wrong = {"phone": PHONE[:-1]}, {"name": f"{NAME}\u202e"}, {"address": ADDRESS * 20}, {"kind": NAME}, {"phone": [PHONE]}
    orders = [order(f"B{at}", recipient=RECIPIENT | each) for at, each in enumerate(wrong)]
    for path in ("/api/v1/waybills", "/api/v1/waybills?dry_run=true", "/api/v1/shipped"):
        ask(
            "POST",
            path,
            {"orders": [*orders, order("B9", pieces=NAME), order("B8", ordered=PHONE), order("B7", sorting={"code": NAME})]},
        )
        ask("POST", path, {"merchant": NAME, "orders": [order("C1")]})
        ask("POST", path, f'{{"orders":[{{"number":"{NAME}","recipient":{{"name":"{NAME}","phone":"{PHONE}"'.encode())
    for what in (
        {"phone": PHONE, "name": NAME},
        {"order": PHONE, "merchant": NAME},
        {"last_four": PHONE},
        {"phone": NAME},
        {"days": PHONE},
    ):
        ask("POST", "/api/v1/waybills/search", {"purpose": "solve", **what})
    ask("POST", "/api/v1/waybills/search", {"purpose": NAME, "phone": PHONE})
    ask("POST", "/api/v1/labels", {"numbers": [number]})
    ask("POST", "/api/v1/labels", {"numbers": [number], "size": NAME, "again": PHONE})
    for path in ("waybills/", "waybills?cursor=", "numbers/reservations/", "proofs/", "nothing/", "waybills?since="):
        with suppress(http.client.InvalidURL):
            ask("GET", f"/api/v1/{path}{PHONE}", **{"x-request-id": PHONE, "user-agent": PHONE, "idempotency-key": PHONE})
    event = {"number": number, "scan": "sorted", "at": "2026-11-22T09:00:00+08:00", "place": "HUB-1", "id": PHONE}
    ask("POST", "/api/v1/events", {"events": [event, event | {"place": NAME}, event | {"at": PHONE, "place": ""}]})
    fail.touch()
    ask("POST", "/api/v1/waybills", {"orders": [order("F1")]})
    ask("POST", "/api/v1/waybills", {"orders": [order("F2"), order("F3")]})
    fail.unlink()
    client.close()
    return told


def by_console(base: str, opened: Opened) -> str:
    """Everything that a person does at a desk; what the one reveal showed."""
    with httpx.Client(base_url=base, timeout=30) as browser:

        def post(path: str, shown: str, **data: str) -> httpx.Response:
            token = re.search(r'name="form_token" value="([0-9a-f]+)"', browser.get(shown).text)
            assert token
            return browser.post(path, data={"form_token": token[1], **data})

        post("/console/sign-in", "/console/sign-in", account=NAME, secret=PHONE, next=f"/console/{PHONE}")
        begun = post("/console/sign-in", "/console/sign-in", account=opened.named.account.code, secret=opened.secret.open())
        assert begun.status_code == 303
        token = re.search(r'name="form_token" value="([0-9a-f]+)"', browser.get("/console/issue").text)
        assert token
        files = {"orders": (f"{PHONE}{ROOM}.csv", (HEADINGS + GOOD + BAD + WORSE).encode(), "text/csv")}
        browser.post("/console/issue/file", data={"form_token": token[1], "merchant": NAME}, files=files)
        taken = browser.post("/console/issue/file", data={"form_token": token[1]}, files=files)
        href = taken.headers["location"]
        page = browser.get(href).text
        cell = re.search(r'name="(cell-3-\d+)"', page)
        assert cell, page
        post(f"{href}/mend", href, **{cell[1]: PHONE[:-2]})
        post(f"{href}/start", href)
        for name in ("labels.pdf", "errors.csv", "shipped.csv", "report.json"):
            browser.get(f"{href}/results/{name}")
        waiting = browser.post(
            "/console/issue/file",
            data={"form_token": token[1]},
            files={"orders": ("w.csv", (HEADINGS + BAD).encode(), "text/csv")},
        )
        assert waiting.status_code == 303
        for by, text in (("phone", PHONE), ("order", NAME), ("last-four", PHONE), ("number", NAME), (NAME, PHONE)):
            post("/console/waybills/search", "/console/waybills", by=by, text=text, purpose="solve", merchant=NAME)
        post("/console/delivery", "/console/delivery", number=PHONE)
        browser.get("/console/waybills", params={"outlet": PHONE, "first": NAME})
        found = re.search(r'href="(/console/waybills/[0-9a-f-]{36})"', browser.get("/console/waybills").text)
        assert found
        return post(f"{found[1]}/reveal", found[1], party="recipient", view="all", purpose="solve").text


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Visit:
    """A server of its own process, some three seconds, asked everything and stopped; evidence exported afterwards."""
    folder = tmp_path_factory.mktemp("doors")
    temporary, port, metrics_port = folder / "temporary", free_port(), free_port()
    temporary.mkdir()
    settings = f'metrics_host = "{HOST}"\nmetrics_port = {metrics_port}\nserve_port = {port}\n'
    made = make_world(folder / "node", settings=settings)
    opened = made.house.accounts.open("clerk-1", Post.OPERATIONS, actor=made.house.actor)
    assert isinstance(opened, Opened)
    made.house.close()
    key = key_of(made.home)
    own = {"TMPDIR": str(temporary), "FAIL": str(folder / "fail"), "CANARY": NAME + PHONE + ADDRESS}
    process = begin(FAILING + ENTRY, "--home", str(made.home), "serve", env=own)
    try:
        with closing(Client(port)) as asker:
            assert asker.insist("GET", "/healthz").status == 200
        answers = by_api(port, key, folder / "fail")
        shown = by_console(f"http://{HOST}:{port}", opened)
        metrics = httpx.get(f"http://{HOST}:{metrics_port}/metrics").text
    finally:
        os.kill(process.pid, signal.SIGTERM)
        ended = process.end(patience_seconds=30)
    exported = yinji(made.home, "ledger", "export", str(folder / "node" / "evidence"))
    assert exported.code == 0, exported.said
    return Visit(made.home, temporary, ended, metrics, shown, answers)


def test_the_canary_came_in_and_is_shown_once_for_a_purpose(visit: Visit) -> None:
    assert visit.ended.code == 0, visit.ended.said
    assert all(text in visit.shown for text in (NAME, PHONE))
    statuses = {name.rpartition(" ")[2] for name, _ in visit.answers}
    assert {"200", "400", "404", "422", "500"} <= statuses


def test_no_answer_to_a_program_holds_the_canary(visit: Visit) -> None:
    """What it named itself, a reservation's key or an event's number, is its own to hear again; a person is not."""
    echoes = {f"GET /api/v1/numbers/reservations/{PHONE}"[:44]}
    found = {name: leaks for name, body in visit.answers if (leaks := leaks_in(body)) and name.rpartition(" ")[0] not in echoes}
    assert found == {}


def test_neither_log_nor_metrics_hold_the_canary_even_of_a_mistake_that_quotes_it(visit: Visit) -> None:
    assert len(re.findall(r'"code": ?"INTERNAL"', visit.ended.said)) >= 2
    assert "ValueError" in visit.ended.said, "the kind of the mistake and its place are told"
    assert leaks_in(visit.ended.said.encode()) == []
    assert "yinji_http_requests" in visit.metrics
    assert leaks_in(visit.metrics.encode()) == []


def test_no_file_holds_the_canary_but_an_upload_for_its_uploader(visit: Visit) -> None:
    files = [path for place in (visit.home, visit.temporary) for path in place.rglob("*") if path.is_file()]
    assert {"data.db", "disclosures.db", "labels.pdf", "report.json", "shipped.csv"} <= {path.name for path in files}
    assert any("evidence" in path.parts for path in files)
    found = {path: leaks for path in files if (leaks := leaks_in_file(path))}
    assert {path.name for path in found} <= OPEN_FOR_A_WHILE, found
    assert all(path.relative_to(visit.home).parts[0] == "uploads" for path in found)
    assert {path.stat().st_mode & 0o777 for path in found} == {0o600}
    assert list(visit.temporary.iterdir()) == []


def test_when_the_time_of_uploads_is_over_no_file_holds_it_at_all(visit: Visit) -> None:
    clock = StandingClock(datetime.now(BEIJING).isoformat())
    for days, left in ((2, {"errors.csv"}), (60, set())):
        clock.pass_days(days)
        house = open_house(visit.home, clock=clock)
        clear_uploads(house)
        house.close()
        found = {path.name for path in visit.home.rglob("*") if path.is_file() and leaks_in_file(path)}
        assert found <= left
