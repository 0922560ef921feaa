"""The refused cells of an upload, shown to whoever handed the file in, so that they can be mended.

The screen is a door: of a refused row only the refused cells are shown, for only they are needed to mend it (PIPL article 6); name,
phone and address that are right stay in the file. What is shown is the uploader's own text, asked for by their own session, in an
answer that nothing keeps. It is the one place of these pages where a `Private` is opened (decision 0027 gives the same rows back as
a file).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from yinji.doors.http.look import Problem
from yinji.doors.intake.uploads.mends import CELLS_MAX, Cell
from yinji.kernel.private import Private
from yinji.kernel.said import Said

_NAME: Final = "cell-"
_PARTS: Final = 2
_DIGITS_MAX: Final = 8


@dataclass(frozen=True, slots=True)
class ShownCell:
    """A field of the form: its name, its column's heading, what stands in it."""

    name: str
    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A refused row: fields to mend, their refusals, and refusals that no single cell mends."""

    line: int
    cells: tuple[ShownCell, ...]
    problems: tuple[Problem, ...]
    loose: tuple[Problem, ...]


def cells_of(came_to: Mapping[str, Any]) -> list[Cell]:
    """Return the refused cells that a run named."""
    return [
        Cell(row["line"], wrong["place"]) for row in came_to.get("rows", ()) for wrong in row["wrong"] if wrong["place"] >= 0
    ]


def shown_rows(came_to: Mapping[str, Any], texts: Mapping[Cell, Private]) -> list[ShownRow]:
    """Return the refused rows with the cells that are to be mended, opened."""
    rows = []
    for row in came_to.get("rows", ()):
        fields: dict[str, ShownCell] = {}
        problems, loose = [], []
        for wrong in row["wrong"]:
            cell = Cell(row["line"], wrong["place"])
            name = f"{_NAME}{cell.line}-{cell.place}" if cell in texts else ""
            told = Problem(wrong["code"], Said(*wrong["reason"]), Said(*wrong["remedy"]), wrong["ground"][0], name)
            if name:
                if name not in fields:
                    fields[name] = ShownCell(name, wrong["heading"], texts[cell].open())
                problems.append(told)
            else:
                loose.append(told)
        rows.append(ShownRow(row["line"], tuple(fields.values()), tuple(problems), tuple(loose)))
    return rows


def mended_cells(form: Mapping[str, str]) -> dict[Cell, Private]:
    """Return what a form mends, wrapped; fields that name no cell are passed over."""
    found: dict[Cell, Private] = {}
    for name, text in form.items():
        parts = name.removeprefix(_NAME).split("-") if name.startswith(_NAME) else []
        if len(parts) == _PARTS and all(part.isascii() and part.isdigit() and len(part) <= _DIGITS_MAX for part in parts):
            found[Cell(int(parts[0]), int(parts[1]))] = Private(text)
        if len(found) >= CELLS_MAX:
            break
    return found
