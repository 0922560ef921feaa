"""The templates' pages: specimens at true size, tried texts, the calibration sheet, printing from the browser."""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
import pytest
import zxingcpp
from lxml import html
from PIL import Image

from tests.simulators.node import LI
from tests.web.conftest import Site, form_token
from tests.web.test_look import CSS
from tests.web.test_waybill_pages import issued
from yinji.access.model import Post
from yinji.flows.draw_specimen import INVENTED
from yinji.flows.lint_template import NUMBER
from yinji.flows.try_template import TEXT_MAX, Switch
from yinji.label.layout import sizes, template_of

HERE = "/console/templates"
GOOD = {
    "name": "王*",
    "phone": "1******5678",
    "address": "广东省深圳市南山区望海路8号****",
    "contents": "茶叶礼盒",
    "remark": "",
}
POINTS_PER_MM = 72 / 25.4


@pytest.fixture
def desk(site: Site) -> Site:
    site.sign_in(site.opened("desk-1", Post.OPERATIONS))
    return site


def tried(site: Site, size: str = "76x130", to: str = "", **texts: str) -> Any:
    token = form_token(site.browser.get(f"{HERE}/{size}").text)
    return site.browser.post(f"{HERE}/{size}{to}", data={"form_token": token, **GOOD, **texts})


def codes(image: Image.Image) -> set[str]:
    return {code.text for code in zxingcpp.read_barcodes(image.convert("L"))}


@pytest.mark.parametrize(("language", "title"), [("zh", "面单模板"), ("en", "Label templates")])
def test_every_size_is_listed_with_its_specimen_and_what_it_is_for(desk: Site, language: str, title: str) -> None:
    shown = desk.browser.get(HERE, headers={"accept-language": language})
    assert shown.status_code == 200
    assert title in shown.text
    page = html.fromstring(shown.text)
    assert page.xpath("//figure/img/@src") == [f"{HERE}/{size}/specimen.png" for size in sizes()]
    assert page.xpath("//figure/img/@class") == [f"mm-{size}" for size in sizes()]
    assert all(page.xpath("//figure/img/@alt"))
    assert 'href="/console/templates" aria-current="page"' in shown.text
    for size in sizes():
        assert page.xpath(f"//a[@href='{HERE}/{size}']")
        assert page.xpath(f"//a[@href='{HERE}/{size}/print']")


def test_the_style_sheet_knows_every_size_in_millimetres_and_the_paper_it_is_printed_on() -> None:
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", CSS)
    for size in sizes():
        template = template_of(size)
        width, height = f"{template.width:g}mm", f"{template.height:g}mm"
        shown = [body for names, body in rules if f".mm-{size}" in re.split(r"[\s,]+", names)]
        assert [re.findall(r"[\d.]+mm", body) for body in shown] == [[width, height]]
        named = [re.search(r"page: ([\w-]+)", body) for names, body in rules if f".print-{size}" in re.split(r"[\s,]+", names)]
        (paper,) = [each[1] for each in named if each]
        assert f"@page {paper} {{ size: {width} {height}; margin: 0; }}" in CSS


@pytest.mark.parametrize("size", ["76x130", "100x150-return"])
def test_a_specimen_is_a_picture_and_a_document_of_the_true_size_and_counts_nothing(desk: Site, size: str) -> None:
    before = desk.world.house.ledger.head(desk.world.house.data).size
    picture = desk.browser.get(f"{HERE}/{size}/specimen.png")
    document = desk.browser.get(f"{HERE}/{size}/specimen.pdf")
    image, template = Image.open(BytesIO(picture.content)), template_of(size)
    assert image.size == (template.width * 8, template.height * 8)
    assert picture.headers["cache-control"] == "no-store"
    assert NUMBER in codes(image)
    page = pdfium.PdfDocument(document.content)[0]
    assert page.get_width() / POINTS_PER_MM == pytest.approx(template.width, abs=0.1)
    text = re.sub(r"\s", "", page.get_textpage().get_text_range())
    assert "SPECIMEN" in text
    assert not [each for person in INVENTED.values() for each in person if each in text]
    assert desk.world.house.ledger.head(desk.world.house.data).size == before


