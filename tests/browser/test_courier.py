"""A courier at the door, with a phone: scans or types a number, sees where the parcel goes, and nothing once it was handed over."""

from __future__ import annotations

import pytest

from tests.browser.conftest import Open
from tests.browser.served import HE, Node
from yinji.waybill.parcel.model import Scan

pytestmark = pytest.mark.xdist_group("browser")

PHONE = {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True, "device_scale_factor": 2}
GO = "form[action='/console/delivery'] button[type=submit]"


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_the_address_is_shown_until_the_parcel_is_delivered(window: Open, node: Node, *, scripts: bool) -> None:
    key = f"door-{scripts}"
    number = node.issue(key, HE)
    node.scan(key, Scan.ACCEPTED)
    seen = window("kuaidi", java_script_enabled=scripts, **PHONE)
    page = seen.page
    seen.go("/console/delivery")
    page.fill("#number", number)
    seen.send(GO)
    shown = page.inner_text("main")
    assert HE[2] in shown
    assert HE[0] not in shown
    assert HE[1] not in shown
    assert number not in page.url
    node.scan(key, Scan.DELIVERED)
    page.fill("#number", number)
    seen.send(GO)
    assert seen.status == 403
    assert HE[2] not in page.inner_text("main")
    assert page.get_attribute("#number", "aria-invalid") == "true"


def test_what_a_thumb_presses_is_large_enough(window: Open) -> None:
    seen = window("kuaidi", **PHONE)
    seen.go("/console/delivery")
    for selector in ("#number", GO, ".dock a"):
        box = seen.page.locator(selector).first.bounding_box()
        assert box
        assert box["height"] >= 44, selector


def test_the_camera_is_offered_only_where_the_browser_reads_codes(window: Open) -> None:
    """Chromium reads bar codes on Android, macOS and ChromeOS; where it does not, nobody is led to a button that does nothing."""
    seen = window("kuaidi", **PHONE)
    seen.go("/console/delivery")
    reads = seen.page.evaluate("() => 'BarcodeDetector' in window")
    assert seen.page.is_visible("[data-scan]") is reads
    assert not seen.page.is_visible("[data-scanning]")
