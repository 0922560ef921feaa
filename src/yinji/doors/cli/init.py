"""`yinji init`: found a node."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yinji.access.model import OrgKind
from yinji.doors.cli.context import door_of
from yinji.doors.cli.sender import keep_sender, read_sender
from yinji.flows.found_node import Charter
from yinji.kernel.decision import Refuse
from yinji.waybill.rules import read_range


def init(
    context: typer.Context,
    org: Annotated[str, typer.Option(help="运营本节点的企业名称 · name of the enterprise that runs the node")] = "样张快递",
    number_range: Annotated[
        str, typer.Option("--range", help="单号段，如 YJ:1000000000000-1000000999999 · waybill number range")
    ] = "",
    sender: Annotated[
        Path | None, typer.Option(help="寄件人文件（TOML：name、phone、address）· file with the sender", show_default=False)
    ] = None,
) -> None:
    """建立节点：数据、密钥、号段 · found a node: data, keys, numbers."""
    door = door_of(context)
    if number_range and isinstance(wrong := read_range(number_range), Refuse):
        door.voice.stop(wrong)
    own = read_sender(door.voice, sender) if sender else None
    door.rooms.found(door.home, Charter(((OrgKind.HEADQUARTERS, "HQ", org, ""),)))
    with door.house() as house:
        if number_range:
            entered = house.register.enter_range(house.node.org, number_range, specimen=False, actor=house.actor)
            if isinstance(entered, Refuse):
                door.voice.stop(entered)
        if own:
            keep_sender(house, door.voice, own)
    specimen = not number_range or not sender
    door.voice.say(f"节点已建立：{door.home}", f"node founded: {door.home}")
    if specimen:
        door.voice.say(
            "尚无真实的寄件人或号段：每张面单都会印上“样张”。用 yinji sender set 与 yinji numbers add 补上。",
            "No real sender or number range yet: every label will carry 样张 (specimen). Add them with yinji sender set and yinji numbers add.",
        )
    door.voice.say("下一步：yinji issue 订单.csv --labels 面单.pdf", "next: yinji issue ORDERS.csv --labels LABELS.pdf")


def migrate(context: typer.Context) -> None:
    """升级数据库结构；先备份 · bring the databases to this version's schema; back up before."""
    door = door_of(context)
    door.rooms.upgrade(door.home)
    door.voice.say("数据库已是本版本的结构。", "the databases have this version's schema.")
