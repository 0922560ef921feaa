"""What a browser puts on paper, and what it shows while somebody types."""

from __future__ import annotations

import pypdfium2 as pdfium
import pytest
import zxingcpp

from tests.browser.conftest import Open
from tests.browser.served import Node
from yinji.flows.lint_template import NUMBER, TOKEN
from yinji.label.layout import template_of

pytestmark = pytest.mark.xdist_group("browser")

POINTS_PER_MM, PIXELS_PER_MM = 72 / 25.4, 96 / 25.4
EXACT_MM = 0.3
HEAD = 8
INK = 128


def read(document: bytes, size: str) -> set[str]:
    """What another's reader reads on the one page of a label's own size, printed in the dots of a head; nothing else is on it."""
    pages, template = pdfium.PdfDocument(document), template_of(size)
    assert len(pages) == 1
    assert pages[0].get_width() / POINTS_PER_MM == pytest.approx(template.width, abs=EXACT_MM)
    assert pages[0].get_height() / POINTS_PER_MM == pytest.approx(template.height, abs=EXACT_MM)
    assert not pages[0].get_textpage().get_text_range().strip(), "something beside the label is printed"
    image = pages[0].render(scale=HEAD / POINTS_PER_MM).to_pil().convert("L")
    return {code.text for code in zxingcpp.read_barcodes(image)}


@pytest.mark.parametrize("size", ["76x130", "100x150-return", "100x180"])
def test_a_specimen_is_printed_on_paper_of_its_own_size(window: Open, size: str) -> None:
    seen = window("yunying")
    assert seen.go(f"/console/templates/{size}/print") == 200
    assert seen.page.locator("[data-print]").is_visible()
    assert NUMBER in read(seen.page.pdf(prefer_css_page_size=True), size)


def test_the_calibration_sheet_measures_as_it_does_in_the_document(window: Open, node: Node) -> None:
    seen = window("yunying")
    seen.go("/console/templates/calibration/print?size=76x130")
    printed = seen.page.pdf(prefer_css_page_size=True)
    assert read(printed, "76x130") == {NUMBER, node.world.house.settings.label_link + TOKEN}
    dot = 4 * HEAD
    image = pdfium.PdfDocument(printed)[0].render(scale=dot / POINTS_PER_MM).to_pil().convert("L")
    ink = [image.getpixel((x, round(10.5 * dot))) < INK for x in range(image.width)]
    starts = [x / dot for x in range(1, image.width) if ink[x] and not ink[x - 1]]
    assert starts == pytest.approx([10.0 + mm for mm in range(61)], abs=EXACT_MM)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_a_waybills_label_is_printed_after_its_reprint_was_counted(window: Open, node: Node, *, scripts: bool) -> None:
    key = f"print-{scripts}"
    number = node.issue(key)
    seen = window("yunying", java_script_enabled=scripts)
    seen.go(node.bill(key))
    seen.page.click("details:has(form[action$='/again']) summary")
    assert seen.send("button[formaction$='/again/print']") == 200
    assert number in read(seen.page.pdf(prefer_css_page_size=True), "76x130")
    house = node.world.house
    assert house.register.find(house.node.org, number).prints == 1


def test_findings_follow_what_is_typed_and_no_address_holds_it(window: Open) -> None:
    seen = window("yunying")
    page, asked = seen.page, list[str]()
    page.on("request", lambda request: asked.append(request.url))
    seen.go("/console/templates/76x130")
    page.fill("#phone", "13700007251")
    page.wait_for_selector("#tried .callout.wrong")
    assert page.locator("#tried svg.plan .wrong").count() == 1
    page.fill("#phone", "1******7251")
    page.wait_for_selector("#tried .callout.done")
    drawn = page.locator("#tried svg.mm-76x130").bounding_box()
    assert drawn
    assert drawn["width"] / PIXELS_PER_MM == pytest.approx(76, abs=EXACT_MM)
    assert page.input_value("#phone") == "1******7251"
    assert [each for each in asked if "7251" in each] == []
    assert sum(each.endswith("/tried") for each in asked) == 2
