"""CPCL, read: the small printers that couriers carry (Zebra, CPCL Programming Manual)."""

from __future__ import annotations

import re
from binascii import Error, unhexlify
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.model import Symbology
from yinji.label.inspection.reading.limits import COMMANDS_MAX, LABELS_MAX, PICTURE_BYTES_MAX, STREAM_BYTES_MAX
from yinji.label.inspection.reading.marks import code_128_modules, decoded, ems, number, qr_side
from yinji.label.inspection.reading.page import DPI, TOO_MUCH, Page, Way
from yinji.label.inspection.reading.quiet import QUIET_CPCL

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN: Final = Said("有读不懂的命令", "commands were not understood")
STORED: Final = Said("用到了未随流发送的图形或表单", "a picture or form was called that the stream does not hold")

_SESSION: Final = re.compile(rb"!\s+(\d{1,6})\s+(\d{1,4})\s+(\d{1,4})\s+(\d{1,6})\s+(\d{1,6})")
_PICTURE: Final = re.compile(
    rb"V?(CG|COMPRESSED-GRAPHICS|EG|EXPANDED-GRAPHICS)\s+(\d{1,6})\s+(\d{1,6})\s+(-?\d{1,6})\s+(-?\d{1,6}) ", re.IGNORECASE
)
_TEXTS: Final = {
    "TEXT": 0,
    "T": 0,
    "VTEXT": 90,
    "VT": 90,
    "TEXT90": 90,
    "T90": 90,
    "TEXT180": 180,
    "T180": 180,
    "TEXT270": 270,
    "T270": 270,
}
_HEIGHTS: Final = {"0": 9, "1": 48, "2": 12, "4": 47, "5": 24, "6": 27, "7": 24, "8": 24, "24": 24, "55": 16}
_USUAL: Final = 24
_QR_HEAD: Final = re.compile(r"[HQML]?(?:A,|M,?(?:B[0-9]{4}|[NA]))", re.IGNORECASE)


