"""Lines of a stream, one text each: JSONL or plain; a line that cannot be read is told, and the next one is read."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any, BinaryIO, Final, NamedTuple

from yinji.kernel.said import Said

LINE_BYTES_MAX: Final = 8 * 1024 * 1024
"""A longer line is no address, name or remark; it is left out unread, so that memory stays bounded."""

_NOT_UTF8: Final = (
    Said("不是 UTF-8", "not UTF-8"),
    Said("转换编码后再送入（iconv -f GB18030 -t UTF-8）", "convert it first (iconv -f GB18030 -t UTF-8)"),
)
_NOT_JSON: Final = (
    Said("不是 JSON 对象", "no JSON object"),
    Said('写成 {"id": …, "text": "…"}', 'write {"id": …, "text": "…"}'),
)
_NO_TEXT: Final = (Said("没有文字型的 text", "text is missing, or no string"), Said('写上 "text": "…"', 'write "text": "…"'))
_TOO_LONG: Final = (Said("行过长", "the line is too long"), Said("每行不超过 8 MiB", "keep lines below 8 MiB"))


class Form(StrEnum):
    """How the lines are written."""

    AUTO = "auto"
    JSONL = "jsonl"
    LINES = "lines"


class Line(NamedTuple):
    """A text to mask. ``id`` is what came with it, or its line number; ``structured`` says that it came as JSON."""

    id: Any
    text: str
    structured: bool


class BadLine(NamedTuple):
    """Line ``number`` (from 1) cannot be read: what is wrong, and what to do."""

    number: int
    says: Said
    remedy: Said
    structured: bool


def read_lines(stream: BinaryIO, form: Form) -> Iterator[Line | BadLine]:
    """Yield the lines of a stream as they come; blank lines of JSONL are passed over."""
    structured = form is Form.JSONL
    undecided = form is Form.AUTO
    for number, raw in enumerate(_raw(stream), 1):
        if undecided and raw is not None and raw.strip():
            structured = raw.lstrip().startswith(b"{")
            undecided = False
        if structured and raw is not None and not raw.strip():
            continue
        yield _read(number, raw, structured=structured)


def told(answer: Mapping[str, Any]) -> bytes:
    """Return an answer as one line of JSON; a lone surrogate is written as its escape."""
    try:
        return json.dumps(answer, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return json.dumps(answer).encode()


def _raw(stream: BinaryIO) -> Iterator[bytes | None]:
    """Yield lines without their ends, None for one that is too long."""
    while line := stream.readline(LINE_BYTES_MAX):
        if len(line) < LINE_BYTES_MAX or line.endswith(b"\n"):
            yield line.rstrip(b"\r\n")
            continue
        while (rest := stream.readline(LINE_BYTES_MAX)) and not rest.endswith(b"\n"):
            pass
        yield None


def _read(number: int, raw: bytes | None, *, structured: bool) -> Line | BadLine:
    if raw is None:
        return BadLine(number, *_TOO_LONG, structured)
    try:
        text = raw.decode("utf-8-sig" if number == 1 else "utf-8")
    except UnicodeDecodeError:
        return BadLine(number, *_NOT_UTF8, structured)
    if not structured:
        return Line(number, text, structured=False)
    try:
        row = json.loads(text)
    except (ValueError, RecursionError):
        row = None
    if not isinstance(row, dict):
        return BadLine(number, *_NOT_JSON, structured)
    if not isinstance(row.get("text"), str):
        return BadLine(number, *_NO_TEXT, structured)
    return Line(row.get("id", number), row["text"], structured=True)
