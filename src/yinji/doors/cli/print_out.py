"""`yinji print`: labels of waybills that exist, on a printer, and a report of what was really printed."""

from __future__ import annotations

from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.flows.node_look import look_of
from yinji.flows.print_again import AGAIN_MAX, AgainReason
from yinji.flows.print_out import Fate, Job, PrintReport
from yinji.flows.print_out import print_out as print_all
from yinji.flows.set_press import press_of
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Misuse
from yinji.kernel.said import Said
from yinji.label.codes.epc import BITS
from yinji.label.languages import PrinterLanguage

_FATES: dict[Fate, Said] = {
    Fate.CONFIRMED: Said("打印机确认已印出", "printed, the printer confirms"),
    Fate.SENT: Said("已送出，打印机不作回答", "sent, the printer does not answer"),
    Fate.UNSURE: Said("送出后中断，请核对纸张", "sent before it broke off: look at the paper"),
    Fate.UNSENT: Said("已计数但未送出，只能作为补打", "counted and not sent: comes again as a reprint only"),
    Fate.LEFT: Said("没有轮到，原样再打一次即可", "not reached: give the same command again"),
    Fate.REFUSED: Said("拒绝", "refused"),
}


def print_out(  # noqa: PLR0913 - each option is one thing that somebody asks for
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="运单号 · waybill numbers")],
    *,
    to: Annotated[str, typer.Option(help="socket://主机:9100 | cups:队列 | file:路径 · the printer")],
    language: Annotated[PrinterLanguage, typer.Option(help="打印机指令 · the printer's language")] = PrinterLanguage.ZPL,
    printer_font: Annotated[
        str,
        typer.Option(
            help="打印机内的中文字体，如 E:SIMSUN.TTF（仅 ZPL） · a font in the printer, ZPL only", show_default=False
        ),
    ] = "",
    tag_bits: Annotated[
        int,
        typer.Option(help="同时写入射频标签：96 或 128（仅 ZPL） · also write a radio tag of so many bits", show_default=False),
    ] = 0,
    again: Annotated[bool, typer.Option("--again", help="补打已打印过的 · also those printed before")] = False,
    reason: Annotated[AgainReason, typer.Option(help="补打原因 · why again")] = AgainReason.OTHER,
    size: Annotated[str, typer.Option(help="面单尺寸（毫米）· label size in millimetres", show_default=False)] = "",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """把已有运单的面单送到打印机，并报告哪些确实印出 · print labels of waybills that exist; report what was really printed."""
    door = door_of(context)
    if len(numbers) > AGAIN_MAX:
        raise typer.BadParameter(f"1..{AGAIN_MAX}", param_hint="NUMBER")
    if tag_bits not in {0, *BITS}:
        raise typer.BadParameter(" | ".join(map(str, BITS)), param_hint="--tag-bits")
    if door.rooms.printers is None:
        raise Misuse("main hands in the printers")
    printer = door.rooms.printers(to, language)
    with door.house() as house:
        press = press_of(house.settings, size)
        try:
            writer = press.writer(language, font=printer_font, tag_bits=tag_bits)
        except Misuse as unfit:  # options that do not go together
            raise typer.BadParameter(str(unfit)) from None
        job = Job(press, writer, printer)
        report = print_all(house, job, look_of(house), numbers=numbers, again=reason if again else None)
        sign_evidence(house)
    _tell(door.voice, report, json=json)


def _tell(voice: Voice, report: PrintReport, *, json: bool) -> None:
    if json:
        told = [
            {"number": each.number, "fate": each.fate.value, "code": each.refusal.code.name if each.refusal else None}
            for each in report.printed
        ]
        stopped = report.stopped and {"code": report.stopped.code.name, "at": report.stopped.at}
        voice.json({"printed": told, "counts": {fate.value: report.count(fate) for fate in Fate}, "stopped": stopped})
    else:
        for each in report.printed:
            if each.refusal is not None:
                voice.refusal(Refuse(each.refusal.code, each.number))
            elif each.fate not in {Fate.CONFIRMED, Fate.SENT}:
                voice.say(f"{each.number} {_FATES[each.fate].zh}", f"{each.number} {_FATES[each.fate].en}")
        for fate in Fate:
            if count := report.count(fate):
                voice.say(f"{count:,} {_FATES[fate].zh}", f"{count:,} {_FATES[fate].en}")
        if report.stopped is not None:
            voice.refusal(report.stopped)
    done = report.count(Fate.CONFIRMED) + report.count(Fate.SENT)
    if done < len(report.printed):
        raise typer.Exit(Exit.ROWS_REFUSED if done else Exit.REFUSED)