class CpclReader:
    """Reads one stream: labels come from ``!`` to PRINT."""

    def __init__(self) -> None:
        """Begin outside any session."""
        self._page: Page | None = None
        self._done = 0
        self._align = "LEFT"
        self._magnified = (1, 1)
        self._bar_text: int | None = None
        self._many: list[int] | None = None
        self._qr: tuple[int, int, int] | None = None
        self._encoding = ("utf-8", "gb18030")

    def pages(self, stream: bytes) -> Iterator[Page]:
        """Return the labels of a stream, each as it was drawn; one that is not printed as far as it came."""
        stream, at, count = stream[:STREAM_BYTES_MAX], 0, 0
        while at < len(stream) and self._done < LABELS_MAX:
            if (match := _SESSION.match(stream, at)) is not None:
                self._begin(match)
                at, count = _end(stream, match.end()), 0
            elif self._page is not None and (match := _PICTURE.match(stream, at)) is not None:
                at = self._picture(stream, match, self._page)
            else:
                end = _end(stream, at)
                line, at, count = stream[at:end].rstrip(b"\r\n"), end, count + 1
                if self._page is None:
                    continue
                if line.split(b" ", 1)[0].upper() in {b"PRINT", b"POPRINT"}:
                    yield self._finish(self._page)
                elif count > COMMANDS_MAX:
                    self._page.miss(TOO_MUCH)
                else:
                    self._do(decoded(line, *self._encoding), self._page)
        if self._page is not None and not self._page.blank:
            yield self._finish(self._page)

    def _begin(self, match: re.Match[bytes]) -> None:
        _, across, _, high, _ = (int(each) for each in match.groups())
        dpi = DPI if across in {0, 200, DPI} else min(across, 1_200)
        self._page = Page("", 0, high, dpi)
        self._align, self._magnified, self._bar_text, self._many, self._qr = "LEFT", (1, 1), None, None, None

    def _finish(self, page: Page) -> Page:
        self._done += 1
        page.place, self._page = f"label {self._done}", None
        return page

    def _do(self, line: str, page: Page) -> None:  # noqa: C901, PLR0912 - a table of commands, each a line or two
        name, _, rest = line.strip("\0").partition(" ")
        name, told = name.upper(), rest.split(" ")
        if self._qr is not None:
            self._in_qr(line, page)
        elif name in {"ENDML", "ENDMULTILINE"}:
            self._many = None
        elif self._many is not None:
            high, font, x, y = self._many
            self._print(line, x, y, font, 0, page)
            self._many = [high, font, x, y + high]
        elif name in {"ML", "MULTILINE"}:
            self._many = [number(told[0], _USUAL, least=1), _USUAL, 0, 0]
        elif name in _TEXTS:
            self._text(rest, _TEXTS[name], page)
        elif name in {"BARCODE", "B", "VBARCODE", "VB"}:
            self._bars(rest, page, upright=name.startswith("V"))
        elif name in {"LINE", "L", "INVERSE-LINE", "IL", "BOX"}:
            self._shape(name, [number(each) for each in told if each], page)
        elif name in {"LEFT", "CENTER", "RIGHT"}:
            self._align = name
        elif name == "SETMAG":
            wide, high = (number(each, 1, least=1, most=16) for each in (*told, "", "")[:2])
            self._magnified = wide, high
        elif name in {"PAGE-WIDTH", "PW"}:
            page.width = number(told[0], least=0)
        elif name in {"BARCODE-TEXT", "BT"}:
            self._bar_text = None if told[:1] == ["OFF"] else _USUAL
        elif name in {"CONCAT", "VCONCAT", "COUNT", "SCALE-TEXT", "ST", "VSCALE", "SCALE-TO-FIT", "FG", "BG", "TR"}:
            page.miss(UNKNOWN)
        elif name in {"PCX", "USE-FORMAT", "UF", "GET"}:
            page.miss(STORED)
        elif name and name not in QUIET_CPCL and not name.startswith(";"):
            page.miss(UNKNOWN)

    def _text(self, rest: str, turn: int, page: Page) -> None:
        font, _, x, y, says = (*rest.split(" ", 4), "", "", "", "", "")[:5]
        self._print(says, number(x), number(y), _HEIGHTS.get(font, _USUAL), turn, page)

    def _print(self, says: str, x: int, y: int, font: int, turn: int, page: Page) -> None:  # noqa: PLR0917 - a place and a text
        wide, high = self._magnified
        long, tall = round(ems(says) * font * wide), font * high
        width = page.width or long
        x += {"LEFT": 0, "CENTER": max(0, (width - long) // 2), "RIGHT": max(0, width - long)}[self._align] if not turn else 0
        box = {0: (x, y, long, tall), 90: (x, y - long, tall, long), 180: (x - long, y - tall, long, tall)}
        page.text(says, *box.get(turn, (x - tall, y, tall, long)))

    def _bars(self, rest: str, page: Page, *, upright: bool) -> None:
        kind, _, behind = rest.partition(" ")
        if kind.upper() == "QR":
            x, y, *told = (*behind.split(" "), "", "")
            sizes = dict(zip(told[::2], told[1::2], strict=False))
            self._qr = number(x), number(y), number(sizes.get("U", ""), 6, least=1, most=100)
            return
        module, _, high, x, y, says = (*behind.split(" ", 5), "", "", "", "", "", "")[:6]
        symbology = Symbology.CODE_128 if kind.upper() in {"128", "UCC128", "128AUTO"} else Symbology.OTHER
        wide, tall = code_128_modules(says) * number(module, 1, least=1, most=100), number(high, 1, least=1)
        left, top = number(x), number(y)
        box = (left, top - wide, tall, wide) if upright else (left, top, wide, tall)
        linear = symbology is Symbology.CODE_128
        page.code(symbology, says, *box, module=number(module, 1, least=1, most=100) if linear else None)
        if self._bar_text:
            page.text(says, left, top + tall, wide, self._bar_text)

    def _in_qr(self, line: str, page: Page) -> None:
        if line.strip().upper() == "ENDQR" or self._qr is None:
            self._qr = None
            return
        x, y, cell = self._qr
        says = line[head.end() :] if (head := _QR_HEAD.match(line)) else line
        side = qr_side(says) * cell
        page.code(Symbology.QR, says, x, y, side, side, module=cell)

    def _shape(self, name: str, told: list[int], page: Page) -> None:
        x, y, right, bottom, thick = (told + [0] * 5)[:5]
        thick = max(thick, 1)
        if name == "BOX":
            for left, top, wide, high in (
                (x, y, right - x, thick), (x, bottom - thick, right - x, thick),
                (x, y, thick, bottom - y), (right - thick, y, thick, bottom - y),
            ):  # fmt: skip
                page.fill(left, top, wide, high)
            return
        way = Way.TURN if name.startswith("I") else Way.INK
        if y == bottom:
            page.fill(min(x, right), y, abs(right - x), thick, way=way)
        else:
            page.fill(x, min(y, bottom), thick, abs(bottom - y), way=way)

    def _picture(self, stream: bytes, match: re.Match[bytes], page: Page) -> int:
        """Draw a picture whose bytes, or their digits, are counted, and return where they end."""
        name = match[1].upper()
        wide, high, x, y = (int(each) for each in match.groups()[1:])
        digits = name in {b"EG", b"EXPANDED-GRAPHICS"}
        count = wide * high
        if not 0 < count <= PICTURE_BYTES_MAX:
            page.miss(TOO_MUCH)
            return _end(stream, match.end())
        if not digits:
            dots = stream[match.end() : match.end() + count]
            end = match.end() + count
        else:
            written = stream[match.end() : match.end() + 3 * count].split(b"\nPRINT", 1)[0]
            clean = re.sub(rb"[^0-9A-Fa-f]", b"", written)[: 2 * count]
            end = _end(stream, match.end() + 2 * count)
            try:
                dots = unhexlify(clean[: len(clean) // 2 * 2])
            except Error:
                dots = b""
        if len(dots) < count:
            page.miss(UNKNOWN)
        page.picture(x, y, wide, dots[: len(dots) // wide * wide])
        return min(end, len(stream))


def _end(stream: bytes, at: int) -> int:
    end = stream.find(b"\n", at)
    return len(stream) if end < 0 else end + 1
