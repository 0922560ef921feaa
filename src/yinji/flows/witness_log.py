"""Have the logs witnessed, and witness those of others (c2sp.org/tlog-witness; the request is a file, or a body over HTTP).

At the log: 1 sign; 2 ask, from the size that this witness cosigned last. At the witness: 3 examine, keep, cosign. At the log:
4 keep the cosignature beside the checkpoint that it is of.
"""

from __future__ import annotations

from collections.abc import Sequence

from yinji.flows.house import House
from yinji.flows.read_evidence import database_of
from yinji.flows.sign_evidence import sign_evidence
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.ledger.cosignatures import Cosignature
from yinji.ledger.notes import COSIGNATURE, PublicKey, Unread, read_key


def enter_key(house: House, text: str, origins: Sequence[str]) -> PublicKey | Refuse:
    """Enter a key by what it signs as: a witness of our logs, or the key of logs that this node will witness.

    Without ``origins`` a log's key is entered for both logs of the node that bears its name.
    """
    try:
        key = read_key(text)
    except Unread:
        return Refuse(Refusal.REQUEST_MALFORMED)
    if key.kind == COSIGNATURE:
        return house.witnesses.enter(text, actor=house.actor)
    both = tuple(f"{key.name}/{database.log}" for database in (house.data, house.disclosures))
    return house.watch.enter(text, origins or both, actor=house.actor)


def ask_witness(house: House, log: str, name: str, *, old: int | None = None) -> str | Refuse:
    """Return the request to cosign a log as it stands."""
    sign_evidence(house)  # 1
    return house.witnesses.ask(database_of(house, log), name, old=old)  # 2


def cosign_request(house: House, request: str) -> str | Refuse:
    """Return this node's cosignature of another log's checkpoint."""
    return house.watch.cosign(request, actor=house.actor)  # 3


def keep_answer(house: House, answer: str) -> tuple[str, tuple[Cosignature, ...]] | Refuse:
    """Keep a witness's answer under the log that it is of; return the log's name and the cosignatures."""
    for database in (house.data, house.disclosures):
        kept = house.witnesses.keep(database, answer, actor=house.actor)  # 4
        if not isinstance(kept, Refuse):
            return database.log, kept
        if kept.code is not Refusal.COSIGNATURE_WRONG:
            return kept
    return Refuse(Refusal.COSIGNATURE_WRONG)
