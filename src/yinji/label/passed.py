"""What passed the lints, and the label it becomes. Nothing else becomes a label."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from yinji.kernel.faults import Misuse
from yinji.label.codes.grammar import demand_number, demand_token
from yinji.label.finished import Code, FinishedPly, finished

if TYPE_CHECKING:
    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.model import Draft

_LINTED: Final = object()
"""What `lints.check` shows to prove that it is the caller; `tests/house` sees who imports it."""


class Passed:
    """A draft that every lint passed, set for one typesetter. Made by `lints.check` only."""

    __slots__ = ("draft", "setter", "settings", "texts")

    def __init__(
        self, draft: Draft, texts: tuple[str, ...], settings: list[Setting], setter: Typesetter, *, proof: object
    ) -> None:
        """Keep the draft with its settings; raises Misuse for anybody but `lints.check`."""
        if proof is not _LINTED:
            raise Misuse("only lints.check passes a draft")
        self.draft = draft
        self.texts = texts
        self.settings = settings
        self.setter = setter

    def numbered(self, number: str, token: str, master: str = "") -> Label:
        """Return the label with its generated fields; raises Misuse where one is malformed (they are ours).

        A parcel of several packages has one master number (母件); the label of another package carries its own number and
        names ``master``.
        """
        if master and demand_number(master) == number:
            raise Misuse("a master number's own label names no master")
        return Label(self, demand_number(number), demand_token(token), master, proof=_LINTED)


class Label:
    """A label that may be written: linted, set, numbered. Made by `Passed.numbered` only."""

    __slots__ = ("master", "number", "passed", "token")

    def __init__(self, passed: Passed, number: str, token: str, master: str = "", *, proof: object) -> None:
        """Join a passed draft and its generated fields; raises Misuse for anybody but `Passed.numbered`."""
        if proof is not _LINTED:
            raise Misuse("only Passed.numbered makes a label")
        self.passed = passed
        self.number = number
        self.token = token
        self.master = master

    @property
    def plies(self) -> tuple[FinishedPly, ...]:
        """Everything that will be printed, ply by ply."""
        return finished(self)

    @property
    def texts(self) -> tuple[str, ...]:
        """Every text that will be printed: fields, captions, badges, numbers, marks."""
        return tuple(text for ply in self.plies for text in ply.texts)

    @property
    def codes(self) -> tuple[Code, ...]:
        """Every machine-readable code that will be printed, with its payload."""
        return tuple(code for ply in self.plies for code in ply.codes)

    @property
    def draft(self) -> Draft:
        """The texts of the label."""
        return self.passed.draft


def pass_draft(draft: Draft, texts: tuple[str, ...], settings: list[Setting], setter: Typesetter) -> Passed:
    """Pass a draft. For `lints.check`, after it found nothing."""
    return Passed(draft, texts, settings, setter, proof=_LINTED)
