"""What was answered too late may still be done: asked again, the same order is the same waybill, not a second one."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

import pytest
from litestar import get
from litestar.params import FromQuery
from litestar.testing import TestClient

from tests.simulators.node import LOOK, World, press
from tests.web.conftest import Site
from yinji.doors.http import app as application
from yinji.doors.http.app import make_app
from yinji.doors.http.visitor import Asking, unsigned
from yinji.flows.house import House
from yinji.flows.issue_waybills import IssueRun


def slowly(house: House, world: World, seconds: float) -> list[str]:
    time.sleep(seconds)
    outcome = IssueRun(house, press(), merchant="M", look=LOOK).issue([world.order("SLOW-1")])
    return [label.number for label in outcome.labels]


def test_an_order_that_was_answered_too_late_is_issued_once(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    @get("/issue", opt=unsigned())
    async def issue(visitor: Asking, seconds: FromQuery[float]) -> list[str]:
        return await visitor.ask(slowly, site.world, seconds)

    site.world.number_of("before")  # fonts are read and the run is warm: what is slow below is slow on purpose
    monkeypatch.setattr(application, "API", [*application.API, issue])
    house = replace(site.world.house, settings=replace(site.world.house.settings, serve_seconds=0.5))  # type: ignore[arg-type]  # less than a user may set
    client: TestClient[Any]
    with TestClient(make_app(house, log=site.app.asgi_handler._log, metrics=site.metrics)) as client:  # type: ignore[attr-defined]  # what the fixture put there
        late = client.get("/api/v1/issue?seconds=0.6")
        assert (late.status_code, late.json()["name"]) == (503, "REQUEST_SLOW")
        assert late.headers.get("retry-after")
        again = client.get("/api/v1/issue?seconds=0")
        assert again.status_code == 200
        time.sleep(0.4)  # the first one's thread has finished by now
        third = client.get("/api/v1/issue?seconds=0")
    assert again.json() == third.json()
    org = house.node.org
    assert house.register.audit(org) == (2, 2)
