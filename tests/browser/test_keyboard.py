"""Everything can be done by keyboard alone, and one sees where one is."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Open
from tests.browser.scenes import SCENES, Scene
from tests.browser.served import Node

pytestmark = pytest.mark.xdist_group("browser")

TOURED = ("sign-in", "home", "waybills", "waybill", "issue", "issue-checked", "delivery", "ledger", "numbers")
STOPS_MAX = 120
PHONE = {"width": 390, "height": 844}

_HERE = """() => {
  const at = document.activeElement;
  if (!at || at === document.body) return null;
  const outlined = (node) => { const style = getComputedStyle(node); return style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0; };
  const frame = at.closest(".drop, .segments label") || at;
  const box = frame.getBoundingClientRect();
  at.dataset.stop ??= String(document.querySelectorAll("[data-stop]").length);
  return {
    stop: at.dataset.stop, what: at.outerHTML.slice(0, 90), outlined: outlined(at) || outlined(frame),
    inside: box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth && box.width > 0 && box.height > 0,
    main: Boolean(at.closest("main form")),
  };
}"""


def tour(page: Page) -> list[dict[str, object]]:
    """Press Tab until the focus leaves the page or comes round; return every stop."""
    stops: list[dict[str, object]] = []
    for _ in range(STOPS_MAX):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None or here["stop"] in {each["stop"] for each in stops}:
            return stops
        stops.append(here)
    return stops


@pytest.mark.parametrize("scene", [each for each in SCENES if each.name in TOURED], ids=lambda scene: scene.name)
def test_every_stop_of_the_tab_key_is_seen(scene: Scene, kept: Open) -> None:
    seen = kept(scene.account, "zh")
    seen.page.set_viewport_size({"width": 1440, "height": 900})
    scene.way(seen)
    seen.page.evaluate("() => document.activeElement.blur()")
    stops = tour(seen.page)
    assert 3 < len(stops) < STOPS_MAX
    assert "skip" in str(stops[0]["what"])
    assert not [each["what"] for each in stops if not each["outlined"] or not each["inside"]]
    assert any(each["main"] for each in stops)


def test_the_skip_link_leads_past_the_navigation_into_the_form(kept: Open) -> None:
    seen = kept("kuaidi", "zh")
    page = seen.page
    seen.go("/console/delivery")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    assert page.evaluate("() => document.activeElement.id") == "content"
    reached = []
    for _ in range(4):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("() => document.activeElement.id"))
    assert "number" in reached


def test_one_signs_in_and_finds_a_parcel_without_a_mouse(window: Open, node: Node) -> None:
    seen = window()
    page = seen.page
    seen.go("/console/sign-in")
    page.focus("#account")
    page.keyboard.type("kuaidi")
    page.keyboard.press("Tab")
    page.keyboard.type(node.secrets["kuaidi"])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    page.keyboard.press("g")
    with page.expect_navigation():
        page.keyboard.press("d")
    assert page.url.endswith("/console/delivery")
    page.focus("#number")
    page.keyboard.type(node.numbers["to-deliver"])
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert seen.status == 200
    assert "白鹭东路" in page.inner_text("main")


def test_the_menu_of_a_phone_opens_and_escape_closes_it(kept: Open) -> None:
    seen = kept("yunying", "en")
    page = seen.page
    page.set_viewport_size(PHONE)
    seen.go("/console")
    assert not page.is_visible("nav.side")
    page.click(".dock a[href='#menu']")
    assert page.is_visible("nav.side")
    page.keyboard.press("Escape")
    page.wait_for_selector("nav.side", state="hidden")
