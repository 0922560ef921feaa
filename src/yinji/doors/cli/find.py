"""`yinji find`: parcels by what is known of their recipient."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from yinji.doors.cli.context import door_of
from yinji.flows.find_parcels import Hit, find_by_last_four, find_by_order, find_parcels
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.said import Language


def find(  # noqa: PLR0913 - each argument is an option of the command
    context: typer.Context,
    phone: Annotated[
        str | None,
        typer.Option(
            help="收件人电话；写 - 或省略则在提示后输入，不留在命令历史里 · “-” or nothing asks for it", show_default=False
        ),
    ] = None,
    *,
    name: Annotated[
        bool, typer.Option("--name", help="同时核对姓名（提示后输入）· the name beside the phone, asked for")
    ] = False,
    order: Annotated[str | None, typer.Option(help="按订单号 · by a merchant's order number", show_default=False)] = None,
    merchant: Annotated[str, typer.Option(help="商家代码 · merchant code")] = "",
    last_four: Annotated[
        str | None,
        typer.Option(help="按电话末四位，限本网点近日 · by the last four digits, within an outlet's days", show_default=False),
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="网点 · outlet", show_default=False)] = None,
    days: Annotated[int, typer.Option(min=1, max=31, help="末四位查找的天数 · days back")] = 7,
    purpose: Annotated[Purpose, typer.Option(help="目的 · why")] = Purpose.SOLVE_DELIVERY,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """按电话、姓名、订单号或末四位查找运单；结果只显示掩码 · find parcels; the answer is masked."""
    door = door_of(context)
    if sum(each is not None for each in (phone, order, last_four)) > 1:
        raise typer.BadParameter("--phone | --order | --last-four")
    with door.house() as house:
        if order is not None:
            hits = find_by_order(house, Private(order), merchant=merchant, purpose=purpose)
        elif last_four is not None:
            hits = find_by_last_four(house, Private(last_four), days=days, purpose=purpose, outlet=outlet)
        else:
            wanted = _asked("电话 phone") if phone in {None, "-"} else Private(str(phone))
            hits = find_parcels(house, wanted, purpose=purpose, name=_asked("姓名 name") if name else None)
    if isinstance(hits, Refuse):
        door.voice.stop(hits)
    if json:
        door.voice.json({"found": [_row(hit) for hit in hits]})
        return
    door.voice.note(f"找到 {len(hits)} 件", f"{len(hits)} found")
    if hits:
        chinese = door.voice.language is Language.ZH
        headings = (
            ("单号", "时间", "收件人", "电话", "地址") if chinese else ("number", "issued", "recipient", "phone", "address")
        )
        table = Table(*headings, box=None, pad_edge=False)
        for hit in hits:
            table.add_row(*(Text(cell) for cell in _row(hit).values()))  # Text: brackets in an address are no markup
        door.voice.out.print(table)


def _asked(what: str) -> Private:
    return Private(typer.prompt(what, hide_input=True, err=True))


def _row(hit: Hit) -> dict[str, str]:
    return {
        "number": hit.waybill.number,
        "issued": f"{moment(hit.waybill.made_ms):%Y-%m-%d %H:%M}",
        "name": hit.masks.name,
        "phone": hit.masks.phone,
        "address": hit.masks.address,
    }
