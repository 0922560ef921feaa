"""Running the application: uvicorn on an address or a Unix socket, in one process or several, with TLS files or behind a proxy.

A stop (SIGTERM, SIGINT) takes no new connections, waits for requests in hand for `serve_stop_seconds`, and ends.
"""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import socket
import ssl
import tempfile
import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any, Final

from litestar import Litestar
from prometheus_client import CollectorRegistry, start_http_server
from prometheus_client.multiprocess import MultiProcessCollector
from uvicorn import Config, Server
from uvicorn.supervisors import Multiprocess

from yinji.doors.http.app import make_app
from yinji.doors.http.heads import BoundedHeads
from yinji.doors.http.observing import Metrics, make_log, quiet_libraries
from yinji.doors.intake.collector import BULK_THRESHOLDS
from yinji.flows.house import House
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.settings import Settings

LOOPBACK: Final = "127.0.0.1"
"""This machine, and nobody else's."""

BACKLOG: Final = 2_048
KEEP_ALIVE_SECONDS: Final = 30
_FILES: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Where processes leave their counts for the one that serves them: the client library's own name for it."""


@dataclass(frozen=True, slots=True)
class Process:
    """Makes the application in a process of its own: a fresh interpreter, a house of its own."""

    open_house: Callable[[Path], House]
    home: Path

    def __call__(self) -> Litestar:
        """Open the house, return the application."""
        _end_with_parent()
        log = make_log()
        quiet_libraries(log)
        _calm()
        return make_app(self.open_house(self.home), log=log)


def serve(settings: Settings, process: Process, *, told: Callable[[str], None]) -> None:
    """Serve until stopped. ``told`` hears where, once connections are taken; raises PORT_TAKEN where they cannot be, and
    SETTING_MALFORMED where certificate and key are not what TLS can be spoken with.

    1 take the address; 2 serve metrics, where asked; 3 one process: here; several: started anew, each with a house of its own.
    """
    log = make_log()
    quiet_libraries(log)
    _require_certificate(settings)
    with ExitStack() as stack:
        listening = stack.enter_context(_listening(settings))  # 1
        metrics = stack.enter_context(_metrics(settings))  # 2
        if settings.serve_workers > 1:  # 3
            config = _config(process, settings, factory=True)
            told(_address(listening, settings))
            Multiprocess(config, [listening]).run()
            return
        _calm()
        app = make_app(process.open_house(process.home), log=log, metrics=metrics)
        told(_address(listening, settings))
        Server(_config(app, settings, factory=False)).run([listening])


def _end_with_parent() -> None:
    """See that a process of several ends when the one that started it is killed: left alone it would serve on, and keep the address."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_outlive, args=(parent,), name="yinji-parent", daemon=True).start()


def _outlive(parent: BaseProcess) -> None:
    parent.join()
    os.kill(os.getpid(), signal.SIGTERM)  # requests in hand are finished, as for any stop


def _calm() -> None:
    """Let the collector look seldom, and never at what is loaded: for as long as the process serves."""
    gc.freeze()
    gc.set_threshold(*BULK_THRESHOLDS)


def _require_certificate(settings: Settings) -> None:
    """See that certificate and key can be read and belong together, before any process begins that would end over it."""
    certificate, key = settings.serve_certificate, settings.serve_certificate_key
    if not certificate:
        if key:  # whoever gave a key did not mean to speak without TLS
            raise Fault(Refusal.SETTING_MALFORMED, "serve_certificate")
        return
    try:
        ssl.create_default_context(ssl.Purpose.CLIENT_AUTH).load_cert_chain(certificate, key or None, password=lambda: b"")
    except (OSError, ValueError):  # what the library says may quote the file
        raise Fault(Refusal.SETTING_MALFORMED, f"serve_certificate: {certificate}") from None


def _config(app: Any, settings: Settings, *, factory: bool) -> Config:  # noqa: ANN401 - an application or what makes one
    proxies = [each.strip() for each in settings.serve_proxies.split(",") if each.strip()]
    return Config(
        app,
        factory=factory,
        workers=settings.serve_workers,
        lifespan="on",
        http=BoundedHeads,
        ws="none",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=bool(proxies),
        forwarded_allow_ips=proxies,
        backlog=BACKLOG,
        timeout_keep_alive=KEEP_ALIVE_SECONDS,
        timeout_graceful_shutdown=settings.serve_stop_seconds,
        ssl_certfile=settings.serve_certificate or None,
        ssl_keyfile=settings.serve_certificate_key or None,
    )


@contextmanager
def _listening(settings: Settings) -> Iterator[socket.socket]:
    """Take the address before anything else is opened; a Unix socket is its owner's and its group's, and goes with us."""
    path = settings.serve_socket
    try:
        taken = _on_path(path) if path else _on_port(settings.serve_host or LOOPBACK, settings.serve_port)
    except OSError:
        raise Fault(Refusal.PORT_TAKEN, path or f"{settings.serve_host}:{settings.serve_port}") from None
    try:
        taken.set_inheritable(True)
        yield taken
    finally:
        taken.close()
        if path:
            Path(path).unlink(missing_ok=True)


def _on_port(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=BACKLOG)


def _on_path(path: str) -> socket.socket:
    taken = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    taken.bind(path)
    Path(path).chmod(0o660)
    taken.listen(BACKLOG)
    return taken


def _address(listening: socket.socket, settings: Settings) -> str:
    if settings.serve_socket:
        return f"unix:{settings.serve_socket}"
    host, port = listening.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    return f"{'https' if settings.serve_certificate else 'http'}://{shown}:{port}"


@contextmanager
def _metrics(settings: Settings) -> Iterator[Metrics]:
    """Serve metrics on an address of their own, or not at all: they are no visitor's business."""
    with ExitStack() as stack:
        own = Metrics()
        registry = own.registry
        if settings.serve_workers > 1:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="yinji-metrics-"))
            os.environ[_FILES] = folder
            stack.callback(os.environ.pop, _FILES, None)
            registry = CollectorRegistry()
            MultiProcessCollector(registry, path=folder)  # type: ignore[no-untyped-call]  # the library publishes no type here
        if settings.metrics_port:
            try:
                server, thread = start_http_server(
                    settings.metrics_port, addr=settings.metrics_host or LOOPBACK, registry=registry
                )
            except OSError:
                raise Fault(Refusal.PORT_TAKEN, f"{settings.metrics_host}:{settings.metrics_port}") from None
            stack.callback(thread.join)
            stack.callback(server.server_close)
            stack.callback(server.shutdown)
        yield own
