"""The form of a key, who may issue one, and whether it holds. Pure."""

from __future__ import annotations

import hashlib
import re
from base64 import urlsafe_b64encode
from collections.abc import Collection
from typing import Final

from yinji.access.accounts.rules import is_account
from yinji.access.api_keys.model import ApiKey, Scope
from yinji.access.model import Post
from yinji.kernel.decision import Allow, Decision, Refuse
from yinji.kernel.refusals import Refusal

SECRET_BYTES: Final = 32
"""256 random bits: beyond guessing, so that a plain hash is enough to keep and to look up by."""

LIVE: Final = "yinji_live_"
TEST: Final = "yinji_test_"
"""How a key begins: whoever finds one in a file knows what it is, and scanners for secrets too."""

_KEY: Final = re.compile(f"(?:{LIVE}|{TEST})[A-Za-z0-9_-]{{43}}", re.ASCII)


def written(secret: bytes, *, test: bool) -> str:
    """Return a key as it is shown (RFC 4648, base64url without padding)."""
    return (TEST if test else LIVE) + urlsafe_b64encode(secret).decode("ascii").rstrip("=")


def proof_of(key: str) -> bytes | None:
    """Return what a key is recognised by; None where the text cannot be one. Over the whole text: a test key is no live one."""
    return hashlib.sha256(key.encode("ascii")).digest() if _KEY.fullmatch(key) else None


def may_issue(*, by: str, name: str, scopes: Collection[Scope], days: int, days_max: int) -> Decision:
    """Decide whether an account at the post ``by`` may issue such a key for itself."""
    if by not in {Post.OPERATIONS, Post.COMPLIANCE}:
        return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, by)
    if not is_account(name):
        return Refuse(Refusal.API_KEY_MALFORMED, "name")
    if not scopes:
        return Refuse(Refusal.API_KEY_MALFORMED, "scopes")
    if not 1 <= days <= days_max:
        return Refuse(Refusal.API_KEY_MALFORMED, f"days: 1..{days_max}")
    return Allow((f"post {by}",))


def holds(key: ApiKey, *, now_ms: int) -> Decision:
    """Decide whether a key that was recognised may be used at this moment."""
    if key.revoked_ms or key.account_closed:
        return Refuse(Refusal.API_KEY_REVOKED)
    if now_ms >= key.until_ms:
        return Refuse(Refusal.API_KEY_EXPIRED)
    return Allow(("key",))


def reaches(key: ApiKey, scope: Scope) -> Decision:
    """Decide whether a key may be used for an operation of this scope."""
    return Allow((scope.value,)) if scope in key.scopes else Refuse(Refusal.API_KEY_NARROW, scope.value)


def may_revoke(*, by: str, own: bool) -> Decision:
    """Decide whether an account at the post ``by`` may revoke a key; ``own`` tells that the key acts as that account."""
    if own or by in {Post.OPERATIONS, Post.COMPLIANCE}:
        return Allow((f"post {by}",))
    return Refuse(Refusal.ACCOUNT_NOT_ALLOWED, by)