def test_what_passes_is_drawn_into_the_page_and_given_as_a_document(desk: Site) -> None:
    shown = tried(desk)
    assert shown.status_code == 200
    page = html.fromstring(shown.text)
    (drawn,) = page.xpath("//div[@id='tried']//svg[@class='mm-76x130']")
    assert drawn.get("viewbox") == "0 0 608 1040"
    assert len(drawn.xpath("./path/@d")[0]) > 10_000
    assert not page.xpath("//div[@id='tried']//img")
    assert page.xpath("//input[@id='name']/@value") == ["王*"]
    document = tried(desk, to="/tried.pdf")
    assert document.headers["content-type"] == "application/pdf"
    assert "SPECIMEN" in pdfium.PdfDocument(document.content)[0].get_textpage().get_text_range()


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_refused_is_told_and_marked_but_neither_drawn_nor_printed(desk: Site, language: str) -> None:
    desk.browser.headers["accept-language"] = language
    shown = tried(desk, name="林**", phone="13700007251")
    page = html.fromstring(shown.text)
    (answer,) = page.xpath("//div[@id='tried']")
    said = answer.text_content()
    assert "gbt-41833-phone" in said
    assert "GB/T 41833-2022" in said
    assert ("怎么办" if language == "zh" else "What to do") in said
    assert not answer.xpath(".//path[string-length(@d) > 1000] | .//img")
    assert len(answer.xpath(".//rect[@class='spot wrong']")) == 1
    assert "13700007251" not in said
    refused = tried(desk, to="/tried.pdf", phone="13700007251")
    assert refused.status_code == 422
    assert refused.headers["content-type"].startswith("text/html")


def test_what_is_typed_stands_in_no_log_no_row_and_no_evidence(desk: Site) -> None:
    house = desk.world.house
    before = [house.ledger.head(each).size for each in (house.data, house.disclosures)]
    for to in ("", "/tried", "/tried.pdf"):
        answer = tried(desk, to=to, name="竺可念", remark="隔壁鲍叔")
        assert answer.headers["cache-control"] == "no-store"
    assert [house.ledger.head(each).size for each in (house.data, house.disclosures)] == before
    kept = desk.log.getvalue().encode() + b"".join(each.read_bytes() for each in desk.world.home.rglob("*") if each.is_file())
    assert "竺可念".encode() not in kept
    assert "鲍叔".encode() not in kept


def test_the_part_for_the_script_is_the_answer_alone(desk: Site) -> None:
    part = tried(desk, to="/tried", **{f"switch-{Switch.UNSORTED}": "yes"})
    assert "<html" not in part.text
    assert html.fragment_fromstring(part.text.strip()).get("id") == "tried"
    assert "竺" not in part.text


def test_an_exemption_is_tried_with_the_invented_recipient_alone(desk: Site) -> None:
    document = tried(desk, to="/tried.pdf", name="竺可念", phone="13700007251", **{f"switch-{Switch.EXEMPT}": "yes"})
    text = re.sub(r"\s", "", pdfium.PdfDocument(document.content)[0].get_textpage().get_text_range())
    assert "竺可念" not in text
    assert "13700007251" not in text
    assert "豁免" in text
    assert "SPECIMEN" in text


def test_every_switch_gives_a_label_that_passes(desk: Site) -> None:
    every = {f"switch-{each}": "yes" for each in Switch if each not in {Switch.VIRTUAL, Switch.EXEMPT}}
    assert "mm-100x150" in tried(desk, "100x150", to="/tried", **every).text
    whole = {"phone": "17012345678", f"switch-{Switch.VIRTUAL}": "yes"}
    assert "mm-76x130" in tried(desk, to="/tried", **whole).text


def test_texts_beyond_their_bounds_and_unknown_sizes_are_refused(desk: Site) -> None:
    assert tried(desk, name="王" * (TEXT_MAX["name"] + 1)).status_code == 422
    for at in ("9x9", "9x9/specimen.png", "9x9/print", "calibration?size=9x9", "calibration.png?size=9x9"):
        assert desk.browser.get(f"{HERE}/{at}").status_code == 422, at
    assert desk.browser.post(f"{HERE}/76x130", data=GOOD).status_code == 403
    script = "<script>alert(1)</script>"
    assert script not in tried(desk, remark=script).text


