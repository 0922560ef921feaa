"""What a rule of inspection is given, and what it answers with."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from yinji.label.inspection.model import Outcome, Region, Source

if TYPE_CHECKING:
    from yinji.kernel.said import Said
    from yinji.label.inspection.laid_out import LaidOut
    from yinji.label.inspection.ports import VirtualNumbers
    from yinji.law import Rule


class Sight(NamedTuple):
    """One thing that a rule saw. ``says`` holds kinds and counts, never what was read. ``sure`` is the reader's confidence."""

    says: Said
    regions: tuple[Region, ...]
    source: Source
    outcome: Outcome = Outcome.FAILS
    sure: float = 1.0


class Given(NamedTuple):
    """The label, the version of the rule in force, and whoever knows virtual numbers."""

    label: LaidOut
    rule: Rule
    virtual: VirtualNumbers | None


Look: TypeAlias = Callable[[Given], Iterator[Sight]]
"""One rule, looked for in one label. It keeps nothing of what it read."""
