"""Rotating keys and erasing, while the node is used. ``yinji bench rotate``."""

from __future__ import annotations

import threading
from pathlib import Path
from time import perf_counter
from typing import Any, Final

from yinji.access.service import Ask
from yinji.flows.rotate_keys import rotate_index, rotate_org, rotate_root
from yinji.kernel.decision import Refuse
from yinji.kernel.permit import Permit
from yinji.kernel.private import Private
from yinji.kernel.purpose import Deed, PartyRole, Purpose, View
from yinji.vault.erasing.forgetting import Why
from yinji.vault.letting_go import Farewell
from yinji.vault.model import Erased
from yinji.vault.search import Sought
from yinji_bench.vault_node import Founding, VaultNode, phone_of, vault_node

_ERASED: Final = 1_000
_PARCELS_A_PERSON: Final = 3


def measure(rooms: Founding, *, stored: int = 300_000, days: int = 30, folder: Path | None = None) -> dict[str, Any]:
    """Return how long each rotation takes over ``stored`` parcels of ``days``, with searches going on, and erasing a thousand."""
    with vault_node(rooms, folder) as node:
        node.fill(stored, days=days)
        reads = _Reads(node)
        with reads:
            begun = perf_counter()
            rotate_index(node.house)
            index_s = perf_counter() - begun
        begun = perf_counter()
        rotate_root(node.house)
        rotate_org(node.house)
        above_s = perf_counter() - begun
        begun = perf_counter()
        erased = _erase(node, _ERASED)
        erase_s = perf_counter() - begun
    return {
        "stored": stored,
        "days": days,
        "rotate_index_s": round(index_s, 1),
        "rotate_index_per_s": round(stored / index_s),
        "reads_meanwhile": reads.done,
        "reads_failed": reads.failed,
        "rotate_root_and_org_s": round(above_s, 3),
        "erased": erased,
        "erase_s": round(erase_s, 2),
    }


class _Reads:
    """Searches in a thread of their own, as long as the block lasts; a search that is short of a parcel has failed."""

    def __init__(self, node: VaultNode) -> None:
        self._node = node
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.done = 0
        self.failed = 0

    def __enter__(self) -> None:
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        people = len(self._node.parcels) // _PARCELS_A_PERSON
        while not self._stop.wait(0.02):
            person = self.done * 7_919 % people
            self.done += 1
            self.failed += _found(self._node, person * _PARCELS_A_PERSON) != _PARCELS_A_PERSON


def _found(node: VaultNode, at: int) -> int:
    house = node.house
    permit = house.access.declare(Ask(house.actor, Purpose.SOLVE_DELIVERY, Deed.FIND, PartyRole.RECIPIENT, View.MASKED))
    found = permit if isinstance(permit, Refuse) else house.vault.find(Sought.by_phone(Private(phone_of(at))), permit)
    return 0 if isinstance(found, Refuse) else len(found)


def _erase(node: VaultNode, count: int) -> int:
    house = node.house
    step = max(1, len(node.parcels) // count)
    parcels = node.parcels[::step][:count]
    refs = house.vault.party_refs(house.node.org, [(parcel, PartyRole.RECIPIENT) for parcel in parcels])
    asks = [Ask(house.actor, Purpose.ANSWER_PERSON, Deed.ERASE, PartyRole.RECIPIENT, View.MASKED, ref) for ref in refs]
    permits = house.access.declare_all(asks)
    going = [Farewell(parcel, permit) for parcel, permit in zip(parcels, permits, strict=True) if isinstance(permit, Permit)]
    ends = house.vault.forget(going, Why(house.actor, Purpose.ANSWER_PERSON))
    return sum(isinstance(end, Erased) for end in ends)
