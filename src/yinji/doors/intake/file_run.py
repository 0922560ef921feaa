"""One orders file from end to end: read, issue batch by batch, write labels, errors and a report.

1 the whole file can be read; 2 the header; 3 every output can be written; 4 batches: issue, then labels and errors as they come;
5 labels and errors appear under their names; 6 the evidence is sequenced and signed; 7 the report. What fails before 4 has
changed nothing.
"""

from __future__ import annotations

import io
import json
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import islice
from operator import attrgetter
from pathlib import Path
from typing import Any, BinaryIO, Final

from yinji.doors.intake.collector import calm_collector
from yinji.doors.intake.columns import Columns, read_header
from yinji.doors.intake.error_file import ErrorFile
from yinji.doors.intake.orders import Bounds, read_orders
from yinji.doors.intake.records import Record, read_records
from yinji.doors.intake.staged_file import StagedFile
from yinji.flows.house import House
from yinji.flows.issue_model import Look, RowRefused
from yinji.flows.issue_waybills import IssueRun
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.clock import beijing_day, moment
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.fonts import find_fonts
from yinji.label.press import Press
from yinji.law import pack_version
from yinji.waybill.model import Order

REFUSALS_KEPT: Final = 100
"""Refusals that a report tells one by one; the error file has them all."""

Progress = Callable[[int, int], None]
"""Told after each batch: bytes read, bytes in all."""


@dataclass(frozen=True, slots=True)
class Job:
    """Where orders come from, whose they are, and what is wanted of them. An empty ``size`` is the node's own."""

    orders: Path
    labels: Path
    errors: Path | None = None
    report: Path | None = None
    size: str = ""
    merchant: str = ""


@dataclass(slots=True)
class FileReport:
    """What a file came to. Names no one."""

    rows: int = 0
    issued: int = 0
    known: int = 0
    repeated: int = 0
    refused_rows: int = 0
    labels: int = 0
    specimen: bool = False
    dropped_columns: tuple[str, ...] = ()
    by_code: Counter[str] = field(default_factory=Counter)
    first_refused: list[RowRefused] = field(default_factory=list)
    started_ms: int = 0
    ended_ms: int = 0
    checkpoint: str = ""

    def told(self) -> dict[str, Any]:
        """Return the report as it is written to a file."""
        seconds = (self.ended_ms - self.started_ms) / 1000
        return {
            "rows": self.rows,
            "issued": self.issued,
            "known": self.known,
            "repeated": self.repeated,
            "refused_rows": self.refused_rows,
            "refused_by_code": dict(self.by_code),
            "labels": self.labels,
            "specimen": self.specimen,
            "dropped_columns": len(self.dropped_columns),
            "rules": pack_version(),
            "started": moment(self.started_ms).isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            "rows_per_second": round(self.rows / seconds) if seconds > 0 else None,
            "checkpoint": self.checkpoint,
        }


def run_file(house: House, job: Job, *, look: Look, progress: Progress) -> FileReport | list[Refuse]:
    """Issue a file; the refusals are of the file as a whole (its header), those of rows are in the report."""
    report = FileReport(started_ms=house.clock.now_ms())
    with ExitStack() as stack:
        orders = stack.enter_context(_open(job.orders))
        _require_apart(job)
        total = _read_through(orders, job.orders, house.settings.file_rows_max)  # 1
        records = read_records(orders, name=str(job.orders))
        columns = read_header((next(records, None) or Record(1, [])).cells or [])  # 2
        if not isinstance(columns, Columns):
            return columns
        report.dropped_columns = columns.dropped
        labels = stack.enter_context(StagedFile(job.labels))  # 3
        errors = stack.enter_context(StagedFile(job.errors)) if job.errors else None
        paper = stack.enter_context(StagedFile(job.report)) if job.report else None
        press = Press(find_fonts(house.settings.font or None), size=job.size or house.settings.label_size)
        run = IssueRun(house, press, merchant=job.merchant, look=look)
        report.specimen = run.specimen
        told = stack.enter_context(io.TextIOWrapper(errors.out, encoding="utf-8", newline="")) if errors else None
        error_file = ErrorFile(told) if told else None
        with calm_collector(), press.pdf(labels.out) as pdf:
            for batch in _batches(read_orders(records, columns, _bounds(house)), house):
                refused = [each for row in batch if isinstance(row, list) for each in row]
                outcome = run.issue([row for row in batch if isinstance(row, Order)])  # 4
                refused = sorted(refused + outcome.refused, key=attrgetter("line"))
                pdf.write(outcome.labels)
                if error_file:
                    error_file.write(refused)
                _count(report, len(batch), refused)
                report.issued += outcome.issued
                report.known += outcome.known
                report.repeated += outcome.repeated
                report.labels += len(outcome.labels)
                house.data.shorten_log()
                progress(orders.tell(), total)
        if report.labels:
            labels.keep()  # 5
        if errors and told:
            told.flush()
            errors.keep()
        report.checkpoint = sign_evidence(house)[house.data.log]  # 6
        report.ended_ms = house.clock.now_ms()
        if paper:
            paper.out.write(json.dumps(report.told(), ensure_ascii=False, indent=1).encode() + b"\n")  # 7
            paper.keep()
    return report


def _open(path: Path) -> BinaryIO:
    try:
        return path.open("rb")
    except FileNotFoundError:
        raise Fault(Refusal.FILE_MISSING, str(path)) from None
    except OSError:
        raise Fault(Refusal.FILE_NOT_TEXT, str(path)) from None


def _require_apart(job: Job) -> None:
    """Refuse outputs that are the orders file or one another: the later would replace the earlier."""
    places = [path.resolve() for path in (job.orders, job.labels, job.errors, job.report) if path]
    if len(set(places)) < len(places):
        raise Fault(Refusal.OUTPUT_IS_INPUT, str(job.labels))


def _read_through(orders: BinaryIO, path: Path, rows_max: int) -> int:
    """Read the whole file once before anything is issued, so that it is refused whole or not at all; return its bytes."""
    if not orders.seekable():
        raise Fault(Refusal.FILE_NOT_TEXT, str(path))
    for count, record in enumerate(read_records(orders, name=str(path))):
        if count > rows_max:
            raise Fault(Refusal.FILE_TOO_LARGE, f"{path}:{record.line}")
    total = orders.tell()
    orders.seek(0)
    return total


def _batches(rows: Iterator[Order | list[RowRefused]], house: House) -> Iterator[list[Order | list[RowRefused]]]:
    while batch := list(islice(rows, house.settings.batch_orders)):
        yield batch


def _bounds(house: House) -> Bounds:
    settings = house.settings
    return Bounds.around(
        beijing_day(house.clock.now_ms()),
        cell_characters_max=settings.cell_characters_max,
        order_days_max=settings.order_days_max,
    )


def _count(report: FileReport, rows: int, refused: list[RowRefused]) -> None:
    report.rows += rows
    report.refused_rows += len({each.line for each in refused})
    report.by_code.update(each.refusal.code.name for each in refused)
    report.first_refused += refused[: max(0, REFUSALS_KEPT - len(report.first_refused))]
