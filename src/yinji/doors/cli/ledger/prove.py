"""`yinji ledger prove` and `receipt`: files that prove something to whoever has the node's public key."""

from __future__ import annotations

from typing import Annotated, TypeAlias

import typer

from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.ledger.told import Log, LogOption, ToOption, hand_over
from yinji.flows.house import House
from yinji.flows.prove_entry import Proved, prove_entry, prove_growth, prove_waybill
from yinji.kernel.decision import Refuse

SeqArgument: TypeAlias = Annotated[
    int | None, typer.Argument(min=0, help="第几条 · which entry", metavar="[SEQ]", show_default=False)
]
NumberOption: TypeAlias = Annotated[
    str | None,
    typer.Option("--number", help="运单号：证明该单在其批次里 · a waybill number, proved in its batch", show_default=False),
]
SignOption: TypeAlias = Annotated[
    bool, typer.Option("--sign", help="尚未签署时先签署检查点 · sign a checkpoint first where none covers it")
]


def prove(
    context: typer.Context,
    *,
    seq: SeqArgument = None,
    log: LogOption = Log.DATA,
    number: NumberOption = None,
    since: Annotated[
        int | None,
        typer.Option(
            "--from", min=0, help="证明日志自该条数起只增不改 · that the log only grew since this size", show_default=False
        ),
    ] = None,
    sign: SignOption = False,
    to: ToOption = None,
) -> None:
    """证明一条证据、一张运单，或日志只增不改 · prove an entry, a waybill, or that the log only grew."""
    door = door_of(context)
    _require_one(seq, number, since)
    with door.house() as house:
        if since is not None:
            proved = prove_growth(house, log, since)
            if isinstance(proved, Refuse):
                door.voice.stop(proved)
            text = proved
        else:
            text = _asked(house, door, seq, log, number, sign=sign).text()
    hand_over(door.voice, text, to)


def receipt(
    context: typer.Context,
    *,
    seq: SeqArgument = None,
    log: LogOption = Log.DATA,
    number: NumberOption = None,
    sign: SignOption = False,
    to: ToOption = None,
) -> None:
    """可读的回执：几句话，后附证明 · a receipt: sentences to read, the proof below them."""
    door = door_of(context)
    _require_one(seq, number)
    with door.house() as house:
        text = _asked(house, door, seq, log, number, sign=sign).receipt()
    hand_over(door.voice, text, to)


def _asked(house: House, door: Door, seq: int | None, log: Log, number: str | None, *, sign: bool) -> Proved:
    proved = prove_waybill(house, number, sign=sign) if number else prove_entry(house, log, seq or 0, sign=sign)
    if isinstance(proved, Refuse):
        door.voice.stop(proved)
    return proved


def _require_one(*asked: object) -> None:
    if sum(each is not None for each in asked) != 1:
        raise typer.BadParameter("SEQ | --number | --from")
