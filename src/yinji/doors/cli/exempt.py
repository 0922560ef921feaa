"""`yinji exempt`: one order whose label shows its recipient, asked by one account and approved by another."""

from __future__ import annotations

from typing import Annotated, Final

import typer

from yinji.access.exempting.model import DOCUMENT, ExemptionState
from yinji.doors.cli.acting import As
from yinji.doors.cli.context import Door, door_of
from yinji.flows.exempt_order import (
    Asking,
    Listed,
    approve_exemption,
    ask_exemption,
    list_exemptions,
    refuse_exemption,
)
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, read_ref, show_ref
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

app = typer.Typer(help="豁免去标识化 · exemptions", no_args_is_help=True)

_Reference = Annotated[str, typer.Argument(metavar="REF", help="申请编号 · reference")]

_STATES: Final = {
    ExemptionState.ASKED: Said("待批", "waits"),
    ExemptionState.APPROVED: Said("已批准，待使用", "approved, not used yet"),
    ExemptionState.USED: Said("已使用", "used"),
    ExemptionState.REFUSED: Said("未准或撤回", "refused or withdrawn"),
    ExemptionState.EXPIRED: Said("过期", "expired"),
}


@app.command("ask")
def ask(
    context: typer.Context,
    order: Annotated[str, typer.Argument(metavar="ORDER-NUMBER", help="订单号，尚未制单 · order number, not issued yet")],
    *,
    merchant: Annotated[str, typer.Option(help="商家代码 · merchant code")] = "",
    ground: Annotated[str, typer.Option(metavar="RULE-ID|document", help="依据：规则或 document · ground")] = DOCUMENT,
    document: Annotated[
        str, typer.Option(help="法院案号，如（2026）沪01民初12号；不写姓名 · number of a court's case, no name")
    ] = "",
    acting: As = None,
) -> None:
    """申请豁免一单 · ask for an exemption of one order."""
    door = door_of(context)
    with door.house(acting) as house:
        asked = ask_exemption(house, Asking(order, merchant, ground, document))
        if isinstance(asked, Refuse):
            door.voice.stop(asked)
    door.voice.say(f"✓ 已申请：{show_ref(asked.ref)}", f"✓ asked: {show_ref(asked.ref)}")
    if asked.ground.draft:
        door.voice.note("依据只是草案，尚未生效。", "the ground is only a draft, not in force.")
    door.voice.note(
        f"{moment(asked.until_ms):%Y-%m-%d %H:%M} 前由合规岗位的另一账号批准；批准前这一单不能制单。",
        f"another account at the compliance post approves it until {moment(asked.until_ms):%Y-%m-%d %H:%M}; "
        "until then the order is not issued.",
    )


@app.command("approve")
def approve(context: typer.Context, ref: _Reference, *, acting: As = None) -> None:
    """批准：第二人，合规岗位，不能是申请人 · approve, as a second account at the compliance post."""
    door = door_of(context)
    with door.house(acting) as house:
        approved = approve_exemption(house, _read(door, ref))
        if isinstance(approved, Refuse):
            door.voice.stop(approved)
    until = f"{moment(approved.until_ms):%Y-%m-%d %H:%M}"
    door.voice.say(f"✓ 已批准，{until} 前使用一次", f"✓ approved, for one use until {until}")


@app.command("refuse")
def refuse(context: typer.Context, ref: _Reference, *, acting: As = None) -> None:
    """不予批准，或在使用前撤回 · refuse, or withdraw before it is used."""
    door = door_of(context)
    with door.house(acting) as house:
        if refused := refuse_exemption(house, _read(door, ref)):
            door.voice.stop(refused)
    door.voice.say("✓ 未准或已撤回", "✓ refused or withdrawn")


@app.command("list")
def list_(context: typer.Context, *, acting: As = None, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """列出豁免 · list the exemptions."""
    door = door_of(context)
    with door.house(acting) as house:
        found = list_exemptions(house)
    if json:
        door.voice.json({"exemptions": [_row(each) for each in found]})
        return
    for each in found:
        state, row = _STATES[each.exemption.state], _row(each)
        ground = f"{row['ground']} {row['document']}".strip()
        end = f"{row['number']}  {row['until']}".strip()
        zh = f"{row['ref']}  {state.zh}  {ground}{'（草案，未生效）' if row['draft'] else ''}  {row['asked_by']} → {row['decided_by'] or '—'}  {end}"
        en = f"{row['ref']}  {state.en}  {ground}{' (draft, not in force)' if row['draft'] else ''}  {row['asked_by']} → {row['decided_by'] or '—'}  {end}"
        door.voice.say(zh, en)
    door.voice.note(f"{len(found)} 项", f"{len(found)} exemptions")


def _row(each: Listed) -> dict[str, object]:
    exemption = each.exemption
    return {
        "ref": show_ref(exemption.ref),
        "state": exemption.state.name.lower(),
        "merchant": exemption.merchant,
        "ground": exemption.ground.code,
        "document": exemption.ground.document,
        "draft": exemption.ground.draft,
        "asked_by": each.asked_by,
        "decided_by": each.decided_by,
        "until": f"{moment(exemption.until_ms):%Y-%m-%d %H:%M}",
        "number": each.number,
    }


def _read(door: Door, text: str) -> Ref:
    try:
        return read_ref(text)
    except ValueError:
        door.voice.stop(Refuse(Refusal.EXEMPTION_UNKNOWN))
