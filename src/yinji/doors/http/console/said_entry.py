"""Entries of the evidence as sentences: what was done, by whom, why, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from yinji.access.model import Post
from yinji.doors.http.console.home_words import POSTS
from yinji.doors.http.console.waybill_words import AGAIN, PURPOSES, VIEWS, VOIDS
from yinji.doors.http.look import Mark, Step
from yinji.kernel.events import SENTENCES, Event
from yinji.kernel.ids import Ref
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.ledger.model import Placed

LEDGER: Final = "/console/ledger"
_REFUSED: Final = frozenset({Event.REVEAL_REFUSED, Event.SIGN_IN_REFUSED, Event.EXEMPTION_REFUSED})
_INTENDED: Final = frozenset({Event.REVEAL_INTENDED, Event.FIND_INTENDED, Event.ERASURE_INTENDED})
_GROUNDS: Final[Mapping[Event, Mapping[str, Said]]] = {
    Event.WAYBILL_VOIDED: {each.value: said for each, said in VOIDS.items()},
    Event.LABELS_AGAIN: {each.value: said for each, said in AGAIN.items()},
    Event.ACCOUNT_OPENED: {each.value: said for each, said in POSTS.items()},
    Event.ACCOUNT_CLOSED: {each.value: said for each, said in POSTS.items()},
    Event.REVEAL_INTENDED: {each.value: said for each, said in VIEWS.items()},
}
"""Grounds that are members of a closed list, by their event. Others are codes, and shown as they stand."""

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
        by=_joined(Said(code, code), _post(entry.actor.post)) if code else _post(entry.actor.post),
        why=_joined(PURPOSES[entry.purpose], _ground(entry.event, entry.ground)) if entry.ground else PURPOSES[entry.purpose],
        entry=f"{log} {placed.seq}",
        href=f"{LEDGER}/{log}/{placed.seq}",
        mark=Mark.WRONG if entry.event in _REFUSED else Mark.UNDERWAY if entry.event in _INTENDED else Mark.DONE,
    )


def _post(post: str) -> Said:
    return POSTS[Post(post)] if post in set(Post) else Said(post, post)


def _ground(event: Event, ground: str) -> Said:
    if ground in Refusal.__members__:
        return WORDS[Refusal[ground]].reason
    return _GROUNDS.get(event, {}).get(ground, Said(ground, ground))


def _joined(first: Said, second: Said) -> Said:
    return Said(f"{first.zh} · {second.zh}", f"{first.en} · {second.en}")
