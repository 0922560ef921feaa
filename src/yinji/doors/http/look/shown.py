"""What the parts draw: frozen records that a page's view fills. `Word` is a sentence in both languages, or a text as it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from yinji.kernel.decision import Refuse
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.said import Said

Word: TypeAlias = Said | str


class Mark(StrEnum):
    """What a tag means. Each has a shape of its own (`icons.svg`): colour never says it alone."""

    WAITING = "waiting"
    UNDERWAY = "underway"
    DONE = "done"
    ENDED = "ended"
    HELD = "held"
    CARE = "care"
    WRONG = "wrong"


class Kind(StrEnum):
    """How a cell of a table or a value of a panel is drawn. `DRAWN` takes what another part drew."""

    TEXT = "text"
    COUNT = "count"
    CODE = "code"
    MASK = "mask"
    TIME = "time"
    TAG = "tag"
    LINK = "link"
    CITED = "cited"  # a citation, which stands in its law's own language
    DRAWN = "drawn"


@dataclass(frozen=True, slots=True)
class Tag:
    """A state, as shape and text."""

    text: Word
    mark: Mark = Mark.WAITING


@dataclass(frozen=True, slots=True)
class Place:
    """Somewhere to go. ``key`` is the letter of ``g`` + letter; ``count`` what waits there (0: nothing is shown)."""

    text: Word
    href: str
    icon: str = ""
    key: str = ""
    count: int = 0


@dataclass(frozen=True, slots=True)
class Section:
    """A group of places in the navigation."""

    text: Word
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table. ``sort`` is the address that sorts by it, ``sorted`` is "ascending", "descending" or empty."""

    key: str
    text: Word
    kind: Kind = Kind.TEXT
    sort: str = ""
    sorted: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table: a value a column. ``href`` opens it (from its first cell); ``mark`` is its state, if it has one to show."""

    cells: Mapping[str, object]
    href: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of a key-value panel. ``wide`` takes the panel's whole width."""

    text: Word
    value: object
    kind: Kind = Kind.TEXT
    wide: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number that a page leads with. ``unit`` and ``note`` stand beside and below it."""

    text: Word
    value: int | str
    unit: Word = ""
    note: Word = ""
    href: str = ""
    mark: Mark | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One sentence of a timeline: when (milliseconds since 1970), what, by whom, and the entry that proves it."""

    at_ms: int
    text: Word
    by: Word = ""
    why: Word = ""
    entry: str = ""
    href: str = ""
    mark: Mark = Mark.DONE


@dataclass(frozen=True, slots=True)
class Choice:
    """One of several: an option of a field, a segment, a tab. ``href`` for those that are links."""

    text: Word
    value: str = ""
    href: str = ""
    chosen: bool = False
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Problem:
    """A refusal as a page shows it: code, reason, place, remedy. ``field`` is the id of the field it belongs to."""

    code: int
    reason: Word
    remedy: Word
    at: str = ""
    field: str = field(default="")

    @classmethod
    def of(cls, refused: Refuse, *, field: str = "") -> Problem:
        """Return the words of a refusal from the closed list."""
        words = WORDS[refused.code]
        return cls(refused.code.value, words.reason, words.remedy, refused.at, field)
