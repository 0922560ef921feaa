"""docs/reference/cli.md: the help of every command, taken from the real application at a fixed width."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final, NoReturn

import typer.main

from reference_pages.markdown import code, page, table
from yinji.doors.cli.app import build_app
from yinji.doors.cli.context import Rooms
from yinji.doors.cli.exits import Exit

_COLUMNS: Final = 100

_EXITS: Final = {
    Exit.DONE: ("完成", "done"),
    Exit.FOUND: ("检查的面单中有不合规则的", "an inspected label breaks a rule"),
    Exit.USAGE: ("命令写法不对", "the command was written wrongly"),
    Exit.ROWS_REFUSED: ("有些行被拒绝，其余已完成", "some rows were refused, the others are done"),
    Exit.REFUSED: ("被拒绝，什么也没有做", "a refusal; nothing was done"),
    Exit.FAULT: ("节点、磁盘或密钥有问题，命令停在这里", "the node, the disk or the keys failed; the command ended there"),
    Exit.BROKEN: ("证据或单号对不上", "the evidence does not verify, or the numbers do not agree"),
    Exit.UNTOLD: (
        "没有确定不合规则的面单，但有无法判断的，或有文件读不了",
        "no label surely breaks a rule, and of some it cannot be told, or a file could not be read",
    ),
    Exit.INTERNAL: ("程序自身的错误", "a mistake of the program's"),
    Exit.INTERRUPTED: ("从键盘中断", "stopped from the keyboard"),
    Exit.TERMINATED: ("被系统停止，或终端已关闭", "stopped by the system, or its terminal closed"),
}

_HOW: Final = """结果写到标准输出，其余写到标准错误。语言：`--lang`，或环境变量 `YINJI_LANGUAGE`，否则看系统区域设置。

Results go to standard output, everything else to standard error. Language: `--lang`, or `YINJI_LANGUAGE`, or the system's locale."""


def cli_page() -> str:
    """Return the page: exit codes, then a section a command."""
    rows = [(str(each.value), code(each.name), *_EXITS[each]) for each in Exit]
    exits = "## 退出码 Exit codes\n\n" + table(("编号 code", "名称 name", "中文", "English"), rows)
    helps = [f"## {path}\n\n```text\n{text}\n```" for path, text in helps_of_commands()]
    return page("命令 Commands", "src/yinji/doors/cli/", _HOW, exits, *helps)


def helps_of_commands() -> Iterator[tuple[str, str]]:
    """Yield path and help of every command and group, in the order of the application."""
    root = typer.main.get_command(build_app(Rooms(_never, _never, _never, _never)))
    for path, command in _walk("yinji", root):
        command.rich_markup_mode = None  # boxes drawn for one terminal look different on another
        context = command.context_class(command, info_name=path, terminal_width=_COLUMNS, max_content_width=_COLUMNS)
        help_text = "\n".join(line.rstrip() for line in command.get_help(context).splitlines())
        yield path, help_text


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:  # noqa: ANN401 - Typer publishes no type for a command of either kind
    yield path, command
    for name, below in getattr(command, "commands", {}).items():
        yield from _walk(f"{path} {name}", below)


def _never(*_: object) -> NoReturn:
    raise RuntimeError("help opens no node")
