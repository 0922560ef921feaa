"""One orders file from end to end: surveyed, told, issued batch by batch, its labels, errors, shipping form and report written.

1 the file is opened and its header recognised; 2 every output can be written; 3 the first pass reads it whole: what is in it, and
a verdict over it, told before anything is issued; 4 the second pass: parcels in batches, labels and errors as they come; 5 what
was written appears under its name, and its prints are counted; 6 the evidence is sequenced and signed; 7 the report. What fails before 4 has changed nothing;
a check plans and lints in 4 and issues nothing.
"""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Final, TextIO, TypeVar

from yinji.doors.intake.collector import calm_collector
from yinji.doors.intake.error_file import ErrorFile
from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.parcels import KEY_BYTES, Parcel, Spoilt, read_parcels
from yinji.doors.intake.presets.model import Preset
from yinji.doors.intake.presets.recognition import Layout, is_header, lay_out, recognise
from yinji.doors.intake.presets.shelf import preset_called, preset_from, presets
from yinji.doors.intake.reading.model import FileBounds, Record
from yinji.doors.intake.reading.opening import OrdersFile, open_orders_file
from yinji.doors.intake.row_model import AnyRow, Bounds
from yinji.doors.intake.rows import RowReader
from yinji.doors.intake.ship_back import Sent, ShipBack
from yinji.doors.intake.staged_file import StagedFile
from yinji.doors.intake.survey import Survey, survey
from yinji.doors.intake.verdict import Verdict, judge
from yinji.flows.count_prints import Prints, count_prints
from yinji.flows.house import House
from yinji.flows.issue_model import Look, Outcome, RowRefused
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.set_press import press_of
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.clock import moment
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal
from yinji.label.press import Press

AUTO: Final = "auto"
"""The preset that a header tells."""

_PROGRESS_ROWS: Final = 4_096

Progress = Callable[[int, int], None]
"""Told now and then: how far a pass has come, and how far it will go."""

Hear = Callable[[Verdict], None]
"""Told the verdict before anything is issued."""

Mended = Callable[[Record], Record]
"""Gives a record with what was mended in it."""

GoOn = Callable[[FileReport], bool]
"""Asked after each batch whether the next is wanted; what was issued until then keeps its labels."""

_Each = TypeVar("_Each")


def _always(_report: FileReport) -> bool:
    return True


def _as_it_stands(record: Record) -> Record:
    return record


@dataclass(frozen=True, slots=True)
class Job:
    """Where orders come from, whose they are, and what is wanted of them. An empty ``size`` is the node's own.

    ``preset`` is a packaged preset's id, or auto; ``mapping`` a file in a preset's form. ``check`` issues nothing. ``mended`` cells
    take the place of those in the file; ``go_on`` is asked after each batch.
    """

    orders: Path
    labels: Path | None = None
    errors: Path | None = None
    report: Path | None = None
    size: str = ""
    merchant: str = ""
    preset: str = AUTO
    mapping: Path | None = None
    sheet: str = ""
    shipped: Path | None = None
    check: bool = False
    mended: Mended = _as_it_stands
    go_on: GoOn = _always

    @property
    def places(self) -> tuple[Path, ...]:
        """Every file of the job: inputs, then outputs."""
        places = (self.orders, self.mapping, self.labels, self.errors, self.report, self.shipped)
        return tuple(place for place in places if place)


def run_file(house: House, job: Job, *, look: Look, progress: Progress, hear: Hear) -> FileReport | list[Refuse]:
    """Issue a file, or check it; the refusals are of the file as a whole, those of rows are in the report."""
    report = FileReport(started_ms=house.clock.now_ms(), checked_only=job.check)
    shelf = _shelf(job)
    if isinstance(shelf, list):
        return shelf
    _require_apart(job)
    with ExitStack() as stack:
        bounds = FileBounds(rows_max=house.settings.file_rows_max)
        file = stack.enter_context(
            open_orders_file(job.orders, bounds, is_header=lambda cells: is_header(cells, shelf), sheet=job.sheet)
        )
        layout = _layout(file, shelf, told=job.preset != AUTO or job.mapping is not None)  # 1
        if isinstance(layout, list):
            return layout
        report.laid_out(layout)
        report.form_said = file.form.said()
        report.form = report.form_said.en
        outputs = _Outputs(stack, job, layout, look)  # 2
        stack.enter_context(calm_collector())
        rows = _Rows(file, RowReader(layout, _bounds(house)), progress, job.mended)
        key = house.random(KEY_BYTES)
        found = survey(rows, layout, key=key)  # 3
        if found.too_scattered:
            return [Refuse(Refusal.ROWS_SCATTERED, layout.place("order.number"))]
        verdict = judge(found)
        report.surveyed(found, verdict)
        hear(verdict)
        parcels = read_parcels(rows, layout, scattered=found.scattered, key=key)
        prints = Prints()
        if job.check:
            _check(house, job, parcels, outputs, report, look=look)
        else:
            prints = _issue(house, job, parcels, outputs, report, look=look)  # 4
        outputs.keep(report)  # 5
        if not job.check:
            count_prints(house, prints)
            report.checkpoint = sign_evidence(house)[house.data.log]  # 6
        report.ended_ms = house.clock.now_ms()
        outputs.keep_report(report)  # 7
    return report


