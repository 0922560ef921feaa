"""The API does what its document says: every operation, with what the document allows and with what it does not (schemathesis).

The engine that `schemathesis run` drives runs here on an application in this process, with fixed seeds: examples of the document, each
edge of each schema, some random requests, and requests that use what others answered.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from litestar import Litestar
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema

from tests.simulators.node import World
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.doors.http.api.reference_answers import ALWAYS
from yinji.doors.http.app import api_document, make_app
from yinji.doors.http.observing import Metrics, make_log
from yinji.kernel.refusals import Refusal

DOCUMENT = "/api/v1/schema/openapi.json"
SEED = 20_261_122
RANDOM_REQUESTS = 4
"""Of each operation and kind, in fuzzing and for each chain of requests: more find nothing new here, and take their time."""

BY_ORDER = ["issueWaybills", "shipBack"]
"""Operations that answer an unfit order beside the fit ones: the request is taken, the order refused."""

CHECKS = {
    "allow_header_conformance": {"enabled": False},  # the framework's answer to OPTIONS names the first handler's methods only
    "positive_data_acceptance": {  # what a schema cannot say (check digits, cursors, what exists) is refused by its meaning
        "expected-statuses": ["2xx", "3xx", "400", "403", "404", "409", "410", "412", "422", "429"]
    },
}


@schemathesis.check
def refusals_are_problems(_: Any, response: Any, case: Any) -> None:
    """Every refusal is a problem document with a code of ours, reason, remedy, and the request's number."""
    if response.status_code < 400 or case.method == "HEAD":
        return
    told = json.loads(response.content)
    assert response.headers["content-type"] == ["application/problem+json"], response.headers
    assert told["status"] == response.status_code
    assert Refusal[told["name"]] == told["code"]
    assert told["title"]
    assert told["remedy"]
    assert told["type"] == f"/problems/{told['name']}"
    assert [told.get("request", response.headers["x-request-id"][0])] == response.headers["x-request-id"]
    assert response.headers["cache-control"] == ["no-store"]
    assert response.headers["content-language"] == ["zh"]


class Asked:
    """An application, asked as a server asks one, and all that was found."""

    def __init__(self, world: World) -> None:
        self.log = io.StringIO()
        self._app: Litestar = make_app(world.house, log=make_log(self.log))
        self.site = Site(world, self._app, self.log, Metrics(), None)  # type: ignore[arg-type]  # nobody browses

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        async def whole() -> Any:
            return {"body": b"", "more_body": False, **await receive()}  # servers leave out nothing (uvicorn), this client does

        await self._app(scope, whole, send)

    def found(self, *phases: str, scopes: tuple[Scope, ...]) -> tuple[int, dict[tuple[str, str], str]]:
        """How many requests were made, and of each operation and check what was found first."""
        key = self.site.key(*scopes).text.open()
        config = SchemathesisConfig.from_dict(
            {
                "seed": SEED,
                "workers": 1,
                "headers": {"Authorization": f"Bearer {key}"},
                "continue-on-failure": True,
                "checks": CHECKS,
                "operations": [
                    {"include-operation-id": each, "checks": {"negative_data_rejection": {"enabled": False}}}
                    for each in BY_ORDER
                ]
                + [{"include-operation-id": "shipBack", "phases": {"coverage": {"enabled": False}}}],  # its body is read alike
                "generation": {
                    "max-examples": RANDOM_REQUESTS,
                    "deterministic": True,
                    "no-shrink": True,
                    "with-security-parameters": False,
                },
                "phases": {each: {"enabled": each in phases} for each in ("examples", "coverage", "fuzzing", "stateful")},
            }
        )
        made, found = 0, {}
        for event in from_schema(schemathesis.openapi.from_asgi(DOCUMENT, self, config=config)).execute():
            assert not isinstance(event, events.FatalError), event.exception
            if isinstance(event, events.NonFatalError):
                found[event.label, "error"] = str(event.value)
            if isinstance(event, events.ScenarioFinished):
                made += len(event.recorder.cases)
                found |= dict(_failures(event))
        return made, found


def _failures(event: events.ScenarioFinished) -> Iterator[tuple[tuple[str, str], str]]:
    for checks in event.recorder.checks.values():
        for each in checks:
            if each.failure_info is not None:
                yield (str(event.label), each.name), f"{each.failure_info.failure.message}\n{each.failure_info.code_sample}"


@pytest.fixture
def asked(world: World) -> Asked:
    world.issue([world.order(f"A{each}") for each in range(3)])
    return Asked(world)


def test_every_operation_keeps_to_the_document(asked: Asked) -> None:
    """Some twelve hundred requests, eight seconds: each edge of each schema once."""
    made, found = asked.found("examples", "coverage", scopes=tuple(Scope))
    assert found == {}
    assert made > 800


def test_random_requests_and_chains_of_requests_keep_to_it_too(asked: Asked) -> None:
    """Some seconds: requests that nobody thought of, and requests that take up what others answered."""
    made, found = asked.found("fuzzing", "stateful", scopes=tuple(Scope))
    assert found == {}
    assert made > 80
    assert '"status":5' not in asked.log.getvalue()


def test_a_key_of_few_scopes_is_refused_as_documented(asked: Asked) -> None:
    made, found = asked.found("examples", scopes=(Scope.WAYBILLS_READ,))
    assert found == {}
    assert made > 5


def test_every_operation_says_how_it_may_refuse() -> None:
    silent = [
        f"{method} {path}"
        for path, methods in api_document()["paths"].items()
        for method, operation in methods.items()
        if not {str(each.value) for each in ALWAYS} <= set(operation["responses"])
    ]
    assert not silent, f"give these `refusing()`: {silent}"
