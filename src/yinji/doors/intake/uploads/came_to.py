"""What a run came to, as a page tells it: figures, columns, sentences, refused cells. No text of anybody's."""

from __future__ import annotations

from typing import Any, Final

from yinji.doors.intake.dressing import undressed
from yinji.doors.intake.file_report import FileReport
from yinji.doors.intake.presets.model import OUR_MARK, names_identity, plain
from yinji.doors.intake.presets.recognition import Layout
from yinji.flows.issue_model import RowRefused
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.said import Said
from yinji.law import standing

ROWS_SHOWN: Final = 25
"""Refused rows that a page offers for mending at once; mended, they make room for the next."""

HEADING_MAX: Final = 40
DROPPED: Final = ""
IDENTITY: Final = "identity"
OURS: Final = "ours"


def came_to(report: FileReport) -> dict[str, Any]:
    """Return a report in values that JSON holds."""
    layout = report.layout
    return {
        "figures": {name: getattr(report, name) for name in _FIGURES},
        "specimen": report.specimen,
        "form": list(report.form_said),
        "preset": list(layout.preset.name) if layout else ["", ""],
        "columns": _columns(layout) if layout else [],
        "level": report.verdict.level.value if report.verdict else "",
        "sentences": [list(each) for each in report.verdict.sentences] if report.verdict else [],
        "rows": _rows(report.first_refused, layout) if layout else [],
        "checkpoint": report.checkpoint,
    }


_FIGURES: Final = ("rows", "issued", "known", "repeated", "joined", "held", "refused_rows", "labels", "shipped")


def _columns(layout: Layout) -> list[tuple[str, str]]:
    """Return each heading and the field that it is read as; a heading beyond a heading's length may be a person, and is cut."""
    read = {place: field.value for field, columns in layout.at.items() for place, _ in columns}
    told = []
    for place, cell in enumerate(layout.header):
        heading = undressed(cell)
        why = IDENTITY if names_identity(plain(heading)) else OURS if heading.startswith(OUR_MARK) else DROPPED
        told.append((heading[:HEADING_MAX], read.get(place, why)))
    return told


def _rows(refused: list[RowRefused], layout: Layout) -> list[dict[str, Any]]:
    """Return the first refused rows, each with its refused cells: the column's place (-1 where no single cell is meant), why, what to do."""
    places = {plain(undressed(cell)): place for place, cell in enumerate(layout.header)}
    rows: dict[int, list[dict[str, Any]]] = {}
    for each in refused:
        if each.line not in rows and len(rows) >= ROWS_SHOWN:
            break
        heading = layout.place(each.refusal.at)
        rows.setdefault(each.line, []).append(
            {"place": places.get(plain(heading), -1), "heading": heading, "code": each.refusal.code.value, **_words(each)}
        )
    return [{"line": line, "wrong": wrong} for line, wrong in rows.items()]


def _words(row: RowRefused) -> dict[str, list[str]]:
    words = WORDS[row.refusal.code]
    reason = words.reason
    if row.says:
        reason = Said(f"{reason.zh}：{row.says.zh}", f"{reason.en}: {row.says.en}")
    ground = Said(row.citation, row.citation)
    if row.weight is not None:
        behind = standing(row.weight, row.confidence)
        ground = Said(f"{row.citation}（{behind.zh}）", f"{row.citation} ({behind.en})")
    return {"reason": list(reason), "remedy": list(row.remedy or words.remedy), "ground": list(ground)}
