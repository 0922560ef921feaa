"""`yinji numbers`: warnings, the audit, and one number looked at."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.flows.audit_numbers import audit_numbers
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import show_ref
from yinji.waybill.numbering.odd_use import Oddity, Warned

_Json = Annotated[bool, typer.Option("--json")]

_TOLD_MAX: Final = 20
"""Findings and warnings of one kind that are named on the terminal; all of them are counted, and stand in the JSON."""


def warnings(context: typer.Context, *, json: _Json = False) -> None:
    """预警：存量低、用号异常 · warnings: low stock, numbers used oddly."""
    door = door_of(context)
    with door.house() as house:
        found = house.register.warnings(house.node.org)
    if json:
        rows = [{"warning": each.oddity.name, "at": each.at, "figure": each.figure} for each in found.warned]
        door.voice.json({"warnings": rows, "events_known": found.events_known, "cut_short": found.cut_short})
        return
    for oddity in Oddity:
        some = [each for each in found.warned if each.oddity is oddity]
        for each in some[:_TOLD_MAX]:
            door.voice.say(f"{oddity.value.zh}：{_figure(each)}", f"{oddity.value.en}: {_figure(each)}")
        if len(some) > _TOLD_MAX:
            door.voice.say(f"{oddity.value.zh}：共 {len(some):,} 项", f"{oddity.value.en}: {len(some):,} in all")
    if not found.warned:
        door.voice.say("没有预警", "nothing to warn of")
    if not found.events_known:
        door.voice.note("没有接入快件状态，无法判断用号异常", "no parcel events come in: odd use of numbers cannot be told")


def audit(context: typer.Context, *, json: _Json = False) -> None:
    """核对：号段、区间、取号块、运单与证据一致 · ranges, blocks, waybills and evidence agree."""
    door = door_of(context)
    with door.house() as house:
        audited = audit_numbers(house)
    register, evidence = audited.register, audited.evidence
    if json:
        door.voice.json(
            {
                "taken": register.taken,
                "written": register.used,
                "agree": audited.holds,
                "findings": [
                    {"finding": each.discord.name, "at": each.at, "count": each.numbers} for each in register.findings
                ],
                "evidence": [said.in_(door.voice.language) for said in evidence.findings],
            }
        )
    elif audited.holds:
        door.voice.say(
            f"一致：{register.used:,} 个单号，{evidence.waybills:,} 张运单，{evidence.batches:,} 个批次",
            f"they agree: {register.used:,} numbers, {evidence.waybills:,} waybills, {evidence.batches:,} batches",
        )
    else:
        door.voice.say(
            f"不一致：取出 {register.taken:,}，运单上 {register.used:,}",
            f"they differ: {register.taken:,} taken, {register.used:,} on waybills",
        )
        for each in register.findings[:_TOLD_MAX]:
            told = each.discord.value
            door.voice.say(f"  {told.zh}：{each.at}（{each.numbers:,}）", f"  {told.en}: {each.at} ({each.numbers:,})")
        for said in evidence.findings:
            door.voice.say(f"  {said.zh}", f"  {said.en}")
    if not audited.holds:
        raise typer.Exit(Exit.BROKEN)


def show(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="运单号 · waybill number")],
    *,
    json: _Json = False,
) -> None:
    """一个单号：状态、归属、打印次数 · one number: its state, owner, prints; no person."""
    door = door_of(context)
    with door.house() as house:
        bill = house.register.find(house.node.org, number)
    if isinstance(bill, Refuse):
        door.voice.stop(bill)
    told: dict[str, object] = {
        "number": bill.number,
        "state": bill.state.name,
        "owner": bill.owner,
        "outlet": bill.outlet,
        "channel": bill.channel,
        "merchant": bill.merchant,
        "kind": bill.kind.name,
        "prints": bill.prints,
        "subs": list(bill.subs),
        "issued": moment(bill.made_ms).isoformat(),
        "batch": show_ref(bill.batch),
        "specimen": bill.specimen,
    }
    if json:
        door.voice.json(told)
        return
    for name, value in told.items():
        text = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        door.voice.say(f"{name:<9} {text}", f"{name:<9} {text}")


def _figure(each: Warned) -> str:
    match each.oddity:
        case Oddity.LOW | Oddity.EMERGENCY:
            return f"{each.at or '*'} {each.figure} %"
        case Oddity.JUMP:
            return f"{each.at} +{each.figure:,}"
        case _:
            return each.at
