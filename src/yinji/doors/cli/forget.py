"""`yinji forget` and `yinji hold`: erasing persons for good, and the legal holds that forbid it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.exits import Exit
from yinji.flows.certify_erasure import certify_erasure
from yinji.flows.drop_period import drop_period
from yinji.flows.find_parcels import find_parcels
from yinji.flows.forget_persons import Ended, Forget, forget_persons
from yinji.flows.hold_parcel import hold_parcel, lift_hold
from yinji.flows.house import House
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import show_ref
from yinji.kernel.private import Private
from yinji.kernel.purpose import PartyRole, Purpose

hold = typer.Typer(help="法定保留 · legal holds", no_args_is_help=True)


class Whom(StrEnum):
    """Whom of a parcel to forget."""

    RECIPIENT = "recipient"
    SENDER = "sender"
    BOTH = "both"


_ROLES = {
    Whom.RECIPIENT: (PartyRole.RECIPIENT,),
    Whom.SENDER: (PartyRole.SENDER,),
    Whom.BOTH: (PartyRole.RECIPIENT, PartyRole.SENDER),
}


def forget(
    context: typer.Context,
    numbers: Annotated[list[str] | None, typer.Argument(metavar="[NUMBER]...", help="运单号 · waybill numbers")] = None,
    *,
    party: Annotated[Whom, typer.Option(help="谁 · whom")] = Whom.RECIPIENT,
    phone: Annotated[
        bool, typer.Option("--phone", help="按电话：提示后输入，不留在命令历史里 · by phone, asked for and kept in no history")
    ] = False,
    purpose: Annotated[Purpose, typer.Option(help="目的：answer 本人请求，retention 期限届满 · why")] = Purpose.ANSWER_PERSON,
    certificates: Annotated[
        Path | None, typer.Option(help="把删除证明写进这个文件夹 · write certificates into this folder", show_default=False)
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """删除个人信息并销毁其密钥，无法恢复；运单号和证据保留 · erase persons and destroy their keys, for good."""
    door = door_of(context)
    with door.house() as house:
        wanted = list(numbers or []) + (_by_phone(door, house) if phone else [])
        if not wanted:
            door.voice.note("没有可删除的运单", "there is nothing to forget")
            raise typer.Exit(Exit.DONE)
        if not yes and not json:
            door.voice.note(
                f"将删除 {len(wanted)} 件的个人信息，无法恢复。", f"{len(wanted)} parcels' persons will be erased for good."
            )
            typer.confirm("继续 continue?", abort=True, err=True)
        asked = [Forget(number, role) for number in wanted for role in _ROLES[party]]
        ends = forget_persons(house, asked, purpose=purpose)
        written = _certify(door, house, asked, ends, certificates) if certificates else {}
    if json:
        door.voice.json({"forgotten": [_told(*pair, written) for pair in zip(asked, ends, strict=True)]})
    else:
        for each, end in zip(asked, ends, strict=True):
            _say(door, each, end)
    if any(isinstance(end, Refuse) for end in ends):
        raise typer.Exit(Exit.REFUSED)


def drop(
    context: typer.Context,
    period: Annotated[int, typer.Argument(metavar="YYYYMM", min=197001, max=999912, help="月份 · the month")],
    *,
    yes: Annotated[bool, typer.Option("--yes", help="不再询问 · do not ask")] = False,
) -> None:
    """保存期限届满：整月删除，处于法定保留的除外 · erase a whole month, but those on hold."""
    door = door_of(context)
    if not yes:
        door.voice.note(
            f"{period} 的个人信息将全部删除，密钥销毁，无法恢复。",
            f"everybody of {period} will be erased, the keys destroyed, for good.",
        )
        typer.confirm("继续 continue?", abort=True, err=True)
    with door.house() as house:
        dropped = drop_period(house, period)
        if isinstance(dropped, Refuse):
            door.voice.stop(dropped)
    door.voice.say(
        f"✓ {period}：删除 {dropped.deleted:,} 方，在保留下重新封存 {dropped.resealed:,} 方，密钥已销毁",
        f"✓ {period}: {dropped.deleted:,} parties erased, {dropped.resealed:,} on hold sealed anew, the keys are destroyed",
    )


@hold.command("place")
def place(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="运单号 · waybill number")],
    ground: Annotated[str, typer.Option(help="依据：案号或条款代码，不写姓名 · ground: a case number or article, no name")],
) -> None:
    """设置保留：解除前不得删除 · hold a parcel: nobody is erased until the hold is lifted."""
    door = door_of(context)
    with door.house() as house:
        late = hold_parcel(house, number, ground=ground)
        if isinstance(late, Refuse):
            door.voice.stop(late)
    if late:
        said = "、".join("收件人" if each is PartyRole.RECIPIENT else "寄件人" for each in late)
        door.voice.note(
            f"{said}的信息此前已删除，只能保留其余一方",
            f"erased before: the {', the '.join(each.value for each in late)}; only the other party is held",
        )
    door.voice.say(f"✓ {number} 已保留（{ground}）", f"✓ {number} is on hold ({ground})")


@hold.command("lift")
def lift(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="运单号 · waybill number")],
    ground: Annotated[str, typer.Option(help="依据 · ground")],
) -> None:
    """解除保留 · lift a hold."""
    door = door_of(context)
    with door.house() as house:
        if refused := lift_hold(house, number, ground=ground):
            door.voice.stop(refused)
    door.voice.say(f"✓ {number} 的保留已解除（{ground}）", f"✓ the hold on {number} is lifted ({ground})")


@hold.command("list")
def list_holds(context: typer.Context, *, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """列出保留 · list the holds."""
    door = door_of(context)
    with door.house() as house:
        holds = house.holds.every(house.node.org)
        numbers = house.register.numbers(house.node.org, [each.parcel for each in holds])
    rows = [(numbers.get(each.parcel, "—"), each.ground, f"{moment(each.placed_ms):%Y-%m-%d %H:%M}") for each in holds]
    if json:
        door.voice.json({"holds": [dict(zip(("number", "ground", "placed"), row, strict=True)) for row in rows]})
        return
    for row in rows:
        door.voice.say("  ".join(row), "  ".join(row))
    door.voice.note(f"{len(rows)} 项保留", f"{len(rows)} holds")


def _by_phone(door: Door, house: House) -> list[str]:
    typed = Private(typer.prompt("电话 phone", hide_input=True, err=True))
    hits = find_parcels(house, typed, purpose=Purpose.ANSWER_PERSON)
    if isinstance(hits, Refuse):
        door.voice.stop(hits)
    return [hit.waybill.number for hit in hits]


def _certify(door: Door, house: House, asked: list[Forget], ends: list[Ended], folder: Path) -> dict[Forget, Path]:
    written: dict[Forget, Path] = {}
    for each, end in zip(asked, ends, strict=True):
        if isinstance(end, Refuse):
            continue
        text = certify_erasure(house, end)
        if isinstance(text, Refuse):
            door.voice.refusal(text)
            continue
        written[each] = folder / f"erasure-{show_ref(end.ref)}.txt"
        folder.mkdir(parents=True, exist_ok=True)
        written[each].write_text(text, encoding="utf-8")
    return written


def _say(door: Door, asked: Forget, end: Ended) -> None:
    who = f"{asked.number} {asked.party.value}"
    if isinstance(end, Refuse):
        door.voice.refusal(Refuse(end.code, f"{who} {end.at}".strip()))
        return
    zh, en = "", ""
    if end.undo_until_ms > end.erased_ms:
        day = f"{moment(end.undo_until_ms):%Y-%m-%d}"
        zh, en = f"；{day} 之前的密钥备份失效后即不可撤销", f"; final when the key backups expire on {day}"
    door.voice.say(f"✓ {who} 已删除，密钥已销毁{zh}", f"✓ {who} erased, the keys are destroyed{en}")


def _told(asked: Forget, end: Ended, written: dict[Forget, Path]) -> dict[str, object]:
    told: dict[str, object] = {"number": asked.number, "party": asked.party.value}
    if isinstance(end, Refuse):
        return told | {"refused": end.code.name, "at": end.at}
    told |= {"erased_ms": end.erased_ms, "digest": end.digest.hex(), "undo_until_ms": end.undo_until_ms}
    return told | ({"certificate": str(written[asked])} if asked in written else {})
