"""Evidence: what was done, by whom, when, where and why, in logs that nobody can change unseen.

Holds: entries in canonical form, the Merkle tree over them (RFC 6962), checkpoints (C2SP signed notes),
cosignatures of witnesses and what this node saw of the logs that it witnesses, proofs, receipts, export.
Promises: from each checkpoint on, what was appended cannot be changed, dropped or reordered without the verifier naming
the place. An entry gets its place once, in an order that no late commit can fall out of. No entry, no act.
Never: holds a value about a person; forgets an entry that was committed; signs a head that forks from what it signed; as a
witness, goes back in size, in time, or to another history.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.lazily import lazily

if TYPE_CHECKING:
    from yinji.ledger.batch import batch_root, item_path
    from yinji.ledger.cosignatures import Cosignature, Policy, Watched
    from yinji.ledger.model import Broken, Finding, Head, Placed, Proof, Recorded, Report
    from yinji.ledger.notes import PublicKey
    from yinji.ledger.ports import SignatureCheck, Signer
    from yinji.ledger.service import Ledger
    from yinji.ledger.watch import Watch
    from yinji.ledger.witnesses import Witnesses

__all__ = [
    "Broken",
    "Cosignature",
    "Finding",
    "Head",
    "Ledger",
    "Placed",
    "Policy",
    "Proof",
    "PublicKey",
    "Recorded",
    "Report",
    "SignatureCheck",
    "Signer",
    "Watch",
    "Watched",
    "Witnesses",
    "batch_root",
    "item_path",
]

_WHERE = {
    "Broken": "model",
    "Cosignature": "cosignatures",
    "Finding": "model",
    "Head": "model",
    "Ledger": "service",
    "Placed": "model",
    "Policy": "cosignatures",
    "Proof": "model",
    "PublicKey": "notes",
    "Recorded": "model",
    "Report": "model",
    "SignatureCheck": "ports",
    "Signer": "ports",
    "Watch": "watch",
    "Watched": "cosignatures",
    "Witnesses": "witnesses",
    "batch_root": "batch",
    "item_path": "batch",
}

__getattr__ = lazily(__name__, _WHERE)
