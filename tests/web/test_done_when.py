"""The whole of it at the console, without a manual: a file with two broken rows, one mended, labels, a search by phone, a look, its evidence."""

from __future__ import annotations

import re

from tests.web.conftest import Site, form_token
from tests.web.test_issue import BROKEN, act, handed_in
from yinji.access.model import Post


def test_from_ones_own_file_to_the_evidence_of_a_look(site: Site) -> None:
    browser = site.browser
    site.sign_in(site.opened("clerk-1", Post.OPERATIONS))
    href = handed_in(site, BROKEN)
    (phone,) = re.findall(r'id="(cell-3-\d+)"', browser.get(href).text)
    act(site, href, "mend", **{phone: "15900005678"})
    act(site, href, "start")
    assert browser.get(f"{href}/results/labels.pdf").content.startswith(b"%PDF")

    token = form_token(browser.get("/console/waybills").text)
    sought = {"form_token": token, "by": "phone", "text": "15900005678", "purpose": "solve"}
    found = browser.post("/console/waybills/search", data=sought).text
    (bill,) = set(re.findall(r'href="(/console/waybills/[0-9a-f-]{36})"', found))
    assert "15900005678" not in found.replace('value="15900005678"', "")

    token = form_token(browser.get(bill).text)
    asked = {"form_token": token, "party": "recipient", "view": "all", "purpose": "solve"}
    shown = browser.post(f"{bill}/reveal", data=asked)
    assert shown.status_code == 200
    assert "赵静怡" in shown.text
    assert "15900005678" in shown.text

    evidence = browser.get("/console/ledger/disclosures").text
    assert "clerk-1" in evidence
    assert "赵静怡" not in evidence
    assert re.search("查看", evidence)
