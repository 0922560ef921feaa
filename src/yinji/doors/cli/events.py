"""`yinji events`: what was seen of parcels, from a file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Annotated, Final

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.doors.intake import scans
from yinji.doors.intake.reading.model import FileBounds, Record
from yinji.doors.intake.reading.opening import OrdersFile, open_orders_file
from yinji.flows.house import House
from yinji.flows.issue_model import RowRefused
from yinji.flows.take_scans import take_scans
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.waybill.parcel.codes import OWN_LIST, code_lists
from yinji.waybill.parcel.model import SCAN_WORDS, STATE_WORDS, Reported

_SAID: Final = 5
"""Refused rows told on the terminal."""


def events(
    context: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="EVENTS", help="物流事件文件：CSV、XLSX、JSON · parcel events")],
    *,
    codes: Annotated[str, typer.Option(help="状态代码表 · list of codes: " + " | ".join(code_lists()))] = OWN_LIST,
    mapping: Annotated[Path | None, typer.Option(help="列名与代码的对照 TOML · titles and codes", show_default=False)] = None,
    source: Annotated[str, typer.Option(help="来源代码 · who reports")] = "",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """收取物流事件：收寄、派送、签收 · take in what was seen of parcels; the same event twice is one."""
    door = door_of(context)
    if codes not in code_lists():
        raise typer.BadParameter(" | ".join(code_lists()), param_hint="--codes")
    own = scans.read_mapping(mapping) if mapping else None
    with door.house() as house, _opened(file, own, house) as opened:
        records = opened.records()
        columns = scans.read_header(next(records, Record(1, [])).cells or [], own)
        if isinstance(columns, list):
            for refused in columns[:-1]:
                door.voice.refusal(refused)
            door.voice.stop(columns[-1])
        now, days = moment(house.clock.now_ms()), house.settings.order_days_max
        reader = scans.ScanReader(columns, code_lists()[codes], own, source, now, days)
        told, refused_rows = _run(house, records, reader)
    _tell(door.voice, told, refused_rows, columns.unread, json=json)
    if refused_rows:
        raise typer.Exit(Exit.ROWS_REFUSED)


def _opened(file: Path, own: scans.ScanMapping | None, house: House) -> OrdersFile:
    bounds = FileBounds(rows_max=house.settings.file_rows_max)
    return open_orders_file(file, bounds, is_header=lambda cells: _is_header(cells, own))


def _is_header(cells: list[str], own: scans.ScanMapping | None) -> bool:
    return not isinstance(scans.read_header(cells, own), list)


def _run(house: House, records: Iterator[Record], reader: scans.ScanReader) -> tuple[Counter[str], list[RowRefused]]:
    told: Counter[str] = Counter()
    refused: list[RowRefused] = []
    while batch := list(islice(records, house.settings.batch_orders)):
        lines: list[int] = []
        reports: list[Reported] = []
        for record in batch:
            read = reader.read(record)
            if isinstance(read, list):
                refused += read
            else:
                lines.append(record.line)
                reports.append(read)
        taken = take_scans(house, reports)
        refused += [RowRefused(lines[at], why) for at, why in taken.refused]
        told.update(rows=len(batch), fresh=taken.fresh, known=taken.known, strays=taken.strays)
    return told, refused


def _tell(voice: Voice, told: Counter[str], refused: list[RowRefused], unread: int, *, json: bool) -> None:
    rows = len({each.line for each in refused})
    if json:
        by_code = Counter(each.refusal.code.name for each in refused)
        voice.json({**told, "refused_rows": rows, "refused_by_code": by_code, "columns_unread": unread})
        return
    for each in refused[:_SAID]:
        line = f"第 {each.line} 行" if voice.language == "zh" else f"line {each.line}"
        voice.refusal(Refuse(each.refusal.code, f"{line} {each.refusal.at}".strip()))
    voice.say(
        f"{told['rows']:,} 行：新事件 {told['fresh']:,}，已有 {told['known']:,}，拒绝 {rows:,}；本方从未使用的单号 {told['strays']:,}",
        f"{told['rows']:,} rows: {told['fresh']:,} new, {told['known']:,} known, {rows:,} refused; "
        f"{told['strays']:,} numbers that nobody here issued",
    )


def track(
    context: typer.Context,
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="运单号 · waybill number")],
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """查看一件快件的行程；不显示任何人 · the way of one parcel; shows no person."""
    door = door_of(context)
    with door.house() as house:
        bill = house.register.find(house.node.org, number)
        if isinstance(bill, Refuse):
            door.voice.stop(bill)
        way = house.parcels.ways(house.node.org, [bill.ref])[bill.ref]
        history = house.parcels.history(house.node.org, bill.ref)
    if json:
        seen = [{"at": moment(each.at_ms).isoformat(), "scan": each.scan.name, "place": each.place} for each in history]
        door.voice.json({"number": bill.number, "state": way.state.name, "odd": way.odd, "scans": seen})
        return
    state = STATE_WORDS[way.state]
    door.voice.say(f"{bill.number}：{state.zh}", f"{bill.number}: {state.en}")
    for each in history:
        at, scan = f"{moment(each.at_ms):%Y-%m-%d %H:%M:%S}", SCAN_WORDS[each.scan]
        door.voice.say(f"{at}  {scan.zh}  {each.place}".rstrip(), f"{at}  {scan.en}  {each.place}".rstrip())
    if way.odd:
        door.voice.note(f"其中 {way.odd} 次次序不对", f"{way.odd} of them are out of order")
