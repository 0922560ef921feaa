"""How many numbers there are, whose, and in which state: worked out from intervals and blocks, never by counting waybills. Pure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Final

from yinji.kernel.ids import Ref
from yinji.waybill.model import Interval, NumberRange, NumberState

Held = tuple[Ref, str, int, int]
"""Of one range and owner: numbers taken from blocks, and left in them."""

EVERYBODY: Final = "*"
"""In place of an owner: the organisation and all to whom it allocated, together."""


@dataclass(frozen=True, slots=True)
class Stock:
    """What one owner, or everybody together, has of real numbers.

    ``entered`` were entered as ranges; ``reserved`` are set aside for the owner, ``allocated`` given to it and not handed back;
    ``resting`` nobody can have for the time being; ``used`` were taken for waybills, of which ``printed`` were printed at least once
    and ``voided`` voided; ``left`` can be issued now. Together entered = used + left + reserved + resting.
    """

    owner: str = EVERYBODY
    entered: int = 0
    reserved: int = 0
    allocated: int = 0
    resting: int = 0
    used: int = 0
    printed: int = 0
    voided: int = 0
    left: int = 0
    of: int = 0
    """Used and left in the ranges that this owner has numbers left in: what ``left`` is a share of."""


def stocks(
    ranges: Sequence[NumberRange],
    intervals: Iterable[Interval],
    held: Iterable[Held],
    counts: Mapping[str, tuple[int, int]],
) -> tuple[Stock, ...]:
    """Return the stock of the organisation itself (owner ``""``) first, then of everybody whom it gave numbers, by code.

    ``counts`` are waybills printed and voided, of each owner; ``intervals`` as they stand now (see `intervals.settled`).
    """
    own = {each.ref for each in ranges}
    figures: defaultdict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    by_range: defaultdict[tuple[str, Ref], list[int]] = defaultdict(lambda: [0, 0])
    figures[""]["entered"] = sum(each.last - each.first + 1 for each in ranges)
    for each in intervals:
        if each.range_ref in own:
            figures[each.owner][_KINDS[each.state]] += each.size
            if _KINDS[each.state] == "left":
                by_range[each.owner, each.range_ref][1] += each.size
    for range_ref, owner, used, left in held:
        if range_ref in own:
            figures[owner]["used"] += used
            figures[owner]["left"] += left
            by_range[owner, range_ref][0] += used
            by_range[owner, range_ref][1] += left
    for owner, (printed, voided) in counts.items():
        figures[owner] |= {"printed": printed, "voided": voided}
    for (owner, _), (used, left) in by_range.items():
        figures[owner]["of"] += used + left if left else 0
    for owner, told in figures.items():
        told["allocated"] = told["used"] + told["left"] if owner else 0
    return tuple(Stock(owner=owner, **figures[owner]) for owner in sorted(figures))


def together(every: Iterable[Stock]) -> Stock:
    """Return the sum of all owners' stocks."""
    listed = list(every)
    names = [each.name for each in fields(Stock) if each.name != "owner"]
    return Stock(**{name: sum(getattr(each, name) for each in listed) for name in names})


_KINDS: Final = {
    NumberState.GENERATED: "left",
    NumberState.ALLOCATED: "left",
    NumberState.RESERVED: "reserved",
    NumberState.HANDED_BACK: "resting",
    NumberState.QUARANTINED: "resting",
}
