"""`yinji numbers`: reserving, confirming, handing back, setting aside, voiding."""

from __future__ import annotations

from typing import Annotated

import typer

from yinji.doors.cli.context import Door, door_of
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.waybill.model import OWN_FORMAT, NumberRange, Reservation
from yinji.waybill.rules import printed

_Json = Annotated[bool, typer.Option("--json")]
_Key = Annotated[str, typer.Option(help="幂等的键：重试时照原样 · a key of yours; repeat it to retry")]
_Owner = Annotated[str, typer.Option(help="网点或合作方的代码 · code of an outlet or partner")]
_Reason = Annotated[str, typer.Option(help="原因代码，不写姓名 · a reason code, no name")]


def reserve(
    context: typer.Context,
    count: Annotated[int, typer.Argument(min=1, help="个数 · how many")],
    *,
    owner: _Owner,
    key: _Key,
    json: _Json = False,
) -> None:
    """分配第一步：预留；不够时给出实有的 · reserve numbers, fewer where there are no more."""
    door = door_of(context)
    with door.house() as house:
        made = house.register.allocation.reserve(house.node.org, key=key, owner=owner, count=count, actor=house.actor)
        ranges = house.register.allocation.ranges(house.node.org)
    _tell(door, made, ranges, json=json)


def confirm(context: typer.Context, *, key: _Key, json: _Json = False) -> None:
    """分配第二步：确认预留 · confirm a reservation: its numbers are the owner's."""
    door = door_of(context)
    with door.house() as house:
        made = house.register.allocation.confirm(house.node.org, key=key, actor=house.actor)
        ranges = house.register.allocation.ranges(house.node.org)
    _tell(door, made, ranges, json=json)


def hand_back(context: typer.Context, *, owner: _Owner, json: _Json = False) -> None:
    """交还一个归属未用的单号 · take back what an owner has not used; the numbers rest."""
    door = door_of(context)
    with door.house() as house:
        count = house.register.allocation.hand_back(house.node.org, owner=owner, actor=house.actor)
    if isinstance(count, Refuse):
        door.voice.stop(count)
    if json:
        door.voice.json({"owner": owner, "handed_back": count})
        return
    door.voice.say(f"{owner} 交还 {count:,} 个单号", f"{owner} handed {count:,} numbers back")


def quarantine(
    context: typer.Context,
    number_range: Annotated[str, typer.Argument(metavar="RANGE", help="如 YJ:1000000000000-1000000000099")],
    *,
    reason: _Reason,
    form: Annotated[str, typer.Option("--format", help="格式 · one of `yinji numbers formats`")] = OWN_FORMAT,
    json: _Json = False,
) -> None:
    """隔离未用的单号，不论归谁 · set unused numbers aside, whoever has them."""
    door = door_of(context)
    with door.house() as house:
        count = house.register.allocation.quarantine(house.node.org, number_range, reason=reason, actor=house.actor, form=form)
    if isinstance(count, Refuse):
        door.voice.stop(count)
    if json:
        door.voice.json({"range": number_range, "quarantined": count})
        return
    door.voice.say(f"已隔离 {count:,} 个单号", f"{count:,} numbers set aside")


def void(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="运单号 · waybill number")],
    *,
    reason: _Reason,
    json: _Json = False,
) -> None:
    """作废一个运单号：限收寄之前，此后永不再用 · void a number before its parcel is accepted, for good."""
    door = door_of(context)
    with door.house() as house:
        bill = house.register.void(house.node.org, number, reason=reason, actor=house.actor)
    if isinstance(bill, Refuse):
        door.voice.stop(bill)
    if json:
        door.voice.json({"number": bill.number, "subs": list(bill.subs), "voided": True})
        return
    door.voice.say(f"✓ {bill.number} 已作废（{reason}）", f"✓ {bill.number} is voided ({reason})")


def _tell(door: Door, made: Reservation | Refuse, ranges: list[NumberRange], *, json: bool) -> None:
    if isinstance(made, Refuse):
        door.voice.stop(made)
    own = {each.ref: each for each in ranges}
    pieces = [(printed(own[ref], first), printed(own[ref], last), last - first + 1) for ref, first, last in made.got]
    if json:
        door.voice.json(
            {
                "key": made.key,
                "owner": made.owner,
                "wanted": made.wanted,
                "got": made.count,
                "partial": made.partial,
                "confirmed": bool(made.confirmed_ms),
                "until": moment(made.until_ms).isoformat(),
                "numbers": [{"first": first, "last": last, "count": count} for first, last, count in pieces],
            }
        )
        return
    for first, last, count in pieces:
        door.voice.say(f"{first} … {last}  {count:,}", f"{first} … {last}  {count:,}")
    if made.partial:
        door.voice.note(f"只有 {made.count:,} 个，要的是 {made.wanted:,}", f"only {made.count:,} of {made.wanted:,}")
    if made.confirmed_ms:
        door.voice.say(f"✓ {made.owner} 有了 {made.count:,} 个单号", f"✓ {made.owner} has {made.count:,} numbers")
    else:
        until = f"{moment(made.until_ms):%Y-%m-%d %H:%M}"
        door.voice.say(
            f"已为 {made.owner} 预留 {made.count:,} 个，{until} 之前确认：yinji numbers confirm --key {made.key}",
            f"{made.count:,} reserved for {made.owner}; confirm before {until}: yinji numbers confirm --key {made.key}",
        )
