"""The waybills' pages: lists, search, one waybill, looks, reprints, voiding; in both languages."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO
from typing import Any

import pytest
from lxml import html
from PIL import Image
from zxingcpp import read_barcodes

from tests.simulators.node import LI, ZHAO
from tests.web.conftest import Site, form_token
from yinji.access.model import Post
from yinji.doors.http.console.waybill_label import UNSEEN, VOIDED
from yinji.flows.forget_persons import Forget, forget_persons
from yinji.kernel.ids import show_ref
from yinji.kernel.purpose import PartyRole, Purpose
from yinji.kernel.said import Language
from yinji.waybill.model import NumberState

LIST = "/console/waybills"


def signed_in(site: Site, post: Post = Post.OPERATIONS, code: str = "desk-1") -> None:
    assert site.sign_in(site.opened(code, post)).status_code == 303


def sent(site: Site, path: str, at: str = LIST, **data: str) -> Any:
    token = form_token(site.browser.get(at).text)
    return site.browser.post(path, data={"form_token": token, **data}, follow_redirects=False)


def issued(site: Site, order: str = "T-1", person: tuple[str, str, str] = LI) -> tuple[str, str]:
    """A waybill's number and the path of its page."""
    number = site.world.number_of(order, person)
    bill = site.world.house.register.find(site.world.house.node.org, number)
    return number, f"{LIST}/{show_ref(bill.ref)}"


@pytest.mark.parametrize(("language", "title"), [("zh", "运单列表"), ("en", "Waybills")])
def test_the_list_shows_numbers_and_nobody(site: Site, language: str, title: str) -> None:
    number, path = issued(site)
    signed_in(site)
    shown = site.browser.get(LIST, headers={"accept-language": language})
    assert shown.status_code == 200
    assert title in shown.text
    assert number in shown.text
    assert path in shown.text
    assert not any(value in shown.text for value in LI)
    assert "no-store" in shown.headers["cache-control"]


def test_the_list_leaves_out_what_the_filter_does_not_let_through(site: Site) -> None:
    number, _ = issued(site)
    signed_in(site)
    for query, there in (
        ("state=issued", True),
        ("state=voided", False),
        ("outlet=NB", False),
        ("parcel=announced", True),
        ("parcel=delivered", False),
    ):
        assert (number in site.browser.get(f"{LIST}?{query}").text) is there, query
    assert number not in site.browser.get(f"{LIST}?last=2020-01-01&first=2019-01-01").text
    for wrong in ("first=yesterday", "last=9999-12-31", "first=0001-01-01", "outlet=%00", "channel=a%20b"):
        assert site.browser.get(f"{LIST}?{wrong}").status_code == 422, wrong
    assert site.browser.get(f"{LIST}?before=nothing").status_code == 404


def test_a_page_shows_the_label_itself_and_looking_counts_no_print(site: Site) -> None:
    number, path = issued(site)
    signed_in(site)
    register, org = site.world.house.register, site.world.house.node.org
    shown = html.fromstring(site.browser.get(path).text)
    (picture,) = shown.xpath("//figure/img")
    assert number in picture.get("alt")
    assert picture.get("class") == "mm-76x130"
    given = site.browser.get(picture.get("src"))
    assert (given.headers["content-type"], given.headers["cache-control"]) == ("image/png", "no-store")
    drawn = Image.open(BytesIO(given.content))
    assert drawn.size == (608, 1040)
    assert number in {code.text for code in read_barcodes(drawn)}
    assert register.find(org, number).prints == 0
    assert shown.xpath(
        "//div[contains(@class, 'no-print')]//figure"
    )  # the page's own printout holds no label that nobody counted


def test_packages_of_a_waybill_are_pictures_of_their_own(site: Site) -> None:
    number = site.world.issue([replace(site.world.order("P-1"), packages=3)]).labels[0].number
    path = f"{LIST}/{show_ref(site.world.house.register.find(site.world.house.node.org, number).ref)}"
    signed_in(site)
    shown = html.fromstring(site.browser.get(path).text)
    assert len(shown.xpath("//figure/img")) == 1
    others = [each.get("href") for each in shown.xpath("//details//a[contains(@href, '/labels/')]")]
    assert others == [f"{path}/labels/2", f"{path}/labels/3"]
    assert all(site.browser.get(each).content.startswith(b"\x89PNG") for each in others)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_void_label_and_one_of_somebody_erased_are_words(site: Site, language: str) -> None:
    _, voided = issued(site, "V-1")
    erased_number, erased = issued(site, "V-2", ZHAO)
    signed_in(site)
    sent(site, f"{voided}/void", at=voided, reason="cancelled")
    for party in PartyRole:
        forget_persons(site.world.house, [Forget(erased_number, party)], purpose=Purpose.ANSWER_PERSON)
    for path, said in ((voided, VOIDED), (erased, UNSEEN)):
        shown = site.browser.get(path, headers={"accept-language": language})
        assert said.in_(Language(language)) in shown.text
        assert "<img" not in shown.text
    assert site.browser.get(f"{erased}/labels/1").status_code == 410


def test_a_number_opens_its_page_from_a_form(site: Site) -> None:
    number, path = issued(site)
    signed_in(site)
    found = sent(site, f"{LIST}/search", by="number", text=number)
    assert (found.status_code, found.headers["location"]) == (303, path)
    assert sent(site, f"{LIST}/search", by="number", text="QL9999999999999").status_code in {404, 409, 422}


