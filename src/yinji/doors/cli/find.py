"""`yinji find`: parcels by their recipient's phone."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from yinji.doors.cli.context import door_of
from yinji.flows.find_parcels import Hit, find_parcels
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.private import Private
from yinji.kernel.purpose import Purpose
from yinji.kernel.said import Language


def find(
    context: typer.Context,
    phone: Annotated[
        str | None,
        typer.Option(
            help="收件人电话；写 - 或省略则在提示后输入，不留在命令历史里 · “-” or nothing asks for it", show_default=False
        ),
    ] = None,
    purpose: Annotated[Purpose, typer.Option(help="目的 · why")] = Purpose.SOLVE_DELIVERY,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """按收件人电话查找运单；结果只显示掩码 · find parcels by the recipient's phone; the answer is masked."""
    door = door_of(context)
    wanted = Private(typer.prompt("电话 phone", hide_input=True, err=True) if phone in {None, "-"} else str(phone))
    with door.house() as house:
        hits = find_parcels(house, wanted, purpose=purpose)
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


def _row(hit: Hit) -> dict[str, str]:
    return {
        "number": hit.waybill.number,
        "issued": f"{moment(hit.waybill.made_ms):%Y-%m-%d %H:%M}",
        "name": hit.masks.name,
        "phone": hit.masks.phone,
        "address": hit.masks.address,
    }
