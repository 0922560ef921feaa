"""The secret of an account: 128 random bits, shown once, kept as a salted hash (scrypt, RFC 7914).

The bits alone are beyond guessing; the slow hash is for whoever has read the database and hopes that a secret was chosen by hand.
"""

from __future__ import annotations

import hashlib
import hmac
from base64 import b32encode
from typing import Final

from yinji.kernel.ids import RandomBytes
from yinji.kernel.private import Private

SECRET_BYTES: Final = 16
SALT_BYTES: Final = 16

_COST: Final = {"n": 2**14, "r": 8, "p": 1, "dklen": 32}
"""16 MiB and some 40 ms a try (RFC 7914, section 2: n for interactive use)."""

_GROUP: Final = 5


def fresh_secret(random: RandomBytes) -> Private:
    """Return a new secret as it is shown: letters and digits in groups, no two that are easily confused (RFC 4648, base 32)."""
    text = b32encode(random(SECRET_BYTES)).decode("ascii").rstrip("=").lower()
    return Private("-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)))


def hashed(secret: Private, salt: bytes) -> bytes:
    """Return what a secret is recognised by. Groups, spaces and large letters are the same secret."""
    typed = "".join(secret.open().split()).replace("-", "").lower()
    return hashlib.scrypt(typed.encode("utf-8", "surrogatepass"), salt=salt, **_COST)


def matches(secret: Private, salt: bytes, kept: bytes) -> bool:
    """Tell in constant time whether a secret is the one kept. An account without one (``kept`` empty) costs as long, and has none."""
    return hmac.compare_digest(hashed(secret, salt or bytes(SALT_BYTES)), kept or bytes(1))
