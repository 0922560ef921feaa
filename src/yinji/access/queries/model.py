"""Who the public is, what is counted of it, and how much there may be."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum
from typing import Final, NamedTuple

from yinji.kernel.actor import Actor
from yinji.kernel.ids import REF_BYTES, Ref

PUBLIC: Final = "public"
"""The post that evidence names where anybody acts: nobody is signed in, and nobody is named."""

_NOBODY: Final = Ref(bytes(REF_BYTES))


def public_actor(org: Ref, where: str) -> Actor:
    """Return the actor for whoever asks without an account. No account has sixteen zero bytes for its reference."""
    return Actor(account=_NOBODY, org=org, post=PUBLIC, where=where)


class Counted(IntEnum):
    """What tries are counted by. The number is what a row carries."""

    NUMBER = 1
    VISITOR = 2
    INSPECTION = 3  # a visitor's, of files of labels


@dataclass(frozen=True, slots=True)
class Bounds:
    """After how many wrong proofs in an hour, in a day, and after how many tries in an hour, right ones too, a slot is closed."""

    wrong_an_hour: int
    wrong_a_day: int
    tries_an_hour: int


class Counts(NamedTuple):
    """What one slot counts: ``tries`` and ``wrong`` of the hour (hours since 1970), ``wrong_today`` of its day."""

    hour: int
    tries: int = 0
    wrong: int = 0
    wrong_today: int = 0


class Slot(NamedTuple):
    """Where something is counted: by what, and in which of the slots there are."""

    by: Counted
    number: int


class Reached(NamedTuple):
    """A bound that a try reached: its slot is closed from then on. ``wrong`` is how many wrong proofs that took."""

    by: Counted
    window: str
    wrong: int


class Hour(NamedTuple):
    """An hour (hours since 1970): how many proofs were wrong, how many slots were closed."""

    hour: int
    wrong: int
    closed: int


@dataclass(frozen=True, slots=True)
class Try:
    """A try that was counted, as a wrong one until the opposite is shown."""

    day: int
    hour: int
    counts: dict[Slot, Counts]


@dataclass(frozen=True, slots=True)
class Closed:
    """No try is taken until a moment (milliseconds since 1970)."""

    until_ms: int
