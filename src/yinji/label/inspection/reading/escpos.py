"""ESC/POS, read: receipt printers (Epson, ESC/POS Command Reference), in standard mode and in page mode."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.model import Symbology
from yinji.label.inspection.reading.limits import COMMANDS_MAX, LABELS_MAX, PICTURE_BYTES_MAX, STREAM_BYTES_MAX
from yinji.label.inspection.reading.marks import code_128_modules, decoded, ems, qr_side
from yinji.label.inspection.reading.page import TOO_MUCH, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

UNKNOWN: Final = Said("有读不懂的命令", "commands were not understood")

ESC, GS, FS, DLE, LF, FF, NUL = 0x1B, 0x1D, 0x1C, 0x10, 0x0A, 0x0C, 0x00
_LINE: Final = 30
"""Dots from line to line until ESC 3 says otherwise."""

_LETTER: Final = 24
_WIDTH: Final = 576
"""Dots of a head for rolls of 80 mm."""

_ESC_HELD: Final = {
    **{bytes((each,)): 1 for each in b"!-3EGMRVatrdJ{U%?=c"},
    **{bytes((each,)): 0 for each in b"@2LS<imvuF"},
    **{bytes((each,)): 2 for each in b"$\\"},
    b"W": 8,
    b"p": 3,
}
"""How many bytes stand behind ESC and a sign."""

_ESC_CUTS: Final = frozenset((b"i", b"m"))
_GS_HELD: Final = {**{bytes((each,)): 1 for each in b"!BHhwfbarIc"}, **{bytes((each,)): 2 for each in b"$\\LWPz"}}
_FS_HELD: Final = {b"!": 1, b"-": 1, b"C": 1, b"W": 1, b"S": 2, b"&": 0, b".": 0}
_FEEDS_FIRST: Final = 65
"""Functions B to D of GS V feed before they cut, and take one byte more."""

_RETURN, _TAB, _SPACE = 0x0D, 0x09, 0x20
_QR, _STORES, _PRINTS, _MODULE = 49, 80, 81, 67
_CODE_128: Final = 73
_GRAPHICS: Final = (48, 112)
_PAIR: Final = re.compile(rb"\{([ABCS1-4{])")


class EscPosReader:
    """Reads one stream: labels end with a cut, a form feed or a new beginning (ESC @)."""

    def __init__(self) -> None:
        """Begin with a printer that was just set up."""
        self._done = 0
        self._page = Page("")
        self._reset()

    def _reset(self) -> None:
        self._x, self._y, self._line = 0, 0, _LINE
        self._tall, self._wide, self._white = 1, 1, False
        self._bars = (3, 162, False)  # module, height, whether digits are printed
        self._cell, self._payload = 3, b""
        self._words = bytearray()
        self._pending: list[tuple[int, bytes]] = []

    def pages(self, stream: bytes) -> Iterator[Page]:
        """Return the labels of a stream, each as it was drawn."""
        stream, at, count = stream[:STREAM_BYTES_MAX], 0, 0
        while at < len(stream) and self._done < LABELS_MAX:
            sign = stream[at]
            if sign in {ESC, GS, FS, DLE}:
                end, cut = self._command(sign, stream, at)
                count += 1
            else:
                end, cut = at + 1, sign == FF
                self._byte(sign)
            if count > COMMANDS_MAX:
                self._page.miss(TOO_MUCH)
                count = 0
            if cut:
                self._flush()
                if not self._page.blank:
                    yield self._finish()
                count = 0
            at = max(end, at + 1)
        self._flush()
        if not self._page.blank:
            yield self._finish()

    def _finish(self) -> Page:
        page, self._done = self._page, self._done + 1
        page.place = f"label {self._done}"
        page.width, page.height = max(_WIDTH, page.size()[0]), self._y
        self._page = Page("")
        self._reset()
        return page

    def _byte(self, sign: int) -> None:
        if sign == LF:
            self._flush()
            self._x = 0
            self._y += self._line
        elif sign == _RETURN:
            self._flush()
        elif sign >= _SPACE or sign == _TAB:
            self._words.append(sign)

    def _flush(self) -> None:
        """Note the text that was gathered where the line stands."""
        if self._words:
            says = decoded(bytes(self._words), "utf-8", "gb18030")
            high = _LETTER * self._tall
            long = round(ems(says) * _LETTER * self._wide)
            self._page.text(says, self._x, self._y, long, high)
            self._x += long
            self._words.clear()

    def _command(self, sign: int, stream: bytes, at: int) -> tuple[int, bool]:
        """Do one command; return where it ends, and whether the label ends with it."""
        name = stream[at + 1 : at + 2]
        if sign == DLE:
            return at + 3, False
        if not name:
            return at + 1, False
        self._flush()
        if sign == GS:
            return self._gs(name, stream, at)
        if sign == FS:
            if name not in _FS_HELD:
                self._page.miss(UNKNOWN)
            return at + 2 + _FS_HELD.get(name, 0), False
        return self._esc(name, stream, at)

    def _esc(self, name: bytes, stream: bytes, at: int) -> tuple[int, bool]:
        if name == b"*":
            return self._columns(stream, at), False
        if name == b"D":
            end = stream.find(b"\0", at + 2)
            return (len(stream) if end < 0 else end + 1), False
        held = _ESC_HELD.get(name)
        if held is None:
            self._page.miss(UNKNOWN)
            return at + 2, False
        self._style(name, stream[at + 2 : at + 2 + held])
        return at + 2 + held, name in _ESC_CUTS or (name == b"@" and self._y > 0)

    def _style(self, name: bytes, data: bytes) -> None:
        """Take what ESC commands change of the next line's place and size."""
        value = data[0] if data else 0
        match name:
            case b"$":
                self._x = int.from_bytes(data, "little")
            case b"d":
                self._y += value * self._line
            case b"J":
                self._y += value
            case b"3":
                self._line = value
            case b"2":
                self._line = _LINE
            case b"!":
                self._tall, self._wide = 1 + (value >> 4 & 1), 1 + (value >> 5 & 1)

    def _gs(self, name: bytes, stream: bytes, at: int) -> tuple[int, bool]:
        value = stream[at + 2] if at + 2 < len(stream) else 0
        if name == b"V":
            return at + (4 if value >= _FEEDS_FIRST else 3), True
        doing = {b"v": self._raster, b"k": self._bar_code, b"(": self._function, b"8": self._function}.get(name)
        if doing is not None:
            return doing(stream, at), False
        held = _GS_HELD.get(name)
        if held is None:
            self._page.miss(UNKNOWN)
            return at + 2, False
        self._measure(name, value, stream[at + 2 : at + 2 + held])
        return at + 2 + held, False

    def _measure(self, name: bytes, value: int, data: bytes) -> None:
        """Take what GS commands change of bar codes, letters and the place."""
        module, high, shows = self._bars
        match name:
            case b"h":
                self._bars = module, value, shows
            case b"w":
                self._bars = value, high, shows
            case b"H":
                self._bars = module, high, value % 48 > 0
            case b"!":
                self._wide, self._tall = 1 + (value >> 4 & 7), 1 + (value & 7)
            case b"$":
                self._y = int.from_bytes(data, "little")

    def _columns(self, stream: bytes, at: int) -> int:
        """Draw ESC *: columns of 8 or 24 dots from the left, the upper dot highest."""
        mode, low, high = stream[at + 2 : at + 5].ljust(3, b"\0")
        each: int = 3 if mode >= 32 else 1  # noqa: PLR2004 - modes 32 and 33 have 24 dots
        wide = low + high * 256
        data = stream[at + 5 : at + 5 + wide * each]
        scale = 1 if mode in {1, 33} else 2
        columns = [data[place : place + each] for place in range(0, len(data), each)]
        rows = []
        for dot in range(each * 8):
            bits = "".join(
                str(int.from_bytes(column.ljust(each, b"\0"), "big") >> (each * 8 - 1 - dot) & 1) * scale for column in columns
            )
            rows.append(int(bits.ljust(-(-len(bits) // 8) * 8, "0") or "0", 2).to_bytes(max(1, -(-len(bits) // 8)), "big"))
        self._page.picture(self._x, self._y, len(rows[0]), b"".join(rows))
        return at + 5 + wide * each

    def _raster(self, stream: bytes, at: int) -> int:
        """Draw GS v 0: rows of dots, eight a byte."""
        head = stream[at + 3 : at + 8]
        wide, high = int.from_bytes(head[1:3], "little"), int.from_bytes(head[3:5], "little")
        count, begin = wide * high, at + 8
        if count > PICTURE_BYTES_MAX or begin + count > len(stream):
            self._page.miss(TOO_MUCH)
            return min(begin + count, len(stream))
        if head[0] & 3:
            self._page.miss(Said("图形放大打印，位置不可靠", "a picture is printed enlarged: places are not reliable"))
        if wide:
            self._page.picture(self._x, self._y, wide, stream[begin : begin + count])
        self._y += high
        return begin + count

    def _bar_code(self, stream: bytes, at: int) -> int:
        """Note GS k: its data end with a zero, or are counted."""
        kind = stream[at + 2] if at + 2 < len(stream) else 0
        if kind < 65:  # noqa: PLR2004 - function A ends with a zero, function B counts
            end = stream.find(b"\0", at + 3)
            data, after = (stream[at + 3 :], len(stream)) if end < 0 else (stream[at + 3 : end], end + 1)
        else:
            count = stream[at + 3] if at + 3 < len(stream) else 0
            data, after = stream[at + 4 : at + 4 + count], at + 4 + count
        module, high, shows = self._bars
        says = _unset(data) if kind == _CODE_128 else decoded(data, "latin-1")
        symbology = Symbology.CODE_128 if kind == _CODE_128 else Symbology.OTHER
        wide = code_128_modules(says) * module
        self._page.code(
            symbology, says, self._x, self._y, wide, high, module=module if symbology is Symbology.CODE_128 else None
        )
        self._y += high
        if shows:
            self._page.text(says, self._x, self._y, wide, _LETTER)
            self._y += _LETTER
        self._x = 0
        return after

    def _function(self, stream: bytes, at: int) -> int:
        """Do GS ( k, codes in two dimensions, and GS ( L or GS 8 L, graphics; the others print nothing."""
        wide = 2 if stream[at + 1 : at + 2] == b"(" else 4
        kind = stream[at + 2 : at + 3]
        count = int.from_bytes(stream[at + 3 : at + 3 + wide], "little")
        begin = at + 3 + wide
        data = stream[begin : begin + count]
        if kind == b"k" and data[:1] == bytes((_QR,)):
            self._qr(data)
        elif kind == b"k" and data[1:2] == bytes((_PRINTS,)):
            self._page.miss(UNKNOWN)
        elif kind == b"L" and tuple(data[:2]) == _GRAPHICS:
            columns, rows = int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little")
            each = -(-columns // 8)
            if each and each * rows <= min(len(data) - 10, PICTURE_BYTES_MAX):
                self._page.picture(self._x, self._y, each, data[10 : 10 + each * rows])
                self._y += rows
            else:
                self._page.miss(TOO_MUCH)
        return min(begin + count, len(stream))

    def _qr(self, data: bytes) -> None:
        function = data[1] if len(data) > 1 else 0
        if function == _MODULE and len(data) > 2:  # noqa: PLR2004 - the value stands behind kind and function
            self._cell = max(data[2], 1)
        elif function == _STORES:
            self._payload = data[3:]
        elif function == _PRINTS:
            says = decoded(self._payload, "utf-8", "gb18030")
            side = qr_side(says) * self._cell
            self._page.code(Symbology.QR, says, self._x, self._y, side, side, module=self._cell)
            self._y += side


def _unset(data: bytes) -> str:
    """Return what a Code 128 says: ``{A``, ``{B`` and ``{C`` choose a subset, and bytes of subset C are two digits each."""
    found, subset, at = [], b"B", 0
    while at < len(data):
        if (match := _PAIR.match(data, at)) is not None:
            subset = match[1] if match[1] in {b"A", b"B", b"C"} else subset
            found.append("{" if match[1] == b"{" else "")
            at += 2
            continue
        found.append(f"{data[at]:02d}" if subset == b"C" else chr(data[at]))
        at += 1
    return "".join(found)
