"""`yinji numbers`: ranges of waybill numbers, their stock, and the commands of `numbers_allocate` and `numbers_check`."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.numbers_allocate import confirm, hand_back, quarantine, reserve, void
from yinji.doors.cli.numbers_check import audit, show, warnings
from yinji.kernel.decision import Refuse
from yinji.waybill.model import OWN_FORMAT
from yinji.waybill.numbering.formats import formats
from yinji.waybill.numbering.stock import Stock, together

app = typer.Typer(help="单号 · waybill numbers", no_args_is_help=True)


@app.command("formats")
def list_formats(context: typer.Context, *, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """单号格式及其来源 · the forms of numbers, and how each is known."""
    voice = door_of(context).voice
    if json:
        voice.json({"formats": [_form(name) for name in formats()]})
        return
    for each in formats().values():
        digits = f"{each.digits_min}" if each.digits_min == each.digits_max else f"{each.digits_min}-{each.digits_max}"
        tail = f"{each.id:<6} {digits:<6} {each.check:<9} [{each.confidence.value}] "
        voice.say(f"{tail}{each.name.zh}（{each.source.zh}）", f"{tail}{each.name.en} ({each.source.en})")


@app.command("add")
def add(
    context: typer.Context,
    number_range: Annotated[str, typer.Argument(metavar="RANGE", help="如 YJ:1000000000000-1000000999999")],
    *,
    form: Annotated[str, typer.Option("--format", help="格式 · one of `yinji numbers formats`")] = OWN_FORMAT,
    brand: Annotated[str, typer.Option(help="品牌代码 · code of the delivery brand")] = "",
) -> None:
    """登记号段 · enter a range of numbers."""
    door = door_of(context)
    with door.house() as house:
        entered = house.register.enter_range(
            house.node.org, number_range, specimen=False, actor=house.actor, form=form, brand=brand
        )
    if isinstance(entered, Refuse):
        door.voice.stop(entered)
    count = entered.last - entered.first + 1
    door.voice.say(f"已登记 {count:,} 个单号。", f"{count:,} numbers entered.")


@app.command("stock")
def stock(context: typer.Context, *, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """存量：合计与各网点、合作方 · how many numbers there are, in all and of each owner."""
    door = door_of(context)
    with door.house() as house:
        every = house.register.allocation.stocks(house.node.org)
    if json:
        door.voice.json(_stock(together(every)) | {"owners": [{"owner": each.owner} | _stock(each) for each in every]})
        return
    whole = together(every)
    door.voice.say(
        f"登记 {whole.entered:,}，已用 {whole.used:,}，剩余 {whole.left:,}（预留 {whole.reserved:,}，静置 {whole.resting:,}，"
        f"打印 {whole.printed:,}，作废 {whole.voided:,}）",
        f"{whole.entered:,} entered, {whole.used:,} used, {whole.left:,} left ({whole.reserved:,} reserved, "
        f"{whole.resting:,} resting, {whole.printed:,} printed, {whole.voided:,} voided)",
    )
    for each in every if len(every) > 1 else ():
        door.voice.say(
            f"  {each.owner or '（组织）'}：分配 {each.allocated:,}，预留 {each.reserved:,}，已用 {each.used:,}，剩余 {each.left:,}",
            f"  {each.owner or '(own)'}: {each.allocated:,} allocated, {each.reserved:,} reserved, {each.used:,} used, "
            f"{each.left:,} left",
        )


app.command("reserve")(reserve)
app.command("confirm")(confirm)
app.command("hand-back")(hand_back)
app.command("quarantine")(quarantine)
app.command("void")(void)
app.command("warnings")(warnings)
app.command("audit")(audit)
app.command("show")(show)


def _form(name: str) -> dict[str, object]:
    told = asdict(formats()[name])
    return told | {"name": formats()[name].name._asdict(), "source": formats()[name].source._asdict()}


def _stock(each: Stock) -> dict[str, int]:
    return {
        "entered": each.entered,
        "reserved": each.reserved,
        "allocated": each.allocated,
        "resting": each.resting,
        "used": each.used,
        "printed": each.printed,
        "voided": each.voided,
        "left": each.left,
    }
