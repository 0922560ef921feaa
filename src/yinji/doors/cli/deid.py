"""`yinji deid`: mask and scan texts that stream through, by the engine that masks labels. Needs no node, keeps nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Annotated, Any

import typer

from yinji.deid import Kind, Policy, mask_as, scan
from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.lines import BadLine, Form, Line, read_lines, told
from yinji.doors.cli.speak import Voice
from yinji.kernel.said import Said

app = typer.Typer(help="去标识化 · de-identification of texts", no_args_is_help=True)

_FORM = typer.Option("--input", help="输入格式；auto：首行以 { 开头即 JSONL · form of the input; auto looks at the first line")


@app.command("mask")
def mask(
    context: typer.Context,
    *,
    kind: Annotated[Kind, typer.Option(help="文本是什么 · what the texts are")],
    policy: Annotated[Policy, typer.Option(help="地址按谁看来遮 · who looks at an address")] = Policy.LABEL,
    form: Annotated[Form, _FORM] = Form.AUTO,
) -> None:
    """遮蔽标准输入的每一行，写到标准输出 · mask each line of standard input.

    JSONL：{"id", "text"} → {"id", "masked", "findings"}；普通文本：一行进，一行出（坏行为空行）。masked 与 text 等长，隐藏的字符为 *。
    坏行在标准错误中报告行号和办法，其余照常；有坏行时退出码 3。

    JSONL: {"id", "text"} → {"id", "masked", "findings"}; plain lines: one in, one out (an empty one for a bad line). masked is as long
    as text, each hidden character is *. Bad lines are told on standard error, the others go on; exit code 3 where there were some.
    """
    voice = door_of(context).voice

    def answer(line: Line) -> bytes:
        found = mask_as(kind, line.text, policy)
        if not line.structured:
            return found.mask.text.encode("utf-8", "backslashreplace")
        findings = [
            {"kind": each.what, "start": each.span.start, "end": each.span.end, "reason": voice.of(each.reason)}
            for each in found.hidden
        ]
        return told({"id": line.id, "masked": found.mask.text, "findings": findings})

    _stream(voice, form, answer)


@app.command("scan")
def scan_lines(context: typer.Context, *, form: Annotated[Form, _FORM] = Form.AUTO) -> None:
    """在标准输入的每一行中找出显示个人的内容 · find what shows a person in each line of standard input.

    每行输出一个 JSON：{"id", "masked", "findings"}，每项带种类、位置、把握和理由；普通文本以行号为 id。退出码同 mask。

    One JSON a line: {"id", "masked", "findings"}, each finding with kind, place, confidence and reason; plain lines have their number
    as id. Exit codes as of mask.
    """
    voice = door_of(context).voice

    def answer(line: Line) -> bytes:
        findings: list[dict[str, Any]] = [
            {
                "kind": each.kind.value,
                "start": each.span.start,
                "end": each.span.end,
                "confidence": each.confidence,
                "reason": voice.of(each.reason),
            }
            for each in scan(line.text)
        ]
        return told({"id": line.id, "masked": mask_as(Kind.TEXT, line.text).mask.text, "findings": findings})

    _stream(voice, form, answer)


def _stream(voice: Voice, form: Form, answer: Callable[[Line], bytes]) -> None:
    bad = 0
    out = sys.stdout.buffer
    for line in read_lines(sys.stdin.buffer, form):
        if isinstance(line, BadLine):
            bad += 1
            _say_bad(voice, line)
            if not line.structured:
                out.write(b"\n")
        else:
            out.write(answer(line) + b"\n")
    out.flush()
    if bad:
        raise typer.Exit(Exit.ROWS_REFUSED)


def _say_bad(voice: Voice, line: BadLine) -> None:
    why = Said(
        f"✗ 第 {line.number} 行：{line.says.zh} → {line.remedy.zh}",
        f"✗ line {line.number}: {line.says.en} → {line.remedy.en}",
    )
    voice.note(why.zh, why.en)
