"""Whoever has no business here: every route there is, asked by nobody, from another site, at the wrong post, with others' ids.

Routes are read from the application: one that is added tomorrow is asked too.
"""

from __future__ import annotations

import re
import statistics
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient

from tests.simulators.node import make_world
from tests.web.conftest import Site, form_token
from yinji.access.api_keys.model import Scope
from yinji.access.model import Post
from yinji.doors.http.visitor import NEEDS
from yinji.kernel.events import Event
from yinji.kernel.ids import show_ref

COOKIE = "yinji-session"
SHORT = 6
"""Characters of an id that may stand anywhere in a page."""

ORDERS = (
    "订单号,收件人,收件人电话,收件地址,物品名称\nA1,李思远,13800001234,浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室,茶叶\n"
)


@dataclass(frozen=True)
class Ask:
    """One method of one route, with its address as the application has it."""

    method: str
    path: str
    signed: bool

    def at(self, ids: dict[str, str]) -> str:
        """The address with these ids."""
        return re.sub(r"\{(\w+):\w+\}", lambda found: ids.get(found[1], "nothing"), self.path)

    @property
    def names(self) -> list[str]:
        return re.findall(r"\{(\w+):\w+\}", self.path)


def asks(site: Site, below: str) -> list[Ask]:
    """Every method of every route below an address."""
    return [
        Ask(method, route.path_format if not route.path_components else route.path, handler.opt[NEEDS].signed)
        for route in site.app.routes
        for handler in getattr(route, "route_handlers", ())
        for method in handler.http_methods
        if route.path.startswith(below) and method != "OPTIONS" and NEEDS in handler.opt
    ]


def plain(text: str, ids: dict[str, str]) -> str:
    """An answer without what differs from request to request, and without the ids that were asked for."""
    text = re.sub(r'[0-9a-f]{64}|"request":"[0-9a-f]+"|<code>[0-9a-f]{16}</code>|\b[0-9a-f]{16}\b', "", text)
    for each in ids.values():
        text = text.replace(each, "") if len(each) > SHORT else text
    return text


def told(browser: Any, ask: Ask, ids: dict[str, str], **more: Any) -> tuple[int, str]:
    """What is answered, as it is compared."""
    answer = browser.request(ask.method, ask.at(ids), follow_redirects=False, **more)
    return answer.status_code, plain(answer.text, ids)


UNKNOWN = {
    "number": "QL10000000099985",
    "ref": "01a1fbd4-f500-7000-8000-000000000000",
    "upload": "01a1fbd4f50070008000000000000000",
    "name": "labels.pdf",
    "key": "no-such-key",
    "log": "no-such-log",
    "seq": "999999",
    "entry": "999999",
    "view": "01a1fbd4-f500-7000-8000-000000000000",
    "place": "1",
}


@pytest.fixture
def other(tmp_path: Path) -> Iterator[dict[str, str]]:
    """What another node, of another organisation, has: true ids, and none of this node's."""
    world = make_world(tmp_path / "other", settings="shards = 2\n")
    number = world.number_of("X1")
    bill = world.house.register.find(world.house.node.org, number)
    yield {**UNKNOWN, "number": number, "ref": show_ref(bill.ref)}  # type: ignore[union-attr]  # it was issued just now
    world.house.close()


def own(site: Site) -> dict[str, str]:
    """What this node has."""
    number = site.world.number_of("A1")
    bill = site.world.house.register.find(site.world.house.node.org, number)
    return {**UNKNOWN, "number": number, "ref": show_ref(bill.ref), "log": "data", "seq": "1", "entry": "1"}  # type: ignore[union-attr]  # as above


def test_without_a_key_every_operation_is_refused_alike(site: Site) -> None:
    ids = own(site)
    for ask in asks(site, "/api/v1"):
        if ask.signed:
            assert told(site.browser, ask, ids)[0] == told(site.browser, ask, UNKNOWN)[0] == 401, ask
    assert len(asks(site, "/api/v1")) > 20


