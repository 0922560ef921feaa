"""Public tracking: a party sees where the parcel is, anybody else sees that nothing fits, and guessing is closed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from litestar.testing import TestClient
from sqlalchemy import event

from tests.flows.test_scans import reported
from tests.leaks.canary import PERSON, TELLING
from tests.simulators.node import LI, World, make_world
from tests.web.conftest import Site, form_token
from tests.web.test_waybill_pages import signed_in
from yinji.access.queries.rules import HOUR_MS
from yinji.doors.http.app import make_app
from yinji.doors.http.public.tracking_words import NEXT, SCANS, STATES
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.flows.take_scans import take_scans
from yinji.flows.void_waybill import VoidReason, void_waybill
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.waybill.parcel.model import ParcelState, Scan

NOBODYS = "QL10000000999990"
RIGHT, SENDERS, WRONG = LI[1][-4:], "0000", "9999"
CHINESE = re.compile(r"[\u4e00-\u9fff]+")


def asked(browser: Any, number: str, digits: str = RIGHT, *, language: str = "zh", **more: str) -> Any:
    headers = {"accept-language": language}
    token = form_token(browser.get("/t", headers=headers).text)
    data = {"form_token": token, "number": number, "digits": digits, **more}
    return browser.post("/t", data=data, headers=headers, follow_redirects=False)


def plain(page: str, number: str) -> str:
    """A page without what differs in any two: the form's token, and the number that was typed."""
    return re.sub(r'value="[0-9a-f]{64}"', "", page).replace(number, "")


def said(world: World) -> list[Entry]:
    ledger, data = world.house.ledger, world.house.data
    return [each.recorded.entry for each in ledger.entries(data, 0, ledger.head(data).size)]


def queries_said(world: World) -> list[tuple[Event, int, str]]:
    events = {Event.PARCEL_TRACKED, Event.QUERIES_CLOSED, Event.QUERIES_WRONG}
    return [(each.event, each.count, each.ground) for each in said(world) if each.event in events]


def forgotten(world: World, number: str, party: PartyRole) -> None:
    (end,) = forget_persons(world.house, [Forget(number, party)], purpose=Purpose.ANSWER_PERSON)
    assert "Erased" in type(end).__name__


def voided(world: World, number: str) -> str:
    bill = world.house.register.find(world.house.node.org, number)
    assert not isinstance(bill, Refuse)
    void_waybill(world.house, bill.ref, reason=VoidReason.CANCELLED)
    return number


@contextmanager
def statements(world: World) -> Iterator[list[str]]:
    """What both databases are asked meanwhile."""
    heard: list[str] = []

    def hear(_connection: Any, _cursor: Any, statement: str, *_more: Any) -> None:
        heard.append(statement)

    engines = (world.house.data.engine, world.house.disclosures.engine)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", hear)
    yield heard
    for engine in engines:
        event.remove(engine, "before_cursor_execute", hear)


@pytest.mark.parametrize(("language", "title"), [("zh", "查询快件"), ("en", "Track a parcel")])
def test_the_form_asks_for_number_and_proof_and_is_reached_from_label_and_sign_in(
    site: Site, language: str, title: str
) -> None:
    headers = {"accept-language": language}
    shown = site.browser.get("/t?number=QL10000000000003", headers=headers)
    assert (shown.status_code, title in shown.text) == (200, True)
    assert "QL1000" not in shown.text
    assert (shown.headers["cache-control"], shown.headers["referrer-policy"]) == ("no-store", "no-referrer")
    for path in ("/l/any-token", "/console/sign-in"):
        assert 'href="/t"' in site.browser.get(path, headers=headers).text


def test_a_party_sees_every_step_with_its_time_and_place_and_nobody(site: Site) -> None:
    number = site.world.number_of("T-1", PERSON)
    take_scans(site.world.house, reported(number, Scan.ACCEPTED, Scan.DEPARTED, Scan.STUCK, Scan.OUT_FOR_DELIVERY))
    answer = asked(site.browser, number, PERSON[1][-4:])
    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-store")
    for scan in (Scan.ACCEPTED, Scan.DEPARTED, Scan.STUCK, Scan.OUT_FOR_DELIVERY):
        assert SCANS[scan].zh in answer.text
    assert NEXT[ParcelState.OUT_FOR_DELIVERY].zh in answer.text
    for there in (number, "HUB-1", "青鸾快递", "2026-11-18"):
        assert there in answer.text, there
    for never in (*TELLING, *PERSON, PERSON[1][-4:], "TEST", "茶叶", "岳麓", "Set-Cookie"):
        assert never not in answer.text, never


