"""`yinji keys`: what keys there are, rotating them, mending after a restore; backups stand in `keys_backup`."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import typer

from yinji.doors.cli import keys_backup
from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.flows.examine_keys import KeysSeen, examine_keys
from yinji.flows.rotate_keys import mend_vault, rotate_index, rotate_org, rotate_root
from yinji.kernel.clock import moment

app = typer.Typer(help="密钥 · keys", no_args_is_help=True)
app.command("recovery-key")(keys_backup.recovery_key)
app.command("backup")(keys_backup.backup)
app.command("restore")(keys_backup.restore)
app.command("drill")(keys_backup.drill)


class Rotated(StrEnum):
    """Which keys to rotate."""

    ROOT = "root"
    ORG = "org"
    INDEX = "index"


@app.command("status")
def status(context: typer.Context, *, json: Annotated[bool, typer.Option("--json")] = False) -> None:
    """密钥的状态与使用次数；不显示任何密钥 · what keys there are and how often they were used; shows no key."""
    door = door_of(context)
    with door.house() as house:
        seen = examine_keys(house)
    if json:
        door.voice.json(_told(seen))
    else:
        _say_place(context, seen)
        _say_periods(context, seen)
    if not seen.sound:
        raise typer.Exit(Exit.BROKEN)


@app.command("rotate")
def rotate(context: typer.Context, what: Annotated[Rotated, typer.Argument(help="哪一级 · which")]) -> None:
    """更换密钥，不停机；中断后再运行即续做 · rotate keys while the node runs; run again, it goes on where it stood."""
    door = door_of(context)
    with door.house() as house:
        if what is Rotated.INDEX:
            done = rotate_index(house)
            door.voice.say(
                f"✓ 索引密钥已更换，{done:,} 位收件人重新编入", f"✓ index keys rotated, {done:,} recipients indexed anew"
            )
            return
        done = rotate_root(house) if what is Rotated.ROOT else rotate_org(house)
    door.voice.say(f"✓ 密钥已更换，{done:,} 个文件重新封存", f"✓ rotated, {done:,} files sealed anew")


@app.command("mend")
def mend(context: typer.Context) -> None:
    """恢复其中一方之后使数据与密钥一致，补做缺少的删除 · bring data and keys together after one was restored."""
    door = door_of(context)
    for unlike in door.rooms.ground(door.home, None).keys.files.mend():
        door.voice.note(f"! 副本 {unlike.place} 已补齐", f"! the replica {unlike.place} was brought up to date")
    with door.house() as house:
        mended = mend_vault(house)
    for lost in mended.refused:
        door.voice.refusal(lost)
    door.voice.say(
        f"✓ 删除已删除者的记录 {mended.rows_deleted:,} 行，重新编入 {mended.recipients_indexed:,} 位收件人",
        f"✓ {mended.rows_deleted:,} rows of erased persons deleted, {mended.recipients_indexed:,} recipients indexed anew",
    )
    if mended.refused:
        raise typer.Exit(Exit.REFUSED)


def _say_place(context: typer.Context, seen: KeysSeen) -> None:
    voice = door_of(context).voice
    roots = ", ".join(map(str, seen.roots))
    voice.say(
        f"密钥库 {seen.place}；根 {roots}；套件 {seen.suite}", f"key store {seen.place}; root {roots}; suite {seen.suite}"
    )
    if len(seen.roots) > 1:
        voice.note(
            "! 根密钥更换未完成：再运行 yinji keys rotate root",
            "! a root rotation is not finished: run yinji keys rotate root again",
        )
    if seen.undo_until_ms:
        until = f"{moment(seen.undo_until_ms):%Y-%m-%d %H:%M}"
        voice.say(f"密钥备份最晚有效至 {until}", f"the longest-lived key backup expires on {until}")


def _say_periods(context: typer.Context, seen: KeysSeen) -> None:
    voice = door_of(context).voice
    for each in seen.periods:
        uses = "  ".join(f"{deed} {count:,}" for deed, count in sorted(each.uses.items()))
        line = f"{each.period:>6}  r{each.revision}  {each.leaves_gone:,} ✂  {uses}".rstrip()
        mark = "✓" if each.sound else "✗"
        voice.say(f"{mark} {line}  {each.said.zh}", f"{mark} {line}  {each.said.en}")


def _told(seen: KeysSeen) -> dict[str, object]:
    return {
        "place": seen.place,
        "roots": list(seen.roots),
        "suite": seen.suite,
        "undo_until_ms": seen.undo_until_ms,
        "sound": seen.sound,
        "periods": [
            {
                "period": each.period,
                "revision": each.revision,
                "erased": each.leaves_gone,
                "state": each.said.en,
                "sound": each.sound,
                "uses": dict(each.uses),
            }
            for each in seen.periods
        ],
    }
