"""`yinji backup` and `yinji restore`: the data of a node, sealed, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.ledger.told import kept_in
from yinji.doors.cli.speak import Voice
from yinji.flows.back_up import back_up
from yinji.flows.restore_node import Asked, Restored, restore_node
from yinji.flows.restore_node_keys import KeyFiles
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.keys.recovery import read_recovery_key

Recovery = Annotated[Path, typer.Option("--recovery", help="恢复密钥文件 · file of the recovery key")]


def backup(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="写进这个文件夹 · into this folder")],
    *,
    recovery: Recovery,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """备份数据，加密；运行中也可以 · back up the data, encrypted; also while other commands run."""
    door = door_of(context)
    key = read_recovery_key(recovery)
    with door.house() as house:
        done = back_up(house, folder, recovery=key)
    if json:
        door.voice.json(
            {
                "file": str(done.path),
                "rows": done.tally.rows,
                "tables": done.tally.tables,
                "bytes": done.bytes,
                "checkpoints": dict(done.notes),
            }
        )
        return
    size = done.bytes / (1 << 20)
    door.voice.say(
        f"已备份 {done.tally.rows:,} 行（{size:,.1f} MB）：{done.path}",
        f"{done.tally.rows:,} rows backed up ({size:,.1f} MB): {done.path}",
    )
    for log, note in done.notes.items():
        entries = note.split("\n")[1]
        door.voice.say(f"其中检查点 {log}：{entries} 条", f"checkpoint in it, {log}: {entries} entries")
    door.voice.note("请与密钥备份、恢复密钥分开保存。", "Keep it apart from the key backup and from the recovery key.")


def restore(
    context: typer.Context,
    data: Annotated[Path, typer.Argument(metavar="DATA.yjd", help="数据备份 · backup of the data")],
    *,
    recovery: Recovery,
    keys: Annotated[
        Path | None, typer.Option("--keys", help="密钥备份 .yjk；密钥已在位则不需要 · key backup, unless the keys are in place")
    ] = None,
    epochs: Annotated[Path | None, typer.Option("--epochs", help="与之成对的 .yje · the .yje that goes with it")] = None,
    kept: Annotated[
        Path | None, typer.Option("--kept", help="另存检查点的文件夹 · folder of checkpoints kept elsewhere")
    ] = None,
) -> None:
    """恢复到空的 --home，并核对证据 · restore into an empty --home, and verify the evidence."""
    door = door_of(context)
    asked = asked_of(door.voice, data, keys=keys, epochs=epochs, recovery=recovery, kept=kept)
    if asked is None:
        raise typer.Exit(Exit.USAGE)
    done = restore_node(door.rooms.ground(door.home, None), asked)
    say_restored(door.voice, done)
    door.voice.say(f"节点已恢复：{door.home}", f"the node is restored: {door.home}")
    if not done.holds:
        door.voice.stop(Refuse(Refusal.EVIDENCE_BROKEN), Exit.BROKEN)


def asked_of(
    voice: Voice, data: Path, *, keys: Path | None, epochs: Path | None, recovery: Path, kept: Path | None
) -> Asked | None:
    """Return what is to be restored; None, told, where one file of a pair is missing."""
    if (keys is None) != (epochs is None):
        voice.note("✗ --keys 与 --epochs 成对给出", "✗ --keys and --epochs go together")
        return None
    pair = KeyFiles(keys, epochs) if keys and epochs else None
    return Asked(data, pair, read_recovery_key(recovery), kept_in(voice, kept) if kept else {})


def say_restored(voice: Voice, done: Restored) -> None:
    """Say what was restored and how it verified."""
    made = f"{moment(done.made_ms):%Y-%m-%d %H:%M}"
    voice.say(
        f"备份取于 {made}：{done.tally.rows:,} 行，{done.tally.tables} 张表",
        f"backup of {made}: {done.tally.rows:,} rows, {done.tally.tables} tables",
    )
    if done.key_files is not None:
        voice.say(f"密钥文件 {done.key_files} 个", f"{done.key_files} key files")
    say_mended(voice, deleted=done.mended.rows_deleted, indexed=done.mended.recipients_indexed, refused=done.mended.refused)
    for report in done.reports:
        mark = "✓" if report.holds else "✗"
        voice.say(f"{mark} {report.log}：{report.size:,} 条", f"{mark} {report.log}: {report.size:,} entries")
        for finding in report.findings:
            said = finding.said()
            voice.say(f"  {said.zh}", f"  {said.en}")
    mark = "✓" if done.rows.holds else "✗"
    voice.say(f"{mark} 运单：{done.rows.waybills:,} 张", f"{mark} waybills: {done.rows.waybills:,}")
    for said in done.rows.findings:
        voice.say(f"  {said.zh}", f"  {said.en}")


def say_mended(voice: Voice, *, deleted: int, indexed: int, refused: tuple[Refuse, ...]) -> None:
    """Say what restoring had to redo, and which months cannot be opened any more."""
    if deleted or indexed:
        voice.say(
            f"重做了备份之后的删除：删去 {deleted:,} 行，重建索引 {indexed:,} 条",
            f"erasures since the backup were redone: {deleted:,} rows deleted, {indexed:,} indexed anew",
        )
    for each in refused:
        voice.refusal(each)
