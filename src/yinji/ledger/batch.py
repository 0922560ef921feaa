"""A batch in one entry: count and root over its items, and the two steps from an item to the log's root."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Final

from yinji.kernel.faults import Misuse
from yinji.ledger.entries import decode
from yinji.ledger.model import Proof
from yinji.ledger.notes import coded
from yinji.ledger.proofs import inclusion_holds, inclusion_path, nodes_over
from yinji.ledger.tree import leaf_hash, leaf_hashes, root_of

PROOF_MARK: Final = "c2sp.org/tlog-proof@v1"
ITEM_MARK: Final = "yinji/item-proof@v1"


def batch_root(items: Sequence[bytes]) -> bytes:
    """Return the Merkle root over a batch's items, for the batch's entry.

    ``items`` are the caller's canonical bytes, in the batch's order. Each must hold something random (a reference), or its
    hash could be guessed back into what it says.
    """
    if not items:
        raise Misuse("a batch without items states no root")
    return root_of(leaf_hashes(items))


def item_path(items: Sequence[bytes], index: int) -> tuple[bytes, ...]:
    """Return the audit path of one item up to the batch's root."""
    return inclusion_path(index, len(items), nodes_over(leaf_hashes(items)))


def item_holds(item: bytes, index: int, path: Sequence[bytes], *, count: int, root: bytes) -> bool:
    """Return whether ``item`` stands at ``index`` of the batch whose entry states ``count`` and ``root``."""
    return inclusion_holds(leaf=leaf_hash(item), seq=index, size=count, path=path, root=root)


def proof_text(proof: Proof) -> str:
    """Return a C2SP tlog-proof: the entry's bytes as extra data, its place and path, and the signed checkpoint.

    Raises Misuse where no checkpoint covers the entry: what nobody signed proves nothing to others.
    """
    if not proof.note:
        raise Misuse(f"entry {proof.seq} is under no checkpoint yet")
    lines = [PROOF_MARK, f"extra {coded(proof.body)}", f"index {proof.seq}", *map(coded, proof.path)]
    return "\n".join(lines) + "\n\n" + proof.note


def belongs(proof: Proof, items: Sequence[bytes]) -> bool:
    """Return whether ``items`` are the whole batch, in its order, that the proved entry states."""
    entry = decode(proof.body).entry
    return entry.count == len(items) and entry.root == batch_root(items)


def item_proof_text(proof: Proof, items: Sequence[bytes], index: int) -> str:
    """Return, as JSON, both steps of one item's proof: item to batch root, batch entry to signed log root.

    ``proof`` is that of the batch's entry, ``items`` the whole batch in order; raises Misuse where they do not belong
    together.
    """
    if not belongs(proof, items):
        raise Misuse(f"these items are not the batch of entry {proof.seq}")
    steps = {
        "format": ITEM_MARK,
        "item": coded(items[index]),
        "index": index,
        "path": [coded(step) for step in item_path(items, index)],
        "proof": proof_text(proof),
    }
    return json.dumps(steps, ensure_ascii=False, indent=1) + "\n"