def _shelf(job: Job) -> Sequence[Preset] | list[Refuse]:
    """Return the presets that a header is compared with: all, or the one that was named."""
    named: Preset | Refuse | list[Refuse] | None = None
    if job.mapping is not None:
        named = preset_from(job.mapping)
    elif job.preset != AUTO:
        named = preset_called(job.preset)
    if isinstance(named, Refuse):
        return [named]
    if isinstance(named, list):
        return named
    return (named,) if named else presets()


def _layout(file: OrdersFile, shelf: Sequence[Preset], *, told: bool) -> Layout | list[Refuse]:
    header = next(file.records(), Record(1, [])).cells or []
    return lay_out(header, shelf[0]) if told else recognise(header, shelf)


class _Rows(Iterable[AnyRow]):
    """The rows of a file, as often as they are wanted: from the first one each time."""

    def __init__(self, file: OrdersFile, reader: RowReader, progress: Progress, mended: Mended) -> None:
        self._file = file
        self._mended = mended
        self._reader = reader
        self._progress = progress

    def __iter__(self) -> Iterator[AnyRow]:
        records = islice(self._file.records(), 1, None)
        rows = self._reader.rows(map(self._mended, records) if self._mended is not _as_it_stands else records)
        while some := list(islice(rows, _PROGRESS_ROWS)):
            yield from some
            self._progress(*self._file.progress())


class _Outputs:
    """What a job writes. Everything is opened before anything is issued, and appears whole or not at all."""

    def __init__(self, stack: ExitStack, job: Job, layout: Layout, look: Look) -> None:
        """Open every output; raises Fault(NOT_WRITABLE) naming it."""
        self.labels = stack.enter_context(StagedFile(job.labels)) if job.labels and not job.check else None
        self._errors = stack.enter_context(StagedFile(job.errors)) if job.errors else None
        self._paper = stack.enter_context(StagedFile(job.report)) if job.report else None
        self._shipped = stack.enter_context(StagedFile(job.shipped)) if job.shipped and not job.check else None
        self._layout = layout
        self._texts: list[tuple[StagedFile, TextIO]] = []
        self.error_file = ErrorFile(self._text(stack, self._errors), layout) if self._errors else None
        form = layout.preset.shipped
        self.ship_back = ShipBack(self._text(stack, self._shipped), form, carrier=look.carrier) if self._shipped else None

    def placed(self, row: RowRefused) -> RowRefused:
        """Name the heading in the file that a refusal's place came from."""
        return replace(row, refusal=Refuse(row.refusal.code, self._layout.place(row.refusal.at)))

    def _text(self, stack: ExitStack, staged: StagedFile) -> TextIO:
        text = stack.enter_context(io.TextIOWrapper(staged.out, encoding="utf-8", newline="", errors="replace"))
        self._texts.append((staged, text))
        return text

    def keep(self, report: FileReport) -> None:
        """Put labels, errors and shipping form in their places; a shipping form only where something ships."""
        if self.labels and report.labels:
            self.labels.keep()
        for staged, text in self._texts:
            if staged is not self._shipped or report.shipped:
                text.flush()
                staged.keep()

    def keep_report(self, report: FileReport) -> None:
        """Write the report."""
        if self._paper:
            self._paper.out.write(json.dumps(report.told(), ensure_ascii=False, indent=1).encode() + b"\n")
            self._paper.keep()


