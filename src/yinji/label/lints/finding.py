"""What a lint reads and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from yinji.kernel.refusals import Refusal
from yinji.law import Weight, citation

if TYPE_CHECKING:
    from yinji.kernel.said import Said
    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.typesetter import Typesetter
    from yinji.label.model import Draft
    from yinji.law import Rule


class LeakProbe(Protocol):
    """The vault's searcher for one parcel: it knows the values, and answers with their kinds only."""

    def leaks_in(self, text: str) -> tuple[str, ...]:
        """Return the kinds of value that ``text`` shows, such as ``recipient.name``; empty if none."""
        ...

    def leaks_at(self, where: str, text: str) -> tuple[str, ...]:
        """Return the same for the text of the field ``where``, without what stands there by coincidence."""
        ...


class Proof(NamedTuple):
    """A label before it is passed, as printers call it: the texts, how they are set, and who can see a leak in them.

    ``whole`` is all texts, a line each; ``texts`` and ``settings`` stand in the order of the typesetter's fields.
    """

    draft: Draft
    texts: tuple[str, ...]
    whole: str
    settings: Sequence[Setting | None]
    setter: Typesetter
    probe: LeakProbe


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a label does not leave. ``where`` is a field; ``says`` holds counts and kinds, never a value about a person."""

    rule: str
    where: str
    says: Said
    citation: str
    binding: bool
    refusal: Refusal


Lint: TypeAlias = Callable[[Proof, "Rule"], tuple[Finding, ...]]
"""One rule, looked for in one label. A lint is pure and keeps nothing."""


def finding(rule: Rule, where: str, says: Said, refusal: Refusal = Refusal.LABEL_SHOWS_PERSON) -> Finding:
    """Return a finding with the citation of its rule."""
    return Finding(rule.id, where, says, citation(rule), rule.weight is Weight.BINDING, refusal)
