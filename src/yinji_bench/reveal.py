"""Reveals: decided, permitted, opened, their outcome durable. ``yinji bench reveal``.

In batches of a hundred, and one by one beside a bulk issue that runs as a process of its own on another core.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles
from time import perf_counter
from typing import Any, Final

from yinji.access.service import Ask
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.vault.model import Seen
from yinji.vault.showing import Look
from yinji_bench.orders import write_orders
from yinji_bench.vault_node import Founding, VaultNode, vault_node

_PARTIES: Final = 10_000
_SINGLE: Final = 400
_BULK_ORDERS: Final = 60_000
_CENTILES: Final = 100


def measure(rooms: Founding, *, batch: int = 100, rounds: int = 60, folder: Path | None = None) -> dict[str, Any]:
    """Return reveals a second in batches, and the latency of single ones alone and beside a bulk issue."""
    with vault_node(rooms, folder) as node:
        node.fill(_PARTIES)
        house = node.house
        house.register.enter_range(house.node.org, "QB:1000000000000-1009999999999", specimen=False, actor=house.actor)
        rates = []
        for at in range(rounds):
            some = [node.parcels[(at * batch + each) % len(node.parcels)] for each in range(batch)]
            begun = perf_counter()
            _reveal(node, some)
            rates.append(batch / (perf_counter() - begun))
        alone = _latencies(node)
        with _bulk_issue(node) as running:
            beside = _latencies(node)
            busy = running()
    return {
        "batch": batch,
        "rounds": rounds,
        "batched_per_s": round(median(rates)),
        "single_alone_p50_ms": round(median(alone), 2),
        "single_alone_p99_ms": _p99(alone),
        "single_beside_issue_p50_ms": round(median(beside), 2),
        "single_beside_issue_p99_ms": _p99(beside),
        "issue_ran_throughout": busy,
    }


def _reveal(node: VaultNode, parcels: list[Ref]) -> None:
    house = node.house
    refs = house.vault.party_refs(house.node.org, [(parcel, PartyRole.RECIPIENT) for parcel in parcels])
    asks = [Ask(house.actor, Purpose.SOLVE_DELIVERY, Deed.REVEAL, PartyRole.RECIPIENT, View.PHONE, ref) for ref in refs]
    permits = house.access.declare_all(asks)
    looks = [Look(parcel, permit) for parcel, permit in zip(parcels, permits, strict=True) if not isinstance(permit, Refuse)]
    seen = house.vault.reveal_all(looks)
    if len(looks) != len(parcels) or not all(isinstance(each, Seen) for each in seen):
        raise RuntimeError("a reveal was refused")


def _latencies(node: VaultNode) -> list[float]:
    found = []
    for at in range(_SINGLE):
        begun = perf_counter()
        _reveal(node, [node.parcels[at * 7 % len(node.parcels)]])
        found.append((perf_counter() - begun) * 1_000)
    return found


def _p99(latencies: list[float]) -> float:
    return round(quantiles(latencies, n=_CENTILES)[-1], 2)


@contextmanager
def _bulk_issue(node: VaultNode) -> Iterator[Any]:
    """A bulk issue into the same node, on the core that we are not on; ends with us."""
    home = (node.house.data.file or Path()).parent
    orders = home.parent / "bulk.csv"
    write_orders(orders, _BULK_ORDERS, first=50_000_000, days=1, today=datetime.now(UTC).date())
    command = [sys.executable, "-c", "from yinji.main import run; run()", "--home", str(home), "issue", str(orders)]
    cores = sorted(os.sched_getaffinity(0))
    os.sched_setaffinity(0, {cores[-1]})  # inherited by the process that begins now
    process = subprocess.Popen(  # noqa: S603 - our own interpreter and command
        [*command, "--labels", str(home.parent / "bulk.pdf")], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    os.sched_setaffinity(0, {cores[0]})
    try:
        yield lambda: process.poll() is None
    finally:
        process.kill()
        process.wait(timeout=30)
        os.sched_setaffinity(0, set(cores))
