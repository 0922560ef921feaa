"""What a call raises: a refusal of the node, no way to the node, an answer that is none."""

from __future__ import annotations

import json
from typing import Any


class ClientError(Exception):
    """Whatever a call raises."""


class Unreachable(ClientError):  # noqa: N818 - what there is not is a way, not an error of ours
    """There is no way to the node, or it broke on the way. ``sent``: the node may have done what was asked."""

    def __init__(self, why: str, *, sent: bool) -> None:
        """Say why."""
        super().__init__(why)
        self.sent = sent


class Unreadable(ClientError):  # noqa: N818 - as above
    """The answer is not what the API promises: another version, or something else answers at this address."""


class Problem(ClientError):  # noqa: N818 - the word of RFC 9457
    """A refusal (RFC 9457). ``code`` and ``name`` never change; ``reason`` and ``remedy`` are sentences; ``at`` is the place."""

    def __init__(self, status: int, told: dict[str, Any]) -> None:
        """Take what the document says."""
        self.status = status
        self.code = int(told.get("code", 0))
        self.name = str(told.get("name", ""))
        self.reason = str(told.get("title", ""))
        self.remedy = str(told.get("remedy", ""))
        self.at = str(told.get("at", ""))
        self.request = str(told.get("request", ""))
        place = f" ({self.at})" if self.at else ""
        super().__init__(f"{self.code} {self.name}{place}: {self.reason}; {self.remedy}")


def problem_of(status: int, body: bytes) -> Problem:
    """Return the problem that an answer is; one that carries no document has its status alone."""
    try:
        told = json.loads(body)
    except ValueError:
        told = {}
    return Problem(status, told if isinstance(told, dict) else {})
