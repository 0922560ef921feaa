"""The ground that every page and resource stands on: problems, headers, limits, languages, what is logged."""

from __future__ import annotations

import json
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from litestar import get
from litestar.testing import TestClient
from prometheus_client import generate_latest

from tests.web.conftest import Site
from yinji.doors.http import app as application
from yinji.doors.http.app import make_app
from yinji.doors.http.language import chosen_language
from yinji.doors.http.problems import problem_of, status_of
from yinji.doors.http.visitor import Asking, signed, unsigned
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language

CANARY = "13800004321-canary"


@get("/boom", opt=unsigned())
async def boom() -> str:
    raise ValueError(CANARY)


@get("/full", opt=unsigned())
async def full() -> str:
    raise Fault(Refusal.DISK_FULL, f"/srv/{CANARY}")


@get("/slow", opt=unsigned())
async def slow(visitor: Asking) -> str:
    await visitor.ask(lambda _: time.sleep(0.3))
    return "done"


@get("/silent")
async def silent() -> str:
    return "open by accident"


@pytest.fixture
def more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "API", [*application.API, boom, full, slow])


def asked(site: Site, **settings: Any) -> TestClient[Any]:
    house = replace(site.world.house, settings=replace(site.world.house.settings, **settings))
    return TestClient(make_app(house, log=site.app.asgi_handler._log, metrics=site.metrics), raise_server_exceptions=False)


def test_every_refusal_has_a_status_of_an_error_and_a_page_of_its_own(site: Site) -> None:
    assert {code.name: status_of(code) for code in Refusal if not 400 <= status_of(code) < 600} == {}
    problem = problem_of(Refuse(Refusal.NUMBER_UNKNOWN, "number"), Language.EN)
    assert (problem.status, problem.at) == (404, "number")
    assert (
        "no waybill" in site.browser.get(problem.type, headers={"accept-language": "en"}).text
        or problem.title in site.browser.get(problem.type, headers={"accept-language": "en"}).text
    )


def test_a_problem_speaks_the_visitors_language(site: Site) -> None:
    english = site.browser.get("/api/v1/me", headers={"accept-language": "en-GB,en;q=0.9,zh;q=0.1"})
    assert english.json()["title"] == "the request brings no API key"
    assert english.headers["content-language"] == "en"
    assert english.headers["content-type"] == "application/problem+json"
    assert site.browser.get("/api/v1/me").json()["title"] == "请求没有带接口密钥"


@pytest.mark.parametrize(
    ("cookie", "accept", "language"),
    [
        ("", "", "zh"),
        ("en", "zh", "en"),
        ("", "fr, en;q=0.5", "en"),
        ("", "en;q=0", "zh"),
        ("xx", "en;q=x,*", "zh"),
        ("", "en;q=0.3,zh-CN;q=0.8", "zh"),
    ],
)
def test_a_language_is_chosen_by_hand_then_by_the_browser_then_chinese(cookie: str, accept: str, language: str) -> None:
    assert chosen_language(cookie, accept).value == language


def test_unknown_paths_and_methods_are_problems_for_programs_and_pages_for_people(site: Site) -> None:
    assert site.browser.get("/api/v1/nothing").json()["name"] == "PATH_UNKNOWN"
    wrong = site.browser.post("/api/v1/me")
    assert (wrong.status_code, wrong.json()["name"]) == (405, "METHOD_UNFIT")
    assert "GET" in wrong.headers["allow"]
    page = site.browser.get("/nothing", headers={"accept": "text/html"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")


@pytest.mark.usefixtures("more")
def test_what_goes_wrong_inside_is_told_without_its_words_and_logged_without_them(site: Site) -> None:
    with asked(site) as client:
        answer, disk = client.get("/api/v1/boom"), client.get("/api/v1/full")
    assert (answer.status_code, answer.json()["name"]) == (500, "INTERNAL")
    assert (disk.status_code, disk.json()["name"]) == (503, "DISK_FULL")
    assert CANARY not in answer.text + disk.text
    lines = [json.loads(line) for line in site.log.getvalue().splitlines()]
    assert [each["code"] for each in lines] == ["INTERNAL", "DISK_FULL"]
    assert lines[0]["at"].startswith("ValueError test_ground.py:")


def test_neither_log_nor_metrics_hold_what_a_visitor_sent(site: Site) -> None:
    key = site.key().text.open()
    site.me(key, **{"x-request-id": CANARY, "user-agent": CANARY, "cookie": f"a={CANARY}"})
    site.browser.get(f"/problems/{CANARY}?phone={CANARY}")
    site.browser.get(f"/{CANARY}")
    site.browser.request(CANARY, "/api/v1/me")
    site.sign_in(site.opened(), secret=CANARY)
    told = site.log.getvalue() + generate_latest(site.metrics.registry).decode()
    assert CANARY not in told
    assert key not in told
    assert "/problems/{name}" in told


@pytest.mark.usefixtures("more")
def test_more_than_a_process_takes_on_is_asked_to_come_again(site: Site) -> None:
    with asked(site, serve_waiting_max=1) as client, ThreadPoolExecutor(2) as two:
        first = two.submit(client.get, "/api/v1/slow")
        time.sleep(0.1)
        second, health = client.get("/api/v1/slow"), client.get("/healthz")
        assert (second.status_code, second.json()["name"]) == (503, "NODE_CROWDED")
        assert int(second.headers["retry-after"]) >= 1
        assert "content-security-policy" in second.headers
        assert health.status_code == 200
        assert first.result().status_code == 200


@pytest.mark.usefixtures("more")
def test_what_takes_too_long_is_answered_before_it_ends(site: Site) -> None:
    with asked(site, serve_seconds=0.1) as client:
        answer = client.get("/api/v1/slow")
    assert (answer.status_code, answer.json()["name"]) == (503, "REQUEST_SLOW")


def test_every_answer_carries_the_headers_that_protect_it(site: Site) -> None:
    for path in ("/console/sign-in", "/api/v1/me", "/nothing", "/healthz", "/problems/INTERNAL"):
        headers = site.browser.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert (headers["referrer-policy"], headers["x-content-type-options"]) == ("no-referrer", "nosniff")
        assert headers["cache-control"] == "no-store"


def test_a_handler_that_does_not_say_who_may_reach_it_is_refused_at_the_start(
    site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(application, "API", [*application.API, silent])
    with pytest.raises(Misuse, match="/api/v1/silent"):
        make_app(site.world.house)
    assert signed()


def test_readiness_names_the_part_that_cannot_be_used(site: Site) -> None:
    ready = site.browser.get("/readyz")
    assert (ready.status_code, ready.json()["parts"]["keys"]) == (200, "ready")
    (site.world.home / "keys").rename(site.world.home / "elsewhere")
    time.sleep(1.01)
    gone = site.browser.get("/readyz")
    assert gone.status_code == 503
    assert gone.json()["parts"]["keys"].startswith("KEYS_")
    assert str(site.world.home) not in gone.text


def test_the_api_describes_itself(site: Site) -> None:
    described = site.browser.get("/api/v1/schema/openapi.json").json()
    assert described["openapi"] == "3.1.0"
    assert "/api/v1/me" in described["paths"]
