"""Sealing and searching: ``yinji bench vault``.

*Seal* is both parties of one waybill sealed (values and masks in blobs of their own, under leaves of their own) and tagged in the
blind indexes of phones and of last fours, up to the rows that go into the database; an order's tag is made before, when it is looked
up. Beside it stands what the same four blobs alone would reach, each sealed by a plain `Lock`. *Find* is a search by phone over everything stored: the index probe alone,
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
from yinji.keys.suites import NONCE_BYTES, SECRET_BYTES, TAG_BYTES, Suite, suite_named
from yinji.vault.model import SealedParcel
from yinji.vault.periods.service import begun
from yinji.vault.search import Search, Sought
from yinji_bench.vault_node import BATCH, Founding, VaultNode, phone_of, vault_node

_ROUNDS_MIN: Final = 7
_SPANS: Final = (90, 400)
_OVERHEAD: Final = 1 + NONCE_BYTES + TAG_BYTES
"""Suite code, nonce and tag of a blob."""

_BOUND_BYTES: Final = 74
"""What a blob is bound to: its part, version and role, three references, period and leaf."""


def measure(rooms: Founding, *, stored: int = 1_000_000, rounds: int = 15, folder: Path | None = None) -> dict[str, Any]:
    """Return the figures, with ``stored`` parcels spread over 90 days."""
    figures: dict[str, Any] = {"stored": stored, "rounds": rounds}
    for suite in ("sm", "aes"):
        with vault_node(rooms, folder, settings=f'suite = "{suite}"\n') as node, calm_collector():
            figures[f"seal_{suite}_per_s"], figures[f"four_blobs_{suite}_per_s"] = _seal(node, suite_named(suite), rounds)
    with vault_node(rooms, folder) as node:
        begun = perf_counter()
        node.fill(stored, days=90)
        figures["fill_per_s"] = round(stored / (perf_counter() - begun))
        figures |= _find(node, rounds)
        figures["bytes_per_parcel"] = round((node.house.data.file or Path()).stat().st_size / stored)
    return figures


def _seal(node: VaultNode, suite: Suite, rounds: int) -> tuple[int, int]:
    rates, plain = [], []
    for _ in range(max(rounds, _ROUNDS_MIN)):
        at_ms = node.house.clock.now_ms()
        intakes = node.intakes(BATCH, at_ms=at_ms)
        before = process_time()
        sealed = node.house.vault.seal(node.house.node.org, intakes, at_ms=at_ms)
        rates.append(BATCH / (process_time() - before))
        plain.append(_blobs_alone(suite, sealed))
    return round(median(rates[1:])), round(median(plain[1:]))  # the first derives the day's index keys


def _blobs_alone(suite: Suite, parcels: Sequence[SealedParcel]) -> float:
    """Return how many parcels a second plain locks reach for blobs of the same sizes, bound to as much."""
    plains = [[bytes(len(blob) - _OVERHEAD) for blob in row[-2:]] for parcel in parcels for row in parcel.parties]  # type: ignore[arg-type]  # blobs are what a row ends with
    secrets, bound = [os.urandom(SECRET_BYTES) for _ in plains], bytes(_BOUND_BYTES)
    before = process_time()
    for secret, blobs in zip(secrets, plains, strict=True):
        lock = suite.lock(secret)
        for blob in blobs:
            lock.seal(blob, nonce=os.urandom(NONCE_BYTES), bound_to=bound)
    return len(parcels) / (process_time() - before)


def _find(node: VaultNode, rounds: int) -> dict[str, Any]:
    house, figures = node.house, {}
    index = house.vault.blind_index(house.node.org)
    for days in _SPANS:

        def probe(at: int, days: int = days) -> int:
            with house.data.reading() as reading:
                months = begun(index.periods.stated(reading, house.node.org))
                search = Search(index, house.settings.index_bucket, days, house.clock.now_ms(), months)
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
