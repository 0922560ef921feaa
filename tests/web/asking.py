"""The client's own way to an application in this process, and clients of a site."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji_client import Client, Retries, Unreachable
from yinji_client.transport import Answer


@dataclass
class InProcess:
    """Carries requests to a site's browser; ``first`` is what happens instead of the next requests, one each."""

    site: Site
    first: list[Answer | Unreachable] = field(default_factory=list)
    sent: list[tuple[str, str, dict[str, str], bytes | None]] = field(default_factory=list)

    def send(self, method: str, target: str, headers: Mapping[str, str], body: bytes | None) -> Answer:
        self.sent.append((method, target, dict(headers), body))
        if self.first:
            instead = self.first.pop(0)
            if isinstance(instead, Unreachable):
                raise instead
            return instead
        told: Any = self.site.browser.request(method, target, headers=dict(headers), content=body)
        return Answer(told.status_code, {name.lower(): value for name, value in told.headers.items()}, told.content)

    def close(self) -> None:
        """Nothing is kept."""


def client_of(site: Site, *scopes: Scope, test: bool = False, way: InProcess | None = None) -> Client:
    """A client with a key of these scopes."""
    key = site.key(*scopes, test=test).text.open()
    patience = Retries(times=3, first_seconds=0.0, most_seconds=0.0)
    return Client("http://node", key=key, language="en", retries=patience, transport=way or InProcess(site))
