"""The verbs of the evidence room."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path
from typing import Final

from yinji.db import Database, Work
from yinji.db.work import forbid_open_work
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.ids import RandomBytes, Ref, mint_refs
from yinji.kernel.refusals import Refusal
from yinji.ledger import entries as canonical
from yinji.ledger import store
from yinji.ledger.cosignatures import NO_POLICY, Policy
from yinji.ledger.export import export_log
from yinji.ledger.model import Head, Placed, Proof, Recorded, Report
from yinji.ledger.notes import Checkpoint, PublicKey, Unread, key_of, read_checkpoint, sign_checkpoint, sign_text
from yinji.ledger.ports import SignatureCheck, Signer
from yinji.ledger.proofs import consistency_path, inclusion_path
from yinji.ledger.requests import Growth
from yinji.ledger.stored import StoredNodes
from yinji.ledger.tree import Frontier, leaf_hashes
from yinji.ledger.verification import Against, verify_log

SEQUENCE_AT_ONCE: Final = 5_000
"""How many waiting entries get their place in one transaction: some 50 ms of holding the head."""


class Ledger:
    """The evidence logs of a node. Connect it with `Database.connect_evidence`; it is the `EntrySink`."""

    def __init__(
        self,
        signer: Signer | None,
        origin: str,
        *,
        check: SignatureCheck | None = None,
        former_keys: Sequence[PublicKey] = (),
        random: RandomBytes = os.urandom,
    ) -> None:
        """``origin`` names the node; each log's checkpoints begin with ``origin/log``.

        Without a ``signer`` nothing is signed, all else works. ``check`` verifies signatures; without it those of the
        signer's own key are compared with signing again, as Ed25519 gives one signature for one text (RFC 8032, 5.1.6).
        ``former_keys`` are those that older checkpoints were signed with.
        """
        self._signer = signer
        self._origin = origin
        self._check = check or self._signs_again
        self._keys = (*((key_of(signer),) if signer else ()), *former_keys)
        self._random = random

    def write(self, work: Work, entries: Sequence[Entry]) -> None:
        """Write ``entries`` in the transaction of the work that brings them. Raises, and so undoes the work, if it cannot.

        1 give each its reference; 2 put it into canonical form; 3 on SQLite, where one writer holds the file, give it its
        place at once; elsewhere keep it pending until `sequence`.
        """
        refs = self._refs(entries)  # 1
        bodies = [canonical.encode(Recorded(*each)) for each in zip(refs, entries, strict=True)]  # 2
        if work.dialect == "sqlite":  # 3
            _place(work, store.locked_head(work), bodies)
        else:
            store.add_pending(work, bodies)

    def _refs(self, entries: Sequence[Entry]) -> Iterator[Ref]:
        """Yield a fresh reference for each entry: a batch's entries are of one moment and shard, and minted together."""
        for (shard, at_ms), some in groupby(entries, key=lambda entry: (entry.shard, entry.at_ms)):
            yield from mint_refs(len(tuple(some)), shard=shard, at_ms=at_ms, random=self._random)

    def sequence(self, database: Database, *, limit: int = SEQUENCE_AT_ONCE) -> int:
        """Give up to ``limit`` waiting entries their place, in a transaction of its own; return how many.

        Safe to run twice at once: the head's row is locked first. What commits late is still waiting next time, because
        an entry leaves the pending table only with its place.
        """
        forbid_open_work("sequence")
        with database.work() as work:
            frontier = store.locked_head(work)
            bodies = store.take_pending(work, limit=limit)
            _place(work, frontier, bodies)
        return len(bodies)

    def head(self, database: Database) -> Head:
        """Return the log as it stands."""
        with database.reading() as reading:
            frontier = store.head(reading)
        return Head(database.log, frontier.size, frontier.root())

    def entries(self, database: Database, since: int = 0, limit: int = 100) -> list[Placed]:
        """Return up to ``limit`` entries from place ``since`` on, for showing; raises a Fault where one cannot be read."""
        with database.reading() as reading:
            rows = store.entries(reading, since, limit)
        try:
            return [Placed(seq, canonical.decode(body)) for seq, body, _ in rows]
        except canonical.Misshapen:
            raise Fault(Refusal.EVIDENCE_BROKEN, database.log) from None

    def checkpoint(self, database: Database) -> str:
        """Sign the head, keep the note, return it; a head that is signed already gives its note again.

        1 lock the head; 2 the last checkpoint must still be the beginning of this log, or a Fault: nothing is ever signed
        that forks from what was signed; 3 sign; 4 keep.
        """
        forbid_open_work("checkpoint")
        if self._signer is None:
            raise Fault(Refusal.KEYS_MISSING, "checkpoint")
        with database.work() as work:
            frontier = store.locked_head(work)  # 1
            stored = StoredNodes(work)
            if (last := store.last_checkpoint(work)) is not None:  # 2
                self._require_beginning(work, last, frontier.size)
                if last[0] == frontier.size:
                    return last[1]
            if stored.root(frontier.size) != frontier.root():
                raise Fault(Refusal.EVIDENCE_BROKEN, f"{work.log} head")
            note = sign_checkpoint(Checkpoint(self.origin_of(work.log), frontier.size, frontier.root()), self._signer)  # 3
            store.add_checkpoint(work, frontier.size, note)  # 4
        return note

    def verify(
        self,
        database: Database,
        kept: str | None = None,
        *,
        witnesses: Sequence[PublicKey] | None = None,
        policy: Policy = NO_POLICY,
    ) -> Report:
        """Read every entry again from storage and compare with every checkpoint, and with one ``kept`` elsewhere.

        ``witnesses`` are those entered here: their stored cosignatures must hold. ``policy`` asks for a quorum under the note
        kept elsewhere; without one, under any checkpoint: the report says up to where.
        """
        known = None if witnesses is None else tuple(witnesses)
        with database.reading() as reading:
            against = Against(self.origin_of(database.log), self._keys, self._check, kept, known, policy)
            return verify_log(reading, against)

    def prove(self, database: Database, seq: int) -> Proof | Refuse:
        """Return the proof of one entry under a checkpoint, or, where none covers it yet, under the head.

        The largest checkpoint that a witness cosigned is preferred; without one, it is the largest.
        """
        with database.reading() as reading:
            size, note = store.witnessed_checkpoint(reading, over=seq) or store.last_checkpoint(reading) or (0, "")
            if seq >= size:
                size, note = store.head(reading).size, ""
            rows = store.entries(reading, seq, 1) if 0 <= seq < size else []
            if not rows:
                return Refuse(Refusal.ENTRY_UNKNOWN, str(seq))
            stored = StoredNodes(reading)
            path = inclusion_path(seq, size, stored)
            root = stored.root(size)
        return Proof(seq=seq, size=size, root=root, path=path, body=rows[0][1], note=note)

    def growth(self, database: Database, old: int) -> Growth | Refuse:
        """Return the proof that the first ``old`` entries begin the tree of the last checkpoint."""
        with database.reading() as reading:
            last = store.last_checkpoint(reading)
            if last is None:
                return Refuse(Refusal.ENTRY_UNSIGNED, database.log)
            size, note = last
            if not 0 <= old <= size:
                return Refuse(Refusal.ENTRY_UNKNOWN, f"{database.log} {old}")
            path = consistency_path(old, size, StoredNodes(reading)) if old else ()
        return Growth(old, path, note)

    def latest(self, database: Database) -> str | None:
        """Return the last checkpoint that was signed, as it was signed; None where there is none."""
        with database.reading() as reading:
            found = store.last_checkpoint(reading)
        return None if found is None else found[1]

    def witnessed(self, database: Database) -> str | None:
        """Return the largest checkpoint that a witness cosigned, cosignatures under it; None where there is none."""
        with database.reading() as reading:
            found = store.witnessed_checkpoint(reading, over=-1)
        return None if found is None else found[1]

    def export(self, database: Database, folder: Path, note: str | None = None) -> str:
        """Write all that a checkpoint covers below ``folder``, as C2SP tlog-tiles; return the checkpoint, signed now unless given."""
        note = note or self.checkpoint(database)
        size = read_checkpoint(note).size
        with database.reading() as reading:
            export_log(reading, folder, size=size, note=note, key=self._keys[0].text())
        return note

    def sign_statement(self, text: str) -> str:
        """Return a note over a text that is no checkpoint; raises Misuse where its first line is a log of this node's."""
        if self._signer is None:
            raise Fault(Refusal.KEYS_MISSING, "checkpoint")
        if text.startswith(self._origin):
            raise Misuse("a statement never looks like a checkpoint")
        return sign_text(text, self._signer)

    def origin_of(self, log: str) -> str:
        """Return the first line of a log's checkpoints."""
        return f"{self._origin}/{log}"

    @property
    def key(self) -> PublicKey:
        """The key that this node's checkpoints are signed with; raises a Fault where it signs none."""
        if self._signer is None:
            raise Fault(Refusal.KEYS_MISSING, "checkpoint")
        return key_of(self._signer)

    def _require_beginning(self, work: Work, last: tuple[int, str], size: int) -> None:
        try:
            kept = read_checkpoint(last[1])
        except Unread:
            raise Fault(Refusal.EVIDENCE_BROKEN, f"{work.log} checkpoint {last[0]}") from None
        if kept.size != last[0] or kept.size > size or StoredNodes(work).root(kept.size) != kept.root:
            raise Fault(Refusal.EVIDENCE_BROKEN, f"{work.log} checkpoint {last[0]}")

    def _signs_again(self, public: bytes, signature: bytes, message: bytes) -> bool:
        return self._signer is not None and public == self._signer.public_key and self._signer.sign(message) == signature


def _place(work: Work, frontier: Frontier, bodies: Sequence[bytes]) -> None:
    """Append ``bodies`` to the log whose head is locked: the one path by which an entry gets its place."""
    if not bodies:
        return
    before = frontier.size
    leaves = leaf_hashes(bodies)
    nodes = frontier.extend(leaves)
    store.place(work, before, frontier, list(zip(bodies, leaves, strict=True)), nodes)
