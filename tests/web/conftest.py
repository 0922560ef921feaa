"""A node, its application, and browsers and programs that ask it, all in this process."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.simulators.node import World
from yinji.access.accounts.service import Opened
from yinji.access.api_keys.model import Scope
from yinji.access.api_keys.service import Issued
from yinji.access.model import Post
from yinji.doors.http.app import make_app
from yinji.doors.http.observing import Metrics, make_log
from yinji.flows.hold_api_keys import issue_api_key

Browser = TestClient[Litestar]


@dataclass
class Site:
    """An application over a world, and what it says of itself."""

    world: World
    app: Litestar
    log: io.StringIO
    metrics: Metrics
    browser: Browser

    def opened(self, code: str = "officer-1", post: Post = Post.COMPLIANCE) -> Opened:
        answer = self.world.house.accounts.open(code, post, actor=self.world.house.actor)
        assert isinstance(answer, Opened), answer
        return answer

    def key(self, *scopes: Scope, test: bool = False, days: int = 30) -> Issued:
        wanted = scopes or (Scope.WAYBILLS_READ,)
        issued = issue_api_key(self.world.house, "orders", wanted, days=days, test=test)
        assert isinstance(issued, Issued), issued
        return issued

    def me(self, key: str, **headers: str) -> Any:
        return self.browser.get("/api/v1/me", headers={"authorization": f"Bearer {key}", **headers})

    def sign_in(self, opened: Opened, secret: str | None = None, **more: Any) -> Any:
        shown = self.browser.get("/console/sign-in")
        data = {"form_token": form_token(shown.text), "account": opened.named.account.code}
        data["secret"] = opened.secret.open() if secret is None else secret
        return self.browser.post("/console/sign-in", data=data | more, follow_redirects=False)


def form_token(page: str) -> str:
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', page)
    assert found
    return found[1]


@pytest.fixture
def site(world: World) -> Iterator[Site]:
    log, metrics = io.StringIO(), Metrics()
    app = make_app(world.house, log=make_log(log), metrics=metrics)
    with TestClient(app) as browser:
        yield Site(world, app, log, metrics, browser)
