"""`yinji issue`: an orders file in, labels out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from yinji.doors.cli.context import Door, door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.file_run import AUTO, Job, run_file
from yinji.doors.intake.file_run import Progress as Told
from yinji.doors.intake.verdict import Level, Verdict
from yinji.flows.issue_model import RowRefused
from yinji.flows.node_look import look_of
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.label.layout import sizes
from yinji.law import standing

_SAID: Final = 5
"""Refused rows told on the terminal; all of them are in the error file."""


def issue(  # noqa: PLR0913 - each argument is an option of the command
    context: typer.Context,
    orders: Annotated[Path, typer.Argument(metavar="ORDERS", help="订单文件：CSV、XLSX、JSON · orders")],
    *,
    labels: Annotated[Path | None, typer.Option(help="面单 PDF · labels", show_default=False)] = None,
    preset: Annotated[str, typer.Option(help="平台（auto：由表头认出）· platform, auto by its headings")] = AUTO,
    mapping: Annotated[Path | None, typer.Option(help="对照文件 TOML/JSON · mapping file", show_default=False)] = None,
    sheet: Annotated[str, typer.Option(help="工作表 · sheet of a workbook", show_default=False)] = "",
    check: Annotated[bool, typer.Option("--check", help="只检查，不制作 · check only")] = False,
    size: Annotated[str, typer.Option(help="面单尺寸（毫米）· label size in millimetres")] = "",
    report: Annotated[Path | None, typer.Option(help="报告 JSON · report", show_default=False)] = None,
    errors: Annotated[
        Path | None, typer.Option(help="错误行 CSV，改后可再提交 · refused rows, to be mended", show_default=False)
    ] = None,
    shipped: Annotated[Path | None, typer.Option(help="批量发货表 CSV · shipping form", show_default=False)] = None,
    merchant: Annotated[str, typer.Option(help="商家代码 · code of the merchant")] = "",
) -> None:
    """为一个订单文件制作隐私运单和面单 · issue privacy waybills and labels for an orders file."""
    door = door_of(context)
    if labels is None and not check:
        raise typer.BadParameter("--labels FILE.pdf | --check")
    job = Job(orders, labels, errors, report, size, merchant, preset, mapping, sheet, shipped, check)
    result = issue_file(door, job)
    tell(door.voice, result, job)
    if result.refused_rows:
        raise typer.Exit(Exit.ROWS_REFUSED)


def issue_file(door: Door, job: Job) -> FileReport:
    """Run a file with a progress bar; ends the command where the file as a whole is refused."""
    with door.house() as house, _bar(door.voice) as told:
        if job.size and job.size not in sizes():
            raise Fault(Refusal.LABEL_SIZE_UNKNOWN, f"{job.size}: {' | '.join(sizes())}")
        result = run_file(
            house, job, look=look_of(house), progress=told, hear=lambda verdict: tell_verdict(door.voice, verdict)
        )
    if isinstance(result, list):
        for refused in result[:-1]:
            door.voice.refusal(refused)
        door.voice.stop(result[-1])
    return result


def tell_verdict(voice: Voice, verdict: Verdict) -> None:
    """Say what a file is worth, before anything is issued."""
    mark = {Level.FINE: "✓", Level.CARE: "!", Level.NOTHING: "✗"}[verdict.level]
    first, *rest = verdict.sentences
    voice.note(f"{mark} {first.zh}", f"{mark} {first.en}")
    for each in rest:
        voice.note(f"  {each.zh}", f"  {each.en}")


def tell(voice: Voice, result: FileReport, job: Job) -> None:
    """Say what a file came to."""
    for row in result.first_refused[:_SAID]:
        _tell_refused(voice, row)
    if len(result.first_refused) > _SAID or (result.refused_rows and not job.errors):
        voice.note("全部错误行可用 --errors 文件.csv 写出。", "--errors FILE.csv writes all of them.")
    if result.labels:
        voice.say(f"{result.labels:,} 张面单：{job.labels}", f"{result.labels:,} labels: {job.labels}")
    elif job.labels and job.labels.exists():
        voice.note(f"没有面单；原有的 {job.labels} 未改动。", f"No labels; {job.labels} is as it was.")
    _tell_shipped(voice, result, job)
    if job.check:
        voice.say(
            f"只检查，未制作：{result.rows:,} 行，留下 {result.held:,}，重复 {result.repeated:,}，拒绝 {result.refused_rows:,}",
            f"checked, nothing issued: {result.rows:,} rows, {result.held:,} held back, {result.repeated:,} repeated, {result.refused_rows:,} refused",
        )
        return
    voice.say(
        f"{result.rows:,} 行：新制 {result.issued:,}，已有 {result.known:,}，并入 {result.joined:,}，重复 {result.repeated:,}，"
        f"留下 {result.held:,}，拒绝 {result.refused_rows:,}",
        f"{result.rows:,} rows: {result.issued:,} issued, {result.known:,} known, {result.joined:,} joined to others, "
        f"{result.repeated:,} repeated, {result.held:,} held back, {result.refused_rows:,} refused",
    )
    if result.specimen and result.labels:
        voice.note(
            "尚无真实的寄件人或号段，面单已印“样张”，不可寄出。",
            "No real sender or number range yet: the labels carry 样张 and cannot ship.",
        )


def _tell_shipped(voice: Voice, result: FileReport, job: Job) -> None:
    if result.shipped:
        voice.say(f"{result.shipped:,} 行发货表：{job.shipped}", f"{result.shipped:,} rows of the shipping form: {job.shipped}")
    elif job.shipped and not job.check:
        voice.note("没有写发货表：没有真实单号。", "No shipping form was written: there are no real numbers.")


def _tell_refused(voice: Voice, row: RowRefused) -> None:
    place = row.refusal.at
    said = voice.language
    line = f"第 {row.line} 行" if said == "zh" else f"line {row.line}"
    ground = None
    if row.weight is not None:
        behind = standing(row.weight, row.confidence)
        ground = Said(f"{row.citation}（{behind.zh}）", f"{row.citation} ({behind.en})")
    voice.refusal(Refuse(row.refusal.code, f"{line} {place}".strip()), row.says, remedy=row.remedy, ground=ground)


@contextmanager
def _bar(voice: Voice) -> Iterator[Told]:
    """A progress bar on a terminal; nothing elsewhere."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=voice.err, transient=True, disable=not voice.err.is_terminal) as progress:
        task = progress.add_task("KiB")
        yield lambda done, total: progress.update(task, completed=done // 1024, total=max(1, total // 1024))
