"""Entries of the evidence as sentences: what was done, by whom, why, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yinji.doors.http.console.waybill_words import PURPOSES
from yinji.doors.http.look import Mark, Step
from yinji.kernel.events import SENTENCES, Event
from yinji.kernel.ids import Ref
from yinji.kernel.said import Said
from yinji.ledger.model import Placed

LEDGER: Final = "/console/ledger"
_REFUSED: Final = frozenset({Event.REVEAL_REFUSED, Event.SIGN_IN_REFUSED, Event.EXEMPTION_REFUSED})
_INTENDED: Final = frozenset({Event.REVEAL_INTENDED, Event.FIND_INTENDED, Event.ERASURE_INTENDED})
_COUNTED: Final = Said("{what}（{count} 项）", "{what} ({count})")


def step_of(log: str, placed: Placed, codes: Mapping[Ref, str]) -> Step:
    """Return an entry as a sentence. ``codes`` are the accounts of this node; another's is told by its post alone."""
    entry = placed.recorded.entry
    what = SENTENCES[entry.event]
    if entry.count != 1:
        what = Said(*(form.format(what=text, count=entry.count) for form, text in zip(_COUNTED, what, strict=True)))
    code = codes.get(entry.actor.account, "")
    return Step(
        at_ms=entry.at_ms,
        text=what,
        by=f"{code} · {entry.actor.post}" if code else entry.actor.post,
        why=_why(PURPOSES[entry.purpose], entry.ground),
        entry=f"{log} {placed.seq}",
        href=f"{LEDGER}/{log}/{placed.seq}",
        mark=Mark.WRONG if entry.event in _REFUSED else Mark.UNDERWAY if entry.event in _INTENDED else Mark.DONE,
    )


def _why(purpose: Said, ground: str) -> Said:
    return purpose if not ground else Said(f"{purpose.zh} · {ground}", f"{purpose.en} · {ground}")