def test_a_key_reaches_no_operation_beyond_its_scopes_whatever_it_names(site: Site) -> None:
    ids = own(site)
    keys = [{"authorization": f"Bearer {site.key(scope).text.open()}"} for scope in Scope]
    for ask in asks(site, "/api/v1"):
        answers = [tuple(told(site.browser, ask, some, headers=key) for some in (ids, UNKNOWN)) for key in keys]
        refused = [here == there for here, there in answers if here[0] == 403]
        assert all(refused), f"{ask} tells a key that does not reach what there is"
        assert len(refused) >= len(keys) - 2 or not ask.signed or ask.path.endswith("/me"), ask


def test_a_session_opens_no_operation_and_a_key_no_page(site: Site) -> None:
    token = site.sign_in(site.opened("clerk-1", Post.OPERATIONS)).cookies[COOKIE]
    site.browser.cookies = {COOKIE: token}
    assert site.browser.get("/api/v1/me").status_code == 401
    site.browser.cookies.clear()
    key = {"authorization": f"Bearer {site.key(*Scope).text.open()}"}
    assert site.browser.get("/console", headers=key, follow_redirects=False).status_code == 303


def test_every_page_asks_who_is_there_and_every_act_for_its_form(site: Site) -> None:
    ids = own(site)
    for ask in asks(site, "/console"):
        if ask.signed:
            status, _ = told(TestClient(site.app), ask, ids)
            assert status == (303 if ask.method == "GET" else 401), ask
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    token = form_token(site.browser.get("/console").text)
    acts = [ask for ask in asks(site, "/console") if ask.method != "GET"]
    for ask in acts:
        for headers, data in (({}, {}), ({"sec-fetch-site": "cross-site"}, {"form_token": token})):
            assert told(site.browser, ask, ids, headers=headers, data=data)[0] == 403, ask
        assert told(site.browser, ask, ids, headers={"origin": "null"}, data={"form_token": token})[0] == 403, ask
    assert len(acts) > 10
    assert site.browser.get("/console").status_code == 200, "and nothing was done: the session is still there"


@pytest.mark.parametrize("post", list(Post))
def test_an_id_of_somebody_else_is_answered_as_one_that_nobody_has(site: Site, other: dict[str, str], post: Post) -> None:
    site.sign_in(site.opened("somebody", post))
    token = form_token(site.browser.get("/console").text)
    for ask in asks(site, "/console"):
        if ask.names:
            data = {"data": {"form_token": token}} if ask.method != "GET" else {}
            theirs, nobodys = (told(site.browser, ask, ids, **data) for ids in (other, UNKNOWN))
            assert theirs == nobodys, ask
            assert theirs[0] in {303, 400, 403, 404, 422}, (ask, theirs[0])


def test_a_courier_cannot_tell_by_an_answer_which_waybills_there_are(site: Site) -> None:
    ids = own(site)
    site.sign_in(site.opened("courier-1", Post.COURIER))
    token = form_token(site.browser.get("/console").text)
    for ask in asks(site, "/console"):
        if {"ref", "number", "upload"} & set(ask.names):
            data = {"data": {"form_token": token, "reason": "other"}} if ask.method != "GET" else {}
            assert told(site.browser, ask, ids, **data) == told(site.browser, ask, UNKNOWN, **data), ask


def test_an_upload_of_a_colleague_is_as_unknown_as_any(site: Site) -> None:
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    token = form_token(site.browser.get("/console/issue").text)
    files = {"orders": ("a.csv", ORDERS.encode(), "text/csv")}
    begun = site.browser.post("/console/issue/file", data={"form_token": token}, files=files, follow_redirects=False)
    ids = {**UNKNOWN, "upload": begun.headers["location"].rpartition("/")[2]}
    site.browser.cookies.clear()
    site.sign_in(site.opened("clerk-2", Post.OPERATIONS))
    token = form_token(site.browser.get("/console/issue").text)
    asked = [ask for ask in asks(site, "/console") if "upload" in ask.names]
    for ask in asked:
        data = {"data": {"form_token": token}} if ask.method != "GET" else {}
        assert told(site.browser, ask, ids, **data) == told(site.browser, ask, UNKNOWN, **data), ask
        assert told(site.browser, ask, ids, **data)[0] == 404, ask
    assert len(asked) > 6