def _check(
    house: House, job: Job, parcels: Iterator[Parcel | Spoilt], outputs: _Outputs, report: FileReport, *, look: Look
) -> None:
    """Tell what rows, plan and label refuse; nothing is issued."""
    run = IssueRun(house, _press(house, job), merchant=job.merchant, look=look)
    report.specimen = run.specimen
    for batch in _batches(parcels, house.settings.batch_orders):
        by_line = {each.order.line: each for each in batch if isinstance(each, Parcel)}
        refused = run.check([parcel.order for parcel in by_line.values()])
        _refuse([each for each in batch if isinstance(each, Spoilt)], refused, by_line, outputs, report)
        _count_all(by_line, refused, report)
        if not job.go_on(report):
            report.stopped = True
            break


def _press(house: House, job: Job) -> Press:
    return press_of(house.settings, job.size)


def _issue(
    house: House, job: Job, parcels: Iterator[Parcel | Spoilt], outputs: _Outputs, report: FileReport, *, look: Look
) -> Prints:
    if outputs.labels is None:
        raise Misuse("labels need a place, unless the file is only checked")
    press = _press(house, job)
    run = IssueRun(house, press, merchant=job.merchant, look=look)
    report.specimen = run.specimen
    prints = Prints()
    with press.pdf(outputs.labels.out) as pdf:
        for batch in _batches(parcels, house.settings.batch_orders):
            by_line = {each.order.line: each for each in batch if isinstance(each, Parcel)}
            outcome = run.issue([parcel.order for parcel in by_line.values()])
            pdf.write(outcome.labels)
            prints.add(outcome)
            _refuse([each for each in batch if isinstance(each, Spoilt)], outcome.refused, by_line, outputs, report)
            _issued(outcome, by_line, outputs, report, specimen=run.specimen)
            house.data.shorten_log()
            if not job.go_on(report):
                report.stopped = True
                break
    return prints


def _issued(outcome: Outcome, by_line: dict[int, Parcel], outputs: _Outputs, report: FileReport, *, specimen: bool) -> None:
    report.issued += outcome.issued
    report.known += outcome.known
    report.repeated += outcome.repeated
    report.labels += len(outcome.labels)
    _count_all(by_line, outcome.refused, report)
    if outputs.ship_back and not specimen:  # a specimen's number is never told to a platform
        sent = [Sent(by_line[line].order.number, by_line[line].subs, numbers) for line, numbers in outcome.numbers.items()]
        outputs.ship_back.write(sent)
        report.shipped = outputs.ship_back.rows


def _count_all(by_line: dict[int, Parcel], refused: Iterable[RowRefused], report: FileReport) -> None:
    """Count the rows of what was not refused: those that were joined, and those that said the same again."""
    lines = {each.line for each in refused}
    for line, parcel in by_line.items():
        if line not in lines:
            report.joined += len(parcel.kept) - 1
            report.repeated += parcel.repeated


def _refuse(
    spoilt: Iterable[Spoilt],
    refused: Iterable[RowRefused],
    by_line: dict[int, Parcel],
    outputs: _Outputs,
    report: FileReport,
) -> None:
    """Tell refusals: of rows, and of orders, whose other rows wait with the one that is named."""
    told = [each for one in spoilt for each in one.refused]
    kept = [row for one in spoilt for row in one.kept]
    lines: set[int] = set()
    for each in refused:
        told.append(each)
        if each.line not in lines:
            lines.add(each.line)
            kept += by_line[each.line].kept
            waiting = by_line[each.line].kept[1:]
            told += [RowRefused(row.line, Refuse(Refusal.ORDER_PART_REFUSED, "order.number")) for row in waiting]
            report.repeated += by_line[each.line].repeated
    told = [outputs.placed(each) for each in sorted(told, key=lambda each: each.line)]
    report.refuse(told)
    if outputs.error_file:
        outputs.error_file.write(sorted(kept, key=lambda row: row.line), told)


def _require_apart(job: Job) -> None:
    """Refuse outputs that are the orders file or one another: the later would replace the earlier."""
    places = [path.resolve() for path in job.places]
    if len(set(places)) < len(places):
        raise Fault(Refusal.OUTPUT_IS_INPUT, str(job.labels or job.orders))


def _batches(each: Iterator[_Each], size: int) -> Iterator[list[_Each]]:
    while batch := list(islice(each, size)):
        yield batch


def _bounds(house: House) -> Bounds:
    settings = house.settings
    return Bounds.around(
        moment(house.clock.now_ms()),
        cell_characters_max=settings.cell_characters_max,
        order_days_max=settings.order_days_max,
    )


__all__ = ["AUTO", "FileReport", "Hear", "Job", "Progress", "Survey", "run_file"]
