"""Thirty-two programs ask one server at once, on either engine; afterwards every number, row and count is what was answered."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from tests.simulators.node import make_world
from tests.simulators.serving import Client, at_once, key_of, serving

from yinji.db import Database
from yinji.flows.reconcile_batches import reconcile_batches
from yinji.flows.tell_numbers import reconcile_numbers
from yinji.flows.verify_evidence import verify_evidence
from yinji.main import open_house

CLIENTS = 32
SECONDS = 3.0
CONTESTED = 40
"""Orders that every client sends, at about the same time."""

PLENTY = "QL:1000000000000-1000009999999"


@pytest.fixture
def home(database_factory: Callable[..., Database], tmp_path: Path) -> Path:
    """A node without a process; two processes serve it on PostgreSQL."""
    url = database_factory(tables=False).url
    sqlite = url.get_backend_name() == "sqlite"
    own = "" if sqlite else f'database_url = "{url.render_as_string(hide_password=False)}"\nserve_workers = 2\n'
    made = make_world(tmp_path / "node", settings=f"{own}shards = 2\n", number_range=PLENTY)
    made.house.close()
    return made.home


def order(number: str) -> dict[str, Any]:
    """An order as a program sends it, to an invented person."""
    person = {"name": "孙若谷", "phone": "13900002468", "address": "浙江省杭州市西湖区望云路8号听雨轩3幢2单元501室"}
    return {"number": number, "contents": "茶叶礼盒", "recipient": person}


@dataclass
class Told:
    """What all clients were answered."""

    numbers: dict[str, set[str]] = field(default_factory=dict)
    voided: set[str] = field(default_factory=set)
    spent: set[str] = field(default_factory=set)
    papers: Counter[str] = field(default_factory=Counter)
    reserved: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)

    def hear(self, orders: list[dict[str, Any]]) -> list[str]:
        """Remember what became of orders; return the numbers. An order whose number was voided is refused, and has no other."""
        for each in orders:
            if each["status"] == "refused":
                assert [one["name"] for one in each["problems"]] == ["WAYBILL_VOIDED"], each
                self.spent.add(each["order"])
            else:
                self.numbers.setdefault(each["order"], set()).add(each["number"])
        return [each["number"] for each in orders if each["status"] != "refused"]


class Program:
    """One client: issues, asks again, prints, voids, reserves, confirms, in an order of its own."""

    def __init__(self, at: int, port: int, key: str, told: Told) -> None:
        self.at, self.told = at, told
        self.client = Client(port, key)
        self.chance = random.Random(at)  # noqa: S311 - what to do next, no secret
        self.made: list[str] = []
        self.counted = 0

    def work(self) -> None:
        until = time.monotonic() + SECONDS
        deeds = (self.one, self.one, self.several, self.again, self.contested, self.void, self.print, self.report, self.reserve)
        try:
            while time.monotonic() < until:
                self.chance.choice(deeds)()
        finally:
            self.client.close()

    def ask(self, method: str, path: str, body: Any = None, *fine: int) -> Any:
        answer = self.client.ask(method, path, body)
        self.told.statuses[answer.status] += 1
        if answer.status == 503:  # it may be crowded, and says when to come again
            assert int(answer.headers["retry-after"]) >= 1
            return None
        assert answer.status in (fine or (200,)), (path, answer.status, answer.body)
        return answer.told if answer.status == 200 and answer.body[:1] == b"{" else answer

    def issue(self, *orders: str) -> None:
        told = self.ask("POST", "/api/v1/waybills", {"orders": [order(each) for each in orders]})
        if told is not None:
            self.made += self.told.hear(told["orders"])

    def fresh(self) -> str:
        self.counted += 1
        return f"O-{self.at}-{self.counted}"

    def one(self) -> None:
        self.issue(self.fresh())

    def several(self) -> None:
        self.issue(*(self.fresh() for _ in range(5)))

    def again(self) -> None:
        if self.counted:
            self.issue(f"O-{self.at}-{self.chance.randint(1, self.counted)}")

    def contested(self) -> None:
        self.issue(f"S-{self.chance.randrange(CONTESTED)}")

    def own(self) -> str:
        own = [each for each in self.made if each not in self.told.voided]
        return self.chance.choice(own) if own else ""

    def void(self) -> None:
        """Void a number of its own; another may have printed what both of them issued: that is no fault."""
        if number := self.own():
            told = self.ask("POST", f"/api/v1/waybills/{number}/void", {"reason": "other"}, 200, 409)
            if isinstance(told, dict):
                assert told["state"] == "voided"
                self.told.voided.add(number)

    def print(self) -> None:
        if number := self.own():
            answer = self.ask("POST", "/api/v1/labels", {"numbers": [number], "again": "other"}, 200, 409, 422)
            if answer is not None and answer.status == 200:
                assert answer.body.startswith(b"%PDF")
                self.told.papers[number] += 1

    def report(self) -> None:
        """A print component put the same bytes on paper once more."""
        if number := self.own():
            told = self.ask("POST", "/api/v1/prints", {"numbers": [number], "reason": "other"}, 200, 409, 422)
            if isinstance(told, dict):
                self.told.papers[number] += 1

    def reserve(self) -> None:
        key = f"R-{self.at}-{self.chance.randrange(5)}"
        told = self.ask("PUT", f"/api/v1/numbers/reservations/{key}", {"owner": "OUT-7", "count": 10})
        if told is not None and self.ask("POST", f"/api/v1/numbers/reservations/{key}/confirm") is not None:
            self.told.reserved.append(key)


def check_node(home: Path, told: Told) -> None:
    """Every answer is a row, every row was answered or could be; counts agree; both logs verify."""
    house = open_house(home)
    while any(house.ledger.sequence(each) for each in (house.data, house.disclosures)):
        """On PostgreSQL entries get their place a batch at a time."""
    org = house.node.org
    numbers = [number for each in told.numbers.values() for number in each]
    taken, used = house.register.audit(org)
    assert taken >= used
    assert used == len(set(numbers)), "a number without an answer, or an answer without a number"
    assert reconcile_numbers(house).holds
    found = reconcile_batches(house)
    assert found.holds, found.findings
    assert found.waybills == len(told.numbers)
    assert all(report.holds for report in verify_evidence(house))
    stock = house.register.stock(org)
    assert (stock.used, stock.voided) == (len(set(numbers)), len(told.voided))
    assert stock.allocated == 10 * len(set(told.reserved))
    house.close()


def test_whatever_thirty_two_clients_do_at_once_every_order_has_one_number(home: Path) -> None:
    """Three seconds of load on cold processes: nothing shorter meets itself often enough."""
    told, key = Told(), key_of(home)
    with serving(home) as server, ExitStack() as stack:
        at_once(CLIENTS, lambda at: Program(at, server.port, key, told).work())
        asker = stack.enter_context(closing(Client(server.port, key)))
        doubled = {name: many for name, many in told.numbers.items() if len(many) != 1}
        assert doubled == {}
        assert {number for name in told.spent for number in told.numbers.get(name, ())} <= told.voided
        every = [number for each in told.numbers.values() for number in each]
        assert len(every) == len(set(every)), "one number, two orders"
        for number in [*sorted(told.voided)[:20], *sorted(set(every) - told.voided)[:20]]:
            assert (asker.ask("GET", f"/api/v1/waybills/{number}").told["state"] == "voided") == (number in told.voided)
        for number, papers in told.papers.most_common(10):
            assert asker.ask("GET", f"/api/v1/waybills/{number}").told["prints"] == papers
    assert told.statuses[200] > CLIENTS
    check_node(home, told)
