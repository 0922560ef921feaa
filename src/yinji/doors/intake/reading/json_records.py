"""JSON objects into records: keys are columns, an object inside one is flattened with dots (``receiver.name``, ``items.0.name``)."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from itertools import islice
from typing import Final

from yinji.doors.intake.reading.json_scan import (
    Members,
    NotANumber,
    NotText,
    Scanner,
    Unclear,
    Unreadable,
    Value,
    array_elements,
    parse,
)
from yinji.doors.intake.reading.lines import open_text, read_lines
from yinji.doors.intake.reading.model import FileForm, Form, Record
from yinji.doors.intake.reading.source import Source
from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal

HEADER_OBJECTS: Final = 1_000
"""Objects whose keys make the header. A key that comes up later makes its row misshapen if it has a value: nothing is left out
unseen."""

DEPTH_MAX: Final = 8
"""Objects inside one another; deeper ones are misshapen."""


class JsonReader:
    """Reads a file of objects."""

    def __init__(self, source: Source, form: Form, *, encoding: str, columns_max: int) -> None:
        """Gather the header; raises FILE_EMPTY where there is no object, FILE_TOO_LARGE where there are too many keys."""
        self._source = source
        self._at = 0
        self.form = FileForm(form, encoding=encoding)
        keys: dict[str, int] = {}
        for _, value in islice(self._values(), HEADER_OBJECTS):
            for key in flattened(value) or {}:
                keys.setdefault(key, len(keys))
            if len(keys) > columns_max:
                raise Fault(Refusal.FILE_TOO_LARGE, source.name)
        if not keys:
            raise Fault(Refusal.FILE_EMPTY, source.name)
        self._keys = keys

    def records(self) -> Iterator[Record]:
        """Yield the keys as the header, then every object; raises FILE_BROKEN, FILE_NOT_TEXT, SHEET_UNCLEAR naming the object."""
        yield Record(0, list(self._keys))
        for line, value in self._values():
            yield Record(line, self._cells(value))

    def progress(self) -> tuple[int, int]:
        """Return bytes read, and all."""
        return self._at, self._source.size

    def _cells(self, value: Value) -> list[str] | None:
        flat = flattened(value)
        if flat is None:
            return None
        keys = self._keys
        cells = [""] * len(keys)
        for key, text in flat.items():
            if key in keys:
                cells[keys[key]] = text
            elif text:
                return None
        return cells

    def _values(self) -> Iterator[tuple[int, Value]]:
        return self._lines() if self.form.form is Form.NDJSON else self._elements()

    def _lines(self) -> Iterator[tuple[int, Value]]:
        with self._source.stream() as file:
            for line, text in read_lines(file, name=self._source.name, encoding=self.form.encoding):
                self._at = file.tell()
                if text.strip():
                    try:
                        value = parse(text)
                    except (ValueError, RecursionError):
                        value = None  # no object: this line is misshapen, the rest goes on
                    yield line, value

    def _elements(self) -> Iterator[tuple[int, Value]]:
        line = 0
        name = self._source.name
        with self._source.stream() as file:
            text = open_text(file, self.form.encoding)
            try:
                for value in array_elements(Scanner(text)):
                    line += 1
                    self._at = file.tell()
                    yield line, value
            except NotText:
                raise Fault(Refusal.FILE_NOT_TEXT, f"{name}:{line + 1}") from None
            except Unclear:
                raise Fault(Refusal.SHEET_UNCLEAR if line else Refusal.FILE_EMPTY, name) from None
            except Unreadable:
                raise Fault(Refusal.FILE_BROKEN, f"{name}:{line + 1}") from None
            finally:
                with contextlib.suppress(ValueError):
                    text.detach()


def flattened(value: Value) -> dict[str, str] | None:
    """Return an object's values by their dotted keys; None where it is no object, a key comes twice, or a value is no JSON."""
    if not isinstance(value, Members):
        return None
    flat: dict[str, str] = {}
    return flat if all(_put(flat, key, each, 1) for key, each in value.pairs) else None


def _put(flat: dict[str, str], key: str, value: Value, depth: int) -> bool:
    if isinstance(value, str) or value is None or isinstance(value, bool):
        if key in flat:
            return False
        flat[key] = value if isinstance(value, str) else "" if value is None else str(value).lower()
        return True
    if isinstance(value, NotANumber) or depth >= DEPTH_MAX:
        return False
    inside = value.pairs if isinstance(value, Members) else [(str(at), each) for at, each in enumerate(value)]
    return all(_put(flat, f"{key}.{each}", part, depth + 1) for each, part in inside)
