"""Where the Chinese font of a label comes from: the system's, in two weights."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.glyphs.typeface import Typeface

if TYPE_CHECKING:
    from collections.abc import Iterator

PLACES: Final = (
    "/usr/share/fonts/opentype/noto",  # Debian and Ubuntu: fonts-noto-cjk
    "/usr/share/fonts/noto-cjk",  # Arch, Alpine
    "/usr/share/fonts/google-noto-cjk",  # Fedora
    "/usr/share/fonts/google-noto-sans-cjk-fonts",  # newer Fedora
    "/usr/local/share/fonts",
    "/Library/Fonts",
)
_SIMPLIFIED_IN_COLLECTION: Final = 2
"""The Noto CJK collections hold JP, KR, SC, TC, HK in this order: the third is Simplified Chinese."""


class _Naming(NamedTuple):
    regular: str
    bold: str
    face: int


_NAMINGS: Final = (
    _Naming("NotoSansCJK-Regular.ttc", "NotoSansCJK-Bold.ttc", _SIMPLIFIED_IN_COLLECTION),
    _Naming("NotoSansCJKsc-Regular.otf", "NotoSansCJKsc-Bold.otf", 0),
    _Naming("SourceHanSansSC-Regular.otf", "SourceHanSansSC-Bold.otf", 0),
    _Naming("NotoSansSC-Regular.otf", "NotoSansSC-Bold.otf", 0),
)


class Fonts(NamedTuple):
    """The two weights a label is set in."""

    regular: Typeface
    bold: Typeface


def find_fonts(named: str | None = None) -> Fonts:
    """Return the fonts to set labels in; loaded once a process.

    ``named`` is the setting: a font file of the regular weight (its bold is looked for beside it, and the regular stands
    in where there is none), or a folder. Raises Fault(FONT_MISSING), naming the place, if nothing usable is there.
    """
    if named is None:
        return _load(*_first(Path(place) for place in PLACES))
    place = Path(named)
    if place.is_file():
        return _load(*_named(place))
    return _load(*_first(iter((place,))))


@cache
def _load(regular: Path, bold: Path, face: int) -> Fonts:
    return Fonts(Typeface(regular, face=face), Typeface(bold, face=face))


def _first(places: Iterator[Path]) -> tuple[Path, Path, int]:
    looked: list[str] = []
    for place in places:
        looked.append(str(place))
        for naming in _NAMINGS:
            regular, bold = place / naming.regular, place / naming.bold
            if regular.is_file() and bold.is_file():
                return regular, bold, naming.face
    raise Fault(Refusal.FONT_MISSING, at=", ".join(looked))


def _named(regular: Path) -> tuple[Path, Path, int]:
    bold = regular.with_name(regular.name.replace("Regular", "Bold"))
    face = _SIMPLIFIED_IN_COLLECTION if regular.suffix == ".ttc" else 0
    return regular, bold if bold.is_file() else regular, face
