"""ZPL II, read: Zebra's printers and all that follow them (ZPL II Programming Guide)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.label.inspection.model import Symbology
from yinji.label.inspection.reading.limits import COMMANDS_MAX, LABELS_MAX, STORED_MAX, STREAM_BYTES_MAX
from yinji.label.inspection.reading.marks import code_128_modules, ems, number, qr_side
from yinji.label.inspection.reading.page import TOO_MUCH, Page, Way
from yinji.label.inspection.reading.quiet import QUIET_ZPL
from yinji.label.inspection.reading.zpl_fields import CODES, Code, Pen, characters, payload, unescaped
from yinji.label.inspection.reading.zpl_graphics import picture
from yinji.label.inspection.reading.zpl_tokens import Command, commands

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

UNKNOWN: Final = Said("有读不懂的命令", "commands were not understood")
BROKEN_PICTURE: Final = Said("有图形读不出", "a picture could not be unfolded")
ENCODED: Final = Said("字符编码为自定义，文字可能读错", "the stream maps characters by itself: texts may be read wrong")

_GF_COUNTS: Final = 3
_DG_COUNTS: Final = 2

_TALL: Final = {
    "0": (15, 12),
    "A": (9, 5),
    "B": (11, 7),
    "D": (18, 10),
    "E": (28, 15),
    "F": (26, 13),
    "G": (60, 40),
    "H": (21, 13),
}
"""Height and width of a printer's fonts (Guide, fonts)."""


