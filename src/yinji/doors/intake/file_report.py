"""What an order file came to, in numbers. Names no one."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Final

from yinji.doors.intake.presets.recognition import Layout
from yinji.doors.intake.survey import Survey
from yinji.doors.intake.verdict import Verdict
from yinji.flows.issue_model import RowRefused
from yinji.kernel.clock import moment
from yinji.kernel.said import Said
from yinji.law import pack_version

REFUSALS_KEPT: Final = 100
"""Refusals that a report tells one by one; the error file has them all."""


_UNSAID: Final = Said("", "")


@dataclass(slots=True)
class FileReport:
    """Every row is issued, known, repeated, joined to another row's parcel, held back or refused."""

    rows: int = 0
    issued: int = 0
    known: int = 0
    repeated: int = 0
    joined: int = 0
    held: int = 0
    refused_rows: int = 0
    labels: int = 0
    shipped: int = 0
    checked_only: bool = False
    specimen: bool = False
    preset: str = ""
    form: str = ""
    form_said: Said = _UNSAID
    layout: Layout | None = None
    stopped: bool = False
    columns: dict[str, list[str]] = field(default_factory=dict)
    dropped_columns: int = 0
    identity_columns: int = 0
    held_by_status: Counter[str] = field(default_factory=Counter)
    recipients: Counter[str] = field(default_factory=Counter)
    by_code: Counter[str] = field(default_factory=Counter)
    first_refused: list[RowRefused] = field(default_factory=list)
    verdict: Verdict | None = None
    started_ms: int = 0
    ended_ms: int = 0
    checkpoint: str = ""

    def surveyed(self, survey: Survey, verdict: Verdict) -> None:
        """Take over what the first pass found."""
        self.rows, self.held = survey.rows, survey.held_rows
        self.held_by_status = Counter(survey.held)
        self.recipients = Counter({who.value: count for who, count in survey.who.items()})
        self.verdict = verdict

    def laid_out(self, layout: Layout) -> None:
        """Take over which column was read as what."""
        self.layout = layout
        self.preset = layout.preset.id
        self.columns = {each.value: [heading for _, heading in columns] for each, columns in layout.at.items()}
        self.dropped_columns, self.identity_columns = layout.dropped, layout.identity

    def refuse(self, refused: list[RowRefused]) -> None:
        """Count refusals; the first ones are kept to be told."""
        self.refused_rows += len({each.line for each in refused})
        self.by_code.update(each.refusal.code.name for each in refused)
        self.first_refused += refused[: max(0, REFUSALS_KEPT - len(self.first_refused))]

    def told(self) -> dict[str, Any]:
        """Return the report as it is written to a file."""
        seconds = (self.ended_ms - self.started_ms) / 1000
        return {
            "verdict": self.verdict.told() if self.verdict else None,
            "preset": self.preset,
            "form": self.form,
            "columns": self.columns,
            "dropped_columns": self.dropped_columns,
            "identity_columns": self.identity_columns,
            "rows": self.rows,
            "issued": self.issued,
            "known": self.known,
            "repeated": self.repeated,
            "joined": self.joined,
            "held": self.held,
            "held_by_status": dict(self.held_by_status),
            "recipients": dict(self.recipients),
            "refused_rows": self.refused_rows,
            "refused_by_code": dict(self.by_code),
            "labels": self.labels,
            "shipped": self.shipped,
            "checked_only": self.checked_only,
            "specimen": self.specimen,
            "stopped": self.stopped,
            "rules": pack_version(),
            "started": moment(self.started_ms).isoformat(timespec="seconds"),
            "seconds": round(seconds, 3),
            "rows_per_second": round(self.rows / seconds) if seconds > 0 else None,
            "checkpoint": self.checkpoint,
        }
