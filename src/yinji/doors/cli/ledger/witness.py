"""`yinji ledger witness`: have the logs witnessed, and witness those of others."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.ledger.told import Log, LogOption, ToOption, hand_over, text_of
from yinji.flows.witness_log import ask_witness, cosign_request, enter_key, keep_answer
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse

app = typer.Typer(help="见证 · witnesses", no_args_is_help=True)


@app.command("key")
def key(context: typer.Context) -> None:
    """本节点的公钥：签检查点的，和作见证人的 · this node's keys: as a log, and as a witness."""
    door = door_of(context)
    with door.house() as house:
        door.voice.say(f"日志 {house.ledger.key.text()}", f"log {house.ledger.key.text()}")
        door.voice.say(f"见证 {house.watch.key.text()}", f"witness {house.watch.key.text()}")


@app.command("enter")
def enter(
    context: typer.Context,
    key: Annotated[str, typer.Argument(help="公钥 NAME+ID+BASE64 · the key", metavar="KEY")],
    origin: Annotated[
        list[str] | None,
        typer.Option("--origin", help="日志的名称（登记他方日志时）· a log's origin, where KEY is a log's", show_default=False),
    ] = None,
) -> None:
    """登记见证人的公钥，或要为之见证的日志的公钥 · enter a witness, or a log to be witnessed; make sure whose key it is."""
    door = door_of(context)
    with door.house() as house:
        entered = enter_key(house, key, tuple(origin or ()))
        if isinstance(entered, Refuse):
            door.voice.stop(entered)
    door.voice.say(f"已登记 {entered.name}", f"entered {entered.name}")


@app.command("list")
def list_all(context: typer.Context) -> None:
    """已登记的见证人与日志 · the witnesses and logs that were entered."""
    door = door_of(context)
    with door.house() as house:
        for each in house.witnesses.known():
            sizes = {log.log: house.witnesses.cosigned(log, each) for log in (house.data, house.disclosures)}
            told = " ".join(f"{log} {size:,}" for log, size in sizes.items())
            door.voice.say(f"见证人 {each.name}：已联署到 {told}", f"witness {each.name}: cosigned to {told}")
        for log in house.watch.logs():
            when = f"{moment(log.cosigned_s * 1_000):%Y-%m-%d %H:%M:%S}" if log.cosigned_s else "-"
            door.voice.say(
                f"日志 {log.origin}：已见证 {log.size:,} 条 {when}", f"log {log.origin}: {log.size:,} entries {when}"
            )


@app.command("ask")
def ask(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="见证人的名称 · the witness's name", metavar="NAME")],
    log: LogOption = Log.DATA,
    old: Annotated[
        int | None,
        typer.Option(min=0, help="见证人说它持有的条数 · the size that the witness says it holds", show_default=False),
    ] = None,
    to: ToOption = None,
) -> None:
    """生成请求，交给见证人 · the request to hand to a witness."""
    door = door_of(context)
    with door.house() as house:
        request = ask_witness(house, log, name, old=old)
        if isinstance(request, Refuse):
            door.voice.stop(request)
    hand_over(door.voice, request, to)


@app.command("cosign")
def cosign(
    context: typer.Context,
    request: Annotated[Path, typer.Argument(help="请求文件 · the request", metavar="REQUEST")],
    to: ToOption = None,
) -> None:
    """作为见证人，核对并联署他方的检查点 · as a witness: examine another log's checkpoint and cosign it."""
    door = door_of(context)
    text = text_of(door.voice, request)
    with door.house() as house:
        line = cosign_request(house, text)
        if isinstance(line, Refuse):
            door.voice.stop(line)
    hand_over(door.voice, line, to)


@app.command("keep")
def keep(
    context: typer.Context,
    answer: Annotated[Path, typer.Argument(help="见证人的答复 · what the witness answered", metavar="ANSWER")],
) -> None:
    """核对见证人的联署，与检查点一起保存 · verify a cosignature and keep it with its checkpoint."""
    door = door_of(context)
    text = text_of(door.voice, answer)
    with door.house() as house:
        kept = keep_answer(house, text)
        if isinstance(kept, Refuse):
            door.voice.stop(kept)
    log, found = kept
    for each in found:
        when = f"{moment(each.at_s * 1_000):%Y-%m-%d %H:%M:%S}"
        door.voice.say(f"{log}：{each.key.name} 于 {when} 联署", f"{log}: cosigned by {each.key.name} at {when}")
