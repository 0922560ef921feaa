"""The secret of an account: 128 random bits, shown once, kept as a salted hash (Argon2id, RFC 9106).

The bits alone are beyond guessing; the slow hash is for whoever has read the database and hopes that a secret was chosen by hand.
"""

from __future__ import annotations

import hmac
from base64 import b32encode
from typing import Final

from argon2.low_level import ARGON2_VERSION, Type, hash_secret_raw

from yinji.kernel.ids import RandomBytes
from yinji.kernel.private import Private

SECRET_BYTES: Final = 16
SALT_BYTES: Final = 16

_KIB: Final = 19 * 1024
_PASSES: Final = 2
_HASH_BYTES: Final = 32
"""19 MiB, two passes, one lane: the smallest that OWASP's password storage guide recommends for Argon2id; RFC 9106 asks for more
where people choose their secrets, and nobody chooses these."""

_GROUP: Final = 5


def fresh_secret(random: RandomBytes) -> Private:
    """Return a new secret as it is shown: letters and digits in groups, no two that are easily confused (RFC 4648, base 32)."""
    text = b32encode(random(SECRET_BYTES)).decode("ascii").rstrip("=").lower()
    return Private("-".join(text[at : at + _GROUP] for at in range(0, len(text), _GROUP)))


def hashed(secret: Private, salt: bytes) -> bytes:
    """Return what a secret is recognised by. Groups, spaces and large letters are the same secret."""
    typed = "".join(secret.open().split()).replace("-", "").lower()
    return hash_secret_raw(
        typed.encode("utf-8", "surrogatepass"),
        salt,
        time_cost=_PASSES,
        memory_cost=_KIB,
        parallelism=1,
        hash_len=_HASH_BYTES,
        type=Type.ID,
        version=ARGON2_VERSION,
    )


def matches(secret: Private, salt: bytes, kept: bytes) -> bool:
    """Tell in constant time whether a secret is the one kept. An account without one (``kept`` empty) costs as long, and has none."""
    return hmac.compare_digest(hashed(secret, salt or bytes(SALT_BYTES)), kept or bytes(1))
