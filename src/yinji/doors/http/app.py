"""The application, put together: routes, who signs in where, and what stands around every request.

From outside in: `Observed` (id, log line, metrics) → `headed` (security headers) → `Limited` (how many, how long) → the framework's
routing and `answer_error` → the router's sign-in (`ByKey`, `BySession`, `Anybody`) → the handler.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from litestar import Litestar, Router
from litestar.config.app import AppConfig
from litestar.datastructures import CacheControlHeader, State
from litestar.di import Provide
from litestar.openapi import OpenAPIConfig
from litestar.openapi.plugins import JsonRenderPlugin
from litestar.openapi.spec import Components, SecurityScheme
from litestar.serialization import decode_json, encode_json
from litestar.static_files import create_static_files_router

from yinji import __version__
from yinji.doors.http.answering import answer_error
from yinji.doors.http.api import HANDLERS as API
from yinji.doors.http.api.orders_direct import with_direct_orders
from yinji.doors.http.conditional import Conditional
from yinji.doors.http.console import HANDLERS as CONSOLE
from yinji.doors.http.console import INSPECTING as AT_DESK
from yinji.doors.http.console import UPLOADS
from yinji.doors.http.desk import DESK, Desk, provide_desk
from yinji.doors.http.headers import headed
from yinji.doors.http.health import healthz, readyz
from yinji.doors.http.inspecting import Seated
from yinji.doors.http.limits import Limited
from yinji.doors.http.observing import Metrics, Observed, make_log
from yinji.doors.http.problems import place_of
from yinji.doors.http.public import HANDLERS as PUBLIC
from yinji.doors.http.public import INSPECTING, TRACKING
from yinji.doors.http.signing_in import Anybody, ByKey, BySession
from yinji.doors.http.threads import Threads
from yinji.doors.http.visitor import NEEDS, Needs, provide_visitor, unsigned
from yinji.doors.intake.uploads.jobs import Jobs
from yinji.flows.house import House
from yinji.flows.inspect_upload import UPLOAD_BYTES_MAX
from yinji.kernel.faults import Misuse

_MIB: Final = 1 << 20
_ASSETS: Final = Path(__file__).with_name("static")
_ASSETS_SECONDS: Final = 3_600


def make_app(house: House, *, log: Any = None, metrics: Metrics | None = None) -> Litestar:  # noqa: ANN401 - see `make_log`
    """Return the application of one process over an open house, which it closes when it stops.

    Raises Misuse for a handler that does not say whether its visitor must be signed in.
    """
    settings = house.settings
    log = log or make_log()
    desk = Desk(
        house, Threads(settings.serve_threads), Jobs(lambda error: log.error("upload", code="INTERNAL", at=place_of(error)))
    )

    async def close() -> None:
        desk.jobs.close()
        desk.threads.close()
        house.close()

    app = Litestar(
        [
            _api(),
            Router("/console", route_handlers=CONSOLE, middleware=[BySession()], include_in_schema=False),
            Router(
                "/console",
                route_handlers=UPLOADS,
                middleware=[BySession()],
                include_in_schema=False,
                request_max_body_size=(settings.serve_upload_mib + 1) * _MIB,  # the form around the file
            ),
            Router("/", route_handlers=PUBLIC, middleware=[Anybody()], include_in_schema=False),
            Router("/", route_handlers=TRACKING, middleware=[BySession()], include_in_schema=False),
            Router(
                "/",
                route_handlers=[*AT_DESK, *INSPECTING],
                middleware=[Seated(), BySession()],
                include_in_schema=False,
                request_max_body_size=UPLOAD_BYTES_MAX + _MIB // 16,  # the form around the file
            ),
            healthz,
            readyz,
            create_static_files_router(
                "/assets",
                [_ASSETS],
                opt=unsigned(),
                cache_control=CacheControlHeader(public=True, max_age=_ASSETS_SECONDS),
            ),
        ],
        dependencies={"visitor": Provide(provide_visitor), "desk": Provide(provide_desk)},
        exception_handlers={Exception: answer_error},
        request_max_body_size=settings.serve_body_mib * _MIB,
        state=State({DESK: desk}),
        on_shutdown=[close],
        openapi_config=_openapi(),
        on_app_init=[_without_loggers],
    )
    _require_said(app)
    routed = with_direct_orders(app, app.asgi_handler, body_max=settings.serve_body_mib * _MIB)
    inner = Limited(routed, at_once=settings.serve_waiting_max, seconds=settings.serve_seconds)
    app.asgi_handler = Observed(headed(inner), log=log, metrics=metrics or Metrics())
    return app


def api_document() -> dict[str, Any]:
    """Return the OpenAPI document of the API, without a node: what `docs/reference/api.md` is made from."""
    app = Litestar(
        [_api()], dependencies={"visitor": Provide(provide_visitor)}, openapi_config=_openapi(), on_app_init=[_without_loggers]
    )
    written: dict[str, Any] = decode_json(encode_json(app.openapi_schema.to_schema()))
    return written


def _api() -> Router:
    return Router("/api/v1", route_handlers=API, middleware=[ByKey(), Conditional()], security=[{"key": []}])


def _without_loggers(config: AppConfig) -> AppConfig:
    """Keep the framework from logging: `Observed` says what there is to say."""
    config.logging_config = None
    return config


def _openapi() -> OpenAPIConfig:
    key = SecurityScheme(type="http", scheme="bearer", description="An API key: `yinji api-keys issue`.")
    return OpenAPIConfig(
        title="隐寄 Yinji",
        version=__version__,
        path="/api/v1/schema",
        render_plugins=[JsonRenderPlugin(path="/openapi.json")],
        components=Components(security_schemes={"key": key}),
        use_handler_docstrings=True,
    )


def _require_said(app: Litestar) -> None:
    """See that every handler of ours says what it needs: one that forgets must not be open by accident."""
    silent = [
        route.path
        for route in app.routes
        for handler in _handlers(route)
        if not handler.fn.__module__.startswith("litestar.") and not isinstance(handler.opt.get(NEEDS), Needs)
    ]
    if silent:
        raise Misuse(f"say signed() or unsigned() in the opt of the handlers at {sorted(silent)}")


def _handlers(route: Any) -> list[Any]:  # noqa: ANN401 - the framework's three kinds of routes share no public type
    return list(getattr(route, "route_handlers", None) or [route.route_handler])
