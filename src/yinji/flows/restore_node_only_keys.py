"""Restore the key store of a node whose data are in place: 1 read both files whole; 2 put them in place; 3 require that they are
this node's; 4 open the node and redo erasures that these keys do not know; 5 say so.
"""

from __future__ import annotations

from yinji.flows.restore_node import Ground
from yinji.flows.restore_node_keys import KeyFiles, place_keys, read_keys
from yinji.flows.rotate_keys import mend_vault
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import Purpose
from yinji.vault.erasing.mending import Mended


def restore_keys(ground: Ground, files: KeyFiles, *, recovery: bytes) -> tuple[int, Mended]:
    """Return how many sealed files were restored, and what data and keys did not agree on."""
    read = read_keys(files, recovery=recovery, now_ms=ground.clock.now_ms())  # 1
    count = place_keys(read, ground.keys)  # 2
    house = ground.open_house()  # 3: opening requires it
    try:
        mended = mend_vault(house)  # 4
        entry = Entry(Event.KEYS_RESTORED, house.actor, Purpose.TEND_NODE, house.clock.now_ms(), about=(read.ref,), count=count)
        with house.data.work() as work:  # 5
            work.append(entry)
        sign_evidence(house)
    finally:
        house.close()
    return count, mended
