"""The two cipher suites. ``sm`` is the default: SM4 (GB/T 32907), SM3 (GB/T 32905); ``aes`` for who must use it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers import BlockCipherAlgorithm, Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES, SM4
from cryptography.hazmat.primitives.ciphers.modes import GCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from yinji.kernel.faults import Misuse

NONCE_BYTES: Final = 12
"""The nonce length for which GCM is defined without hashing it first (NIST SP 800-38D, 5.2.1.1)."""

TAG_BYTES: Final = 16
SECRET_BYTES: Final = 32
"""Every node of a key tree and every stored secret: the output of either suite's HMAC."""


class SealBroken(Exception):  # noqa: N818 - a finding about the world, not an error of ours
    """A ciphertext is damaged, or stands where it was not sealed."""


class Mac:
    """A keyed HMAC, ready to tag many messages: the key schedule is done once and copied."""

    __slots__ = ("_keyed",)

    def __init__(self, key: bytes, algorithm: hashes.HashAlgorithm) -> None:
        """Key the HMAC."""
        self._keyed = HMAC(key, algorithm)

    def tag(self, message: bytes) -> bytes:
        """Return the 32-byte tag of ``message``."""
        fresh = self._keyed.copy()
        fresh.update(message)
        return fresh.finalize()


class Lock:
    """One record key of a suite: seals and opens short values with a nonce of the caller's randomness."""

    __slots__ = ("_cipher", "prefix")

    def __init__(self, cipher: BlockCipherAlgorithm, prefix: bytes) -> None:
        """``prefix`` is the suite's code, which stands before every sealed value."""
        self._cipher = cipher
        self.prefix: Final = prefix

    def seal(self, plain: bytes, *, nonce: bytes, bound_to: bytes) -> bytes:
        """Return nonce ‖ ciphertext ‖ tag. ``bound_to`` must be given again, byte for byte, to open it."""
        encryptor = Cipher(self._cipher, GCM(nonce)).encryptor()
        encryptor.authenticate_additional_data(bound_to)
        return b"".join((nonce, encryptor.update(plain), encryptor.finalize(), encryptor.tag))

    def open(self, sealed: bytes, *, bound_to: bytes) -> bytes:
        """Return the plaintext; raises `SealBroken` where ciphertext, place or key is another."""
        nonce, body, tag = sealed[:NONCE_BYTES], sealed[NONCE_BYTES:-TAG_BYTES], sealed[-TAG_BYTES:]
        if len(sealed) < NONCE_BYTES + TAG_BYTES:
            raise SealBroken
        decryptor = Cipher(self._cipher, GCM(nonce, tag)).decryptor()
        decryptor.authenticate_additional_data(bound_to)
        try:
            return decryptor.update(body) + decryptor.finalize()
        except InvalidTag:
            raise SealBroken from None


class BatchLock:
    """Seals the values of many records, each record under a key of its own, with one set of nonces for all: one nonce a value.

    A key and a nonce meet once as long as no key is given twice: whoever takes this promises it. One thread's own. Each cipher
    object is made once and given one key after the other: to check its parts anew would cost as much as enciphering a name.
    """

    __slots__ = ("_ciphers", "_keyed")

    def __init__(self, keyed: Callable[[bytes], BlockCipherAlgorithm], prefix: bytes, nonces: Sequence[bytes]) -> None:
        """``keyed`` makes the block cipher of a secret; ``prefix`` is the suite's code."""
        self._keyed: Final = keyed
        nobody = keyed(bytes(SECRET_BYTES))
        self._ciphers: Final = [(Cipher(nobody, GCM(nonce)), prefix + nonce) for nonce in nonces]

    def seal(self, secret: bytes, values: Sequence[tuple[bytes, bytes]]) -> list[bytes]:
        """Return suite code ‖ nonce ‖ ciphertext ‖ tag for each value and what it is bound to: the lock of ``secret`` opens it."""
        algorithm, sealed = self._keyed(secret), []
        for (cipher, head), (plain, bound_to) in zip(self._ciphers, values, strict=True):
            cipher.algorithm = algorithm
            encryptor = cipher.encryptor()
            encryptor.authenticate_additional_data(bound_to)
            body = encryptor.update(plain)
            sealed.append(b"".join((head, body, encryptor.finalize(), encryptor.tag)))
        return sealed


@dataclass(frozen=True, slots=True)
class Suite:
    """A block cipher in GCM and a hash for HMAC and HKDF. ``code`` stands in every sealed value and is never reused."""

    code: int
    name: str
    key_bytes: int
    _cipher: Callable[[bytes], BlockCipherAlgorithm]
    _hash: Callable[[], hashes.HashAlgorithm]

    def lock(self, secret: bytes) -> Lock:
        """Return the lock of a 32-byte secret; SM4 takes its first 16 bytes."""
        return Lock(self._keyed(secret), bytes((self.code,)))

    def batch_lock(self, nonces: Sequence[bytes]) -> BatchLock:
        """Return what seals many records' values, one under each of ``nonces``."""
        return BatchLock(self._keyed, bytes((self.code,)), nonces)

    def _keyed(self, secret: bytes) -> BlockCipherAlgorithm:
        return self._cipher(secret[: self.key_bytes])

    def mac(self, secret: bytes) -> Mac:
        """Return the HMAC of a secret."""
        return Mac(secret, self._hash())

    def tags(self, secret: bytes, messages: Sequence[bytes]) -> list[bytes]:
        """Return the HMAC of each message under a secret that is asked for nothing else: what was keyed is used up by the last."""
        *others, last = messages
        keyed = HMAC(secret, self._hash())
        made = []
        for message in others:
            fresh = keyed.copy()
            fresh.update(message)
            made.append(fresh.finalize())
        keyed.update(last)
        made.append(keyed.finalize())
        return made

    def derive(self, secret: bytes, info: bytes) -> bytes:
        """Return a 32-byte secret for one named use (HKDF, RFC 5869)."""
        return HKDF(algorithm=self._hash(), length=SECRET_BYTES, salt=None, info=info).derive(secret)


SM: Final = Suite(1, "sm", 16, SM4, hashes.SM3)
AES_256: Final = Suite(2, "aes", 32, AES, hashes.SHA256)

_BY_CODE: Final = {suite.code: suite for suite in (SM, AES_256)}
_BY_NAME: Final = {suite.name: suite for suite in (SM, AES_256)}


def suite_named(name: str) -> Suite:
    """Return the suite that a setting names."""
    if name not in _BY_NAME:
        raise Misuse(f"no suite is named {name}")
    return _BY_NAME[name]


def suite_of(sealed: bytes) -> Suite:
    """Return the suite whose code is the first byte of a sealed value; raises `SealBroken` for an unknown one."""
    suite = _BY_CODE.get(sealed[0]) if sealed else None
    if suite is None:
        raise SealBroken
    return suite
