"""Track a parcel, as anybody who shows that they are its recipient or its sender: 1 read what was given; 2 count the try, or refuse
it; 3 look the number up; 4 have the vault compare the proof; 5 say what came of it; 6 show where the parcel is, and no person.

Up to 5 the work is the same whether the number is nobody's, the proof wrong, the parcel voided or its recipient erased, and so is the
refusal. Who acts is the public: nobody is signed in for this, and an officer who is asks as anybody does.
"""

from __future__ import annotations

from dataclasses import dataclass

from yinji.access.queries.model import Closed, Counted, public_actor
from yinji.access.queries.rules import network_of
from yinji.flows.house import House
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Allow, Refuse
from yinji.kernel.ids import Ref, shard_of
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal
from yinji.vault.proving import PartyProof
from yinji.waybill.parcel.model import Seen, Way
from yinji.waybill.rules import read_number


@dataclass(frozen=True, slots=True)
class Tracked:
    """Where a parcel is: its number, how many articles, what follows from its scans, and the scans, oldest first."""

    number: str
    pieces: int
    specimen: bool
    way: Way
    scans: tuple[Seen, ...]


def asks_order(house: House) -> bool:
    """Tell whether this organisation asks for the order's number beside the digits (`track_proof`)."""
    return house.settings.track_proof == "phone_and_order"


def track_parcel(house: House, number: str, digits: Private, *, order: Private, address: str) -> Tracked | Closed | Refuse:
    """Return where a parcel is, or until when nothing is answered. ``address`` is the visitor's, which is not kept.

    Refuses NUMBER_MALFORMED and PROOF_MALFORMED for what cannot be meant, and QUERY_UNPROVEN for everything else.
    """
    read = read_number(number)  # 1
    if isinstance(read, Refuse):
        return read
    proof = PartyProof.read(digits, order if asks_order(house) else None)
    if isinstance(proof, Refuse):
        return proof
    begun = house.queries.begin({Counted.NUMBER: read, Counted.VISITOR: network_of(address)})  # 2
    if isinstance(begun, Closed):
        return begun
    org = house.node.org
    ref = house.register.sought(org, read)  # 3
    decided = house.vault.proves_party(org, ref, proof)  # 4
    right = isinstance(decided, Allow)
    house.queries.end(begun, right=right, about=ref, actor=_public(house))  # 5
    return _tracked(house, ref) if ref is not None and right else Refuse(Refusal.QUERY_UNPROVEN)  # 6


def tell_queries(house: House) -> int:
    """Tell the wrong proofs of each hour that is over, forget former days; return how many hours were told."""
    return house.queries.tend(actor=_public(house))


def _tracked(house: House, ref: Ref) -> Tracked | Refuse:
    org = house.node.org
    with house.data.reading() as reading:
        bill = house.register.waybills(reading, org=org, shard=shard_of(ref), refs=(ref,)).get(ref)
    if bill is None:
        return Refuse(Refusal.QUERY_UNPROVEN)
    way = house.parcels.ways(org, [ref])[ref]
    return Tracked(bill.number, bill.pieces, bill.specimen, way, tuple(house.parcels.history(org, ref)))


def _public(house: House) -> Actor:
    return public_actor(house.node.org, house.actor.where)
