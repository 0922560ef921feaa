"""Orders over the API: an answer for each, after the commit; a retry is the same waybill; nobody shows in what is said."""

from __future__ import annotations

import asyncio
import io
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar.testing import TestClient

from tests.leaks.canary import ADDRESS, NAME, PHONE, leaks_in
from tests.simulators.node import LI, ZHAO
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.doors.http.api import grouping
from yinji.doors.http.api.orders_model import ORDERS_MAX
from yinji.doors.http.app import make_app
from yinji.doors.http.observing import Metrics, make_log
from yinji.flows.reconcile_batches import reconcile_batches

Json = dict[str, Any]


def order(number: str, person: tuple[str, str, str] = LI, **more: Any) -> Json:
    name, phone, address = person
    recipient = {"name": name, "phone": phone, "address": address}
    return {"number": number, "recipient": recipient, "contents": "茶叶礼盒", "ordered": "2026-11-20", **more}


@pytest.fixture
def shop(site: Site) -> Shop:
    return Shop(site, site.key(Scope.WAYBILLS_ISSUE, Scope.WAYBILLS_READ).text.open())


class Shop:
    """A program that sends orders."""

    def __init__(self, site: Site, key: str) -> None:
        self.site = site
        self.headers = {"authorization": f"Bearer {key}", "accept-language": "en"}

    def post(self, *orders: Any, path: str = "/waybills", merchant: str = "M", **more: Any) -> Any:
        body = {"merchant": merchant, "orders": list(orders)}
        return self.site.browser.post(f"/api/v1{path}", json=body, headers=self.headers, **more)

    def told(self, *orders: Any, **more: Any) -> list[Json]:
        answer = self.post(*orders, **more)
        assert answer.status_code == 200, answer.text
        told: list[Json] = answer.json()["orders"]
        return told


def test_each_order_is_answered_and_a_bad_one_keeps_no_other_back(shop: Shop) -> None:
    bad = order("B-2", (LI[0], "123", LI[2]))
    worse = order("B-3") | {"pieces": 0}
    worst = order("B-4") | {"recipient": {"phone": 13800001234}}
    many = order("B-5", ZHAO, packages=3, sorting={"code": "020-A12-03"}, carriage={"weight": 1_500})
    told = shop.told(order("B-1"), bad, worse, worst, many, "no order")
    assert [each["status"] for each in told] == ["issued", "refused", "refused", "refused", "issued", "refused"]
    assert [each["order"] for each in told] == ["B-1", "B-2", "B-3", "B-4", "B-5", ""]
    assert [(each["problems"][0]["name"], each["problems"][0]["at"]) for each in told[1:4]] == [
        ("PHONE_IMPOSSIBLE", "recipient.phone"),
        ("QUANTITY_MALFORMED", "pieces"),
        ("BODY_UNREADABLE", "recipient.phone"),
    ]
    assert all(problem["remedy"] for each in told for problem in each.get("problems", ()))
    assert len({told[4]["number"], *told[4]["subs"]}) == 3


def test_an_order_that_is_empty_names_everything_it_wants(shop: Shop) -> None:
    (told,) = shop.told({"recipient": {}, "ordered": "1999-01-01"})
    assert {(each["name"], each["at"]) for each in told["problems"]} == {
        ("ORDER_NUMBER_MISSING", "number"),
        ("CONTENTS_MISSING", "contents"),
        ("DATE_MALFORMED", "ordered"),
    }
    (told,) = shop.told({"number": "E-1", "recipient": {}, "contents": "书"})
    assert {each["name"] for each in told["problems"]} == {"NAME_MISSING", "PHONE_MISSING", "ADDRESS_MISSING"}


def test_the_same_order_is_the_same_number_and_a_changed_one_is_refused(shop: Shop) -> None:
    (first,) = shop.told(order("R-1"))
    again = shop.told(order("R-1"), order("R-2"), order("R-1"))
    assert [each["status"] for each in again] == ["known", "issued", "known"]
    assert again[0]["number"] == again[2]["number"] == first["number"]
    (changed,) = shop.told(order("R-1", ZHAO))
    assert (changed["status"], changed["problems"][0]["name"]) == ("refused", "ORDER_CHANGED")
    assert shop.told(order("R-1"), merchant="OTHER")[0]["number"] != first["number"]


