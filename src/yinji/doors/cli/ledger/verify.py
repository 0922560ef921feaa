"""`yinji ledger verify`: read everything again and compare."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.ledger.told import kept_in
from yinji.doors.cli.speak import Voice
from yinji.flows.house import House
from yinji.flows.reconcile_batches import Reconciled, reconcile_batches
from yinji.flows.verify_evidence import verify_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.ledger.cosignatures import NO_POLICY, Policy
from yinji.ledger.model import Report
from yinji.ledger.notes import COSIGNATURE, PublicKey, Unread, read_key


def verify(
    context: typer.Context,
    kept: Annotated[
        Path | None,
        typer.Option("--kept", help="另存检查点的文件夹 · folder of checkpoints kept elsewhere", show_default=False),
    ] = None,
    witness: Annotated[
        list[str] | None,
        typer.Option("--witness", help="可信见证人的公钥，可多个 · the key of a trusted witness; repeat", show_default=False),
    ] = None,
    quorum: Annotated[
        int, typer.Option(min=0, help="检查点须有几名见证人联署 · how many of them must have cosigned the checkpoint")
    ] = 0,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """重读每一条证据并核对 · read every entry again and compare."""
    door = door_of(context)
    notes = kept_in(door.voice, kept) if kept else {}
    policy = Policy(tuple(_witness(door.voice, text) for text in witness or ()), quorum)
    with door.house() as house:
        if kept:
            _name_uncompared(door.voice, {house.data.log, house.disclosures.log} - notes.keys())
        if json:
            reports, rows = verify_evidence(house, kept=notes, policy=policy), reconcile_batches(house)
            holds = rows.holds and all(each.holds for each in reports)
            door.voice.json({"logs": [_told(each) for each in reports], "waybills": _rows_told(rows), "holds": holds})
        else:
            holds = say_evidence(house, door.voice, kept=notes, policy=policy)
    if not holds:
        door.voice.stop(Refuse(Refusal.EVIDENCE_BROKEN), Exit.BROKEN)


def say_evidence(house: House, voice: Voice, *, kept: Mapping[str, str] | None = None, policy: Policy = NO_POLICY) -> bool:
    """Verify both logs and the waybills they speak of; say what was found; True where all of it holds."""
    reports, rows = verify_evidence(house, kept=kept, policy=policy), reconcile_batches(house)
    for report in reports:
        _say(voice, report)
    if rows.holds:
        voice.say(
            f"✓ 运单：{rows.waybills:,} 张，{rows.batches:,} 批，与证据一致",
            f"✓ waybills: {rows.waybills:,} in {rows.batches:,} batches, as the evidence says",
        )
    if lost := house.access.count_open_intents(house.node.org):
        voice.say(
            f"! {lost} 次查看有意图而无结果，按已披露计",
            f"! {lost} looks have an intent and no outcome: they count as disclosed",
        )
    for said in rows.findings:
        voice.say(f"✗ {said.zh}", f"✗ {said.en}")
    return rows.holds and all(report.holds for report in reports)


def _told(report: Report) -> dict[str, object]:
    steps = report.steps
    return {
        "log": report.log,
        "size": report.size,
        "root": report.root.hex(),
        "checkpoints": report.checkpoints,
        "cosignatures": report.cosignatures,
        "good_until": report.good_until,
        "witnessed_until": report.witnessed_until,
        "findings": [finding.said().en for finding in report.findings],
        "warnings": [warning.said().en for warning in report.warnings],
        "backward_steps": steps.count,
        "entries_behind": steps.behind,
        "first_steps": [{"entry": step.first, "ms": step.by_ms} for step in steps.named],
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
        signed = f"{report.checkpoints} / {report.cosignatures}"
        voice.say(
            f"✓ {report.log}：{report.size:,} 条，根 {root}…，检查点/联署 {signed}",
            f"✓ {report.log}: {report.size:,} entries, root {root}…, checkpoints / cosignatures {signed}",
        )
    for finding in report.findings:
        voice.say(f"✗ {report.log}：{finding.said().zh}", f"✗ {report.log}: {finding.said().en}")
    for warning in report.warnings:
        voice.say(f"! {report.log}：{warning.said().zh}", f"! {report.log}: {warning.said().en}")
    if (steps := report.steps).count > 1:
        voice.say(
            f"! {report.log}：时间倒退共 {steps.count:,} 处，{steps.behind:,} 条早于其前面的条目",
            f"! {report.log}: times run backwards {steps.count:,} times; {steps.behind:,} entries are earlier than one before",
        )


def _witness(voice: Voice, text: str) -> PublicKey:
    try:
        key = read_key(text)
    except Unread:
        voice.stop(Refuse(Refusal.WITNESS_UNKNOWN, text))
    return key if key.kind == COSIGNATURE else voice.stop(Refuse(Refusal.WITNESS_UNKNOWN, key.name))


def _name_uncompared(voice: Voice, logs: set[str]) -> None:
    for log in sorted(logs):
        voice.note(f"! {log}：文件夹里没有它的检查点，未比对", f"! {log}: the folder has no checkpoint of it; not compared")
