"""Commands under `yinji keys` about backups: the recovery key, backing up, restoring, drilling."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.backup import Recovery, asked_of, say_mended, say_restored
from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.exits import Exit
from yinji.flows.back_up_keys import back_up_keys
from yinji.flows.restore_node_drill import Drilled, hold_drill, note_drill
from yinji.flows.restore_node_keys import KeyFiles
from yinji.flows.restore_node_only_keys import restore_keys
from yinji.kernel.clock import SystemClock, moment
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.keys.recovery import make_recovery_key, read_recovery_key
from yinji.settings import load_settings

KeysFile = Annotated[Path, typer.Option("--keys", help="密钥备份 .yjk · key backup")]
EpochsFile = Annotated[Path, typer.Option("--epochs", help="与之成对的 .yje · the .yje that goes with it")]


def recovery_key(
    context: typer.Context,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="新文件；由负责人另处保管 · a new file; the person in charge keeps it apart")
    ],
) -> None:
    """生成恢复密钥：备份都用它加密，丢了就打不开 · make a recovery key: backups are sealed under it and open with nothing else."""
    door = door_of(context)
    make_recovery_key(file)
    door.voice.say(f"恢复密钥已写入 {file}", f"recovery key written to {file}")
    door.voice.note(
        "请打印或复制到离线介质，由负责人保管；不要与备份放在一起。",
        "Print it or copy it to a medium that is kept offline by the person in charge; never beside the backups.",
    )


def backup(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(help="写进这个文件夹 · into this folder")],
    *,
    recovery: Recovery,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """备份密钥库：两个文件，第二个有效期很短 · back up the key store: two files, of which the second is short-lived."""
    door = door_of(context)
    key = read_recovery_key(recovery)
    place = door.rooms.ground(door.home, None).keys
    with door.house() as house:
        done = back_up_keys(house, place, folder, recovery=key)
    until = f"{moment(done.expires_ms):%Y-%m-%d %H:%M}"
    if json:
        door.voice.json(
            {
                "keys": str(done.keys),
                "epochs": str(done.epochs),
                "files": done.files,
                "epoch_files": done.epoch_files,
                "until": until,
            }
        )
        return
    door.voice.say(f"密钥备份：{done.keys}（{done.files} 个文件）", f"key backup: {done.keys} ({done.files} files)")
    door.voice.say(
        f"纪元密钥：{done.epochs}（{done.epoch_files} 个文件），有效至 {until}，届时销毁",
        f"epoch keys: {done.epochs} ({done.epoch_files} files), until {until}; destroy it then",
    )


def restore(context: typer.Context, *, recovery: Recovery, keys: KeysFile, epochs: EpochsFile) -> None:
    """恢复密钥库，数据已在位 · restore the key store of a node whose data are in place."""
    door = door_of(context)
    ground = door.rooms.ground(door.home, None)
    files, mended = restore_keys(ground, KeyFiles(keys, epochs), recovery=read_recovery_key(recovery))
    door.voice.say(f"已恢复 {files} 个密钥文件", f"{files} key files restored")
    say_mended(door.voice, deleted=mended.rows_deleted, indexed=mended.recipients_indexed, refused=mended.refused)


def drill(
    context: typer.Context,
    *,
    data: Annotated[Path, typer.Option("--data", help="数据备份 .yjd · backup of the data")],
    recovery: Recovery,
    keys: KeysFile,
    epochs: EpochsFile,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """恢复演练：在用后即毁的文件夹里恢复并抽查 · a restore drill: restore into a scratch folder, verify, open a sample."""
    door = door_of(context)
    asked = asked_of(door.voice, data, keys=keys, epochs=epochs, recovery=recovery, kept=None)
    if asked is None:
        raise typer.Exit(Exit.USAGE)
    done = hold_drill(door.rooms.ground, asked, settings=load_settings(door.home), now_ms=SystemClock().now_ms())
    noted = _note(door, done)
    if json:
        door.voice.json(
            {
                "rows": done.restored.tally.rows,
                "tried": done.tried,
                "opened": done.opened,
                "noted": noted,
                "holds": done.holds,
            }
        )
    else:
        say_restored(door.voice, done.restored)
        mark = "✓" if done.tried == done.opened else "✗"
        door.voice.say(
            f"{mark} 抽查 {done.tried:,} 方，打开 {done.opened:,}",
            f"{mark} {done.tried:,} parties tried, {done.opened:,} opened",
        )
    if not done.holds:
        door.voice.stop(Refuse(Refusal.EVIDENCE_BROKEN), Exit.BROKEN)


def _note(door: Door, done: Drilled) -> bool:
    """Say it in the evidence of the node at --home; where there is none, the drill stands for itself."""
    try:
        with door.house() as house:
            note_drill(house, done)
    except Fault as fault:
        if fault.code is not Refusal.NODE_MISSING:
            raise
        door.voice.note("! --home 处没有节点，演练未记入证据", "! no node at --home: the drill stands in no evidence")
        return False
    return True