def test_a_dry_run_says_what_would_be_refused_and_takes_no_number(shop: Shop) -> None:
    before = shop.site.world.house.register.audit(shop.site.world.house.node.org)
    told = shop.told(order("D-1"), order("D-2", (LI[0], LI[1], "某处")), path="/waybills?dry_run=true")
    assert [each["status"] for each in told] == ["fit", "refused"]
    assert shop.site.world.house.register.audit(shop.site.world.house.node.org) == before


def test_a_test_key_gets_numbers_that_never_ship(site: Site) -> None:
    trial, shop = (
        Shop(site, site.key(Scope.WAYBILLS_ISSUE, test=True).text.open()),
        Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open()),
    )
    answer = trial.post(order("T-1")).json()
    assert answer["specimen"] is True
    number = answer["orders"][0]["number"]
    real = shop.post(order("T-1")).json()
    assert (real["specimen"], real["orders"][0]["status"]) == (False, "issued")
    assert real["orders"][0]["number"] != number
    bill = site.world.house.register.find(site.world.house.node.org, number)
    assert bill.specimen  # type: ignore[union-attr]  # a refusal would have none


@pytest.mark.parametrize(
    ("body", "at"),
    [
        (b"{", ""),
        (b"[]", ""),
        (b'{"orders": []}', "orders"),
        (b'{"orders": 1}', "orders"),
        (b'{"merchant": 1, "orders": [{}]}', "merchant"),
    ],
)
def test_a_body_that_is_no_request_is_refused_whole(shop: Shop, body: bytes, at: str) -> None:
    answer = shop.site.browser.post("/api/v1/waybills", content=body, headers=shop.headers)
    assert (answer.status_code, answer.json()["name"], answer.json().get("at", "")) == (400, "BODY_UNREADABLE", at)


def test_too_many_orders_and_a_wrong_merchant_are_refused_whole(shop: Shop) -> None:
    assert shop.post(*[{}] * (ORDERS_MAX + 1)).json()["at"] == "orders"
    assert shop.post(order("M-1"), merchant="张三的店").json()["name"] == "MERCHANT_MALFORMED"


def test_a_key_for_reading_issues_nothing(site: Site) -> None:
    reader = Shop(site, site.key(Scope.WAYBILLS_READ).text.open())
    assert reader.post(order("K-1")).json()["name"] == "API_KEY_NARROW"


def test_the_form_for_a_platform_names_numbers_of_orders_handed_in(shop: Shop) -> None:
    (told,) = shop.told(order("S-1"))
    answer = shop.post(order("S-1"), order("S-2", (LI[0], "1", LI[2])), path="/shipped")
    assert answer.headers["content-type"].startswith("text/csv")
    lines = answer.text.removeprefix("\ufeff").split("\r\n")
    assert lines[1:] == [f"S-1,青鸾快递,{told['number']}", ""]
    assert shop.post(order("S-1"), path="/shipped?preset=nobody").json()["name"] == "PRESET_UNKNOWN"


def test_thirty_two_programs_at_once_get_thirty_two_numbers(site: Site) -> None:
    """Two of each order, sent together: every order is issued once, and the register and the evidence agree."""
    shop = Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open())
    with ThreadPoolExecutor(32) as pool:
        told = [each[0] for each in pool.map(lambda n: shop.told(order(f"C-{n % 16}")), range(32))]
    assert sorted(each["status"] for each in told) == ["issued"] * 16 + ["known"] * 16
    assert len({(each["order"], each["number"]) for each in told}) == 16
    house = site.world.house
    assert house.register.audit(house.node.org) == (16, 16)
    assert reconcile_batches(house).holds


def test_requests_that_come_together_share_a_commit(site: Site) -> None:
    shop = Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open())
    with ThreadPoolExecutor(16) as pool:
        list(pool.map(lambda n: shop.told(order(f"G-{n}")), range(16)))
    bills = [
        site.world.house.register.find(site.world.house.node.org, shop.told(order(f"G-{n}"))[0]["number"]) for n in range(16)
    ]
    assert len({bill.batch for bill in bills}) < 16  # type: ignore[union-attr]  # all were issued


def test_a_full_queue_sends_programs_away_for_a_while(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(grouping, "WAITING_MAX", 0)
    answer = Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open()).post(order("F-1"))
    assert (answer.status_code, answer.json()["name"], answer.headers["retry-after"]) == (503, "NODE_CROWDED", "1")


