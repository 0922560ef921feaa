"""Entity tags (RFC 9110, 8.8.3): what a body is known by. Pure."""

from __future__ import annotations

from hashlib import blake2b
from typing import Final

_BYTES: Final = 12


def tag_of(body: bytes) -> str:
    """Return the entity tag of a body: the same body, the same tag."""
    return f'"{blake2b(body, digest_size=_BYTES).hexdigest()}"'


def fresh(wanted: str, tag: str, *, weak: bool = True) -> bool:
    """Tell whether what a client has is still what there is: by If-None-Match, or by If-Match, which does not take weak tags.

    RFC 9110, 13.1.1 and 13.1.2.
    """
    given = {each.strip() for each in wanted.split(",")}
    return wanted.strip() == "*" or tag in ({each.removeprefix("W/") for each in given} if weak else given)
