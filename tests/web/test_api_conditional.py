"""Conditional requests: nothing is sent twice that has not changed, and nothing is changed that its sender has not seen."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.doors.http.tags import fresh, tag_of
from yinji.flows.void_waybill import VoidReason, void_waybill

READS = (
    "/me",
    "/waybills",
    "/waybills/{number}",
    "/waybills/{number}/events",
    "/numbers/ranges",
    "/numbers/stock",
    "/numbers/reservations/k",
    "/checkpoints/latest",
)


class Program:
    """A program that may do everything, and a waybill."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.headers = {"authorization": f"Bearer {site.key(*Scope).text.open()}"}
        self.number = site.world.number_of("T-1")
        assert self.ask("PUT", "/numbers/reservations/k", owner="OUT-7", count=5).status_code == 200

    def get(self, path: str, **headers: str) -> Any:
        return self.site.browser.get(f"/api/v1{path.format(number=self.number)}", headers=self.headers | headers)

    def ask(self, method: str, path: str, *, match: str = "", **body: Any) -> Any:
        headers = self.headers | ({"if-match": match} if match else {})
        return self.site.browser.request(method, f"/api/v1{path.format(number=self.number)}", headers=headers, json=body)


@pytest.fixture
def program(site: Site) -> Program:
    return Program(site)


def test_every_read_has_a_tag_and_is_not_sent_again_until_it_changed(program: Program) -> None:
    for path in READS:
        first = program.get(path)
        tag = first.headers["etag"]
        assert first.headers["cache-control"] == "private, no-cache", path
        again = program.get(path, **{"if-none-match": tag})
        assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag), path
        assert program.get(path, **{"if-none-match": '"another"'}).status_code == 200, path


def test_a_read_that_changed_is_sent_whole(program: Program) -> None:
    tags = {path: program.get(path).headers["etag"] for path in ("/waybills", "/waybills/{number}", "/numbers/stock")}
    house = program.site.world.house
    bill = house.register.find(house.node.org, program.number)
    void_waybill(house, bill.ref, reason=VoidReason.CANCELLED)
    for path, tag in tags.items():
        answer = program.get(path, **{"if-none-match": tag})
        assert answer.status_code == 200, path
        assert answer.headers["etag"] != tag, path


def test_what_is_refused_or_shown_to_people_has_no_tag(program: Program) -> None:
    for path in ("/waybills/QL19999999999993", "/numbers/reservations/nobody", "/docs"):
        answer = program.get(path, **{"if-none-match": "*"})
        assert "etag" not in answer.headers, path
        assert answer.headers["cache-control"] == "no-store", path
        assert answer.content, path
    assert "etag" not in program.ask("POST", "/checkpoints").headers


def test_a_number_is_voided_only_as_it_was_last_seen(program: Program) -> None:
    seen = program.get("/waybills/{number}").headers["etag"]
    printed = program.ask("POST", "/labels", numbers=[program.number])
    assert printed.status_code == 200
    refused = program.ask("POST", "/waybills/{number}/void", match=seen, reason="cancelled")
    assert (refused.status_code, refused.json()["name"]) == (412, "CHANGED_MEANWHILE")
    assert program.get("/waybills/{number}").json()["state"] == "printed"
    now = program.get("/waybills/{number}").headers["etag"]
    assert program.ask("POST", "/waybills/{number}/void", match=f'"other", {now}', reason="cancelled").status_code == 200
    assert program.ask("POST", "/waybills/{number}/void", match=f"W/{now}", reason="cancelled").status_code == 412


def test_a_reservation_moves_only_as_it_was_last_seen(program: Program) -> None:
    seen = program.get("/numbers/reservations/k").headers["etag"]
    assert program.ask("POST", "/numbers/reservations/k/confirm", match='"older"').status_code == 412
    assert program.ask("POST", "/numbers/reservations/k/confirm", match=seen).status_code == 200
    assert program.ask("POST", "/numbers/reservations/k/hand-back", match=seen).status_code == 412
    now = program.get("/numbers/reservations/k").headers["etag"]
    assert program.ask("POST", "/numbers/reservations/k/hand-back", match=now).json()["handed_back"] == 5
    assert program.ask("POST", "/numbers/reservations/k/hand-back", match="*").status_code == 200


@given(st.binary(max_size=64), st.lists(st.binary(max_size=8), max_size=4))
def test_a_tag_fits_its_own_body_and_no_other(body: bytes, others: list[bytes]) -> None:
    tag = tag_of(body)
    listed = ", ".join(tag_of(each) for each in others)
    assert fresh(f"{listed}, {tag}", tag)
    assert fresh(f"W/{tag}", tag)
    assert not fresh(f"W/{tag}", tag, weak=False)
    assert fresh(listed, tag) is (body in others)
