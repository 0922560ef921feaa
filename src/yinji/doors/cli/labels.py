"""`yinji labels`: labels of waybills that exist already."""

from __future__ import annotations

from collections.abc import Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from yinji.doors.cli.context import door_of
from yinji.doors.cli.exits import Exit
from yinji.doors.cli.speak import Voice
from yinji.doors.intake.staged_file import StagedFile
from yinji.flows.count_prints import count_prints
from yinji.flows.node_look import look_of
from yinji.flows.print_again import AGAIN_MAX, AgainReason, print_labels
from yinji.flows.return_parcel import RETURNS_MAX, return_parcels
from yinji.flows.set_press import press_of
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.layout import panels, sizes
from yinji.label.passed import Label
from yinji.label.press import Press
from yinji.label.writers.raster.archive import PICTURES_MAX
from yinji.label.writers.raster.pictures import PictureForm


class LabelForm(StrEnum):
    """What labels are written as."""

    PDF = "pdf"
    PNG = "png"
    BMP = "bmp"


def labels(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="运单号 · waybill numbers")],
    *,
    out: Annotated[Path, typer.Option(help="面单 PDF，或图片的 ZIP · labels")],
    form: Annotated[
        LabelForm, typer.Option("--format", help="png、bmp：一张一图，打包成 ZIP · a picture each, in a ZIP")
    ] = LabelForm.PDF,
    again: Annotated[bool, typer.Option("--again", help="补打已打印过的 · also those printed before")] = False,
    reason: Annotated[AgainReason, typer.Option(help="补打原因 · why again")] = AgainReason.OTHER,
    size: Annotated[
        str, typer.Option(help="面单尺寸（毫米），或电子纸（点） · label size in millimetres, or a panel of e-paper in dots")
    ] = "",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """打印已有运单的面单；补打计数并留下原因 · labels of waybills that exist; a reprint is counted, with its reason."""
    door = door_of(context)
    _require(len(numbers), AGAIN_MAX, size)
    with door.house() as house, StagedFile(out) as file:
        press = press_of(house.settings, size or house.settings.label_size)
        labels_max = 0 if form is LabelForm.PDF else PICTURES_MAX
        made, refused = print_labels(
            house, press, look_of(house), numbers=numbers, again=reason if again else None, labels_max=labels_max
        )
        _write(press, made, file, form)
        sign_evidence(house)
    _tell(door.voice, made, [(each.number, each.refusal) for each in refused], out, json=json)


def send_back(
    context: typer.Context,
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER…", help="原运单号 · original waybill numbers")],
    *,
    out: Annotated[Path, typer.Option(help="退件面单 PDF · return labels")],
    size: Annotated[str, typer.Option(help="面单尺寸（毫米）· label size in millimetres")] = "76x130-return",
    json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """退件：收寄双方对调，另取新单号，面单写明原单号 · send parcels back, each under a number of its own."""
    door = door_of(context)
    _require(len(numbers), RETURNS_MAX, size)
    with door.house() as house, StagedFile(out) as file:
        press = press_of(house.settings, size)
        told = return_parcels(house, press, look_of(house), numbers=numbers)
        _write(press, told.labels, file, LabelForm.PDF)
        count_prints(house, told.prints)
        sign_evidence(house)
    _tell(door.voice, told.labels, told.refused, out, json=json)


def _require(count: int, count_max: int, size: str) -> None:
    if count > count_max:
        raise typer.BadParameter(f"1..{count_max}", param_hint="NUMBER")
    if size and size not in {*sizes(), *panels()}:
        raise Fault(Refusal.LABEL_SIZE_UNKNOWN, f"{size}: {' | '.join((*sizes(), *panels()))}")


def _write(press: Press, made: Sequence[Label], file: StagedFile, form: LabelForm) -> None:
    if not made:
        return
    if form is not LabelForm.PDF:
        press.write_pictures(file.out, made, form=PictureForm(form.value))
    else:
        with press.pdf(file.out) as pdf:
            pdf.write(made)
    file.keep()


def _tell(voice: Voice, made: Sequence[Label], refused: Sequence[tuple[str, Refuse]], out: Path, *, json: bool) -> None:
    if json:
        told = [{"number": number, "code": why.code.name} for number, why in refused]
        voice.json({"labels": len(made), "numbers": [label.number for label in made], "refused": told})
    else:
        for number, why in refused:
            voice.refusal(Refuse(why.code, number))
        if made:
            voice.say(f"{len(made):,} 张面单：{out}", f"{len(made):,} labels: {out}")
    if refused:
        raise typer.Exit(Exit.ROWS_REFUSED if made else Exit.REFUSED)
