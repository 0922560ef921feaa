"""Sealing and searching: ``yinji bench vault``.

*Seal* is both parties of one waybill sealed (values and masks in blobs of their own, under leaves of their own) and tagged in three
blind indexes, up to the rows that go into the database. *Find* is a search by phone over everything stored: the index probe alone,
and the whole look with its permit and two durable transactions.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time
from typing import Any, Final

from yinji.access.service import Ask
from yinji.doors.intake.collector import calm_collector
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import FIRST_SHARD
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.vault.search import Search, Sought
from yinji_bench.vault_node import BATCH, Founding, VaultNode, phone_of, vault_node

_ROUNDS_MIN: Final = 7
_SPANS: Final = (90, 400)


def measure(rooms: Founding, *, stored: int = 1_000_000, rounds: int = 15, folder: Path | None = None) -> dict[str, Any]:
    """Return the figures, with ``stored`` parcels spread over 90 days."""
    figures: dict[str, Any] = {"stored": stored, "rounds": rounds}
    for suite in ("sm", "aes"):
        with vault_node(rooms, folder, settings=f'suite = "{suite}"\n') as node, calm_collector():
            figures[f"seal_{suite}_per_s"] = _seal(node, rounds)
    with vault_node(rooms, folder) as node:
        begun = perf_counter()
        node.fill(stored, days=90)
        figures["fill_per_s"] = round(stored / (perf_counter() - begun))
        figures |= _find(node, rounds)
        figures["bytes_per_parcel"] = round((node.house.data.file or Path()).stat().st_size / stored)
    return figures


def _seal(node: VaultNode, rounds: int) -> int:
    rates = []
    for _ in range(max(rounds, _ROUNDS_MIN)):
        at_ms = node.house.clock.now_ms()
        intakes = node.intakes(BATCH, at_ms=at_ms)
        before = process_time()
        node.house.vault.seal(node.house.node.org, intakes, at_ms=at_ms)
        rates.append(BATCH / (process_time() - before))
    return round(median(rates[1:]))  # the first derives the day's index keys


def _find(node: VaultNode, rounds: int) -> dict[str, Any]:
    house, figures = node.house, {}
    index = house.vault.blind_index(house.node.org)
    for days in _SPANS:
        search = Search(index, house.settings.index_bucket, days, house.clock.now_ms())

        def probe(at: int, search: Search = search) -> int:
            with house.data.reading() as reading:
                sought = Sought.by_phone(Private(phone_of(at)))
                return len(search.parcels(reading, org=house.node.org, shard=FIRST_SHARD, sought=sought))

        places = range(0, len(node.parcels), max(1, len(node.parcels) // (rounds * 8)))
        if not all(probe(at) for at in places):
            raise RuntimeError("a search missed what is stored")
        figures[f"probe_{days}_days_ms"] = _milliseconds([_timed(probe, at) for at in places])
        figures[f"probe_{days}_days_cold_ms"] = _milliseconds([_cold(node, probe, at) for at in places[:rounds]])
    figures["find_ms"] = _milliseconds([_timed(lambda at: _find_whole(node, at), at) for at in range(0, 150, 3)])
    return figures


def _find_whole(node: VaultNode, at: int) -> int:
    house = node.house
    ask = Ask(house.actor, Purpose.SOLVE_DELIVERY, Deed.FIND, PartyRole.RECIPIENT, View.MASKED)
    permit = house.access.declare(ask)
    found = permit if isinstance(permit, Refuse) else house.vault.find(Sought.by_phone(Private(phone_of(at))), permit)
    return 0 if isinstance(found, Refuse) else len(found)


def _timed(act: Callable[[int], int], at: int) -> float:
    begun = perf_counter()
    act(at)
    return perf_counter() - begun


def _cold(node: VaultNode, act: Callable[[int], int], at: int) -> float:
    """Time one look with nothing of the database in memory: neither in ours nor in the system's."""
    house = node.house
    house.data.close()
    for suffix in ("", "-wal"):
        file = Path(f"{house.data.file}{suffix}")
        if file.exists():
            handle = os.open(file, os.O_RDONLY)
            os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            os.close(handle)
    with house.data.reading() as reading:  # the connection, and its reading of the schema, are not the search's
        house.register.waybills(reading, org=house.node.org, shard=FIRST_SHARD, refs=node.parcels[:1])
    return _timed(act, at)


def _milliseconds(seconds: Sequence[float]) -> float:
    return round(median(seconds) * 1_000, 2)
