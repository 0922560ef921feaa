"""`yinji doctor`: is everything personal encrypted, and does the node stand soundly?"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Final

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.flows.examine_node import examine_node
from yinji.flows.examine_node_finding import Backups, Finding, Grade
from yinji.keys.recovery import read_recovery_key

_MARKS: Final = {Grade.OK: "✓", Grade.WARNING: "!", Grade.WRONG: "✗"}


def doctor(
    context: typer.Context,
    *,
    backups: Annotated[
        Path | None, typer.Option(help="也检查这个文件夹里的备份 · examine the backups in this folder too")
    ] = None,
    recovery: Annotated[
        Path | None, typer.Option(help="恢复密钥文件：逐块认证备份 · recovery key: authenticate the backups chunk by chunk")
    ] = None,
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """体检：凡个人信息都已加密，权限、时钟、磁盘、字体无误 · prove that everything personal is encrypted and the node is sound."""
    door = door_of(context)
    folder = Backups(backups, read_recovery_key(recovery) if recovery else None) if backups else None
    grades: list[Grade] = []
    told: list[dict[str, str]] = []
    for finding in examine_node(door.rooms.ground(door.home, None), folder):
        grades.append(finding.grade)
        if json:
            told.append(_row(finding))
            continue
        place = f" [{finding.place}]" if finding.place else ""
        mark = _MARKS[finding.grade]
        door.voice.say(f"{mark} {finding.said.zh}{place}", f"{mark} {finding.said.en}{place}")
    holds = Grade.WRONG not in grades
    if json:
        door.voice.json({"findings": told, "holds": holds})
    if not holds:
        raise typer.Exit(Exit.BROKEN)


def _row(finding: Finding) -> dict[str, str]:
    return {
        "code": finding.code,
        "grade": finding.grade.value,
        "zh": finding.said.zh,
        "en": finding.said.en,
        "place": finding.place,
    }
