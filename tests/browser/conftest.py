"""One served node and one browser for the whole folder: each of its files stands in the xdist group "browser".

Both end with the folder: the browser's driver keeps an event loop in this thread, which other tests must not meet.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Browser

from tests.browser.chromium import CHROMIUM, REMEDY, chromium
from tests.browser.served import Node, furnished, serving
from tests.browser.watching import Window, opened
from tests.conftest import without

Open = Callable[..., Window]


@pytest.fixture(scope="package")
def node(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """A node that is served until the folder's last test."""
    if not CHROMIUM.exists():
        without("Chromium", REMEDY)
    with serving(furnished(tmp_path_factory.mktemp("served") / "node")) as served:
        yield served


@pytest.fixture(scope="package")
def browser(node: Node) -> Iterator[Browser]:
    """The browser."""
    assert node.url
    with chromium() as started:
        yield started


@pytest.fixture(scope="package")
def cookies(browser: Browser, node: Node) -> dict[str, Any]:
    """What a browser keeps once somebody signed in, by account: the form is filled in once for each."""
    kept = {}
    for code in node.secrets:
        window = opened(browser, node)
        assert window.sign_in(code) == 200
        kept[code] = window.context.storage_state()
        window.context.close()
    return kept


@pytest.fixture(scope="package")
def kept(browser: Browser, node: Node, cookies: dict[str, Any]) -> Iterator[Open]:
    """Windows that are opened once and used again, by account and language: for looking at many pages."""
    made: dict[tuple[str, str], Window] = {}

    def give(code: str, language: str) -> Window:
        if (code, language) not in made:
            given = {"storage_state": cookies[code]} if code else {}
            made[code, language] = opened(browser, node, language, **given)
        made[code, language].wrong.clear()
        return made[code, language]

    yield give
    for each in made.values():
        each.context.close()


@pytest.fixture
def window(browser: Browser, node: Node, cookies: dict[str, Any]) -> Iterator[Open]:
    """Open windows: ``window("yunying", "en")``; nobody's without an account. What went wrong in them fails the test."""
    made: list[Window] = []

    def make(code: str = "", language: str = "zh", **more: Any) -> Window:
        given = {"storage_state": cookies[code], **more} if code else more
        made.append(opened(browser, node, language, **given))
        return made[-1]

    yield make
    for each in made:
        each.context.close()
    assert not [wrong for each in made for wrong in each.wrong]