def test_the_sender_is_a_party_too_and_a_package_of_the_parcel_leads_to_it(site: Site) -> None:
    (label, second) = site.world.issue([replace(site.world.order("T-1"), packages=2)]).labels
    for number in (label.number, second.number):
        assert asked(site.browser, number, SENDERS).status_code == 200
    assert asked(site.browser, f" {label.number.lower()} ", f" {RIGHT} ").status_code == 200


@pytest.mark.parametrize("scan", [Scan.STORED, Scan.RETURNING, Scan.RETURNED, Scan.DELIVERED])
def test_the_english_page_has_no_chinese_sentence(site: Site, scan: Scan) -> None:
    number = site.world.number_of("T-1")
    take_scans(site.world.house, reported(number, Scan.ACCEPTED, *([Scan.RETURNING] if scan is Scan.RETURNED else []), scan))
    answer = asked(site.browser, number, language="en")
    assert SCANS[scan].en in answer.text
    assert set(CHINESE.findall(answer.text)) == {"中文", "青鸾快递"}, "the language's own name, and the carrier's"
    closed = [asked(site.browser, NOBODYS, WRONG, language="en") for _ in range(6)]
    for each in (closed[0], closed[-1]):
        assert set(CHINESE.findall(each.text)) == {"中文", "青鸾快递"}


def test_every_state_and_scan_has_its_sentence() -> None:
    assert STATES.keys() == NEXT.keys() == set(ParcelState)
    assert SCANS.keys() == set(Scan)


def test_a_parcel_that_nobody_saw_yet_says_so(site: Site) -> None:
    assert "还没有记录" in asked(site.browser, site.world.number_of("T-1")).text


def test_nobodys_number_a_wrong_proof_a_voided_and_an_erased_parcel_read_alike_and_cost_alike(site: Site) -> None:
    world = site.world
    numbers = [world.number_of(f"T-{at}") for at in range(4)]
    right, erased, gone = numbers[0], numbers[1], voided(world, numbers[2])
    forgotten(world, erased, PartyRole.RECIPIENT)
    asked(
        site.browser, NOBODYS, WRONG
    )  # the first query of a day makes its salt, the first after an erasure reads the keys anew
    cases = {"nobody's": (NOBODYS, RIGHT), "wrong": (right, WRONG), "voided": (gone, RIGHT), "erased": (erased, RIGHT)}
    cases["erased, asked by the sender"] = (erased, SENDERS)
    pages, costs = {}, {}
    for name, (number, digits) in cases.items():
        with statements(world) as heard:
            answer = asked(site.browser, number, digits)
        pages[name], costs[name] = (answer.status_code, plain(answer.text, number)), heard
    assert len({text for _, text in pages.values()}) == 1
    assert {status for status, _ in pages.values()} == {403}
    (first, *others) = costs.values()
    assert len(first) > 8
    assert all(each == first for each in others), {name: len(each) for name, each in costs.items()}


def test_where_the_sender_alone_was_erased_the_recipient_may_still_ask(site: Site) -> None:
    number = site.world.number_of("T-1")
    forgotten(site.world, number, PartyRole.SENDER)
    assert asked(site.browser, number, SENDERS).status_code == 403
    assert asked(site.browser, number).status_code == 200


def test_the_sixth_wrong_try_is_closed_even_with_the_right_proof_in_every_process(site: Site) -> None:
    number, world = site.world.number_of("T-1"), site.world
    assert [asked(site.browser, number, WRONG).status_code for _ in range(5)] == [403] * 5
    closed = asked(site.browser, number, RIGHT)
    assert closed.status_code == 429
    assert closed.headers["retry-after"] == "3600"
    assert "查询暂时停止" in closed.text
    assert "2026-11-21 11:00" in closed.text
    with TestClient(make_app(world.again())) as other:
        assert asked(other, number, RIGHT).status_code == 429
    world.clock.pass_ms(HOUR_MS - 1)
    assert asked(site.browser, number, RIGHT).headers["retry-after"] == "1"
    world.clock.pass_ms(1)
    assert asked(site.browser, number, RIGHT).status_code == 200


