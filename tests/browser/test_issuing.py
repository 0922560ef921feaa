"""The whole of it at the console, as a person does it: with scripts, and without any."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.browser.conftest import Open
from tests.browser.served import PEOPLE, ZHAO, Node
from tests.browser.uploading import BROKEN, PHONE, PHONE_SHORT, hand_in
from yinji.access.model import Post

pytestmark = pytest.mark.xdist_group("browser")

SCRIPTS = pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])


@SCRIPTS
def test_from_ones_own_file_to_the_evidence_of_a_look(window: Open, node: Node, tmp_path: Path, *, scripts: bool) -> None:
    clerk = node.account(f"clerk-{scripts}".lower(), Post.OPERATIONS)
    seen = window(java_script_enabled=scripts)
    page = seen.page
    assert seen.sign_in(clerk) == 200

    assert hand_in(seen, BROKEN.replace("A", f"S{int(scripts)}-"), "orders.csv") == 200
    assert page.get_by_text("2 行要处理").count() == 1
    wrong = page.locator("fieldset input[aria-invalid=true]")
    assert [field.input_value() for field in wrong.all()] == [PHONE_SHORT, ""]
    wrong.first.fill(PHONE)
    seen.send("form[action$='/mend'] button")
    assert page.locator("fieldset").count() == 1

    seen.send("form[action$='/start'] button")
    page.wait_for_selector(".callout.done")
    labels = page.locator("a[href$='/results/labels.pdf']")
    answer = seen.context.request.get(f"{node.url}{labels.get_attribute('href')}")
    assert (answer.headers["content-type"], answer.body()[:5]) == ("application/pdf", b"%PDF-")
    with page.expect_download() as errors:
        page.click("a[href$='/results/errors.csv']")
    errors.value.save_as(tmp_path / "errors.csv")
    assert PEOPLE[2][0] in (tmp_path / "errors.csv").read_text(encoding="utf-8-sig")

    seen.go("/console/waybills")
    page.select_option("#by", "phone")
    page.fill("#text", PHONE)
    seen.send("form[action='/console/waybills/search'] button")
    assert PHONE not in page.content()
    assert PHONE not in page.url
    seen.send("table a[href*='/console/waybills/']")
    page.select_option("#purpose", "solve")
    page.select_option("#view", "all")
    seen.send("form[action$='/reveal'] button")
    assert page.get_by_text(ZHAO[0], exact=True).count() == 1
    assert page.get_by_text(PHONE, exact=True).count() == 1
    seen.send(".callout a")
    assert clerk in page.inner_text("main")
    assert ZHAO[0] not in page.content()
    seen.go("/console/ledger/disclosures")
    assert clerk in page.inner_text("ol.timeline > li:first-child")


@SCRIPTS
def test_a_number_is_printed_again_and_voided(window: Open, node: Node, *, scripts: bool) -> None:
    key = f"void-{scripts}"
    node.issue(key)
    seen = window("yunying", java_script_enabled=scripts)
    page = seen.page
    seen.go(node.bill(key))
    page.click("details:has(form[action$='/again']) summary")
    token = page.input_value("form[action$='/again'] input[name=form_token]")
    form = {"form_token": token, "reason": "lost"}
    again = seen.context.request.post(f"{node.url}{node.bill(key)}/again", form=form, headers={"sec-fetch-site": "same-origin"})
    assert again.body().startswith(b"%PDF-")
    seen.go(node.bill(key))
    page.click("details:has(form[action$='/void']) summary")
    page.select_option("form[action$='/void'] select", "mistaken")
    seen.send("form[action$='/void'] button")
    assert page.locator(".tag.ended", has_text="已作废").count() == 1
    assert page.locator("form[action$='/void'], form[action$='/again']").count() == 0
    seen.go(f"{node.bill(key)}/evidence")
    told = page.inner_text("ol.timeline")
    assert "制单有误" in told
    assert "面单丢失" in told


@SCRIPTS
def test_a_run_tells_how_far_it_is_until_it_is_done(window: Open, node: Node, *, scripts: bool) -> None:
    """Some four seconds: a page waits 1.5 for a run that may be over soon, and looks again after two."""
    clerk = node.account(f"long-{scripts}".lower(), Post.OPERATIONS)
    seen = window(java_script_enabled=scripts)
    page = seen.page
    seen.sign_in(clerk)
    hand_in(seen, BROKEN.replace("A", f"L{int(scripts)}-"), "orders.csv")
    with another_writes(node):
        seen.send("form[action$='/start'] button")
        assert page.locator("progress").count() == 1
        assert page.locator("form[action$='/stop']").count() == 1
        if scripts:
            page.evaluate("() => { window.stayed = true; }")
    page.wait_for_selector(".callout.done")
    assert page.evaluate("() => window.stayed === true") is scripts


@contextmanager
def another_writes(node: Node) -> Iterator[None]:
    """Let another program write to the node's data as long as this lasts: a run waits for it."""
    with closing(sqlite3.connect(node.world.home / "data.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")
