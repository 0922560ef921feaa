"""Codes of accounts, who may open them, and how many wrong secrets there may be. Pure."""

from __future__ import annotations

import re
from typing import Final

from yinji.access.accounts.model import Tries
from yinji.access.model import Post
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal

WRONG_MAX: Final = 10
"""Wrong secrets within `WINDOW_MS` after which an account is locked for as long. A proposal of ours; 128 bits need no less."""

WINDOW_MS: Final = 15 * 60 * 1_000

_CODE: Final = re.compile(r"[a-z][a-z0-9._-]{1,31}", re.ASCII)
_LONG_NUMBER: Final = re.compile(r"[0-9]{7}", re.ASCII)
"""Seven digits in a row may be somebody's phone."""


def is_account(code: str) -> bool:
    """Tell whether ``code`` can be an account's: it stands in lists and is typed; it names a post, nobody's phone."""
    return _CODE.fullmatch(code) is not None and _LONG_NUMBER.search(code) is None


def may_open(*, by: str, post: Post, led: bool) -> Decision:
    """Decide whether an account at the post ``by`` may open one at ``post``; ``led`` tells that a compliance account is open.

    Compliance opens every account. Operations opens the others, and compliance's only while there is none: afterwards whoever
    runs the node cannot make itself a second person unseen.
    """
    if by == Post.COMPLIANCE or (by == Post.OPERATIONS and (post is not Post.COMPLIANCE or not led)):
        return Allow((f"post {by}",))
    return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, f"{by}: {post.value}")


def may_close(*, by: str) -> Decision:
    """Decide whether an account at the post ``by`` may close one: access must end even when an officer has left unannounced."""
    if by in {Post.COMPLIANCE, Post.OPERATIONS}:
        return Allow((f"post {by}",))
    return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, by)


def one_more_try(tries: Tries, *, now_ms: int) -> Tries | Refuse:
    """Return the count with one more try, taken before the secret is compared; refuses while the account is locked.

    The last try begins the lock. A clock set back ends none.
    """
    if now_ms - tries.since_ms >= WINDOW_MS:
        tries = Tries(now_ms, 0)
    if tries.wrong >= WRONG_MAX:
        return Refuse(Refusal.SIGN_IN_LOCKED)
    wrong = tries.wrong + 1
    return Tries(now_ms if wrong == WRONG_MAX else tries.since_ms, wrong)
