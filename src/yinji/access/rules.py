"""May this post, for this purpose, do this? Pure; default is refuse."""

from __future__ import annotations

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
    Purpose.AUTHORITY: frozenset({Post.COMPLIANCE, Post.OPERATIONS}),
}
"""Who may claim a purpose. Proposals of ours, not law: an organisation's own policies come with the access issue."""

SEARCHES: Final = frozenset({Purpose.SOLVE_DELIVERY, Purpose.RETURN_PARCEL, Purpose.ANSWER_PERSON, Purpose.AUTHORITY})
"""Purposes for which a parcel may be looked for by its recipient's phone."""


def may_disclose(*, actor: Actor, purpose: Purpose, deed: Deed, view: View, used_today: int, daily_max: int) -> Decision:
    """Decide on one disclosure: post, purpose, view, and what is left of the day's quota."""
    if actor.post not in {post.value for post in POSTS.get(purpose, ())}:
        return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, f"{actor.post}: {purpose.value}")
    if deed is Deed.FIND and purpose not in SEARCHES:
        return Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{purpose.value}: {deed.value}")
    if view not in VIEWS.get(purpose, frozenset()):
        return Refuse(Refusal.PURPOSE_NOT_ALLOWED, f"{purpose.value}: {view.value}")
    if used_today >= daily_max:
        return Refuse(Refusal.QUOTA_SPENT, str(daily_max))
    return Allow((f"post {actor.post}", f"purpose {purpose.value}", f"view {view.value}", f"{used_today} of {daily_max}"))
