"""The verifier's own Ed25519 against RFC 8032 and against another implementation."""

from __future__ import annotations

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as some
from tests.unit.ledger.vectors import VECTORS

from yinji_verify.ed25519 import ORDER, P, _decompressed, signature_holds
from yinji_verify.notes import decoded, read_key

KNOWN = [tuple(bytes.fromhex(v[name]) for name in ("public", "signature", "message")) for v in VECTORS["rfc8032"]]


@pytest.mark.parametrize("known", KNOWN)
def test_the_vectors_of_rfc_8032_hold(known: tuple[bytes, bytes, bytes]) -> None:
    assert signature_holds(*known)


def test_a_published_signed_note_holds() -> None:
    known = VECTORS["signed_note"]
    key, signed = read_key(known["key"]), decoded(known["signature"].split(" ")[2]) or b""
    assert signed[:4] == key.key_id
    assert signature_holds(key.raw, signed[4:], known["text"].encode())


def test_no_changed_bit_holds() -> None:
    public, signature, message = KNOWN[2]
    for i in range(0, 512, 7):
        changed = bytearray(signature)
        changed[i // 8] ^= 1 << i % 8
        assert not signature_holds(public, bytes(changed), message)
    assert not signature_holds(public, signature, message + b"!")
    assert not signature_holds(KNOWN[0][0], signature, message)


def test_a_signature_has_one_scalar_only() -> None:
    public, signature, message = KNOWN[0]
    scalar = int.from_bytes(signature[32:], "little") + ORDER
    assert not signature_holds(public, signature[:32] + scalar.to_bytes(32, "little"), message)


@pytest.mark.parametrize("number", [P + 1, P, 2, 1 | 1 << 255])  # too large, not on the curve, x is 0 and said to be odd
def test_what_is_no_point_is_no_key(number: int) -> None:
    coded = number.to_bytes(32, "little")
    assert _decompressed(coded) is None
    assert not signature_holds(coded, KNOWN[0][1], b"")


@pytest.mark.parametrize("length", [0, 31, 33])
def test_a_key_has_32_bytes(length: int) -> None:
    assert not signature_holds(bytes(length), KNOWN[0][1], b"")


def test_a_signature_has_64_bytes() -> None:
    public, signature, message = KNOWN[0]
    assert not signature_holds(public, signature[:-1], message)
    assert not signature_holds(public, signature + b"\0", message)


@settings(max_examples=15)
@given(some.binary(min_size=32, max_size=32), some.binary(max_size=200))
def test_what_another_implementation_signs_holds(seed: bytes, message: bytes) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    assert signature_holds(key.public_key().public_bytes_raw(), key.sign(message), message)
