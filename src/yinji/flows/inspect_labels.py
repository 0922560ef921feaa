"""Inspect a file of labels: 1 open it; 2 see every label on its sheets; 3 judge each by the rules of a day; 4 mark the sheets, masked.

It needs no node. Everything happens in memory: of a sheet nothing stays but the verdict, and the masked picture where one is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Final

from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language
from yinji.label.fonts import Fonts
from yinji.label.inspection.judging import judge
from yinji.label.inspection.marking import Marks, Pixels, marked
from yinji.label.inspection.model import Judged
from yinji.label.inspection.ports import Sheet, SheetReader, VirtualNumbers
from yinji.label.inspection.telling import InspectedFile

MARKED_MAX: Final = 200
"""Sheets of one file that are marked: those with findings come first in every file anyway."""


@dataclass(frozen=True, slots=True)
class Marking:
    """Where marked pictures go: ``keep`` is called with the number of the sheet in its file, and the PNG."""

    keep: Callable[[int, bytes], None]
    language: Language = Language.ZH
    fonts: Fonts | None = None


def inspect_labels(
    content: bytes,
    name: str,
    *,
    reader: SheetReader,
    on: date,
    virtual: VirtualNumbers | None = None,
    marking: Marking | None = None,
) -> InspectedFile:
    """Return the verdict about a file by the rules of a Beijing date. A file that cannot be opened is refused, never raised."""
    digest = sha256(content).hexdigest()
    sheets = reader.sheets(content)  # 1
    if isinstance(sheets, Refuse):
        return InspectedFile(name, digest, refused=sheets)
    labels: list[Judged] = []
    pictures = 0
    for number, sheet in enumerate(sheets, 1):
        marks = [Marks(seen, judge(seen, on=on, virtual=virtual)) for seen in sheet.labels()]  # 2, 3
        labels += [each.judged for each in marks]
        if marking is not None and pictures < MARKED_MAX and any(each.judged.shown for each in marks):
            pictures += 1
            marking.keep(number, _marked(sheet, marks, marking))  # 4
    if not labels:
        return InspectedFile(name, digest, refused=Refuse(Refusal.SHEET_BLANK))
    return InspectedFile(name, digest, tuple(labels))


def _marked(sheet: Sheet, marks: list[Marks], marking: Marking) -> bytes:
    return marked(Pixels(*sheet.pixels()), marks, fonts=marking.fonts, language=marking.language)
