"""Debian's Chromium, as the tests start it: headless, with a new profile, asking nobody but this machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

CHROMIUM = Path("/usr/bin/chromium")
REMEDY = "apt install chromium"
ARGUMENTS = (
    "--no-sandbox",  # tests run as root in a container, where Chromium has no sandbox of its own
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
    "--proxy-server=127.0.0.1:9",  # nobody listens there: whatever is not this machine is not reached by its number either
)
AS_PEOPLE_USE_IT = ["--disable-back-forward-cache"]
"""What the driver would add and must not: a page that is left stays in memory for the way back, as in anybody's browser."""


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Start a browser; ``more`` are further arguments of its command line."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=[*ARGUMENTS, *more], ignore_default_args=AS_PEOPLE_USE_IT
        )
        try:
            yield browser
        finally:
            browser.close()