def test_what_stops_a_group_is_answered_to_everyone_in_it(site: Site) -> None:
    house = site.world.house
    shop = Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open())
    log = io.StringIO()
    broken = replace(house, settings=replace(house.settings, sorting_table="/nowhere"))
    with TestClient(make_app(broken, log=make_log(log), metrics=Metrics())) as browser, ThreadPoolExecutor(4) as pool:
        sent = [{"orders": [order(f"X-{n}")]} for n in range(4)]
        answers = pool.map(lambda body: browser.post("/api/v1/waybills", json=body, headers=shop.headers), sent)
        told = [answer.json()["name"] for answer in answers]
    assert told == ["FILE_MISSING"] * 4


def test_nobody_shows_in_answers_logs_or_traces(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    shop = Shop(site, site.key(Scope.WAYBILLS_ISSUE).text.open())
    person = (NAME, PHONE, ADDRESS)
    sent = [
        order("L-1", person),
        order("L-2", person, remark=f"请联系{NAME}{PHONE}"),
        order("L-3", (NAME, PHONE[:-1], ADDRESS)),
        order("L-4", (NAME, PHONE, "不知道 " + ADDRESS[-9:])),
        order("L-5", person) | {"pieces": NAME},
        order("L-6", person) | {"recipient": {"name": [NAME], "phone": PHONE, "kind": PHONE}},
        order("L-7", (NAME + "\u200b", PHONE, ADDRESS)),
        order("L-8", (NAME * 200, PHONE, ADDRESS)),
    ]
    answers = [shop.post(*sent), *(shop.post(each) for each in sent), shop.post(*sent, path="/waybills?dry_run=true")]
    answers.append(shop.site.browser.post("/api/v1/waybills", content=f'{{"orders": ["{NAME}'.encode(), headers=shop.headers))
    said = [answer.content for answer in answers] + [repr(dict(answer.headers)).encode() for answer in answers]
    assert leaks_in(b"".join(said)) == []
    assert leaks_in(site.log.getvalue().encode() + caplog.text.encode()) == []


@given(st.lists(st.sampled_from("abc"), max_size=20), st.integers(1, 5))
def test_a_group_has_each_order_once_and_leaves_the_rest_in_their_order(numbers: list[str], most: int) -> None:
    async def groups() -> list[list[str]]:
        loop = asyncio.get_running_loop()
        queue = grouping.deque(
            grouping._Waiting(_Numbered(number, at), loop.create_future()) for at, number in enumerate(numbers)
        )  # type: ignore[arg-type]  # its number is all that is read
        told = []
        while queue:
            told.append([(each.order.number, each.order.line) for each in grouping._next_group(queue, most)])
        return told  # type: ignore[return-value]  # as above

    told = asyncio.run(groups())
    assert sorted(line for group in told for _, line in group) == list(range(len(numbers)))
    for group in told:
        assert len({number for number, _ in group}) == len(group) <= most
    for letter in "abc":
        lines = [line for group in told for number, line in group if number == letter]
        assert lines == sorted(lines)


class _Numbered:
    def __init__(self, number: str, line: int) -> None:
        self.number, self.line = number, line


def test_the_short_way_and_the_frameworks_way_answer_alike(shop: Shop) -> None:
    shop.told(order("H-0"))  # the key is known from here on
    broken = {"orders": []}
    for body in ({"merchant": "M", "orders": [order("H-1"), order("H-2", (LI[0], "1", LI[2]))]}, broken):
        ask = shop.site.browser.post
        short = ask("/api/v1/waybills", json=body, headers=shop.headers)
        short = ask("/api/v1/waybills", json=body, headers=shop.headers)  # known by now, whichever way
        routed = ask("/api/v1/waybills?dry_run=false", json=body, headers=shop.headers)
        told = [{name: value for name, value in each.json().items() if name != "request"} for each in (short, routed)]
        assert (short.status_code, told[0]) == (routed.status_code, told[1])
        assert short.headers["content-type"] == routed.headers["content-type"]
        assert short.headers["x-content-type-options"] == routed.headers["x-content-type-options"]
    lines = [line for line in shop.site.log.getvalue().splitlines() if '"route":"/api/v1/waybills"' in line]
    assert len(lines) == 7
    assert all('"account"' in line for line in lines)
