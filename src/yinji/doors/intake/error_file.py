"""The error file: refused rows as they stood, so that they can be mended in place and fed back, and beside them why and what to do.

It holds what the merchant gave and nothing else (decision 0027): no other rows, no identity numbers, no columns of other people.
Read again by the same preset only the mended rows are issued; our own columns carry a mark that no preset takes for data.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from typing import Final, TextIO

from yinji.doors.intake.dressing import dressed, undressed
from yinji.doors.intake.opened import cells_again
from yinji.doors.intake.parcels import KeptRow
from yinji.doors.intake.presets.model import OUR_MARK
from yinji.doors.intake.presets.recognition import Layout
from yinji.flows.issue_model import RowRefused
from yinji.kernel.refusal_words import WORDS
from yinji.law import standing

HEADINGS: Final = tuple(f"{OUR_MARK}{name}" for name in ("行", "列", "代码", "原因", "办法", "依据", "reason", "remedy"))


class ErrorFile:
    """Writes refused rows as CSV that spreadsheets open; nothing in it is executed, and no long number is rounded."""

    def __init__(self, out: TextIO, layout: Layout) -> None:
        """Write the headings to ``out``: the file's own, then ours."""
        out.write("\ufeff")  # without it spreadsheets on Windows take UTF-8 for something else
        self._layout = layout
        self._writer = csv.writer(out)
        self._writer.writerow([*(undressed(layout.header[place]) for place in layout.kept), *HEADINGS])

    def write(self, kept: Iterable[KeptRow], refused: Iterable[RowRefused]) -> None:
        """Append rows, each once, with all that is wrong with it: every kept row has a refusal of its own line."""
        wrong: dict[int, list[RowRefused]] = {}
        for each in refused:
            wrong.setdefault(each.line, []).append(each)
        for row in kept:
            cells = [dressed(undressed(cell)) for cell in cells_again(row.cells)]
            self._writer.writerow([*cells, *cells_of(wrong[row.line], self._layout)])


def cells_of(wrong: Sequence[RowRefused], layout: Layout) -> tuple[str, ...]:
    """Return all that is wrong with one row as our own cells; several mistakes stand one below the other."""
    told = [_told(each, layout) for each in wrong]
    return (str(wrong[0].line), *("\n".join(dict.fromkeys(each[at] for each in told)) for at in range(len(HEADINGS) - 1)))


def _told(row: RowRefused, layout: Layout) -> tuple[str, ...]:
    words = WORDS[row.refusal.code]
    reason_zh = f"{words.reason.zh}：{row.says.zh}" if row.says else words.reason.zh
    reason_en = f"{words.reason.en}: {row.says.en}" if row.says else words.reason.en
    code = f"{row.refusal.code.value} {row.refusal.code.name}"
    place = layout.place(row.refusal.at)
    remedy = row.remedy or words.remedy
    return (place, code, reason_zh, remedy.zh, _ground(row), reason_en, remedy.en)


def _ground(row: RowRefused) -> str:
    """Return the rule that refuses a row, and whether law, a standard, the trade or the house stands behind it."""
    if row.weight is None:
        return row.citation
    behind = standing(row.weight, row.confidence).zh
    return f"{row.citation}（{behind}）" if row.citation else behind