def test_a_number_that_nobody_has_is_closed_just_the_same(site: Site) -> None:
    answers = [asked(site.browser, NOBODYS, WRONG) for _ in range(6)]
    assert [each.status_code for each in answers] == [403] * 5 + [429]


def test_what_is_incomplete_is_said_at_its_field_and_counts_as_no_try(site: Site) -> None:
    number = site.world.number_of("T-1")
    for _ in range(8):
        assert asked(site.browser, number, "12").status_code == 422
    wrong = asked(site.browser, "QL1", RIGHT)
    assert (wrong.status_code, 'href="#number"' in wrong.text) == (422, True)
    assert asked(site.browser, number).status_code == 200


def test_a_form_of_another_site_and_one_without_a_token_are_refused_and_count_as_no_try(site: Site) -> None:
    number = site.world.number_of("T-1")
    form_token(site.browser.get("/t").text)
    for _ in range(6):
        assert site.browser.post("/t", data={"number": number, "digits": WRONG}).status_code == 403
    foreign = {"sec-fetch-site": "cross-site"}
    assert site.browser.post("/t", data={"number": number, "digits": RIGHT}, headers=foreign).status_code == 403
    assert asked(site.browser, number).status_code == 200


def test_evidence_says_that_a_party_asked_and_that_guessing_was_closed_and_names_nobody(site: Site) -> None:
    number, world = site.world.number_of("T-1", PERSON), site.world
    bill = world.house.register.find(world.house.node.org, number)
    assert not isinstance(bill, Refuse)
    asked(site.browser, number, PERSON[1][-4:])
    for _ in range(7):
        asked(site.browser, number, WRONG)
    assert queries_said(world) == [(Event.PARCEL_TRACKED, 1, ""), (Event.QUERIES_CLOSED, 5, "number:hour")]
    tracked = next(each for each in said(world) if each.event is Event.PARCEL_TRACKED)
    assert (tracked.about, tracked.actor.post, tracked.actor.account) == ((bill.ref,), "public", bytes(16))
    world.clock.pass_ms(HOUR_MS)
    assert world.house.queries.tend(actor=tracked.actor) == 1
    assert queries_said(world)[2:] == [(Event.QUERIES_WRONG, 5, "2026-11-21T10/closed:1")]
    assert world.house.queries.tend(actor=tracked.actor) == 0


def test_no_person_and_no_proof_stands_in_log_address_or_database(site: Site) -> None:
    number, world = site.world.number_of("T-1", PERSON), site.world
    for digits in (PERSON[1][-4:], WRONG):
        answer = asked(site.browser, number, digits)
        assert str(answer.url).endswith("/t")
    world.house.data.shorten_log()
    kept = b"".join(each.read_bytes() for each in world.home.glob("*.db*"))
    log = site.log.getvalue()
    for telling in TELLING:
        assert telling not in log
        assert telling.encode() not in kept
    assert number not in log
    assert '"digits"' not in log


def test_an_officer_who_is_signed_in_asks_as_the_public_does(site: Site) -> None:
    number = site.world.number_of("T-1")
    signed_in(site)
    assert asked(site.browser, number).status_code == 200
    assert next(each for each in said(site.world) if each.event is Event.PARCEL_TRACKED).actor.post == "public"


def test_the_other_language_leads_back_to_the_page_and_nowhere_else(site: Site) -> None:
    for wanted, there in (
        ("/t", "/t"),
        ("/l", "/l"),
        ("https://elsewhere.example/", "/console"),
        ("//elsewhere.example", "/console"),
    ):
        answer = site.browser.get("/language/en", params={"to": wanted}, follow_redirects=False)
        assert answer.headers["location"] == there
    site.browser.cookies.clear()


def test_an_organisation_may_ask_for_the_order_number_too(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", settings='track_proof = "phone_and_order"')
    number = world.number_of("T-4711")
    with TestClient(make_app(world.house)) as browser:
        assert 'name="order"' in browser.get("/t").text
        assert asked(browser, number).status_code == 422
        assert asked(browser, number, order="T-1").status_code == 403
        assert asked(browser, number, order=" T-4711 ").status_code == 200
        assert asked(browser, number, WRONG, order="T-4711").status_code == 403
        with statements(world) as heard:
            asked(browser, number, order="T-1")
        with statements(world) as other:
            asked(browser, NOBODYS, order="T-1")
        assert heard == other
