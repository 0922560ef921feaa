"""`yinji ledger`: the evidence."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.flows.house import House
from yinji.flows.reconcile_batches import Reconciled, reconcile_batches
from yinji.flows.sign_evidence import place_evidence, sign_evidence
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.events import SENTENCES
from yinji.kernel.refusals import Refusal
from yinji.ledger.model import Report

app = typer.Typer(help="证据 · the evidence", no_args_is_help=True)

_SHOWN_AT_ONCE = 50


@app.command("verify")
def verify(
    context: typer.Context,
    kept: Annotated[
        Path | None,
        typer.Option("--kept", help="另存检查点的文件夹 · folder of checkpoints kept elsewhere", show_default=False),
    ] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """重读每一条证据并核对 · read every entry again and compare."""
    door = door_of(context)
    notes = _kept(door.voice, kept) if kept else {}
    with door.house() as house:
        if kept:
            _name_uncompared(door.voice, {house.data.log, house.disclosures.log} - notes.keys())
        if json:
            reports, rows = verify_evidence(house, kept=notes), reconcile_batches(house)
            holds = rows.holds and all(each.holds for each in reports)
            door.voice.json({"logs": [_told(each) for each in reports], "waybills": _rows_told(rows), "holds": holds})
        else:
            holds = say_evidence(house, door.voice, kept=notes)
    if not holds:
        door.voice.stop(Refuse(Refusal.EVIDENCE_BROKEN), Exit.BROKEN)


def say_evidence(house: House, voice: Voice, *, kept: Mapping[str, str] | None = None) -> bool:
    """Verify both logs and the waybills they speak of; say what was found; True where all of it holds."""
    reports, rows = verify_evidence(house, kept=kept), reconcile_batches(house)
    for report in reports:
        _say(voice, report)
    if rows.holds:
        voice.say(
            f"✓ 运单：{rows.waybills:,} 张，{rows.batches:,} 批，与证据一致",
            f"✓ waybills: {rows.waybills:,} in {rows.batches:,} batches, as the evidence says",
        )
    if lost := house.access.open_intents(house.node.org):
        voice.say(
            f"! {lost} 次查看有意图而无结果，按已披露计",
            f"! {lost} looks have an intent and no outcome: they count as disclosed",
        )
    for said in rows.findings:
        voice.say(f"✗ {said.zh}", f"✗ {said.en}")
    return rows.holds and all(report.holds for report in reports)


@app.command("checkpoint")
def checkpoint(
    context: typer.Context,
    to: Annotated[
        Path | None,
        typer.Option(help="写进这个文件夹，与节点分开保存 · into this folder; keep it elsewhere", show_default=False),
    ] = None,
) -> None:
    """签署两本账的检查点 · sign a checkpoint of both logs."""
    door = door_of(context)
    with door.house() as house:
        notes = sign_evidence(house)
    if to is None:
        sys.stdout.write("\n".join(notes.values()))
        return
    to.mkdir(parents=True, exist_ok=True)
    for log, note in notes.items():
        (to / f"{log}.checkpoint").write_text(note, encoding="utf-8")
    door.voice.say(f"检查点已写入 {to}", f"checkpoints written to {to}")


@app.command("export")
def export(context: typer.Context, folder: Annotated[Path, typer.Argument(help="写到这个文件夹 · into this folder")]) -> None:
    """导出证据，供离线核对（python -m yinji_verify）· export the evidence for the offline verifier."""
    door = door_of(context)
    with door.house() as house:
        place_evidence(house)
        for database in (house.data, house.disclosures):
            house.ledger.export(database, folder / database.log)
    door.voice.say(
        f"已导出。核对：python -m yinji_verify {folder}/data", f"exported. Verify: python -m yinji_verify {folder}/data"
    )


@app.command("show")
def show(
    context: typer.Context,
    log: Annotated[str, typer.Option(help="data | disclosures")] = "data",
    since: Annotated[int, typer.Option(min=0)] = 0,
    limit: Annotated[int, typer.Option(min=1, max=1_000)] = _SHOWN_AT_ONCE,
) -> None:
    """逐条显示 · show entries in words."""
    door = door_of(context)
    with door.house() as house:
        place_evidence(house)
        database = house.disclosures if log == house.disclosures.log else house.data
        placed = house.ledger.entries(database, since, limit)
    for each in placed:
        entry = each.recorded.entry
        said = SENTENCES[entry.event]
        when = f"{moment(entry.at_ms):%Y-%m-%d %H:%M:%S}"
        what = f"{entry.actor.post} {entry.purpose.value} ×{entry.count} {entry.ground}".rstrip()
        door.voice.say(f"{each.seq:>8} {when} {said.zh} · {what}", f"{each.seq:>8} {when} {said.en} · {what}")


def _told(report: Report) -> dict[str, object]:
    return {
        "log": report.log,
        "size": report.size,
        "root": report.root.hex(),
        "checkpoints": report.checkpoints,
        "findings": [finding.said().en for finding in report.findings],
        "warnings": [warning.said().en for warning in report.warnings],
    }


def _rows_told(rows: Reconciled) -> dict[str, object]:
    return {
        "batches": rows.batches,
        "waybills": rows.waybills,
        "wrong": rows.wrong,
        "findings": [said.en for said in rows.findings],
    }


def _say(voice: Voice, report: Report) -> None:
    root = report.root.hex()[:16]
    if report.holds:
        voice.say(
            f"✓ {report.log}：{report.size:,} 条，根 {root}…，检查点 {report.checkpoints}",
            f"✓ {report.log}: {report.size:,} entries, root {root}…, {report.checkpoints} checkpoints",
        )
    for finding in report.findings:
        voice.say(f"✗ {report.log}：{finding.said().zh}", f"✗ {report.log}: {finding.said().en}")
    for warning in report.warnings:
        voice.say(f"! {report.log}：{warning.said().zh}", f"! {report.log}: {warning.said().en}")


def _kept(voice: Voice, folder: Path) -> dict[str, str]:
    """Return the checkpoints in a folder by the log that each says it is of; ends the command where there is none."""
    notes: dict[str, str] = {}
    for file in sorted(folder.glob("*.checkpoint")):
        try:
            note = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            voice.stop(Refuse(Refusal.FILE_NOT_TEXT, str(file)))
        notes[note.partition("\n")[0].rpartition("/")[2]] = note
    if not notes:
        voice.stop(Refuse(Refusal.FILE_MISSING, f"{folder}/data.checkpoint"))
    return notes


def _name_uncompared(voice: Voice, logs: set[str]) -> None:
    for log in sorted(logs):
        voice.note(f"! {log}：文件夹里没有它的检查点，未比对", f"! {log}: the folder has no checkpoint of it; not compared")
