"""Waybills, searches, labels and prints over the API."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from PIL import Image
from pypdfium2 import PdfDocument
from zxingcpp import read_barcodes

from tests.leaks.canary import ADDRESS, NAME, PHONE, leaks_in
from tests.simulators.node import LI, ZHAO
from tests.web.conftest import Site
from tests.web.test_orders import Json, Shop, order
from yinji.access.api_keys.model import Scope
from yinji.flows.reconcile_batches import reconcile_batches


@pytest.fixture
def desk(site: Site) -> Desk:
    return Desk(site, site.key(*Scope).text.open())


class Desk(Shop):
    """A program that may do everything."""

    def get(self, path: str, **headers: str) -> Any:
        return self.site.browser.get(f"/api/v1{path}", headers=self.headers | headers)

    def send(self, path: str, **body: Any) -> Any:
        return self.site.browser.post(f"/api/v1{path}", json=body, headers=self.headers)

    def numbers(self, *orders: Json) -> list[str]:
        return [each["number"] for each in self.told(*orders)]

    def prints(self, number: str) -> int:
        prints: int = self.get(f"/waybills/{number}").json()["prints"]
        return prints


def test_a_waybill_shows_its_state_and_masks_and_is_not_sent_twice(desk: Desk) -> None:
    (number,) = desk.numbers(order("W-1", (NAME, PHONE, ADDRESS)))
    answer = desk.get(f"/waybills/{number}")
    told = answer.json()
    assert (told["number"], told["state"], told["parcel"], told["channel"]) == (number, "issued", "announced", "api")
    assert leaks_in(answer.content) == []
    tag = answer.headers["etag"]
    again = desk.get(f"/waybills/{number}", **{"if-none-match": f'"other", W/{tag}'})
    assert (again.status_code, again.content) == (304, b"")
    desk.send("/labels", numbers=[number])
    assert desk.get(f"/waybills/{number}", **{"if-none-match": tag}).status_code == 200


def test_numbers_that_nobody_here_has_are_unknown(desk: Desk) -> None:
    for path, status in (("QL19999999999993", 404), ("QL19999999999990", 422), ("張三", 422)):
        assert desk.get(f"/waybills/{path}").status_code in {status, 404, 422}
        assert desk.send(f"/waybills/{path}/void", reason="other").status_code in {404, 422}
    assert desk.send("/prints", numbers=["QL19999999999993"], reason="other").status_code in {404, 422}


def test_a_list_goes_on_where_it_ended_and_shows_nobody(desk: Desk) -> None:
    numbers = desk.numbers(*[order(f"P-{n}") for n in range(5)])
    desk.send(f"/waybills/{numbers[2]}/void", reason="cancelled")
    seen: list[str] = []
    cursor = ""
    for _ in range(10):
        page = desk.get(f"/waybills?limit=2&cursor={cursor}").json()
        seen += [each["number"] for each in page["waybills"]]
        assert all("recipient" not in each for each in page["waybills"])
        if not (cursor := page["next"]):
            break
    assert sorted(seen) == sorted(numbers)
    assert [each["number"] for each in desk.get("/waybills?state=voided").json()["waybills"]] == [numbers[2]]
    for query, many in (
        ("merchant=M", 5), ("merchant=OTHER", 0), ("kind=privacy", 5), ("kind=exempt", 0),
        ("parcel=announced", 5), ("parcel=delivered", 0), ("channel=api", 5), ("outlet=NB", 0),
    ):  # fmt: skip
        assert len(desk.get(f"/waybills?{query}").json()["waybills"]) == many, query
    assert desk.get("/waybills?until=2026-11-01").json() == {"waybills": [], "next": ""}
    for wrong in ("cursor=abc", "limit=0", "state=lost", "since=yesterday"):
        assert desk.get(f"/waybills?{wrong}").json()["name"] == "BODY_UNREADABLE"


def test_a_search_is_blind_masked_and_in_the_evidence(desk: Desk) -> None:
    number, _ = desk.numbers(order("Q-1", (NAME, PHONE, ADDRESS)), order("Q-2", ZHAO))
    for sought in (
        {"phone": PHONE},
        {"phone": PHONE, "name": NAME},
        {"order": "Q-1", "merchant": "M"},
        {"last_four": PHONE[-4:]},
    ):
        answer = desk.send("/waybills/search", purpose="solve", **sought)
        assert [each["number"] for each in answer.json()["waybills"]] == [number]
        assert leaks_in(answer.content) == []
    for wrong, at in (
        ({}, "phone | order | last_four"),
        ({"phone": "1", "order": "2"}, "phone | order | last_four"),
        ({"phone": 1}, "phone"),
    ):
        assert desk.send("/waybills/search", purpose="solve", **wrong).json()["at"] == at
    assert desk.send("/waybills/search", phone=PHONE).json()["at"] == "purpose"
    assert desk.send("/waybills/search", phone="12", purpose="solve").json()["name"] == "PHONE_IMPOSSIBLE"
    assert leaks_in(desk.site.log.getvalue().encode()) == []


def test_labels_leave_counted_and_a_reprint_says_why(desk: Desk) -> None:
    numbers = desk.numbers(order("N-1"), order("N-2", ZHAO, packages=2))
    answer = desk.send("/labels", numbers=numbers)
    assert answer.headers["content-type"] == "application/pdf"
    assert len(PdfDocument(answer.content)) == 3
    assert [desk.prints(each) for each in numbers] == [1, 1]
    before = desk.send("/labels", numbers=numbers)
    assert (before.status_code, [each["name"] for each in before.json()["items"]]) == (422, ["PRINTED_BEFORE"] * 2)
    assert desk.send("/labels", numbers=numbers[:1], again="damaged").status_code == 200
    assert desk.send("/prints", numbers=numbers, reason="printer").json() == {"counted": 2}
    assert [desk.prints(each) for each in numbers] == [3, 2]
    assert desk.send("/labels", numbers=numbers, format="gif").json()["at"] == "format"
    assert desk.send("/labels", numbers=numbers, size="1x1").json()["name"] == "LABEL_SIZE_UNKNOWN"


def test_labels_leave_as_pictures_counted_as_any_print(desk: Desk) -> None:
    numbers = desk.numbers(order("G-1"), order("G-2", ZHAO, packages=2))
    one = desk.send("/labels", numbers=numbers[:1], format="png")
    assert one.headers["content-type"] == "image/png"
    assert [each.text for each in read_barcodes(Image.open(BytesIO(one.content))) if each.format.name == "Code128"] == numbers[
        :1
    ] * 2
    several = desk.send("/labels", numbers=numbers, format="png", again="printer")
    assert several.headers["content-type"] == "application/zip"
    with ZipFile(BytesIO(several.content)) as archive:
        assert archive.namelist() == ["0001.png", "0002.png", "0003.png"]
        assert all(archive.read(name).startswith(b"\x89PNG") for name in archive.namelist())
    assert [desk.prints(each) for each in numbers] == [2, 1]


def test_more_pictures_than_are_drawn_at_once_are_refused_and_not_counted(desk: Desk) -> None:
    numbers = desk.numbers(*[order(f"H-{each}", packages=99) for each in range(11)])
    refused = desk.send("/labels", numbers=numbers, format="png")
    assert (refused.status_code, refused.json()["name"], refused.json()["at"]) == (422, "LABELS_TOO_MANY", numbers[-1])
    assert desk.prints(numbers[0]) == 0


def test_one_label_that_is_refused_keeps_the_others_uncounted(desk: Desk) -> None:
    numbers = desk.numbers(order("O-1"), order("O-2"))
    desk.send(f"/waybills/{numbers[1]}/void", reason="cancelled")
    refused = desk.send("/labels", numbers=numbers)
    assert [(each["name"], each["at"]) for each in refused.json()["items"]] == [("WAYBILL_VOIDED", numbers[1])]
    assert desk.send("/prints", numbers=numbers, reason="lost").json()["name"] == "WAYBILL_VOIDED"
    assert desk.prints(numbers[0]) == 0


def test_thirty_two_programs_void_one_number_once(desk: Desk) -> None:
    (number,) = desk.numbers(order("V-1"))
    with ThreadPoolExecutor(32) as pool:
        told = list(pool.map(lambda _: desk.send(f"/waybills/{number}/void", reason="cancelled").status_code, range(32)))
    assert sorted(told) == [200] + [409] * 31
    assert desk.told(order("V-1"))[0]["problems"][0]["name"] == "WAYBILL_VOIDED"
    assert reconcile_batches(desk.site.world.house).holds


def test_each_scope_opens_its_own_doors_only(site: Site) -> None:
    reader = Desk(site, site.key(Scope.WAYBILLS_READ).text.open())
    (number,) = Desk(site, site.key(Scope.WAYBILLS_ISSUE).text.open()).numbers(order("Z-1", LI))
    assert reader.get(f"/waybills/{number}").status_code == 200
    for path, body in (
        (f"/waybills/{number}/void", {"reason": "other"}),
        ("/labels", {"numbers": [number]}),
        ("/prints", {"numbers": [number], "reason": "lost"}),
    ):
        assert reader.send(path, **body).json()["name"] == "API_KEY_NARROW"
