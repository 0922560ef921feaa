"""Certify an erasure: 1 find its sentence in the evidence; 2 prove it under a signed checkpoint, as a receipt a person can keep."""

from __future__ import annotations

from yinji.flows.house import House
from yinji.flows.prove_entry import prove_entry, seq_of
from yinji.kernel.decision import Refuse
from yinji.kernel.events import Event
from yinji.kernel.refusals import Refusal
from yinji.vault.model import Erased


def certify_erasure(house: House, erased: Erased) -> str | Refuse:
    """Return the certificate of an erasure; whoever has the node's public key can check it offline."""
    seq = seq_of(house, Event.PERSON_ERASED, erased.ref, at_ms=erased.erased_ms)  # 1
    if seq is None:
        return Refuse(Refusal.ENTRY_UNKNOWN)
    proved = prove_entry(house, house.data.log, seq, sign=True)  # 2
    return proved if isinstance(proved, Refuse) else proved.receipt()
