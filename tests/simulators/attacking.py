"""What attackers of a vault do: edit rows by hand, kill a run half way, lay old copies beside present keys."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from tests.simulators.node import LI, World
from yinji.flows.house import House
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.vault.blind_index import ORDER, PHONE, TAIL, BlindIndex, slice_of
from yinji.vault.buckets import UNDATED
from yinji.vault.sealer import order_value, tail_value

OCTOBER, NOVEMBER = 202610, 202611


def to_day(world: World, iso: str) -> None:
    """Set the clock to ten in the morning of a day in Beijing."""
    world.clock.set_to(f"{iso}T10:00:00+08:00")


def by_hand(house: House, statement: str, *values: object) -> list[tuple[object, ...]]:
    """What somebody with a database tool does."""
    assert house.data.file is not None
    with sqlite3.connect(house.data.file) as tool:
        return tool.execute(statement, values).fetchall()


def by_hand_at(file: Path, statement: str) -> list[tuple[int, bytes]]:
    with sqlite3.connect(file) as tool:
        return tool.execute(statement).fetchall()


def one(world: World, number: str, who: tuple[str, str, str] = LI, *, ordered: date | None = date(2026, 11, 20)) -> str:
    """One order; its waybill number."""
    outcome = world.issue([world.order(number, who, ordered=ordered)])
    assert not outcome.refused, outcome.refused
    (label,) = outcome.labels
    return label.number


def parcel_of(house: House, number: str) -> Ref:
    bill = house.register.find(house.node.org, number)
    assert not isinstance(bill, Refuse)
    return bill.ref


def two_of_one_slice(world: World) -> tuple[str, str]:
    """Two order numbers whose undated index rows stand in one slice."""
    tagger = world.house.vault.blind_index(world.house.node.org).tagger(ORDER, UNDATED)
    cuts: dict[int, str] = {}
    for number in map("U{}".format, range(1_000)):
        first = cuts.setdefault(slice_of(tagger(order_value("real\0M", number))), number)
        if first != number:
            return first, number
    raise AssertionError("no two of a thousand in 256 slices")


def fits_slices(index: BlindIndex, rows: dict[int, list[tuple[int, bytes]]], phone: str) -> bool:
    """Whether a phone would stand, under the present keys, in every slice that is known of somebody."""
    values = {PHONE: phone, TAIL: tail_value("浦东张江一部", phone)}
    return all(
        slice_of(tag) in {slice_of(now) for _, now in index.tags_to_seek(use, [bucket], values[use])}
        for use, some in rows.items()
        for bucket, tag in some
    )


class Killed(BaseException):
    """The process is gone."""


def killed(*_given: object, **_named: object) -> None:
    raise Killed


def killed_at_second(act: Callable[..., Any]) -> Callable[..., Any]:
    """The first call goes through, the process is killed at the second."""
    calls = count()

    def once(*given: Any, **named: Any) -> Any:
        if next(calls):
            raise Killed
        return act(*given, **named)

    return once
