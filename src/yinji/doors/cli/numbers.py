"""`yinji numbers`: ranges of waybill numbers."""

from __future__ import annotations

from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.kernel.decision import Refuse

app = typer.Typer(help="单号 · waybill numbers", no_args_is_help=True)


@app.command("add")
def add(
    context: typer.Context,
    number_range: Annotated[str, typer.Argument(metavar="RANGE", help="如 YJ:1000000000000-1000000999999")],
) -> None:
    """登记号段 · enter a range of numbers."""
    door = door_of(context)
    with door.house() as house:
        entered = house.register.enter_range(house.node.org, number_range, specimen=False, actor=house.actor)
    if isinstance(entered, Refuse):
        door.voice.stop(entered)
    count = entered.last - entered.first + 1
    door.voice.say(f"已登记 {count:,} 个单号。", f"{count:,} numbers entered.")


@app.command("stock")
def stock(context: typer.Context, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """存量 · how many numbers there are."""
    door = door_of(context)
    with door.house() as house:
        found = house.register.stock(house.node.org)
    if json:
        door.voice.json({"entered": found.entered, "used": found.used, "left": found.left})
        return
    door.voice.say(
        f"登记 {found.entered:,}，已用 {found.used:,}，剩余 {found.left:,}",
        f"{found.entered:,} entered, {found.used:,} used, {found.left:,} left",
    )


@app.command("audit")
def audit(context: typer.Context, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """核对：取出的单号与运单一致 · numbers taken and waybills written agree."""
    door = door_of(context)
    with door.house() as house:
        taken, written = house.register.audit(house.node.org)
    if json:
        door.voice.json({"taken": taken, "written": written, "agree": taken == written})
    elif taken == written:
        door.voice.say(
            f"一致：{written:,} 个单号，{written:,} 张运单", f"they agree: {written:,} numbers, {written:,} waybills"
        )
    else:
        door.voice.say(f"不一致：取出 {taken:,}，运单 {written:,}", f"they differ: {taken:,} taken, {written:,} waybills")
    if taken != written:
        raise typer.Exit(Exit.BROKEN)
