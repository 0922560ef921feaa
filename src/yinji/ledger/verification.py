"""Verifying a stored log against everything that anybody signed of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from yinji.db import Reading
from yinji.ledger import store
from yinji.ledger.audit import Mark, Walk
from yinji.ledger.cosignatures import NO_POLICY, Cosignature, Policy, cosignatures, distinct, read_cosignature
from yinji.ledger.model import Broken, Finding, Report
from yinji.ledger.notes import PublicKey, Unread, open_checkpoint, parted, read_checkpoint
from yinji.ledger.ports import SignatureCheck
from yinji.ledger.times import Times
from yinji.ledger.tree import Frontier


@dataclass(frozen=True, slots=True)
class Against:
    """What a log is compared with: whose it is, whose signatures count, a note kept elsewhere.

    ``witnesses`` are those this node has entered; None where they are not known here, and then their lines are passed over.
    """

    origin: str
    keys: Sequence[PublicKey]
    check: SignatureCheck
    kept: str | None = None
    witnesses: tuple[PublicKey, ...] | None = None
    policy: Policy = NO_POLICY


@dataclass(slots=True)
class _Signed:
    """What the notes of a log say, once they have been opened."""

    marks: list[Mark] = field(default_factory=list)
    cosigned_s: dict[int, int] = field(default_factory=dict)
    cosignatures: int = 0
    by_size: dict[int, list[Cosignature]] = field(default_factory=dict)
    witnessed_until: int = 0
    findings: list[Finding] = field(default_factory=list)

    def wrong(self, size: int, kind: Broken = Broken.UNSIGNED) -> None:
        """Note a checkpoint that cannot be relied on, by the last entry that it speaks of."""
        found = Finding(kind, at := max(size - 1, 0), at)
        self.findings += [] if found in self.findings else [found]

    def seen(self, size: int, cosignature: Cosignature) -> None:
        """Note when a witness had seen the log at this size; the earliest counts."""
        self.cosignatures += 1
        self.by_size.setdefault(size, []).append(cosignature)
        self.cosigned_s[size] = min(cosignature.at_s, self.cosigned_s.get(size, cosignature.at_s))


def verify_log(reading: Reading, against: Against) -> Report:
    """Read every entry again and compare: bodies, tiles, head, every checkpoint and cosignature, and one note kept elsewhere.

    Checkpoints are read before the head, so that a log that grows meanwhile is not called broken.
    """
    signed = _opened(reading, against)
    head = store.head(reading)
    times = Times(signed.cosigned_s)
    walk = Walk(reading, sorted(signed.marks), head, times)
    walk.run()
    findings = [*signed.findings, *_beyond(reading, signed.marks, head), *([walk.finding] if walk.finding else [])]
    waiting = store.pending_count(reading)
    pending = [Finding(Broken.PENDING_LEFT, head.size, head.size + waiting - 1)] if waiting else []
    inline = reading.dialect == "sqlite"  # there every entry is placed in its own transaction: none ever waits
    findings += pending if inline else []
    return Report(
        log=reading.log,
        size=head.size,
        root=head.root(),
        findings=tuple(sorted(findings, key=lambda finding: finding.first)),
        warnings=(*times.warnings, *([] if inline else pending)),
        checkpoints=len(signed.marks),
        good_until=walk.good_until,
        steps=times.steps,
        cosignatures=signed.cosignatures,
        witnessed_until=signed.witnessed_until,
    )


def _opened(reading: Reading, against: Against) -> _Signed:
    """Open 1 every stored checkpoint; 2 every stored cosignature; 3 the note kept elsewhere; 4 count against the policy."""
    signed = _Signed()
    stored = dict(reversed(store.newest_checkpoints(reading)))
    for size, note in stored.items():
        if _mark(signed, against, note) != size:  # 1
            signed.wrong(size)
    if against.witnesses is not None:
        for size, key, line in store.cosignatures(reading):  # 2
            held = _held(line, stored.get(size, ""), (*against.witnesses, *against.policy.witnesses), against.check)
            if held is None or held.key.raw != key:
                signed.wrong(size)
            else:
                signed.seen(size, held)
    if against.kept is not None and _mark(signed, against, against.kept) is None:  # 3
        signed.wrong(_size_said(against.kept))
    if against.policy.quorum:
        _count(signed, against, max(stored, default=0))  # 4
    return signed


def _mark(signed: _Signed, against: Against, note: str) -> int | None:
    """Keep what a note of this log says, if its signature holds; return its size."""
    try:
        found = open_checkpoint(note, against.keys, against.check, origin=against.origin)
        for each in cosignatures(note, against.policy.witnesses, against.check):
            signed.seen(found.size, each)
    except Unread:
        return None
    signed.marks.append(Mark(found.size, found.root))
    return found.size


def _held(line: str, note: str, witnesses: Sequence[PublicKey], check: SignatureCheck) -> Cosignature | None:
    try:
        return read_cosignature(line.removesuffix("\n"), parted(note)[0], witnesses, check)
    except Unread:
        return None


def _count(signed: _Signed, against: Against, last: int) -> None:
    """Say where the quorum is missed: under the note kept elsewhere or, without one, under every stored checkpoint."""
    trusted = {key.raw for key in against.policy.witnesses}
    enough = [
        size
        for size, found in signed.by_size.items()
        if len({each.key.raw for each in found} & trusted) >= against.policy.quorum
    ]
    wanted = last if against.kept is None else _size_said(against.kept)
    if against.kept is None and enough:
        signed.witnessed_until = max(enough)
    elif against.kept is not None and _distinct(against) >= against.policy.quorum:
        signed.witnessed_until = wanted
    else:
        signed.wrong(wanted, Broken.UNWITNESSED)


def _distinct(against: Against) -> int:
    try:
        return distinct(cosignatures(against.kept or "", against.policy.witnesses, against.check))
    except Unread:
        return 0


def _beyond(reading: Reading, marks: Sequence[Mark], head: Frontier) -> list[Finding]:
    """Return what lies outside the log: signed sizes that it no longer reaches, entries after its head."""
    found = []
    if (furthest := max((mark.size for mark in marks), default=0)) > head.size:
        found.append(Finding(Broken.TRUNCATED, head.size, furthest - 1))
    if (stray := store.first_beyond_head(reading)) is not None:
        found.append(Finding(Broken.INSERTED, stray, stray))
    return found


def _size_said(note: str) -> int:
    """Return the size that a note speaks of, whoever signed it, for naming its place; 0 where it says nothing."""
    try:
        return read_checkpoint(note).size
    except Unread:
        return 0
