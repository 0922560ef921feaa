"""`yinji serve` and `yinji work`: a node that answers requests, and one that does its chores."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer

from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.stopping import Stopped
from yinji.doors.http.observing import make_log
from yinji.doors.http.problems import place_of
from yinji.doors.http.server import Process
from yinji.doors.http.server import serve as serve_http
from yinji.doors.worker.loop import work_on, work_once
from yinji.flows.house import House
from yinji.flows.tend_node import Done
from yinji.settings import Settings


def serve(
    context: typer.Context,
    *,
    host: Annotated[str, typer.Option(help="监听的地址 · address to listen on", show_default=False)] = "",
    port: Annotated[
        int | None, typer.Option(help="监听的端口；0 为任意 · port; 0 for any", min=0, max=65_535, show_default=False)
    ] = None,
    socket: Annotated[
        Path | None, typer.Option(help="Unix 套接字，代替地址和端口 · Unix socket instead", show_default=False)
    ] = None,
    workers: Annotated[int | None, typer.Option(help="进程数 · processes", min=1, max=64, show_default=False)] = None,
    worker: Annotated[bool, typer.Option(help="同时办理后台事务 · do the chores too")] = True,
) -> None:
    """提供控制台与接口，直到停止 · serve the console and the API until stopped."""
    door = door_of(context)
    with door.house() as house:
        settings = house.settings
        changed: dict[str, Any] = {"serve_host": host, "serve_socket": str(socket or ""), "serve_workers": workers}
        settings = replace(settings, **{name: value for name, value in changed.items() if value})
        if port is not None:
            settings = replace(settings, serve_port=port)
        serve_house(door, house, settings, chores=worker)


def serve_house(door: Door, house: House, settings: Settings, *, chores: bool) -> None:
    """Serve until stopped, saying where; ``chores`` are done beside it. Raises PORT_TAKEN."""
    # A server that was stopped has done what it was asked: it finished its requests first, and ends well.
    with suppress(Stopped, KeyboardInterrupt), _chores(house, wanted=chores):
        serve_http(
            settings,
            Process(door.rooms.open_house, door.home),
            told=lambda address: door.voice.note(f"✓ 正在提供服务：{address}", f"✓ serving at {address}"),
        )


def work(
    context: typer.Context,
    *,
    once: Annotated[bool, typer.Option("--once", help="办完到期的就结束 · do what is due and end")] = False,
) -> None:
    """办理后台事务，直到停止 · do the node's chores until stopped."""
    door = door_of(context)
    log = make_log()
    with door.house() as house:
        if once:
            if not work_once(house, partial(_say, log)):
                raise typer.Exit(Exit.FAULT)
            return
        with suppress(Stopped, KeyboardInterrupt):
            work_on(house, partial(_say, log), threading.Event(), partial(_failed, log))


@contextmanager
def _chores(house: House, *, wanted: bool) -> Iterator[None]:
    """Do the chores in a thread beside what the block does, and end with it."""
    log, stop = make_log(), threading.Event()
    beside = threading.Thread(
        target=work_on, args=(house, partial(_say, log), stop, partial(_failed, log)), name="yinji-worker", daemon=True
    )
    if wanted:
        beside.start()
    try:
        yield
    finally:
        stop.set()
        if wanted:
            beside.join()


def _say(log: Any, done: Done) -> None:  # noqa: ANN401 - see `make_log`
    if done.things or done.refused:
        log.info("chore", chore=done.name, count=done.things, code=done.refused.name if done.refused else "")


def _failed(log: Any, error: Exception) -> None:  # noqa: ANN401 - see `make_log`
    log.error("chore", code="INTERNAL", at=place_of(error))
