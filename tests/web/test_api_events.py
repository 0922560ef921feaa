"""Parcel events over the API: each new, known or refused by itself; acceptance with its real-name token."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from tests.web.asking import InProcess, client_of
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.kernel.clock import moment
from yinji.kernel.events import Event as Said
from yinji.waybill.rules import written
from yinji_client import Client, Event, Problem

TOKEN = "RN-20261122-0001"  # noqa: S105 - an invented token of a real-name system
IDENTITY = "110101199003070011"


def now(site: Site) -> datetime:
    return moment(site.world.clock.now_ms())


@pytest.fixture
def reporter(site: Site) -> Client:
    return client_of(site, Scope.SCANS_WRITE, Scope.WAYBILLS_READ)


def test_each_event_is_new_known_or_refused_by_itself(site: Site, reporter: Client) -> None:
    number = site.world.number_of("A-1")
    at = now(site)
    events = [
        Event(number, "accepted", at, place="HUB-1", real_name=TOKEN),
        Event(number, "accepted", at, place="HUB-1", real_name=TOKEN),
        Event(number, "flown", at),
        Event("QL10000000999998", "departed", at),
        Event(number, "departed", at, place="上海 一部"),
    ]
    told = list(reporter.report_events(events))
    assert [each.status for each in told] == ["new", "known", "refused", "refused", "refused"]
    names = [each.problems[0].name for each in told[2:]]
    assert names == ["SCAN_UNKNOWN", "NUMBER_MALFORMED", "SCAN_CODE_MALFORMED"]
    assert told[4].problems[0].at == "place"
    assert [each.status for each in reporter.report_events(events[:1])] == ["known"]


def test_an_acceptance_without_a_token_is_refused_with_its_own_code(site: Site, reporter: Client) -> None:
    number = site.world.number_of("A-1")
    (bare, inspected) = reporter.report_events([Event(number, "accepted", now(site)), Event(number, "inspected", now(site))])
    assert (bare.status, bare.problems[0].name) == ("refused", "REAL_NAME_MISSING")
    assert inspected.status == "new"


def test_an_identity_number_in_place_of_a_token_is_refused_and_kept_nowhere(site: Site, reporter: Client) -> None:
    number = site.world.number_of("A-1")
    (told,) = reporter.report_events([Event(number, "accepted", now(site), real_name=IDENTITY)])
    assert (told.status, told.problems[0].name, told.problems[0].at) == ("refused", "REAL_NAME_MALFORMED", "real_name")
    assert IDENTITY not in repr(told) + site.log.getvalue()
    kept = b"".join(each.read_bytes() for each in site.world.home.rglob("*") if each.is_file())
    assert IDENTITY.encode() not in kept


def test_a_parcels_way_is_read_page_by_page_with_nothing_lost_or_doubled(site: Site) -> None:
    number, way = site.world.number_of("A-1"), InProcess(site)
    reporter = client_of(site, Scope.SCANS_WRITE, Scope.WAYBILLS_READ, way=way)
    first = now(site) - timedelta(days=1)
    scans = [Event(number, "accepted", first, real_name=TOKEN)]
    scans += [Event(number, "sorted", first + timedelta(minutes=at // 3), place=f"HUB-{at}") for at in range(1, 25)]
    assert {each.status for each in reporter.report_events(scans)} == {"new"}
    key = way.sent[-1][2]["authorization"]
    places: list[str] = []
    cursor = ""
    while True:
        answer = site.browser.get(f"/api/v1/waybills/{number}/events?limit=7&cursor={cursor}", headers={"authorization": key})
        page = answer.json()
        places += [each["place"] for each in page["events"]]
        if not (cursor := page["next"] or ""):
            break
    assert sorted(places) == sorted(each.place for each in scans)
    kept = list(reporter.events(number))
    assert [each.place for each in kept] == places
    assert (kept[0].scan, kept[0].real_name, kept[1].real_name) == ("accepted", True, False)
    assert page["state"] == "in_transport"


@pytest.mark.parametrize("cursor", ["x", "AAAA", "-" * 32, "/" * 32])
def test_a_cursor_that_is_none_of_ours_is_refused(site: Site, cursor: str) -> None:
    key = site.key(Scope.WAYBILLS_READ).text.open()
    address = f"/api/v1/waybills/{site.world.number_of('A-1')}/events"
    answer = site.browser.get(address, params={"cursor": cursor}, headers={"authorization": f"Bearer {key}"})
    assert (answer.status_code, answer.json()["at"]) == (400, "cursor")


def test_a_batch_writes_one_sentence_and_more_than_a_thousand_are_two(site: Site) -> None:
    way = InProcess(site)
    reporter = client_of(site, Scope.SCANS_WRITE, way=way)
    number, at = site.world.number_of("A-1"), now(site)
    told = list(reporter.report_events(Event(number, "sorted", at, id=f"e-{each}") for each in range(1_001)))
    assert {each.status for each in told} == {"new"}
    assert [target for _, target, _, _ in way.sent] == ["/api/v1/events"] * 2
    entries = site.world.house.ledger.entries(site.world.house.data, limit=1_000)
    said = [each.recorded.entry for each in entries if each.recorded.entry.event is Said.SCANS_TAKEN]
    assert [each.count for each in said] == [1_000, 1]
    body = {"events": [Event(number, "sorted", at).told()] * 1_001}
    key = way.sent[0][2]["authorization"]
    answer = site.browser.post("/api/v1/events", json=body, headers={"authorization": key})
    assert (answer.status_code, answer.json()["name"]) == (400, "BODY_UNREADABLE")


def test_a_test_key_reports_on_specimens_only_and_leaves_no_stray(site: Site) -> None:
    tester, number = client_of(site, Scope.SCANS_WRITE, test=True), site.world.number_of("A-1")
    (told,) = tester.report_events([Event(number, "sorted", now(site))])
    assert told.problems[0].name == "API_KEY_NARROW"
    (unissued,) = tester.report_events([Event(written("QL", int(number[2:-1]) + 1, len(number) - 3), "sorted", now(site))])
    assert unissued.problems[0].name == "NUMBER_UNKNOWN"
    assert site.world.house.parcels.strays(site.world.house.node.org) == []


def test_without_the_scope_nothing_is_taken_in(site: Site) -> None:
    with pytest.raises(Problem) as refused:
        list(client_of(site, Scope.WAYBILLS_READ).report_events([Event("QL1", "sorted", now(site))]))
    assert (refused.value.status, refused.value.name) == (403, "API_KEY_NARROW")
