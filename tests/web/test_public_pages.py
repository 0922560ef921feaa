"""What anybody may read: the page behind a label's QR code. And the settings, which only some may."""

from __future__ import annotations

import re
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp

from tests.simulators.node import LI, LOOK, make_world
from tests.web.conftest import Site
from tests.web.test_waybill_pages import issued, signed_in
from yinji.access.model import Post
from yinji.doors.http.console.settings_page import WORDS, _rows
from yinji.flows.print_again import AgainReason, print_labels
from yinji.flows.set_press import press_of
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.settings import Settings


@pytest.mark.parametrize(("language", "title"), [("zh", "怎样看这张面单"), ("en", "How to read this label")])
def test_every_token_leads_to_the_same_page_and_to_no_log(site: Site, language: str, title: str) -> None:
    issued(site)
    asked = {"accept-language": language}
    pages = [
        site.browser.get(f"/l/{token}", headers=asked) for token in ("Zq3uT0kenOfNobody-4711", "anything-else", "%3Cscript%3E")
    ]
    assert {each.status_code for each in pages} == {200}
    assert len({each.text for each in pages}) == 1
    assert title in pages[0].text
    assert "set-cookie" not in pages[0].headers
    assert not any(value in pages[0].text for value in LI)
    assert "Zq3uT0kenOfNobody" not in site.log.getvalue()
    assert site.browser.get("/l", headers=asked).text == pages[0].text


def test_a_label_carries_the_link_in_its_code(tmp_path: Path) -> None:
    link = "https://labels.example/l/"
    world = make_world(tmp_path / "node", settings=f'label_link = "{link}"')
    number = world.number_of("T-1")
    press = press_of(world.house.settings)
    labels, _ = print_labels(world.house, press, LOOK, numbers=[number], again=AgainReason.LOST)
    with pypdfium2.PdfDocument(BytesIO(press.to_pdf(labels))) as document:
        image = document[0].render(scale=4, grayscale=True).to_pil()
    (code,) = zxingcpp.read_barcodes(image, formats=zxingcpp.BarcodeFormat.QRCode)
    assert re.fullmatch(re.escape(link) + r"[A-Za-z0-9_-]{16,}", code.text)
    world.house.close()


def test_a_link_that_no_code_holds_is_refused(tmp_path: Path) -> None:
    world = make_world(tmp_path / "node", settings='label_link = "https://标签.example/"')
    with pytest.raises(Fault) as fault:
        press_of(world.house.settings)
    assert fault.value.code is Refusal.SETTING_MALFORMED
    world.house.close()


@pytest.mark.parametrize(("language", "said"), [("zh", "面单上的网点"), ("en", "outlet on the label")])
def test_settings_are_read_with_their_sentences(site: Site, language: str, said: str) -> None:
    signed_in(site, Post.COMPLIANCE)
    shown = site.browser.get("/console/settings", headers={"accept-language": language})
    assert shown.status_code == 200
    assert said in shown.text
    assert "reveals_a_day" in shown.text


def test_settings_are_not_for_couriers(site: Site) -> None:
    signed_in(site, Post.COURIER)
    assert site.browser.get("/console/settings").status_code == 403


def test_an_address_with_a_password_is_not_shown() -> None:
    (shown,) = [
        row for row in _rows(Settings(database_url="postgresql://u:secret-4711@h/d")) if row.cells["name"] == "database_url"
    ]
    assert "4711" not in str(shown.cells)
    assert shown.cells["value"] is WORDS["set"]