def test_no_page_is_kept_by_anybody_and_none_may_be_framed(site: Site) -> None:
    ids = own(site)
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    for ask in asks(site, "/console"):
        if ask.method == "GET":
            headers = site.browser.get(ask.at(ids), follow_redirects=False).headers
            assert headers["cache-control"] == "no-store", ask
            assert (headers["x-frame-options"], headers["referrer-policy"]) == ("DENY", "no-referrer"), ask


def test_neither_host_nor_method_is_what_a_header_says(site: Site) -> None:
    evil = {
        "host": "evil.example",
        "x-forwarded-host": "evil.example",
        "x-original-url": "/api/v1/me",
        "forwarded": "host=evil.example",
    }
    led = site.browser.get("/console", headers=evil, follow_redirects=False)
    assert led.headers["location"] == "/console/sign-in?next=/console"
    shown = site.browser.get("/console/sign-in", headers=evil)
    assert "evil.example" not in shown.text + str(shown.headers)
    for name in ("x-http-method-override", "x-http-method", "x-method-override"):
        assert site.browser.get("/console/sign-in", headers={name: "DELETE"}).status_code == 200
        assert site.browser.get("/console/sign-in?_method=POST", headers={name: "POST"}).status_code == 200


TRAPS = [
    "//evil.example", "/\\evil.example", "https:evil.example", "/console//evil.example/%2e%2e", "/console/../..//evil.example",
    "/console/\r\nset-cookie:x", "javascript:alert(1)", "/console/%0d%0aset-cookie", "/console/。evil", "/consoleevil.example/",
]  # fmt: skip


@pytest.mark.parametrize("trap", TRAPS)
def test_nobody_is_led_out_of_the_console(site: Site, trap: str) -> None:
    shown = site.browser.get("/console/sign-in", params={"next": trap})
    found = re.search(r'name="next" value="([^"]*)"', shown.text)
    led = site.sign_in(site.opened(), next=trap).headers["location"]
    for where in (led, found[1] if found else "/console"):
        assert re.fullmatch(r"/console(/[\w./-]*)?", where, re.ASCII), where
    assert "set-cookie:x" not in str(shown.headers).lower()


def test_signing_out_twice_at_once_ends_a_session_once(site: Site) -> None:
    token = site.sign_in(site.opened()).cookies[COOKIE]
    form = form_token(site.browser.get("/console").text)

    def leave(_: int) -> int:
        browser = TestClient(site.app, cookies={COOKIE: token})  # the application goes on without it
        return browser.post("/console/sign-out", data={"form_token": form}, follow_redirects=False).status_code

    with ThreadPoolExecutor(4) as four:
        statuses = list(four.map(leave, range(4)))
    assert set(statuses) <= {303, 401, 403}
    assert 303 in statuses
    said = [each.recorded.entry.event for each in site.world.house.ledger.entries(site.world.house.data, limit=1_000)]
    assert said.count(Event.SESSION_ENDED) == 1


def test_an_unknown_account_takes_as_long_as_a_known_one_and_is_told_the_same(site: Site) -> None:
    """Sixteen hashes, a second: what a stopwatch at the door could learn."""
    site.opened("officer-1")
    closed = site.opened("clerk-9", Post.OPERATIONS)
    site.world.house.accounts.close("clerk-9", actor=site.world.house.actor)
    took: dict[str, list[float]] = {"officer-1": [], "nobody-1": [], "clerk-9": [], "\0": []}
    pages = set()
    for _ in range(4):
        for code, seconds in took.items():
            form = form_token(site.browser.get("/console/sign-in").text)
            begun = time.perf_counter()
            answer = site.browser.post("/console/sign-in", data={"form_token": form, "account": code, "secret": "wrong"})
            seconds.append(time.perf_counter() - begun)
            pages.add((answer.status_code, plain(answer.text, {"account": code})))
    assert len(pages) == 1, "what is said differs"
    middle = {code: statistics.median(seconds) for code, seconds in took.items()}
    assert max(middle.values()) < 4 * min(middle.values()), middle
    assert site.sign_in(closed).status_code == 401, "nobody learns at the door which accounts there were"
