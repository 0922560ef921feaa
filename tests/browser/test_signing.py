"""Signing in and out, as a browser keeps it: nothing stays behind, nobody else's page acts in somebody's name."""

from __future__ import annotations

import time
from contextlib import suppress

import pytest
from playwright.sync_api import Error, Page, Route

from tests.browser.conftest import Open
from tests.browser.served import Node
from yinji.access.accounts.rules import WRONG_MAX
from yinji.access.model import Post

pytestmark = pytest.mark.xdist_group("browser")

SIGN_IN = "/console/sign-in"
SETTLED_SECONDS = 10.0
SIGN_OUT = "form[action='/console/sign-out'] button"
EVERYWHERE = "form[action='/console/sign-out-everywhere'] button"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_signing_out_everywhere_ends_the_other_browser_too(window: Open, node: Node, *, scripts: bool) -> None:
    code = node.account(f"twice-{scripts}".lower(), Post.OPERATIONS)
    desk, phone = window(java_script_enabled=scripts), window()
    for each in (desk, phone):
        assert each.sign_in(code) == 200
    desk.send(EVERYWHERE)
    for each in (desk, phone):
        each.go("/console/ledger")
        assert SIGN_IN in each.page.url


def test_after_wrong_secrets_the_account_is_locked_and_the_page_says_so(window: Open, node: Node) -> None:
    code = node.account("forgetful", Post.COURIER)
    seen = window(language="en")
    for _ in range(WRONG_MAX):
        assert seen.sign_in(code, "not the secret") == 401
        assert seen.page.input_value("#secret") == ""
    assert seen.sign_in(code) != 200
    assert "locked" in seen.page.inner_text("[role=alert]")


def test_the_way_back_after_signing_out_shows_nobody(window: Open, node: Node) -> None:
    code = node.account("leaving", Post.OPERATIONS)
    seen = window()
    seen.sign_in(code)
    seen.go(node.bill("on-its-way"))
    number = node.numbers["on-its-way"]
    assert number in seen.page.content()
    seen.page.select_option("#purpose", "solve")
    seen.page.select_option("#view", "all")
    seen.send("form[action$='/reveal'] button")
    assert seen.status == 200
    seen.send(SIGN_OUT)
    for _ in range(2):
        with suppress(Error):  # a form's answer was not kept: the browser shows a page of its own
            seen.page.go_back()
        shown = settled(seen.page)
        assert number not in shown
        assert "赵静怡" not in shown


def settled(page: Page) -> str:
    """What a window shows once it has stopped moving: the browser's own page of a lost answer comes a moment after its error."""
    until = time.monotonic() + SETTLED_SECONDS
    while True:
        try:
            return page.content()
        except Error:
            if time.monotonic() > until:
                raise
            page.wait_for_timeout(50)


@pytest.mark.parametrize("elsewhere", ["http://127.0.0.1:59999/", "http://elsewhere.example/"])
def test_a_form_on_another_sites_page_does_nothing_here(window: Open, node: Node, elsewhere: str) -> None:
    """Even with the right token: another port of this machine is the same site to a browser, and its cookie goes with it."""
    seen = window("yunying")
    page = seen.page
    seen.go("/console")
    token = page.input_value("form[action='/console/sign-out'] input[name=form_token]")
    form = f"<form method='post' action='{node.url}/console/sign-out'><input name='form_token' value='{token}'><button>go</button></form>"

    def trap(route: Route) -> None:
        route.fulfill(content_type="text/html", body=f"<!doctype html><title>trap</title>{form}")

    seen.elsewhere = (elsewhere,)
    page.route(f"{elsewhere}**", trap)
    page.goto(elsewhere)
    seen.send("button")
    assert seen.status == 403
    assert seen.go("/console") == 200
    assert SIGN_IN not in page.url