def test_a_search_by_phone_shows_masks_leaves_evidence_and_no_trace_of_the_phone(site: Site) -> None:
    number, _ = issued(site)
    signed_in(site)
    before = site.world.house.ledger.head(site.world.house.disclosures).size
    found = sent(site, f"{LIST}/search", by="phone", text=LI[1], purpose="solve")
    assert found.status_code == 200
    assert number in found.text
    assert not any(value in found.text for value in LI)
    assert site.world.house.ledger.head(site.world.house.disclosures).size >= before + 2
    assert LI[1] not in site.log.getvalue()
    nothing = sent(site, f"{LIST}/search", by="phone", text=ZHAO[1], purpose="solve")
    assert number not in nothing.text
    assert sent(site, f"{LIST}/search", by="phone", text=LI[1], purpose="deliver").status_code == 403
    assert sent(site, f"{LIST}/search", by="order", text="T-1", merchant="M", purpose="solve").text.count(number) == 1


def test_a_courier_sees_no_list_and_no_waybill_by_its_reference(site: Site) -> None:
    _, path = issued(site)
    signed_in(site, Post.COURIER)
    for at in (LIST, path, f"{path}/label.pdf", f"{path}/evidence"):
        assert site.browser.get(at).status_code == 403, at


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_waybill_shows_its_label_masks_and_state(site: Site, language: str) -> None:
    number, path = issued(site)
    signed_in(site)
    shown = site.browser.get(path, headers={"accept-language": language})
    assert shown.status_code == 200
    assert number in shown.text
    assert "李" in shown.text
    assert not any(value in shown.text for value in LI)
    label = site.browser.get(f"{path}/label.pdf")
    assert label.headers["content-type"] == "application/pdf"
    assert label.content.startswith(b"%PDF")
    bill = site.world.house.register.find(site.world.house.node.org, number)
    assert bill.prints == 0


def test_an_unknown_or_foreign_reference_is_answered_like_any_other(site: Site) -> None:
    issued(site)
    signed_in(site)
    for ref in ("nothing", show_ref(site.world.house.node.ref), "01900000-0000-7fff-8000-000000000000"):
        assert site.browser.get(f"{LIST}/{ref}").status_code == 404


def test_a_look_shows_once_and_leads_to_its_evidence(site: Site) -> None:
    _, path = issued(site)
    signed_in(site)
    seen = sent(site, f"{path}/reveal", purpose="solve", party=PartyRole.RECIPIENT.value, view="phone")
    assert seen.status_code == 200
    assert LI[1] in seen.text
    assert LI[0] not in seen.text
    assert seen.headers["cache-control"] == "no-store"
    found = re.search(r'href="(/console/ledger/disclosures/\d+)"', seen.text)
    assert found
    assert LI[1] not in site.log.getvalue()
    refused = sent(site, f"{path}/reveal", purpose="contact", party="recipient", view="all")
    assert refused.status_code == 403
    assert not any(value in refused.text for value in LI)
    said = site.browser.get(f"{path}/evidence", headers={"accept-language": "zh"}).text
    for words in ("制作一批隐私运单", "查看明文（意图）", "查看明文（结果）", "拒绝查看明文", "desk-1"):
        assert words in said, words


def test_a_reprint_is_counted_and_a_voided_number_prints_no_more(site: Site) -> None:
    number, path = issued(site)
    signed_in(site)
    again = sent(site, f"{path}/again", reason="damaged")
    assert again.content.startswith(b"%PDF")
    voided = sent(site, f"{path}/void", reason="cancelled")
    assert (voided.status_code, voided.headers["location"]) == (303, path)
    bill = site.world.house.register.find(site.world.house.node.org, number)
    assert (bill.prints, bill.state) == (1, NumberState.VOIDED)
    assert sent(site, f"{path}/again", reason="damaged").status_code == 409
    assert sent(site, f"{path}/void", reason="for fun").status_code == 400
    assert "已作废" in site.browser.get(path).text


def test_compliance_reads_but_neither_voids_nor_reprints(site: Site) -> None:
    _, path = issued(site)
    signed_in(site, Post.COMPLIANCE)
    assert f"{path}/void" not in site.browser.get(path).text
    assert sent(site, f"{path}/void", reason="cancelled").status_code == 403
    assert sent(site, f"{path}/again", reason="damaged").status_code == 403


def test_a_form_of_another_page_changes_nothing(site: Site) -> None:
    _, path = issued(site)
    signed_in(site)
    assert site.browser.post(f"{path}/void", data={"reason": "cancelled"}).status_code == 403


def test_the_navigation_offers_what_a_post_works_at(site: Site) -> None:
    signed_in(site, Post.COURIER)
    shown = site.browser.get("/console/delivery").text
    assert 'href="/console/delivery" aria-current="page"' in shown
    assert "/console/waybills" not in shown
    assert "/console/ledger" not in shown


def test_what_outsiders_wrote_is_shown_as_text(site: Site) -> None:
    script = "<script>alert(1)</script>"
    _, path = issued(site, person=(f"李{script}", LI[1], LI[2]))
    signed_in(site)
    for at in (LIST, path, f"{LIST}?outlet={script}&channel=%22%3E{script}", f"{LIST}?state={script}"):
        assert script not in site.browser.get(at).text, at
    seen = sent(site, f"{path}/reveal", purpose="solve", party="recipient", view="name")
    assert script not in seen.text
    assert "&lt;script&gt;" in seen.text
    again = sent(site, f"{LIST}/search", by="order", text=script, merchant=f'"{script}', purpose="solve")
    assert script not in again.text
