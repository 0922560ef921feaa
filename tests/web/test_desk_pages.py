"""The pages of evidence, numbers and delivery, in both languages."""

from __future__ import annotations

import re

import pytest

from tests.simulators.node import LI
from tests.web.conftest import Site
from tests.web.test_waybill_pages import issued, sent, signed_in
from yinji.access.model import Post
from yinji.flows.take_scans import take_scans
from yinji.kernel.events import Event
from yinji.waybill.parcel.model import Reported, Scan


def readings(site: Site) -> int:
    house = site.world.house
    entries = house.ledger.entries(house.disclosures, 0, 1_000)
    return sum(each.recorded.entry.event is Event.EVIDENCE_READ for each in entries)


@pytest.mark.parametrize(("language", "said"), [("zh", "制作一批隐私运单"), ("en", "a batch of privacy waybills was issued")])
def test_entries_are_read_in_words_and_the_reading_is_one(site: Site, language: str, said: str) -> None:
    issued(site)
    signed_in(site)
    asked = {"accept-language": language}
    whole = site.browser.get("/console/ledger", headers=asked)
    assert whole.status_code == 200
    assert readings(site) == 0
    shown = site.browser.get("/console/ledger/data", headers=asked)
    assert said in shown.text
    assert "desk-1" in site.browser.get("/console/ledger/data").text
    assert readings(site) == 2
    found = re.search(r'href="(/console/ledger/data/\d+)"', shown.text)
    assert found
    assert site.browser.get(found[1], headers=asked).status_code == 200
    assert readings(site) == 3
    for wrong in (
        "/console/ledger/other",
        "/console/ledger/data/99999",
        "/console/ledger/data/-1",
        "/console/ledger/data?until=x",
    ):
        assert site.browser.get(wrong).status_code == 404, wrong


def test_a_proof_a_receipt_and_a_checkpoint_are_handed_out(site: Site) -> None:
    issued(site)
    signed_in(site)
    at = "/console/ledger"
    assert site.browser.get(f"{at}/data/checkpoint").status_code == 409
    proof = sent(site, f"{at}/data/1/proof", at, form="proof")
    assert proof.text.startswith("c2sp.org/tlog-proof@v1")
    assert "attachment" in proof.headers["content-disposition"]
    assert sent(site, f"{at}/data/1/proof", at, form="receipt").text != proof.text
    note = site.browser.get(f"{at}/data/checkpoint").text
    assert note.splitlines()[0].endswith("/data")
    assert note.splitlines()[0] in site.browser.get(at).text


def test_verifying_says_whether_the_logs_hold(site: Site) -> None:
    issued(site)
    signed_in(site)
    shown = sent(site, "/console/ledger/verify", "/console/ledger")
    assert shown.status_code == 200
    assert shown.text.count("一致") >= 2
    assert "不一致之处" not in shown.text


@pytest.mark.parametrize(("language", "title"), [("zh", "号段"), ("en", "Ranges")])
def test_numbers_are_shown_as_pictures_with_their_stock(site: Site, language: str, title: str) -> None:
    issued(site)
    signed_in(site)
    shown = site.browser.get("/console/numbers", headers={"accept-language": language})
    assert shown.status_code == 200, site.log.getvalue()
    assert title in shown.text
    assert "<svg" in shown.text
    assert "99,999" in shown.text
    audited = sent(site, "/console/numbers/audit", "/console/numbers")
    assert audited.status_code == 200
    assert "一致" in audited.text
    assert "不一致" not in audited.text


def test_a_courier_sees_neither_evidence_nor_numbers(site: Site) -> None:
    signed_in(site, Post.COURIER)
    for at in (
        "/console/ledger",
        "/console/ledger/data",
        "/console/ledger/data/0",
        "/console/numbers",
        "/console/ledger/data/checkpoint",
    ):
        assert site.browser.get(at).status_code == 403, at
    for at in ("/console/ledger/verify", "/console/numbers/audit", "/console/ledger/data/0/proof"):
        assert sent(site, at, "/console/delivery", form="proof").status_code == 403, at


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_courier_sees_the_address_and_nothing_else(site: Site, language: str) -> None:
    number, _ = issued(site)
    signed_in(site, Post.COURIER)
    assert site.browser.get("/console/delivery", headers={"accept-language": language}).status_code == 200
    shown = sent(site, "/console/delivery", "/console/delivery", number=number)
    assert shown.status_code == 200
    assert LI[2] in shown.text
    assert LI[0] not in shown.text
    assert LI[1] not in shown.text
    assert not any(value in site.log.getvalue() for value in (*LI, number))


def test_the_delivery_page_closes_with_the_delivery(site: Site) -> None:
    number, _ = issued(site)
    signed_in(site, Post.COURIER)
    scanned(site, number, Scan.DELIVERED)
    shown = sent(site, "/console/delivery", "/console/delivery", number=number)
    assert shown.status_code == 403
    assert LI[2] not in shown.text


def test_compliance_delivers_nothing(site: Site) -> None:
    number, _ = issued(site)
    signed_in(site, Post.COMPLIANCE)
    assert site.browser.get("/console/delivery").status_code == 403
    assert sent(site, "/console/delivery", "/console/ledger", number=number).status_code == 403


def scanned(site: Site, number: str, *scans: Scan) -> None:
    house = site.world.house
    now = house.clock.now_ms()
    take_scans(house, [Reported(number, each, now) for each in (Scan.ACCEPTED, *scans)])
