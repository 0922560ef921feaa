"""What an inspection needs from outside: readers of documents and of pictures, and whoever knows virtual numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol

if TYPE_CHECKING:
    from collections.abc import Iterator

    from yinji.kernel.decision import Refuse
    from yinji.kernel.private import Private
    from yinji.label.inspection.model import SeenLabel


FILE_BYTES_MAX: Final = 64 << 20
"""A photograph has 12 MB, a thousand labels 3 MB; what is larger is no evidence about a label, and is not even read."""


class Sheet(Protocol):
    """One page or picture that was opened: what is seen on it, and its pixels for the marked picture."""

    @property
    def place(self) -> str:
        """Say which page or picture this is, in words that hold nobody."""
        ...

    def labels(self) -> tuple[SeenLabel, ...]:
        """Return every label on the sheet; none where the sheet holds no label."""
        ...

    def pixels(self) -> tuple[int, int, bytes]:
        """Return width, height and eight-bit greys, row by row from the top: what `marking` draws on."""
        ...


class SheetReader(Protocol):
    """Opens bytes of one kind: a PDF, a picture, a printer's stream."""

    def sheets(self, content: bytes) -> Iterator[Sheet] | Refuse:
        """Return the sheets one by one, or refuse: encrypted, broken, too large, of no kind that is known. Never raises."""
        ...


class VirtualNumbers(Protocol):
    """The register of virtual numbers, where a node has one: by its shape a number tells nothing."""

    def is_virtual(self, number: Private) -> bool | None:
        """Say whether a number is a virtual one in force; None where the register cannot tell."""
        ...
