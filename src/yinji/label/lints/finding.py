"""What a lint reads and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple, Protocol, TypeAlias

from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.law import Confidence, Weight, citation

if TYPE_CHECKING:
    from yinji.kernel.said import Said
    from yinji.label.layout.fitting import Setting
    from yinji.label.layout.template import Ply
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


class PlyProof(NamedTuple):
    """One ply of a label before it is passed: what it will show by itself once it is torn off.

    ``fields`` and ``texts`` pair, in the order of the boxes; ``whole`` is the texts, a line each. ``ply`` is the declaration: the
    boxes, and which codes and numbers stand there (``ply.part.bars``, ``.numbers``, ``.qrs``; their values come later).
    """

    ply: Ply
    fields: tuple[str, ...]
    texts: tuple[str, ...]
    whole: str

    def text_of(self, field: str) -> str:
        """Return what this ply shows of a field; nothing where it has no box for it."""
        return next((text for name, text in zip(self.fields, self.texts, strict=True) if name == field), "")


class Proof(NamedTuple):
    """A label before it is passed, as printers call it: the texts, how they are set, and who can see a leak in them.

    ``whole`` is all texts of all plies, a line each; ``texts`` and ``settings`` stand in the order of the typesetter's fields,
    where a field that several plies show stands several times.
    """

    draft: Draft
    texts: tuple[str, ...]
    whole: str
    settings: Sequence[Setting | None]
    setter: Typesetter
    probe: LeakProbe

    @property
    def plies(self) -> tuple[PlyProof, ...]:
        """The label ply by ply, from the top."""
        found, start = [], 0
        for ply in self.setter.template.plies:
            end = start + len(ply.part.boxes)
            texts = self.texts[start:end]
            found.append(PlyProof(ply, self.setter.fields[start:end], texts, "\n".join(texts)))
            start = end
        return tuple(found)


@dataclass(frozen=True, slots=True)
class Finding:
    """Why a label does not leave, and what to do. ``where`` is a field; ``says`` holds counts and kinds, never a value about a
    person. ``weight`` tells binding law from a recommended standard, a habit of the trade and a rule of the house; ``confidence``
    how sure we are of what the rule says.
    """

    rule: str
    where: str
    says: Said
    remedy: Said
    citation: str
    weight: Weight
    confidence: Confidence
    refusal: Refusal

    @property
    def binding(self) -> bool:
        """True if law stands behind the rule: a standard, the trade or the house may ask, they do not bind."""
        return self.weight is Weight.BINDING


Lint: TypeAlias = Callable[[Proof, "Rule"], tuple[Finding, ...]]
"""One rule, looked for in one label. A lint is pure and keeps nothing about a person."""

TemplateLint: TypeAlias = Callable[["Typesetter", "Rule"], tuple[Finding, ...]]
"""One rule, looked for in one template: what it finds holds for every label set in it, so it is looked for once."""


def finding(rule: Rule, where: str, says: Said, refusal: Refusal = Refusal.LABEL_SHOWS_PERSON) -> Finding:
    """Return a finding with remedy, citation, weight and confidence of its rule."""
    remedy = rule.remedy or WORDS[refusal].remedy
    return Finding(rule.id, where, says, remedy, citation(rule), rule.weight, rule.confidence, refusal)
