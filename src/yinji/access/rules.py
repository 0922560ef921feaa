"""May this post, for this purpose, do this? Pure; default is refuse."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from yinji.access.model import Post
from yinji.kernel.actor import Actor
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.purpose import Deed, Purpose, View
from yinji.kernel.refusals import Refusal

VIEWS: Final[dict[Purpose, frozenset[View]]] = {
    Purpose.DELIVER: frozenset({View.MASKED, View.ADDRESS, View.NAME}),
    Purpose.CONTACT_RECIPIENT: frozenset({View.MASKED, View.PHONE}),
    Purpose.SOLVE_DELIVERY: frozenset({View.MASKED, View.NAME, View.PHONE, View.ADDRESS, View.ALL}),
    Purpose.RETURN_PARCEL: frozenset({View.MASKED, View.NAME, View.PHONE, View.ADDRESS, View.ALL}),
    Purpose.ANSWER_PERSON: frozenset(View),
    Purpose.AUTHORITY: frozenset(View),
}
"""What a purpose needs at most (PIPL article 6: the smallest scope). A purpose that is not here shows nothing."""

POSTS: Final[dict[Purpose, frozenset[Post]]] = {
    Purpose.DELIVER: frozenset({Post.COURIER, Post.OPERATIONS}),
    Purpose.CONTACT_RECIPIENT: frozenset({Post.COURIER, Post.OPERATIONS}),
    Purpose.SOLVE_DELIVERY: frozenset({Post.OPERATIONS}),
    Purpose.RETURN_PARCEL: frozenset({Post.OPERATIONS}),
    Purpose.ANSWER_PERSON: frozenset({Post.COMPLIANCE, Post.OPERATIONS}),
    Purpose.RETENTION: frozenset({Post.COMPLIANCE, Post.OPERATIONS}),
    Purpose.AUTHORITY: frozenset({Post.COMPLIANCE, Post.OPERATIONS}),
}
"""Who may claim a purpose. Proposals of ours, not law: an organisation's own policies come with the access issue."""

SEARCHES: Final = frozenset({Purpose.SOLVE_DELIVERY, Purpose.RETURN_PARCEL, Purpose.ANSWER_PERSON, Purpose.AUTHORITY})
"""Purposes for which a parcel may be looked for by its recipient's phone."""

ERASURES: Final = frozenset({Purpose.ANSWER_PERSON, Purpose.RETENTION})
"""Purposes for which a person may be erased: PIPL article 47, on request or when retention ends. No authority's inspection
is a reason to destroy what it inspects."""

COUNTED: Final = frozenset({Deed.REVEAL, Deed.FIND})
"""What counts against the day's quota. An erasure shows nobody, and a legal duty does not wait for tomorrow."""

CLOCK_TOLERANCE_MS: Final = 2 * 60 * 1_000
"""How far a clock may lie behind the newest permit: more than clocks of one node differ under NTP, less than a permit's use
to somebody who sets it back. A proposal of ours."""


def may_disclose(*, actor: Actor, purpose: Purpose, deed: Deed, view: View, used_today: int, daily_max: int) -> Decision:
    """Decide on one deed: post, purpose, view, and what is left of the day's quota."""
    refused = _beyond(actor.post, purpose, deed, view)
    if refused:
        return refused
    because = (f"post {actor.post}", f"purpose {purpose.value}", f"view {view.value}")
    if deed not in COUNTED:
        return Allow(because)
    if used_today >= daily_max:
        return Refuse(Refusal.QUOTA_SPENT, str(daily_max))
    return Allow((*because, f"{used_today} of {daily_max}"))


def clock_holds(*, now_ms: int, newest_ms: int) -> Decision:
    """Decide whether a clock may date a new permit after one made at ``newest_ms``: who sets it back gains nothing."""
    if now_ms < looks_from_ms(newest_ms=newest_ms):
        return Refuse(Refusal.CLOCK_BACK)
    return Allow(("clock",))


def looks_from_ms(*, newest_ms: int) -> int:
    """Return from when looks are declared after a permit that was made at ``newest_ms`` (milliseconds since 1970)."""
    return newest_ms - CLOCK_TOLERANCE_MS


def within_life(*, now_ms: int, made_ms: int, expires_ms: int) -> Decision:
    """Decide whether a permit is alive: from the moment it was made until its last millisecond."""
    if now_ms < made_ms:
        return Refuse(Refusal.CLOCK_BACK)
    if now_ms > expires_ms:
        return Refuse(Refusal.PERMIT_EXPIRED)
    return Allow(("within its life",))


@lru_cache(maxsize=1_024)  # a few posts and closed lists: a batch asks the same question again and again
def _beyond(post: str, purpose: Purpose, deed: Deed, view: View) -> Refuse | None:
    if post not in {known.value for known in POSTS.get(purpose, ())}:
        return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, f"{post}: {purpose.value}")
    if deed is Deed.ERASE:
        if purpose not in ERASURES:
            return Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{purpose.value}: {deed.value}")
        return None if view is View.MASKED else Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{deed.value}: {view.value}")
    if deed is Deed.FIND and purpose not in SEARCHES:
        return Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{purpose.value}: {deed.value}")
    if view not in VIEWS.get(purpose, frozenset()):
        return Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{purpose.value}: {view.value}")
    return None
