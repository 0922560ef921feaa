"""Logs of others that this node witnesses: the witness's side of c2sp.org/tlog-witness.

To cosign is to say: at this time, this is the largest tree of that log that I saw, and it continues all that I saw before. So a
witness keeps what it saw, and never goes back: not in size, not in time, not to another history.
"""

from __future__ import annotations

from collections.abc import Sequence

from yinji.db import Database
from yinji.db.work import forbid_open_work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Fault
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.ledger import store
from yinji.ledger.batch import batch_root
from yinji.ledger.cosignatures import Watched, cosign
from yinji.ledger.notes import (
    COSIGNATURE,
    ED25519,
    Checkpoint,
    PublicKey,
    Unread,
    key_of,
    open_checkpoint,
    parted,
    read_checkpoint,
    read_key,
)
from yinji.ledger.ports import SignatureCheck, Signer
from yinji.ledger.proofs import consistency_holds
from yinji.ledger.requests import Growth, read_request


class Watch:
    """What this node, as a witness, keeps of each log, and how it cosigns."""

    def __init__(self, *, data: Database, signer: Signer | None, check: SignatureCheck, clock: Clock) -> None:
        """``signer`` is the node's witness key, another than that of its own checkpoints; without it nothing is cosigned."""
        self._data = data
        self._signer = signer
        self._check = check
        self._clock = clock

    @property
    def key(self) -> PublicKey:
        """The key that logs enter this node with as their witness; raises a Fault where there is none."""
        return key_of(self._own(), COSIGNATURE)

    def enter(self, text: str, origins: Sequence[str], *, actor: Actor) -> PublicKey | Refuse:
        """Enter the key, written in ``text``, of the logs with these origins; one whose key is entered keeps it.

        An origin that has another key already is refused: whoever could change a log's key could show another history.
        """
        try:
            key = read_key(text)
        except Unread:
            return Refuse(Refusal.REQUEST_MALFORMED)
        if key.kind != ED25519 or not origins:
            return Refuse(Refusal.REQUEST_MALFORMED, key.name)
        now = self._clock.now_ms()
        with self._data.work() as work:
            held = {each.origin: each.key for each in store.watched(work)}
            if other := next((origin for origin in origins if held.get(origin, key) != key), ""):
                return Refuse(Refusal.WITNESS_CONFLICT, other)
            for origin in dict.fromkeys(origins):
                if origin not in held:
                    root, ground = batch_root([f"{origin}\n{key.text()}".encode()]), key.key_id.hex()
                    entry = Entry(Event.LOG_ENTERED, actor, Purpose.TEND_NODE, now, root=root, ground=ground)
                    store.add_watched(work, Watched(origin, key), entry=entry)
        return key

    def logs(self) -> tuple[Watched, ...]:
        """Return the logs that this node witnesses, and what it saw of them last."""
        with self._data.reading() as reading:
            return store.watched(reading)

    def cosign(self, request: str, *, actor: Actor) -> str | Refuse:
        """Return the cosignature line for an add-checkpoint request, having kept what was seen.

        1 read; 2 the log is known, hold what was last seen of it; 3 examine; 4 keep, in the same transaction, so that of two
        requests at once only one is answered from one size; 5 sign. The line leaves only after 4 has committed.
        """
        forbid_open_work("watch.cosign")
        signer, now_s = self._own(), self._clock.now_ms() // 1_000
        try:
            growth = read_request(request)  # 1
            said = read_checkpoint(growth.note)
        except Unread:
            return Refuse(Refusal.REQUEST_MALFORMED)
        with self._data.work() as work:
            before = store.locked_watched(work, said.origin)  # 2
            if before is None:
                return Refuse(Refusal.LOG_UNKNOWN, said.origin)
            refused = self._examined(growth, said, before, now_s)  # 3
            if refused is not None:
                return refused
            after = Watched(before.origin, before.key, said.size, said.root, now_s)
            ground = before.key.key_id.hex()
            entry = Entry(
                Event.CHECKPOINT_COSIGNED,
                actor,
                Purpose.TEND_NODE,
                now_s * 1_000,
                count=said.size,
                root=said.root,
                ground=ground,
            )
            store.move_watched(work, before, after, entry=entry)  # 4
        return cosign(parted(growth.note)[0], signer, at_s=now_s)  # 5

    def _examined(self, growth: Growth, said: Checkpoint, before: Watched, now_s: int) -> Refuse | None:
        """Return why this is not cosigned: the log did not sign it; it is not from what was seen last; it forks; our clock."""
        try:
            open_checkpoint(growth.note, [before.key], self._check, origin=before.origin)
        except Unread:
            return Refuse(Refusal.REQUEST_MALFORMED, before.key.text())
        if growth.old > said.size:
            return Refuse(Refusal.REQUEST_MALFORMED, f"{growth.old} > {said.size}")
        if growth.old != before.size or not _continues(growth, said, before):
            return Refuse(Refusal.WITNESS_CONFLICT, str(before.size))
        return Refuse(Refusal.CLOCK_BACK, before.origin) if now_s < before.cosigned_s else None

    def _own(self) -> Signer:
        if self._signer is None:
            raise Fault(Refusal.KEYS_MISSING, "witness")
        return self._signer


def _continues(growth: Growth, said: Checkpoint, before: Watched) -> bool:
    if said.size == before.size:
        return not growth.path and said.root == before.root
    if before.size == 0:  # everything continues nothing
        return not growth.path
    return consistency_holds(old=before.size, old_root=before.root, size=said.size, root=said.root, path=growth.path)