def test_a_courier_and_a_stranger_see_no_templates(site: Site) -> None:
    paths = (HERE, f"{HERE}/76x130", f"{HERE}/76x130/specimen.png", f"{HERE}/calibration", f"{HERE}/calibration.pdf")
    assert {site.browser.get(each, follow_redirects=False).status_code for each in paths} == {303}
    site.sign_in(site.opened("courier-1", Post.COURIER))
    assert {site.browser.get(each).status_code for each in paths} == {403}
    assert "/console/templates" not in site.browser.get("/console/delivery").text


@pytest.mark.parametrize(("language", "unread"), [("zh", "没有看懂"), ("en", "Not understood")])
def test_a_measured_sheet_is_judged_and_an_unread_number_asked_again(desk: Site, language: str, unread: str) -> None:
    desk.browser.headers["accept-language"] = language
    at = f"{HERE}/calibration?size=100x150"
    shown = desk.browser.get(at).text
    assert "calibration.png?size=100x150" in shown
    token = form_token(shown)

    def said(**measured: str) -> tuple[int, str]:
        answer = desk.browser.post(at, data={"form_token": token, **measured})
        return answer.status_code, html.fromstring(answer.text).get_element_by_id("said").text_content()

    assert said(across="77.6", down="97")[0] == 200
    assert "97.0 %" in said(across="77.6", down="97")[1]
    assert said(across="80", down="100.2", left="2", top="")[1].strip()
    good = {"across": "80", "down": "100"}
    for change in ({"down": ""}, {"across": "eighty"}, {"down": "5"}, {"left": "99"}):
        wrong = good | change
        status, words = said(**wrong)
        assert status == 422, wrong
        assert unread in words


def test_the_calibration_sheet_is_given_as_a_picture_and_a_document(desk: Site) -> None:
    for size in ("76x130", "100x180"):
        picture = desk.browser.get(f"{HERE}/calibration.png", params={"size": size})
        assert NUMBER in codes(Image.open(BytesIO(picture.content)))
    document = desk.browser.get(f"{HERE}/calibration.pdf").content
    assert pdfium.PdfDocument(document)[0].get_height() / POINTS_PER_MM == pytest.approx(130, abs=0.1)


def test_printing_a_waybill_from_the_browser_is_counted_and_looking_at_its_picture_is_not(site: Site) -> None:
    number, path = issued(site)
    site.sign_in(site.opened("desk-1", Post.OPERATIONS))
    register, org = site.world.house.register, site.world.house.node.org
    page = site.browser.get(path).text
    assert f'formaction="{path}/again/print"' in page
    data = {"form_token": form_token(page), "reason": "damaged"}
    shown = site.browser.post(f"{path}/again/print", data=data)
    assert shown.status_code == 200
    assert html.fromstring(shown.text).xpath("//figure/img/@src") == [f"{path}/labels/1"]
    assert register.find(org, number).prints == 1
    picture = site.browser.get(f"{path}/labels/1")
    assert number in codes(Image.open(BytesIO(picture.content)))
    assert not any(value in shown.text for value in LI)
    assert register.find(org, number).prints == 1
    for place in (0, 2):
        assert site.browser.get(f"{path}/labels/{place}").status_code == 404
    assert site.browser.post(f"{path}/again/print", data={**data, "reason": "for fun"}).status_code == 400
    site.browser.post(f"{path}/void", data={**data, "reason": "cancelled"})
    assert site.browser.post(f"{path}/again/print", data=data).status_code == 409
    assert register.find(org, number).prints == 1


def test_compliance_looks_at_a_label_but_prints_none(site: Site) -> None:
    _, path = issued(site)
    site.sign_in(site.opened("officer-2", Post.COMPLIANCE))
    token = form_token(site.browser.get(path).text)
    assert site.browser.get(f"{path}/labels/1").status_code == 200
    assert site.browser.post(f"{path}/again/print", data={"form_token": token, "reason": "damaged"}).status_code == 403
