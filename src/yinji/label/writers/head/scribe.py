"""What the languages share: which pieces a label has, and that what many labels show is written once."""

from __future__ import annotations

from abc import ABC, abstractmethod
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from yinji.kernel.faults import Misuse
from yinji.label.writers.head.composer import Composer

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.passed import Label
    from yinji.label.writers.head.pieces import Piece

_KEPT_MAX: Final = 512
"""Settings of shared texts, each some hundred bytes of commands."""


class Scribe(ABC):
    """Writes linted labels in one printer language. By one thread at a time."""

    def __init__(self, setter: Typesetter, *, head: int) -> None:
        """Prepare a template for a head with so many dots in a millimetre."""
        self.composer = Composer(setter, head=head)
        self._repeats = [box.repeats or bool(box.if_empty) for box in setter.template.boxes]
        self._fixed: dict[bool, bytes] = {}
        self._kept = lru_cache(maxsize=_KEPT_MAX)(self._box)

    @abstractmethod
    def written(self, pieces: Iterable[Piece]) -> bytes:
        """Return commands that print some pieces."""

    @abstractmethod
    def framed(self, label: Label, body: bytes) -> bytes:
        """Return one label's whole command: what begins it, its body, what prints it."""

    def prelude(self) -> bytes:
        """Return what a printer is told once, before the first label of a job."""
        return b""

    def write(self, labels: Iterable[Label]) -> Iterator[bytes]:
        """Return each label's commands, in their order; raises Misuse for one that was set for another press."""
        for label in labels:
            if label.passed.setter is not self.composer.setter:
                raise Misuse("a label was set for another press")
            yield self.framed(label, self._body(label))

    def _body(self, label: Label) -> bytes:
        composer, settings = self.composer, label.passed.settings
        own: list[Piece] = []
        found = [self._common(specimen=label.draft.specimen)]
        for at, (setting, repeats) in enumerate(zip(settings, self._repeats, strict=True)):
            if repeats:
                found.append(self._kept(at, setting))
            elif setting.lines:
                own += composer.box(at, setting)
        own += composer.numbers(label.number, label.master)
        own += composer.codes(label.number, label.token)
        found.append(self.written(own))
        return b"".join(found)

    def _common(self, *, specimen: bool) -> bytes:
        if (found := self._fixed.get(specimen)) is None:
            found = self._fixed[specimen] = self.written(self.composer.fixed(specimen=specimen))
        return found

    def _box(self, at: int, setting: Setting) -> bytes:
        return self.written(self.composer.box(at, setting))
