"""Rotate keys, mend the vault: 1 do it; 2 say so; 3 sign."""

from __future__ import annotations

from yinji.flows.forget_persons import forget_labels
from yinji.flows.house import House
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import Purpose
from yinji.vault.erasing.forgetting import Why
from yinji.vault.erasing.mending import Mended


def rotate_root(house: House) -> int:
    """Rotate the root; return how many files were sealed under the new one."""
    raised = house.rotation.rotate_root()
    _say(house, "root", raised)
    return raised


def rotate_org(house: House) -> int:
    """Rotate the organisation's key; return how many epoch keys were sealed under the new one."""
    raised = house.rotation.rotate_org(house.node.org)
    _say(house, "organisation", raised)
    return raised


def rotate_index(house: House) -> int:
    """Rotate the index keys; return how many recipients' rows were tagged anew."""
    done = house.vault.rotate_index(house.node.org, _why(house))
    sign_evidence(house)
    return done


def mend_vault(house: House) -> Mended:
    """Bring data and key store together after one of them was restored; finish what a crash left."""
    mended = house.vault.mend(house.node.org, _why(house))
    forget_labels(house, mended.parcels, purpose=Purpose.TEND_NODE)
    sign_evidence(house)
    return mended


def _why(house: House) -> Why:
    return Why(house.actor, Purpose.TEND_NODE)


def _say(house: House, ground: str, count: int) -> None:
    entry = Entry(Event.KEYS_ROTATED, house.actor, Purpose.TEND_NODE, house.clock.now_ms(), count=count, ground=ground)
    with house.data.work() as work:
        work.append(entry)
    sign_evidence(house)
