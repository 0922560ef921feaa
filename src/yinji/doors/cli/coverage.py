"""`yinji coverage`: the share of privacy waybills, by day, outlet, channel or rule pack."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Any, Final

import typer
from rich.table import Table
from rich.text import Text

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.flows.tell_coverage import HOW, Coverage, tell_coverage
from yinji.kernel.clock import beijing_day
from yinji.kernel.decision import Refuse
from yinji.kernel.said import Language
from yinji.waybill.coverage.model import By, Share

_DAYS: Final = 30
_FORM: Final = ["%Y-%m-%d"]


def coverage(
    context: typer.Context,
    *,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=_FORM, help="首日（默认 30 天前）· first day", show_default=False)
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=_FORM, help="末日（默认今天）· last day", show_default=False)
    ] = None,
    by: Annotated[By, typer.Option(help="按日、网点、渠道或规则包 · by")] = By.DAY,
    check: Annotated[bool, typer.Option("--check", help="再由证据重算并核对 · count again from the evidence")] = False,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """隐私面单占比 · the share of privacy waybills, which the evidence bears out."""
    door = door_of(context)
    with door.house() as house:
        end = last.date() if last else beijing_day(house.clock.now_ms())
        start = first.date() if first else end - timedelta(days=_DAYS - 1)
        told = tell_coverage(house, first=start, last=end, by=by, check=check)
    if isinstance(told, Refuse):
        door.voice.stop(told)
    if json:
        door.voice.json(_told(told, by, door.voice))
    else:
        _say(door.voice, told, by)
    if told.agrees is False:
        raise typer.Exit(Exit.BROKEN)


def _say(voice: Voice, told: Coverage, by: By) -> None:
    chinese = voice.language is Language.ZH
    names = ("隐私面单", "豁免", "样张", "占比") if chinese else ("privacy", "exempt", "specimens", "share")
    table = Table(by.value, *names, box=None, pad_edge=False)
    for row in told.rows:
        table.add_row(Text(row.key or "-"), *_cells(row))
    table.add_row(Text("合计" if chinese else "all"), *_cells(told.whole))
    voice.out.print(table)
    voice.note(f"{_span(told)}。{HOW.zh}", f"{_span(told)}. {HOW.en}")
    if told.agrees is not None:
        voice.say(
            "证据重算一致。" if told.agrees else "与证据不一致：请运行 yinji ledger verify。",
            "The evidence gives the same." if told.agrees else "The evidence does not bear it out: run yinji ledger verify.",
        )


def _cells(row: Share) -> tuple[str, str, str, str]:
    share = "-" if row.share is None else f"{row.share:.2%}"
    return f"{row.privacy:,}", f"{row.exempt:,}", f"{row.specimen:,}", share


def _span(told: Coverage) -> str:
    return f"{told.first} – {told.last}"


def _told(told: Coverage, by: By, voice: Voice) -> dict[str, Any]:
    return {
        "from": _iso(told.first),
        "to": _iso(told.last),
        "by": by.value,
        "counted": HOW.in_(voice.language),
        "rows": [_row(each) for each in told.rows],
        "all": _row(told.whole),
        "evidence_agrees": told.agrees,
    }


def _row(row: Share) -> dict[str, Any]:
    return {"key": row.key, "privacy": row.privacy, "exempt": row.exempt, "specimen": row.specimen, "share": row.share}


def _iso(day: date) -> str:
    return day.isoformat()
