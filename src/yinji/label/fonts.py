"""Where the Chinese font of a label comes from: the system's, in two weights."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.glyphs.rare import FONTS_MAX, RareFont
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


RARE_PLACES: Final = (
    "/usr/share/fonts/truetype/hanazono",  # Debian: fonts-hanazono
    "/usr/share/fonts/truetype/babelstone",  # Debian: fonts-babelstone-han
    "/usr/share/fonts/hanazono",
    "/usr/share/fonts/babelstone-han",
    "/usr/local/share/fonts",
    "/Library/Fonts",
)
RARE: Final = ("HanaMinB.ttf", "BabelStoneHan.ttf")
"""Plane 2, extensions B to F, nearly whole; then what it lacks of them, and two thirds of plane 3 (extensions G and H)."""


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
    """The two weights a label is set in, and the fonts for what they lack."""

    regular: Typeface
    bold: Typeface
    rare: tuple[RareFont, ...] = ()


def find_fonts(named: str | None = None, rare: str | None = None) -> Fonts:
    """Return the fonts to set labels in; loaded once a process.

    ``named`` is the setting: a font file of the regular weight (its bold is looked for beside it, and the regular stands
    in where there is none), or a folder. ``rare`` is the setting for rare characters: TrueType files, separated by colons,
    up to four; without it those in `RARE_PLACES` are taken, and none is no fault. Raises Fault(FONT_MISSING), naming the
    place, if nothing usable is there.
    """
    fallbacks = _named_rare(rare) if rare else _found_rare()
    if named is None:
        return _load(*_first(Path(place) for place in PLACES), fallbacks)
    place = Path(named)
    if place.is_file():
        return _load(*_named(place), fallbacks)
    return _load(*_first(iter((place,))), fallbacks)


@cache
def _load(regular: Path, bold: Path, face: int, rare: tuple[Path, ...]) -> Fonts:
    fonts = tuple(RareFont(path) for path in rare)
    return Fonts(Typeface(regular, face=face, rare=fonts), Typeface(bold, face=face, rare=fonts), fonts)


def _found_rare() -> tuple[Path, ...]:
    paths = (Path(place) / name for name in RARE for place in RARE_PLACES)
    return tuple({path.name: path for path in paths if path.is_file()}.values())


def _named_rare(named: str) -> tuple[Path, ...]:
    paths = tuple(Path(each) for each in named.split(":"))
    if absent := [str(path) for path in paths if not path.is_file()]:
        raise Fault(Refusal.FONT_MISSING, at=", ".join(absent))
    return paths[:FONTS_MAX]


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
