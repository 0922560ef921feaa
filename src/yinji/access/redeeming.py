"""T2 of a disclosure, inside the caller's unit of work: what was declared is done once, and how it ended is said.

1 the stored intent is this permit, alive and unused; 2 claim those that hold: one statement proves the single use; 3 act;
4 outcome and sentence of each that was claimed, one sentence for many that were refused.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Final

from yinji.access import rules, store
from yinji.access.model import PermitState
from yinji.access.sentences import DONE, ENDED
from yinji.db.work import Work
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Allow, Refuse, as_refusal
from yinji.kernel.entry import Entry
from yinji.kernel.events import Event
from yinji.kernel.faults import Misuse
from yinji.kernel.ids import REF_BYTES, Ref
from yinji.kernel.permit import Permit
from yinji.kernel.purpose import Deed, Purpose
from yinji.kernel.refusals import Refusal

ActAll = Callable[[Sequence[int]], Sequence[Refuse | None]]
"""What the vault does under permits: told the places of those that hold, it returns for each, in that order, the refusal it
ended with, or None where it was done."""

REFS_SAID_MAX: Final = 32
"""References that one sentence about many refused permits names: some 500 bytes. The others it counts."""

SENTENCES_MAX: Final = 64
"""Sentences about refused permits in one batch. Who shows a million false permits under a million names fills no disk."""

SEVERAL: Final = "several"
"""Post and place of the sentence that covers whoever is left."""

_NOBODY: Final = Ref(bytes(REF_BYTES))


Key = tuple[Ref, Ref]
"""Organisation and reference: how a permit is found."""


def redeem_all(
    work: Work, permits: Sequence[Permit], act: ActAll, *, deed: Deed, now_ms: int, closed: Collection[Ref] = ()
) -> list[Refuse | None]:
    """Return how each permit ended, in order. Raises what ``act`` raises: then the caller's work must not commit.

    ``closed`` are accounts that were closed since they declared: their permits are worth nothing.
    """
    ends = _examine(work, permits, deed, now_ms)  # 1
    for at, permit in enumerate(permits):
        if permit.actor.account in closed:
            ends[at] = ends[at] or Refuse(Refusal.ACCOUNT_CLOSED)
    places: dict[Key, int] = {}
    for at, permit in enumerate(permits):
        if ends[at] is None and places.setdefault(_key(permit), at) != at:
            ends[at] = Refuse(Refusal.PERMIT_USED)  # the same permit a second time in this batch

    def acted(moved: Sequence[Key]) -> Iterable[tuple[Key, str, Entry]]:
        held = sorted(places[key] for key in moved)
        ended = act(held) if held else ()  # 3
        if len(ended) != len(held):
            raise Misuse("an act tells of each permit how it ended")
        for at, refused in zip(held, ended, strict=True):
            ends[at] = refused
            ground = refused.code.name if refused else DONE[deed]
            yield _key(permits[at]), ground, _ended(permits[at], ground, now_ms)  # 4

    claimed = store.use_permits(work, list(places), reached=DONE[deed], entry=acted)  # 2
    for key in places.keys() - claimed:
        ends[places[key]] = Refuse(Refusal.PERMIT_USED)  # another use came between
    done = {places[key] for key in claimed}
    for said in _refusals(
        [(permit, end) for at, (permit, end) in enumerate(zip(permits, ends, strict=True)) if at not in done], now_ms
    ):
        work.append(said)
    return ends


def _examine(work: Work, permits: Sequence[Permit], deed: Deed, now_ms: int) -> list[Refuse | None]:
    stored = store.stored_permits(work, [_key(permit) for permit in permits if permit.deed is deed])
    return [
        _unfit(permit, stored.get(_key(permit)), now_ms) if permit.deed is deed else Refuse(Refusal.PERMIT_MISMATCH)
        for permit in permits
    ]


def _unfit(permit: Permit, stored: store.Stored | None, now_ms: int) -> Refuse | None:
    if stored is None:
        return Refuse(Refusal.PERMIT_UNKNOWN)
    state, made_ms, said = stored
    if said != store.shown(permit):
        return Refuse(Refusal.PERMIT_MISMATCH)
    if state != PermitState.INTENDED:
        return Refuse(Refusal.PERMIT_USED)
    decision = rules.within_life(now_ms=now_ms, made_ms=made_ms, expires_ms=permit.expires_ms)
    return None if isinstance(decision, Allow) else as_refusal(decision)


def _key(permit: Permit) -> Key:
    return permit.actor.org, permit.ref


def _ended(permit: Permit, ground: str, now_ms: int) -> Entry:
    return Entry(ENDED[permit.deed], permit.actor, permit.purpose, now_ms, about=(permit.ref,), ground=ground)


def _refusals(refused: Sequence[tuple[Permit, Refuse | None]], now_ms: int) -> list[Entry]:
    """Return one sentence for each actor, purpose and refusal, with its count; what is beyond the bound shares one a refusal."""
    said: dict[tuple[Actor, Purpose, str], list[Ref]] = {}
    for permit, end in refused:
        if end is not None:
            named = (permit.actor, permit.purpose, end.code.name)
            if named not in said and len(said) >= SENTENCES_MAX:
                named = (Actor(_NOBODY, _NOBODY, SEVERAL, SEVERAL), Purpose.TEND_NODE, end.code.name)
            said.setdefault(named, []).append(permit.ref)
    return [
        Entry(
            Event.REVEAL_REFUSED,
            actor,
            purpose,
            now_ms,
            about=tuple(dict.fromkeys(refs))[:REFS_SAID_MAX],
            count=len(refs),
            ground=code,
        )
        for (actor, purpose, code), refs in said.items()
    ]
