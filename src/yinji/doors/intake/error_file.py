"""The error file: what was refused, where, why, and what to do. It shows no person either."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from typing import Final, TextIO

from yinji.doors.intake.columns import COLUMN_OF
from yinji.flows.issue_model import RowRefused
from yinji.kernel.refusal_words import WORDS

HEADINGS: Final = ("行", "列", "代码", "原因", "办法", "依据", "reason", "remedy")


class ErrorFile:
    """Writes refusals as CSV that spreadsheets open; rows are named by their line in the orders file."""

    def __init__(self, out: TextIO) -> None:
        """Write the headings to ``out``."""
        out.write("\ufeff")  # without it spreadsheets on Windows take UTF-8 for something else
        self._writer = csv.writer(out)
        self._writer.writerow(HEADINGS)

    def write(self, refused: Iterable[RowRefused]) -> None:
        """Append refusals."""
        for row in refused:
            self._writer.writerow(cells_of(row))


def cells_of(row: RowRefused) -> tuple[str, ...]:
    """Return one refusal as the error file's cells."""
    words = WORDS[row.refusal.code]
    reason_zh = f"{words.reason.zh}：{row.says.zh}" if row.says else words.reason.zh
    reason_en = f"{words.reason.en}: {row.says.en}" if row.says else words.reason.en
    place = COLUMN_OF.get(row.refusal.at, row.refusal.at)
    code = f"{row.refusal.code.value} {row.refusal.code.name}"
    return (str(row.line), place, code, reason_zh, words.remedy.zh, row.citation, reason_en, words.remedy.en)
