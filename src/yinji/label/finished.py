"""The finished label as it will be read: every text and every code, ply by ply, generated ones included."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from yinji.label.codes.grammar import in_groups, master_shown

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.kernel.said import Said
    from yinji.label.layout.template import Box, Part, Ply
    from yinji.label.passed import Label


class Symbology(Enum):
    """The two kinds of code on a label."""

    CODE_128 = "Code 128"
    QR = "QR"


class Code(NamedTuple):
    """One machine-readable code."""

    symbology: Symbology
    payload: str


class FinishedPly(NamedTuple):
    """What one ply shows once it is printed: texts (captions, badges, numbers and marks as well) and codes."""

    name: Said
    texts: tuple[str, ...]
    codes: tuple[Code, ...]


def finished(label: Label) -> tuple[FinishedPly, ...]:
    """Return everything that a label prints, from the top ply down."""
    found, start = [], 0
    for ply in label.passed.setter.template.plies:
        end = start + len(ply.part.boxes)
        own = tuple(zip(ply.part.boxes, label.passed.texts[start:end], strict=True))
        found.append(FinishedPly(ply.name, tuple(_texts(label, ply, own)), tuple(_codes(label, ply))))
        start = end
    return tuple(found)


def _texts(label: Label, ply: Ply, own: tuple[tuple[Box, str], ...]) -> Iterator[str]:
    yield from _fixed(ply.part)
    for box, text in own:
        if text:
            yield from _fixed(box.around)
            yield text
        elif box.if_empty:
            yield box.if_empty
    yield from [in_groups(label.number)] * len(ply.part.numbers)
    if label.master:
        yield from [master_shown(label.master)] * len(ply.part.masters)
    if label.draft.specimen:
        yield ply.specimen.text


def _fixed(part: Part) -> Iterator[str]:
    yield from (caption.text for caption in part.captions)
    yield from (disc.text for disc in part.discs)


def _codes(label: Label, ply: Ply) -> Iterator[Code]:
    yield from [Code(Symbology.CODE_128, label.number)] * len(ply.part.bars)
    yield from [Code(Symbology.QR, label.passed.setter.link + label.token)] * len(ply.part.qrs)
