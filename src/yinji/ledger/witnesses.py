"""Our witnesses: who they are, what we ask of them, what they answered. The log's side of c2sp.org/tlog-witness."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from yinji.db import Database, Work
from yinji.db.work import forbid_open_work
from yinji.kernel.actor import Actor
from yinji.kernel.clock import Clock
from yinji.kernel.decision import Refuse
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.purpose import Purpose
from yinji.kernel.refusals import Refusal
from yinji.ledger import store
from yinji.ledger.batch import batch_root
from yinji.ledger.cosignatures import Cosignature, read_cosignature
from yinji.ledger.notes import COSIGNATURE, KEY_ID_BYTES, PublicKey, Unread, parted, read_checkpoint, read_key, signature_parts
from yinji.ledger.ports import SignatureCheck
from yinji.ledger.requests import request_text
from yinji.ledger.service import Ledger

TRIED_MAX: Final = 10_000
"""Checkpoints, newest first, that an answer is compared with: it does not say its size. A signature check takes 0.1 ms."""

_DASH: Final = "— "


class Witnesses:
    """Those who cosign this node's checkpoints. They are kept with the data, their cosignatures beside each log's checkpoints."""

    def __init__(self, *, data: Database, ledger: Ledger, check: SignatureCheck, clock: Clock) -> None:
        """``check`` verifies Ed25519 signatures."""
        self._data = data
        self._ledger = ledger
        self._check = check
        self._clock = clock

    def enter(self, text: str, *, actor: Actor) -> PublicKey | Refuse:
        """Enter the witness whose key is written in ``text``; entering it again changes nothing."""
        try:
            key = read_key(text)
        except Unread:
            return Refuse(Refusal.REQUEST_MALFORMED)
        if key.kind != COSIGNATURE:
            return Refuse(Refusal.REQUEST_MALFORMED, key.name)
        now = self._clock.now_ms()
        with self._data.work() as work:
            if key not in store.witnesses(work):
                root = batch_root([key.text().encode()])
                entry = Entry(Event.WITNESS_ENTERED, actor, Purpose.TEND_NODE, now, root=root, ground=key.key_id.hex())
                store.add_witness(work, key, made_ms=now, entry=entry)
        return key

    def known(self) -> tuple[PublicKey, ...]:
        """Return the witnesses that were entered."""
        with self._data.reading() as reading:
            return store.witnesses(reading)

    def cosigned(self, database: Database, key: PublicKey) -> int:
        """Return the largest size of a log that a witness cosigned, as far as its answer was kept."""
        with database.reading() as reading:
            return store.cosigned_size(reading, key.raw)

    def ask(self, database: Database, name: str, *, old: int | None = None) -> str | Refuse:
        """Return the add-checkpoint request for the last checkpoint, from the size that the witness called ``name`` cosigned.

        ``old`` is what the witness says that it holds, where an answer of its was lost.
        """
        key = next((each for each in self.known() if each.name == name), None)
        if key is None:
            return Refuse(Refusal.WITNESS_UNKNOWN, name)
        growth = self._ledger.growth(database, self.cosigned(database, key) if old is None else old)
        return growth if isinstance(growth, Refuse) else request_text(growth)

    def keep(self, database: Database, answer: str, *, actor: Actor) -> tuple[Cosignature, ...] | Refuse:
        """Verify a witness's answer, signature lines or a whole note, and keep it beside the checkpoint that it is of.

        1 the lines of known witnesses, others are passed over; 2 the checkpoint that each signs; 3 keep, the first one of a
        witness for a checkpoint counts. Nothing is kept where one of them does not verify.
        """
        forbid_open_work("witnesses.keep")
        lines = [line for line in answer.split("\n") if line.startswith(_DASH)]
        known = self.known()
        try:
            mine = [line for line in lines if _of(line, known)]  # 1
        except Unread:
            return Refuse(Refusal.REQUEST_MALFORMED)
        if not mine:
            return Refuse(Refusal.WITNESS_UNKNOWN if lines else Refusal.REQUEST_MALFORMED)
        with database.work() as work:
            noted = store.newest_checkpoints(work, limit=TRIED_MAX)
            held = [self._held(line, noted, known) for line in mine]  # 2
            if None in held:
                return Refuse(Refusal.COSIGNATURE_WRONG)
            for found in held:
                if found is not None:
                    self._keep(work, *found, actor=actor)  # 3
        return tuple(found[2] for found in held if found is not None)

    def _held(
        self, line: str, noted: Sequence[tuple[int, str]], known: Sequence[PublicKey]
    ) -> tuple[int, bytes, Cosignature] | None:
        for size, note in noted:
            try:
                found = read_cosignature(line, parted(note)[0], known, self._check)
            except Unread:
                continue
            return None if found is None else (size, read_checkpoint(note).root, found)
        return None

    def _keep(self, work: Work, size: int, root: bytes, found: Cosignature, *, actor: Actor) -> None:
        kept = {(at, key) for at, key, _ in store.cosignatures(work)}
        if (size, found.key.raw) not in kept:
            ground, now = found.key.key_id.hex(), self._clock.now_ms()
            entry = Entry(Event.COSIGNATURE_KEPT, actor, Purpose.TEND_NODE, now, count=size, root=root, ground=ground)
            store.add_cosignature(work, size, found.key.raw, found.line, entry=entry)


def _of(line: str, known: Sequence[PublicKey]) -> bool:
    name, signed = signature_parts(line)
    return any((key.name, key.key_id) == (name, signed[:KEY_ID_BYTES]) for key in known)
