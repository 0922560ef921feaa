"""Labels in ZPL whose texts are pictures: whatever fonts a printer has, it prints them alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.label.codes.epc import demand_bits, tag_memory
from yinji.label.writers.head.scribe import Scribe
from yinji.label.writers.zpl.commands import commands

if TYPE_CHECKING:
    from collections.abc import Iterable

    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label
    from yinji.label.writers.head.pieces import Piece


class ZplScribe(Scribe):
    """Each label is whole by itself: what a printer forgot or was told before does not matter."""

    def written(self, pieces: Iterable[Piece]) -> bytes:
        """Return pieces as commands."""
        return commands(pieces).encode("ascii")

    def __init__(self, setter: Typesetter, *, head: int, tag_bits: int = 0) -> None:
        """Prepare a template. ``tag_bits``: 96 or 128 where a printer with an encoder is to write each label's radio tag."""
        super().__init__(setter, head=head)
        self._tag_bits = tag_bits and demand_bits(tag_bits)

    def framed(self, label: Label, body: bytes) -> bytes:
        """Return ^XA to ^XZ: size of the label, upright, not mirrored, printed once."""
        return b"%b%b%b^PQ1^XZ\n" % (self._begin, self._tag(label), body)

    @property
    def _begin(self) -> bytes:
        sheet = self.composer.sheet
        return f"^XA^CI28^FWN^LH0,0^LRN^PMN^PON^PW{sheet.width}^LL{sheet.height}\n".encode("ascii")

    def _tag(self, label: Label) -> bytes:
        """Return ^RFW: protocol control word and content, in hexadecimal digits, from word 1 of the tag's bank 1."""
        if not self._tag_bits:
            return b""
        content = tag_memory(label.token, bits=self._tag_bits)
        return b"^RFW,H,1,%d,1^FD%b^FS\n" % (len(content), content.hex().upper().encode("ascii"))
