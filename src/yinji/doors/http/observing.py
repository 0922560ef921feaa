"""What a process says of itself: one JSON line a request, and metrics. Routes, codes and accounts, never a path's values.

A path such as ``/waybills/QL1000`` holds a number that finds a person: what is said is the route it matched, ``/waybills/{number}``.
Queries, headers and bodies are said nowhere.
"""

from __future__ import annotations

import logging
import os
import sys
import time
from collections.abc import MutableMapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final, TextIO

import msgspec
import structlog
from litestar.enums import ScopeType
from litestar.types import ASGIApp, Message, Receive, Scope, Send
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

from yinji.doors.http.connection import method_of
from yinji.doors.http.problems import place_of

METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})
OTHER: Final = "other"
"""A method or a route that is none of ours: whoever asks must not choose what we write."""

TRACE: Final = "yinji_trace"
_ID_BYTES: Final = 8
_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0)


_LINES: Final = msgspec.json.Encoder(order="sorted", enc_hook=repr)


@dataclass(slots=True)
class Trace:
    """What is known of one request. ``account`` is a reference; ``at`` the place of a mistake of ours."""

    request: str
    account: str = ""
    code: str = ""
    at: str = ""


def trace_of(scope: Scope) -> Trace:
    """Return the trace of a request; one of its own where nobody observes."""
    found = scope["state"].setdefault(TRACE, Trace(""))
    return found if isinstance(found, Trace) else Trace("")


def make_log(out: TextIO = sys.stderr) -> Any:  # noqa: ANN401 - structlog's own loggers have no common public type
    """Return a log that writes one JSON object a line, with the moment in UTC."""
    return structlog.wrap_logger(
        structlog.WriteLogger(out),
        processors=[_line],
        wrapper_class=structlog.make_filtering_bound_logger(logging.NOTSET),
        cache_logger_on_first_use=True,
    )


def _line(_log: Any, level: str, said: MutableMapping[str, Any]) -> str:  # noqa: ANN401 - see `make_log`
    """Return one line: what is said, how bad it is, and when. One step instead of three: a line a request is a sizable part of a small one."""
    said["level"] = level
    said["timestamp"] = datetime.now(UTC).isoformat().replace("+00:00", "Z")
    return _LINES.encode(said).decode()


class _Bare(logging.Handler):
    """Says of what libraries log only who, how bad, and their own fixed words: what they would fill in may quote a request."""

    def __init__(self, log: Any) -> None:  # noqa: ANN401 - see `make_log`
        super().__init__(logging.INFO)
        self._log = log

    def emit(self, record: logging.LogRecord) -> None:
        place = place_of(record.exc_info[1]) if record.exc_info and record.exc_info[1] else ""
        words = record.msg if isinstance(record.msg, str) and not place else ""
        self._log.info("library", by=record.name, severity=record.levelname.lower(), words=words, at=place)


def quiet_libraries(log: Any) -> None:  # noqa: ANN401 - see `make_log`
    """Let this process's libraries speak through ``log`` only. For a server's own process, never for a host's."""
    logging.getLogger().handlers[:] = [_Bare(log)]
    for name in ("uvicorn", "uvicorn.error", "uvicorn.access", "asyncio"):
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    logging.getLogger("uvicorn.error").setLevel(logging.WARNING)


class Metrics:
    """Counts and durations of one application, as Prometheus reads them."""

    def __init__(self) -> None:
        """Begin at nothing. In a process among several the values go to the files that `server` names."""
        self.registry: Final = CollectorRegistry()
        labels = ("method", "route", "status")
        self.requests = Counter("yinji_http_requests", "Requests answered.", labels, registry=self.registry)
        self.seconds = Histogram(
            "yinji_http_seconds", "How long answers took.", ("method", "route"), registry=self.registry, buckets=_BUCKETS
        )
        self.in_hand = Gauge("yinji_http_in_hand", "Requests in hand.", registry=self.registry, multiprocess_mode="livesum")
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}

    def answered(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answer. Method and route are ours, so that there are few of them: what belongs to each is sought once."""
        known = self._known.get((method, route, status))
        if known is None:
            known = self.requests.labels(method, route, str(status)), self.seconds.labels(method, route)
            self._known[method, route, status] = known
        counted, timed = known
        counted.inc()
        timed.observe(seconds)


class Observed:
    """An application whose requests are counted and logged, each under an id of its own."""

    def __init__(self, app: ASGIApp, *, log: Any, metrics: Metrics) -> None:  # noqa: ANN401 - see `make_log`
        """``log`` is what `make_log` made."""
        self._app = app
        self._log = log.bind()  # found once: to look for a logger anew costs as much as writing the line
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request, and say how it went."""
        if scope["type"] != ScopeType.HTTP:
            await self._app(scope, receive, send)
            return
        trace = Trace(os.urandom(_ID_BYTES).hex())  # ours: an id that a visitor brings could hold anything
        scope["state"][TRACE] = trace
        status, begun = 0, time.perf_counter()

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                message["headers"] = [*message["headers"], (b"x-request-id", trace.request.encode())]
            await send(message)

        self._metrics.in_hand.inc()
        try:
            await self._app(scope, receive, noting)
        finally:
            self._metrics.in_hand.dec()
            self._said(scope, trace, status, time.perf_counter() - begun)

    def _said(self, scope: Scope, trace: Trace, status: int, seconds: float) -> None:
        asked = method_of(scope)
        method = asked if asked in METHODS else OTHER
        route = scope.get("path_template") or OTHER
        self._metrics.answered(method, route, status, seconds)
        said = {name: value for name in ("account", "code", "at") if (value := getattr(trace, name))}
        self._log.info(
            "request",
            request=trace.request,
            method=method,
            route=route,
            status=status,
            ms=round(seconds * 1_000, 1),
            **said,
        )
