"""TSPL, read: TSC's printers and most label printers sold in China (TSPL/TSPL2 Programming Language Manual)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.model import Symbology
from yinji.label.inspection.reading.limits import COMMANDS_MAX, LABELS_MAX, PICTURE_BYTES_MAX, STREAM_BYTES_MAX
from yinji.label.inspection.reading.marks import code_128_modules, decoded, ems, number, qr_side
from yinji.label.inspection.reading.page import DPI, TOO_MUCH, Page, Way
from yinji.label.inspection.reading.quiet import QUIET_TSPL

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN: Final = Said("有读不懂的命令", "commands were not understood")
STORED: Final = Said("用到了未随流发送的图形或表单", "a picture or form was called that the stream does not hold")

_COMMAND: Final = re.compile(rb"\s*([A-Za-z]+)[ \t]*")
_BITMAP: Final = re.compile(rb"[ \t]*(-?\d+)[ \t]*,[ \t]*(-?\d+)[ \t]*,[ \t]*(\d+)[ \t]*,[ \t]*(\d+)[ \t]*,[ \t]*(\d+)[ \t]*,")
_PARAMETER: Final = re.compile(r'\s*(?:"((?:\\\["\]|[^"])*)"|([^,"]*))\s*(?:,|$)')
_DOWNLOAD: Final = re.compile(rb'[^\r\n]*?"[^"\r\n]*"[ \t]*,[ \t]*(\d+)[ \t]*,')
_PARAMETERS_MAX: Final = 32
_INK: Final = bytes(255 - each for each in range(256))
_CONTROL: Final = re.compile(r"![0-9]{3}")
_MM: Final = {"mm": 8.0, "dot": 1.0, "": float(DPI)}
"""Dots in what SIZE counts in; a head of 203 dpi has 8 in a millimetre."""
_QR_COUNTED: Final = re.compile(r"(?:B[0-9]{4}|[NA])")

_FONTS: Final = {
    "1": (8, 12),
    "2": (12, 20),
    "3": (16, 24),
    "4": (24, 32),
    "5": (32, 48),
    "6": (14, 19),
    "7": (21, 27),
    "8": (14, 25),
}
_CHINESE: Final = (24, 24)
"""Fonts such as TSS24.BF2; the digits in the name are the height."""

_UTF_8: Final = "UTF-8"


class TsplReader:
    """Reads one stream: what was drawn since CLS is a label at PRINT."""

    def __init__(self) -> None:
        """Begin with a printer that was just set up."""
        self._size = (0, 0)
        self._encoding = ("utf-8", "gb18030")
        self._page = Page("", *self._size)
        self._done = 0

    def pages(self, stream: bytes) -> Iterator[Page]:
        """Return the labels of a stream, each as it was drawn; what was never printed as well, as far as it came."""
        stream, at, count = stream[:STREAM_BYTES_MAX], 0, 0
        while at < len(stream) and self._done < LABELS_MAX:
            match = _COMMAND.match(stream, at)
            if match is None:
                at = _line(stream, at)
                continue
            name, count = match[1].decode("ascii").upper(), count + 1
            if count > COMMANDS_MAX:
                self._page.miss(TOO_MUCH)
            if name == "PRINT":
                count = 0
                if not self._page.blank:
                    yield self._finish()
                at = _line(stream, at)
            elif name == "BITMAP":
                at = self._bitmap(stream, match.end())
            elif name == "DOWNLOAD":
                counted = _DOWNLOAD.match(stream, match.end())
                at = counted.end() + min(int(counted[1][:8]), len(stream)) if counted else _line(stream, at)
            else:
                end = _line(stream, match.end())
                if count <= COMMANDS_MAX:
                    self._do(name, stream[match.end() : end].rstrip(b"\r\n"))
                at = end
        if not self._page.blank:
            yield self._finish()

    def _finish(self) -> Page:
        page, self._done = self._page, self._done + 1
        page.place = f"label {self._done}"
        self._page = Page("", *self._size)
        return page

    def _do(self, name: str, data: bytes) -> None:
        said = _parameters(decoded(data, *self._encoding))
        page = self._page
        if name == "CLS":
            self._page = Page("", *self._size)
        elif name == "SIZE":
            self._measure(said)
        elif name == "CODEPAGE":
            self._encoding = ("utf-8", "gb18030") if said[0].upper() == _UTF_8 else ("gb18030", "utf-8")
        elif name in {"TEXT", "BLOCK"}:
            self._text(name, said, page)
        elif name == "BARCODE":
            self._bars(said, page)
        elif name in {"QRCODE", "DMATRIX", "PDF417", "MAXICODE", "AZTEC", "RSS"}:
            self._code(name, said, page)
        elif name in {"BAR", "BOX", "ERASE", "REVERSE"}:
            self._shape(name, [number(each) for each in said], page)
        elif name in {"PUTBMP", "PUTPCX", "CALL"}:
            page.miss(STORED)
        elif name not in QUIET_TSPL and name not in {"CIRCLE", "ELLIPSE", "DIAGONAL"}:
            page.miss(UNKNOWN)

    def _measure(self, said: list[str]) -> None:
        sides = []
        for each in (*said[:2], "0"):
            value, unit = re.match(r"\s*([0-9.]*)\s*([a-z]*)", each.lower()).groups()  # type: ignore[union-attr]  # matches any text
            try:
                sides.append(min(int(float(value or 0) * _MM.get(unit, DPI)), 32_000))
            except ValueError:
                sides.append(0)
        self._size = sides[0], sides[1]
        self._page.width, self._page.height = self._size

    def _text(self, name: str, said: list[str], page: Page) -> None:
        if name == "BLOCK":
            x, y, wide, high = (number(each) for each in (said + [""] * 4)[:4])
            page.text(said[-1], x, y, wide, high)
            return
        x, y = (number(each) for each in [*said, "", ""][:2])
        font, turn, across, down = [*said[2:], "", "", "", ""][:4]
        high = _height(font, number(across, 1, least=1), number(down, 1, least=1))
        long = round(ems(said[-1]) * high * number(across, 1, least=1) / number(down, 1, least=1))
        place = _turned(x, y, long, high, number(turn))
        page.text(said[-1], *place)

    def _bars(self, said: list[str], page: Page) -> None:
        x, y, _, high, shows, turn, narrow = [*said, *[""] * 7][:7]
        kind = Symbology.CODE_128 if said[2:3] and said[2].upper() in {"128", "128M", "EAN128", "EAN128M"} else Symbology.OTHER
        says = said[-1]
        if any(each.upper().endswith("128M") for each in said[2:3]):
            says = _CONTROL.sub("", says)
        module, tall = number(narrow, 2, least=1), number(high, 1, least=1)
        long = code_128_modules(says) * module
        place = _turned(number(x), number(y), long, tall, number(turn))
        page.code(kind, says, *place, module=module if kind is Symbology.CODE_128 else None)
        if number(shows):
            page.text(says, place[0], place[1] + place[3], place[2], 24)

    def _code(self, name: str, said: list[str], page: Page) -> None:
        x, y = (number(each) for each in [*said, "", ""][:2])
        says = said[-1]
        if name == "QRCODE":
            cell = number((said + [""] * 4)[3], 3, least=1, most=100)
            if (said + [""] * 5)[4].strip().upper() == "M":
                says = _QR_COUNTED.sub("", says, count=1)
            side = qr_side(says) * cell
            page.code(Symbology.QR, says, x, y, side, side, module=cell)
        elif name == "DMATRIX":
            wide, high = (number(each) for each in (said + [""] * 4)[2:4])
            page.code(Symbology.DATA_MATRIX, says, x, y, wide, high)
        else:
            page.code(Symbology.OTHER, says, x, y, 200, 100)

    def _shape(self, name: str, told: list[int], page: Page) -> None:
        x, y, wide, high, thick = (told + [0] * 5)[:5]
        if name != "BOX":
            way = {"BAR": Way.INK, "ERASE": Way.CLEAR, "REVERSE": Way.TURN}[name]
            page.fill(x, y, wide, high, way=way)
            return
        wide, high, thick = wide - x, high - y, max(thick, 1)
        page.fill(x, y, wide, thick)
        page.fill(x, y + high - thick, wide, thick)
        page.fill(x, y, thick, high)
        page.fill(x + wide - thick, y, thick, high)

    def _bitmap(self, stream: bytes, at: int) -> int:
        """Draw a picture whose bytes are counted, and return where they end."""
        match = _BITMAP.match(stream, at)
        if match is None:
            self._page.miss(UNKNOWN)
            return _line(stream, at)
        x, y, wide, high, mode = (number(each.decode("ascii")) for each in match.groups())
        end = match.end() + wide * high
        if not 0 < wide * high <= PICTURE_BYTES_MAX or end > len(stream):
            self._page.miss(TOO_MUCH)
            return min(max(end, match.end()), len(stream)) if wide * high <= PICTURE_BYTES_MAX else _line(stream, match.end())
        dots = stream[match.end() : end].translate(_INK)
        if mode == 0:
            self._page.fill(x, y, wide * 8, high, way=Way.CLEAR)
        self._page.picture(x, y, wide, dots, way=Way.TURN if mode == 2 else Way.INK)  # noqa: PLR2004 - XOR, as the manual numbers it
        return end


def _line(stream: bytes, at: int) -> int:
    end = stream.find(b"\n", at)
    other = stream.find(b"\r", at)
    ends = [each for each in (end, other) if each >= 0]
    return min(ends, default=len(stream) - 1) + 1


def _parameters(said: str) -> list[str]:
    r"""Return what stands between commas; a quotation mark inside a text is written ``\\["]``."""
    found: list[str] = []
    at = 0
    while at < len(said) and len(found) < _PARAMETERS_MAX:
        match = _PARAMETER.match(said, at)
        if match is None:
            found.append(said[at:].strip().strip('"').replace('\\["]', '"'))
            break
        found.append(match[1].replace('\\["]', '"') if match[1] is not None else match[2].strip())
        at = match.end()
        if match.end() == match.start():
            break
    return found or [""]


def _height(font: str, across: int, down: int) -> int:
    if font in _FONTS:
        return _FONTS[font][1] * down
    digits = re.search(r"[0-9]+", font)
    if font == "0" or font.upper().endswith(".TTF"):
        return max(round(max(across, down) * DPI / 72), 1)  # points
    return (number(digits[0], _CHINESE[1], least=1) if digits else _CHINESE[1]) * down


def _turned(x: int, y: int, long: int, high: int, turn: int) -> tuple[int, int, int, int]:
    """Return left, top, width and height of what begins at a point and runs on at 0, 90, 180 or 270 degrees, clockwise."""
    match turn:
        case 90:
            return x - high, y, high, long
        case 180:
            return x - long, y - high, long, high
        case 270:
            return x, y - long, high, long
        case _:
            return x, y, long, high