class ZplReader:
    """Reads one stream: labels come from ^XA to ^XZ; formats and pictures stored on the way are kept for those behind."""

    def __init__(self) -> None:
        """Begin with a printer that holds nothing."""
        self._formats: dict[bytes, list[Command]] = {}
        self._graphics: dict[bytes, tuple[int, bytes]] = {}
        self._keeps: tuple[bytes, list[Command]] | None = None
        self._page: Page | None = None
        self._pen = Pen()
        self._font = (9, 5)
        self._bars = (2, 10)
        self._home = (0, 0)
        self._default_turn = "N"
        self._encoding = 0
        self._reverse = False
        self._numbered: dict[int, Pen] = {}
        self._said: dict[int, bytes] = {}
        self._size = (0, 0)
        self._done = 0
        self._verbs: dict[str, Callable[[str], None]] = {
            "FO": self._origin, "FT": self._typeset, "A": self._a, "A@": self._named_a, "CF": self._cf, "BY": self._by, "LH": self._lh,
            "FW": self._fw, "CI": self._ci, "FB": self._fb, "TB": self._tb, "FR": self._fr, "LR": self._lr, "FN": self._fn,
            "FH": self._fh, "GB": self._gb, "GE": self._shape, "GC": self._circle, "GD": self._shape, "GS": self._symbol,
            "PW": self._pw, "LL": self._ll, "XG": self._xg, "IM": self._xg, "IL": self._xg, "FS": self._end, "PO": self._po,
        }  # fmt: skip

    def pages(self, stream: bytes) -> Iterator[Page]:
        """Return the labels of a stream, each as it was drawn; one that ends in the middle is returned as far as it came."""
        count = 0
        for command in commands(stream[:STREAM_BYTES_MAX]):
            count = 0 if command.name == "XA" else count + 1
            if count > COMMANDS_MAX:
                if self._page:
                    self._page.miss(TOO_MUCH)
                continue
            if (page := self._take(command)) is not None:
                yield page
            if self._done >= LABELS_MAX:
                return
        if self._page is not None and not self._page.blank:
            yield self._finish(self._page)

    def _take(self, command: Command) -> Page | None:
        name = command.name
        if name == "XA":
            self._begin()
        elif name in {"DG", "DY"}:
            self._download(command)
        elif self._page is None:
            return None
        elif name == "DF":
            self._keeps = (_file(command.data), [])
        elif name == "XZ":
            return self._close(self._page)
        elif self._keeps is not None:
            self._keeps[1].append(command)
        elif name == "XF":
            for stored in self._formats.get(_file(command.data), []):
                self._do(stored, self._page)
            if _file(command.data) not in self._formats:
                self._page.miss(Said("用到了未随流发送的存储格式", "a stored format was called that the stream does not hold"))
        else:
            self._do(command, self._page)
        return None

    def _begin(self) -> None:
        self._page = Page("", *self._size)
        self._pen, self._numbered, self._said, self._keeps = Pen(turn=self._default_turn), {}, {}, None

    def _close(self, page: Page) -> Page | None:
        if self._keeps is not None:
            if len(self._formats) < STORED_MAX:
                self._formats[self._keeps[0]] = self._keeps[1]
            self._page = self._keeps = None
            return None
        self._end("")
        for place, pen in self._numbered.items():
            if place in self._said:
                pen.data = self._said[place]
                self._print(pen, page)
        self._page = None
        return None if page.blank else self._finish(page)

    def _finish(self, page: Page) -> Page:
        self._done += 1
        page.place = f"label {self._done}"
        self._page = None
        return page

    def _do(self, command: Command, page: Page) -> None:
        name, pen = command.name, self._pen
        plain = command.data.decode("latin-1").rstrip("\r\n")
        if name in {"FD", "FV"}:
            pen.data = command.data.rstrip(b"\r\n")
        elif name == "SN":
            pen.data = command.data.rstrip(b"\r\n").rsplit(b",", 2)[0]
        elif name in CODES:
            self._code(name, plain)
        elif name in {"GF", "GFB"}:
            self._gf(name, command.data, page)
        elif name == "FX":
            page.text(characters(command.data, self._encoding), 0, 0, 1, 1, hidden=True)
        elif (verb := self._verbs.get(name)) is not None:
            verb(plain)
        elif name not in QUIET_ZPL:
            page.miss(UNKNOWN)

    def _end(self, _: str) -> None:
        pen, page = self._pen, self._page
        self._pen = Pen(turn=self._default_turn, high=self._font[0], wide=self._font[1])
        if page is None:
            return
        if pen.number is not None:
            if pen.data is not None:
                self._said[pen.number] = unescaped(pen.data, pen.escape)
            if pen.x or pen.y or pen.code or pen.number not in self._numbered:
                self._numbered[pen.number] = pen
        elif pen.data is not None:
            pen.data = unescaped(pen.data, pen.escape)
            self._print(pen, page)

    def _print(self, pen: Pen, page: Page) -> None:
        says = characters(pen.data or b"", self._encoding)
        if pen.code is not None:
            self._print_code(pen, pen.code, says, page)
        elif pen.block is not None:
            wide, lines = pen.block
            box = (wide, pen.high * lines)
            turned = pen.turned or self._reverse
            page.text(says.replace("\\&", "\n"), pen.x, self._top(pen, box[1]), *box, turned=turned)
        else:
            long = round(ems(says) * (pen.wide * 2 if pen.wide < pen.high else pen.high) * (0.5 if pen.wide < pen.high else 1))
            long = max(long, round(ems(says) * pen.high * 0.5))
            box = (long, pen.high) if pen.turn in {"N", "I"} else (pen.high, long)
            page.text(says, *self._corner(pen, *box), *box, turned=pen.turned or self._reverse)

    def _corner(self, pen: Pen, wide: int, high: int) -> tuple[int, int]:
        """Return the upper left corner of a text; ^FT names its baseline, where the line begins."""
        left = pen.x - wide if pen.right else pen.x
        if not pen.typeset:
            return left, pen.y
        match pen.turn:
            case "R":
                return left, pen.y
            case "B":
                return left - wide, pen.y - high
            case "I":
                return left - wide, pen.y
            case _:
                return left, pen.y - high

    @staticmethod
    def _top(pen: Pen, high: int) -> int:
        return pen.y - high if pen.typeset else pen.y

    def _print_code(self, pen: Pen, code: Code, data: str, page: Page) -> None:
        says = payload(code, data)
        module = code.module or self._bars[0]
        if code.kind is Symbology.QR:
            wide = high = qr_side(says) * module
            top = self._top(pen, high) + (self._bars[1] if not pen.typeset else 0)
            page.code(code.kind, says, pen.x, top, wide, high, module=module)
            return
        if code.kind is Symbology.DATA_MATRIX:
            wide = high = (10 + 2 * (len(says) // 3)) * module
            page.code(code.kind, says, pen.x, self._top(pen, high), wide, high)
            return
        along, across = code_128_modules(says) * module, code.height or self._bars[1]
        wide, high = (along, across) if code.turn in {"N", "I"} else (across, along)
        linear = module if code.kind is Symbology.CODE_128 else None
        page.code(code.kind, says, pen.x, self._top(pen, high), wide, high, module=linear)
        if code.shows:
            page.text(says, pen.x, self._top(pen, high) + high, wide, 18)

    def _origin(self, said: str) -> None:
        x, y, right, *_ = (*said.split(","), "", "", "")
        self._pen.x, self._pen.y = number(x) + self._home[0], number(y) + self._home[1]
        self._pen.typeset, self._pen.right = False, right.strip() == "1"

    def _typeset(self, said: str) -> None:
        self._origin(said)
        self._pen.typeset = True

    def _a(self, said: str) -> None:
        font, turn = said[:1].upper(), said[1:2].upper()
        _, high, wide, *_ = (*said.split(","), "", "")
        usual = _TALL.get(font, self._font)
        self._pen.turn = turn if turn in {"N", "R", "I", "B"} and turn else self._default_turn
        self._pen.high = number(high, usual[0], least=1)
        self._pen.wide = number(wide, self._pen.high if number(high) else usual[1], least=1)

    def _named_a(self, said: str) -> None:
        self._a("0" + said)

    def _cf(self, said: str) -> None:
        font, high, wide, *_ = (*said.split(","), "", "")
        usual = _TALL.get(font.strip().upper(), self._font)
        tall = number(high, usual[0], least=1)
        self._font = tall, number(wide, tall if number(high) else usual[1], least=1)
        self._pen.high, self._pen.wide = self._font

    def _by(self, said: str) -> None:
        wide, _, high, *_ = (*said.split(","), "", "")
        self._bars = number(wide, self._bars[0], least=1, most=100), number(high, self._bars[1], least=0)

    def _lh(self, said: str) -> None:
        x, y, *_ = (*said.split(","), "")
        self._home = number(x, self._home[0]), number(y, self._home[1])

    def _fw(self, said: str) -> None:
        self._default_turn = said[:1].upper() if said[:1].upper() in {"N", "R", "I", "B"} else "N"
        self._pen.turn = self._default_turn

    def _ci(self, said: str) -> None:
        self._encoding = number(said, self._encoding)
        if said.count(",") and self._page:
            self._page.miss(ENCODED)

    def _fb(self, said: str) -> None:
        wide, lines, *_ = (*said.split(","), "")
        self._pen.block = number(wide, least=0), number(lines, 1, least=1, most=500)

    def _tb(self, said: str) -> None:
        _, wide, high, *_ = (*said.split(","), "", "")
        self._pen.block = number(wide, least=0), max(1, number(high, least=0) // max(self._pen.high, 1))

    def _fr(self, _: str) -> None:
        self._pen.turned = True

    def _lr(self, said: str) -> None:
        self._reverse = said[:1].upper() == "Y"

    def _fn(self, said: str) -> None:
        self._pen.number = number(said, least=0, most=9_999)

    def _fh(self, said: str) -> None:
        self._pen.escape = ord(said[0]) if said[:1] and said[0].isascii() else ord("_")

    def _code(self, name: str, said: str) -> None:
        code = Code(CODES[name], name)
        parts = [*said.split(","), "", "", "", "", "", ""]
        code.turn = parts[0].strip().upper()[:1] or self._default_turn
        if name == "BQ":
            code.module = number(parts[2], 2, least=1, most=100)
        elif name == "BX":
            code.module = number(parts[1], 4, least=1, most=100)
        else:
            height = 2 if name in {"B3", "B1", "BK"} else 1
            code.height = number(parts[height], 0, least=0)
            code.shows = parts[height + 1].strip().upper() != "N"
            code.mode = parts[5].strip().upper()[:1] or "N"
        self._pen.code = code

    def _way(self) -> Way:
        return Way.TURN if self._pen.turned or self._reverse else Way.INK

    def _gb(self, said: str) -> None:
        wide, high, thick, colour, *_ = (*said.split(","), "", "", "")
        line = number(thick, 1, least=1)
        w, h = max(number(wide, line, least=0), line), max(number(high, line, least=0), line)
        x, y, page = self._pen.x, self._top(self._pen, h), self._page
        way = Way.CLEAR if colour.strip().upper() == "W" else self._way()
        if page is None:
            return
        if 2 * line >= min(w, h):
            page.fill(x, y, w, h, way=way)
            return
        for left, top, width, height in (
            (x, y, w, line),
            (x, y + h - line, w, line),
            (x, y + line, line, h - 2 * line),
            (x + w - line, y + line, line, h - 2 * line),
        ):
            page.fill(left, top, width, height, way=way)

    def _circle(self, said: str) -> None:
        wide, thick, *_ = (*said.split(","), "")
        self._gb(f"{wide},{wide},{thick}")

    def _shape(self, said: str) -> None:
        """Take a slanted line or an ellipse for what it is: no text, and nothing that covers one."""

    def _symbol(self, said: str) -> None:
        """Take ^GS, a sign such as a trademark's, for what it is: no text of anybody."""

    def _pw(self, said: str) -> None:
        self._size = number(said, least=0), self._size[1]
        if self._page:
            self._page.width = self._size[0]

    def _ll(self, said: str) -> None:
        self._size = self._size[0], number(said, least=0)
        if self._page:
            self._page.height = self._size[1]

    def _po(self, said: str) -> None:
        if said[:1].upper() == "I" and self._page:
            self._page.miss(Said("整张倒印，位置不可靠", "printed upside down: places are not reliable"))

    def _gf(self, name: str, data: bytes, page: Page) -> None:
        if name == "GFB":
            form, rest = "B", data.lstrip(b",")
            counts = rest.split(b",", 3)
        else:
            form = data[:1].decode("latin-1").upper()
            counts = data[1:].lstrip(b",").split(b",", 3)
        told = [number(each.decode("latin-1"), least=0, most=10**7) for each in counts[:3]]
        if len(counts) <= _GF_COUNTS or form not in "AB":
            page.miss(BROKEN_PICTURE)
            return
        binary = form == "B" and not counts[3].lstrip().startswith(b":")
        rows = counts[3][: told[1]] if binary else picture(counts[3], total=told[1], row_bytes=told[2])
        if not rows or not told[2]:
            page.miss(BROKEN_PICTURE)
            return
        high = len(rows) // told[2]
        page.picture(self._pen.x, self._top(self._pen, high), told[2], rows[: high * told[2]], way=self._way())

    def _download(self, command: Command) -> None:
        """Keep a picture that ~DG or ~DY stores in the printer."""
        if command.name == "DG":
            parts = command.data.split(b",", 3)
            counts = parts[1:3]
        else:
            parts = command.data.split(b",", 5)
            counts = parts[3:5]
        told = [number(each.decode("latin-1"), least=0, most=10**7) for each in counts]
        if (
            not all(told)
            or len(told) != _DG_COUNTS
            or len(self._graphics) >= STORED_MAX
            or (command.name == "DY" and parts[2:3] != [b"G"])
        ):
            return
        rows = picture(parts[-1], total=told[0], row_bytes=told[1])
        if rows:
            self._graphics[_file(parts[0])] = told[1], rows

    def _xg(self, said: str) -> None:
        wanted, *scales = said.split(",")
        page, found = self._page, self._graphics.get(_file(wanted.encode("latin-1")))
        if page is None:
            return
        if found is None or any(number(each, 1) > 1 for each in scales[:2]):
            page.miss(
                Said(
                    "用到了未随流发送或放大的存储图形", "a stored picture was called that the stream does not hold, or enlarged"
                )
            )
        else:
            page.picture(self._pen.x, self._pen.y, *found, way=self._way())


def _file(name: bytes) -> bytes:
    """Return the name of a stored thing without its drive and ending."""
    return name.strip().upper().rpartition(b":")[2].partition(b".")[0]
