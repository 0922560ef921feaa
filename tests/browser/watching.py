"""A browser's window that is watched: what it reports wrong, whom it asks, what it was answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Dialog, Page, Request, Response

from tests.browser.served import Node

LOCALES = {"zh": "zh-CN", "en": "en-US"}
WIDE = {"width": 1440, "height": 900}
PATIENCE_MS = 30_000
_SENT = "Failed to load resource: the server responded with a status of"
"""What the console says of every answer of 400 and above; the answer itself is looked at by whoever asked for it."""

_CALM = {
    "net::ERR_ABORTED",  # a download, or a page left before all of it came
    "net::ERR_CACHE_MISS",  # the way back to what a form was answered: nobody kept it
}


@dataclass
class Window:
    """One page of one context, and what went wrong in it."""

    node: Node
    context: BrowserContext
    page: Page
    language: str
    elsewhere: tuple[str, ...] = ()
    """Addresses of other sites that a test itself stands for."""

    wrong: list[str] = field(default_factory=list)
    status: int = 0

    def go(self, path: str) -> int:
        """Open a path; return the status of the document that came in the end."""
        self.page.goto(self.node.url + path)
        return self.status

    def sign_in(self, code: str, secret: str | None = None) -> int:
        """Fill in and send the form."""
        if "/console/sign-in" not in self.page.url:
            self.go("/console/sign-in")
        self.page.fill("#account", code)
        self.page.fill("#secret", self.node.secrets[code] if secret is None else secret)
        return self.send("form[action='/console/sign-in'] button")

    def send(self, selector: str) -> int:
        """Press what leads to another page; return that page's status."""
        with self.page.expect_navigation():
            self.page.click(selector)
        return self.status

    def watch(self) -> None:
        """Listen to everything from now on."""
        page = self.page
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("dialog", self._dialog)
        page.on("requestfailed", self._failed)
        page.on("response", self._answered)
        page.on("request", self._asked)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not message.text.startswith(_SENT):
            self.wrong.append(f"console: {message.text}")

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _failed(self, request: Request) -> None:
        if request.failure not in _CALM:
            self.wrong.append(f"request: {request.method} {request.url} {request.failure}")

    def _answered(self, response: Response) -> None:
        if response.request.is_navigation_request() and response.frame == self.page.main_frame:
            self.status = response.status
        elif response.status >= 400:
            self.wrong.append(f"answer: {response.status} {response.url}")

    def _asked(self, request: Request) -> None:
        if not request.url.startswith((f"{self.node.url}/", *self.elsewhere)):
            self.wrong.append(f"outside: {request.url}")


def opened(browser: Browser, node: Node, language: str = "zh", **more: Any) -> Window:
    """Open a window of nobody's, or of whose ``storage_state`` it is; its context is to be closed."""
    given = {"viewport": WIDE, "locale": LOCALES[language], "reduced_motion": "reduce", "base_url": node.url, **more}
    context = browser.new_context(**given)
    context.set_default_timeout(PATIENCE_MS)
    window = Window(node, context, context.new_page(), language)
    window.watch()
    return window
