"""Labels in ZPL whose texts the printer sets in a font of its own. What is on every label is stored in it once a job.

Small and fast, and only for printers that hold a Chinese font: which letters it has and how wide they are is the font's affair, and
no lint saw it. Boxes are measured with our fonts, whose letters and digits are wider than those of SimSun and FangSong.
"""

from __future__ import annotations

from hashlib import blake2s
from itertools import pairwise
from operator import itemgetter
from typing import TYPE_CHECKING, Final

from yinji.kernel.faults import Misuse
from yinji.label.codes.grammar import in_groups
from yinji.label.glyphs.typeface import HEX_PER_GLYPH
from yinji.label.layout.fitting import Setting
from yinji.label.writers.head.pieces import QrCode
from yinji.label.writers.head.scribe import Scribe
from yinji.label.writers.zpl.commands import commands
from yinji.label.writers.zpl.escaping import field
from yinji.label.writers.zpl.fields import Fields, demand_font

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label
    from yinji.label.writers.head.pieces import Piece

_BY_PARCEL: Final = frozenset({"sorting_code", "destination", "centre", "door"})
"""Boxes whose texts repeat in a batch, but from parcel to parcel in another mixture."""

_MIXTURES_MAX: Final = 256
_END: Final = "^FS\n"
_LETTERS: Final = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class ZplNative(Scribe):
    """Labels that begin with ^XF of a stored format. Send `prelude` before the first of a job: a printer forgets at power off."""

    def __init__(self, setter: Typesetter, *, head: int, font: str) -> None:
        """Name the printer's font by drive and file, such as ``E:SIMSUN.TTF``; raises Misuse for what is no such name."""
        super().__init__(setter, head=head)
        self._fields = Fields(self.composer, demand_font(font))
        boxes = setter.template.boxes
        self._shared = [at for at, box in enumerate(boxes) if self._repeats[at] and box.field not in _BY_PARCEL]
        self._own = [at for at in range(len(boxes)) if at not in self._shared]
        self._own_heads = [(at, self._fields.absent(at), self._heads(at)) for at in self._own]
        self._mixture = itemgetter(*self._shared, -1) if self._shared else itemgetter(-1)
        self._mixtures: dict[object, str] = {}
        self._tails: dict[tuple[str, int, str], tuple[list[str], list[str]]] = {}
        self._qrs: dict[int, list[str]] = {}
        self._stored = {specimen: self._store(specimen=specimen) for specimen in (False, True)}

    def written(self, pieces: Iterable[Piece]) -> bytes:
        """Return pieces as commands."""
        return commands(pieces).encode("ascii")

    def framed(self, label: Label, body: bytes) -> bytes:
        """Return ^XA, the stored format, and what is this label's own."""
        return b"^XA^XFR:%b^FS\n%b^PQ1^XZ\n" % (self._stored[label.draft.specimen][0], body)

    def prelude(self) -> bytes:
        """Return the formats to be stored before the first label."""
        return b"".join(format_ for _, format_ in self._stored.values())

    def write(self, labels: Iterable[Label]) -> Iterator[bytes]:
        """Return each label's commands, without `prelude`; raises Misuse for one that was set for another press."""
        setter, framed, own_of = self.composer.setter, self.framed, self._texts
        for label in labels:
            if label.passed.setter is not setter:
                raise Misuse("a label was set for another press")
            yield framed(label, own_of(label).encode("utf-8"))

    def _store(self, *, specimen: bool) -> tuple[bytes, bytes]:
        sheet = self.composer.sheet
        body = (commands(self.composer.marks()) if specimen else "") + self._fields.part(self.composer.fixed_part())
        name = f"Y{blake2s(body.encode(), digest_size=3).hexdigest().upper()}.ZPL"
        begin = f"^XA^DFR:{name}^FS^CI28^FWN^LH0,0^LRN^PMN^PON^PW{sheet.width}^LL{sheet.height}\n"
        return name.encode(), f"{begin}{body}^XZ\n".encode()

    def _texts(self, label: Label) -> str:
        settings, texts = label.passed.settings, label.passed.texts
        kind = self._mixture([*settings, settings[-1]])
        if (found := self._mixtures.get(kind)) is None:
            if len(self._mixtures) >= _MIXTURES_MAX:
                self._mixtures.clear()
            found = self._mixtures[kind] = "".join(self._field(at, settings[at], texts[at]) for at in self._shared)
        parts = [found]
        if not _is_plain("".join(texts)):
            parts += (self._field(at, settings[at], texts[at]) for at in self._own)
        else:
            quick = self._quick
            for at, absent, heads in self._own_heads:
                step, lines, widths = setting = settings[at]
                if not lines:
                    if absent:
                        parts.append(absent)
                elif len(lines) == 1 and not widths:
                    parts += (heads[step], texts[at], _END)
                else:
                    parts.append(quick(at, setting, texts[at]))
        parts.append(self._generated(label))
        return "".join(parts)

    def _heads(self, at: int) -> list[str]:
        """Return, for each step of a box, everything before a text that is one line set from the left."""
        steps = range(len(self.composer.setter.template.boxes[at].steps))
        return [f"{self._fields.around(at)}{self._fields.lines(at, Setting(step, ('',)))[0]}^FD" for step in steps]

    def _quick(self, at: int, setting: Setting, text: str) -> str:
        """Return what `_field` returns, for a text in which nothing is to be escaped."""
        step, lines, widths = setting
        before, rows = self._fields.rows(at, step, len(lines))
        if len(lines) == 1:
            row = rows[0]
            left = row.left + int(row.spare - row.thin * widths[0]) if widths else row.left
            return f"{before}^FT{left}{row.behind}^FD{text}^FS\n"
        found, start = [before], 0
        for place, run in enumerate(lines):
            end, row = start + len(run) // HEX_PER_GLYPH, rows[place]
            left = row.left + int(row.spare - row.thin * widths[place]) if widths else row.left
            found.append(f"^FT{left}{row.behind}^FD{text[start:end]}^FS\n")
            start = end
        return "".join(found)

    def _field(self, at: int, setting: Setting, text: str) -> str:
        """Return what a box shows: commands around it, then a field a line."""
        if not setting.lines:
            return self._fields.absent(at)
        ends = [0]
        for run in setting.lines:
            ends.append(ends[-1] + len(run) // HEX_PER_GLYPH)
        lines = [text[start:end] for start, end in pairwise(ends)]
        befores = self._fields.lines(at, setting)
        return self._fields.around(at) + "".join(field(*each) for each in zip(befores, lines, strict=True))

    def _generated(self, label: Label) -> str:
        """Return codes and numbers: their places depend on how long the number is and which letters it has."""
        number, token = label.number, label.token
        rest = number.lstrip(_LETTERS)
        form = number[: len(number) - len(rest)], len(number), rest.lstrip("0123456789")
        if (befores := self._tails.get(form)) is None:
            befores = self._tails[form] = self._fields.bars(number), self._fields.numbers(number)
        if (qrs := self._qrs.get(len(token))) is None:
            qrs = self._qrs[len(token)] = [
                commands([each]).partition(each.payload)[0]
                for each in self.composer.codes(number, token)
                if isinstance(each, QrCode)
            ]
        groups, link = in_groups(number), self.composer.setter.link
        found = [f"{each}{number}^FS\n" for each in befores[0]] + [f"{each}{groups}^FS\n" for each in befores[1]]
        found += [f"{each}{link}{token}^FS\n" for each in qrs]
        if label.master:
            found += self._fields.masters(label.master)
        return "".join(found)


def _is_plain(text: str) -> bool:
    """Say quickly whether a text holds none of what `escaping` escapes; a few harmless ones are taken for such."""
    return text.isprintable() and not ("^" in text or "~" in text or "_" in text or "\\" in text)
