"""The suites against published vectors, and what no seal may allow."""

from __future__ import annotations

import os

import pytest
from cryptography.hazmat.primitives import hashes
from hypothesis import given
from hypothesis import strategies as st

from yinji.kernel.faults import Misuse
from yinji.keys.suites import AES_256, NONCE_BYTES, SM, TAG_BYTES, SealBroken, Suite, suite_named, suite_of

SUITES = pytest.mark.parametrize("suite", [SM, AES_256], ids=lambda suite: suite.name)
BOTH = st.sampled_from([SM, AES_256])
SECRETS = st.binary(min_size=32, max_size=32)
NONCES = st.binary(min_size=NONCE_BYTES, max_size=NONCE_BYTES)

# RFC 8998, appendix A.1: SM4-GCM
RFC_8998_KEY = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
RFC_8998_NONCE = bytes.fromhex("00001234567800000000ABCD")
RFC_8998_BOUND = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
RFC_8998_PLAIN = bytes.fromhex(
    "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
    "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
)
RFC_8998_CIPHER = bytes.fromhex(
    "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
    "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
)
RFC_8998_TAG = bytes.fromhex("83DE3541E4C2B58177E065A9BF7B62EC")


def test_sm4_gcm_gives_the_ciphertext_of_rfc_8998() -> None:
    sealed = SM.lock(RFC_8998_KEY).seal(RFC_8998_PLAIN, nonce=RFC_8998_NONCE, bound_to=RFC_8998_BOUND)
    assert sealed == RFC_8998_NONCE + RFC_8998_CIPHER + RFC_8998_TAG


def test_sm4_gcm_opens_the_ciphertext_of_rfc_8998() -> None:
    sealed = RFC_8998_NONCE + RFC_8998_CIPHER + RFC_8998_TAG
    assert SM.lock(RFC_8998_KEY).open(sealed, bound_to=RFC_8998_BOUND) == RFC_8998_PLAIN


def test_aes_256_gcm_gives_test_case_16_of_its_specification() -> None:
    """McGrew and Viega, The Galois/Counter Mode of Operation, appendix B."""
    key = bytes.fromhex("feffe9928665731c6d6a8f9467308308" * 2)
    plain = bytes.fromhex(
        "d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a72"
        "1c3c0c95956809532fcf0e2449a6b525b16aedf5aa0de657ba637b39"
    )
    cipher = bytes.fromhex(
        "522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa"
        "8cb08e48590dbb3da7b08b1056828838c5f61e6393ba7a0abcc9f662"
    )
    nonce, tag = bytes.fromhex("cafebabefacedbaddecaf888"), bytes.fromhex("76fc6ece0f4e1768cddf8853bb2d551b")
    bound = bytes.fromhex("feedfacedeadbeeffeedfacedeadbeefabaddad2")
    assert AES_256.lock(key).seal(plain, nonce=nonce, bound_to=bound) == nonce + cipher + tag


@pytest.mark.parametrize(
    ("message", "digest"),
    [
        (b"abc", "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"),
        (b"abcd" * 16, "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"),
    ],
)
def test_sm3_gives_the_examples_of_gb_t_32905(message: bytes, digest: str) -> None:
    sm3 = hashes.Hash(hashes.SM3())
    sm3.update(message)
    assert sm3.finalize().hex() == digest


def plain_hmac(algorithm: hashes.HashAlgorithm, key: bytes, message: bytes) -> bytes:
    """HMAC as RFC 2104 writes it down, on nothing but the hash."""

    def digest(data: bytes) -> bytes:
        whole = hashes.Hash(algorithm)
        whole.update(data)
        return whole.finalize()

    padded = (digest(key) if len(key) > 64 else key).ljust(64, b"\0")
    inner = digest(bytes(byte ^ 0x36 for byte in padded) + message)
    return digest(bytes(byte ^ 0x5C for byte in padded) + inner)


@given(key=st.binary(min_size=1, max_size=80), message=st.binary(max_size=200))
def test_hmac_sm3_is_rfc_2104_over_sm3(key: bytes, message: bytes) -> None:
    assert SM.mac(key).tag(message) == plain_hmac(hashes.SM3(), key, message)


def test_hmac_sha_256_gives_test_case_2_of_rfc_4231() -> None:
    tag = AES_256.mac(b"Jefe").tag(b"what do ya want for nothing?")
    assert tag.hex() == "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"


def test_hkdf_sha_256_gives_test_case_3_of_rfc_5869() -> None:
    """Zero-length salt and info; we ask for 32 of its 42 bytes."""
    derived = AES_256.derive(bytes.fromhex("0b" * 22), b"")
    assert derived.hex() == "8da4e775a563c18f715f802a063c5a31b8a11f5c5ee1879ec3454e5f3c738d2d"


@given(secret=SECRETS, info=st.binary(max_size=60))
def test_hkdf_sm3_is_rfc_5869_over_hmac_sm3(secret: bytes, info: bytes) -> None:
    pseudorandom = plain_hmac(hashes.SM3(), bytes(32), secret)
    assert SM.derive(secret, info) == plain_hmac(hashes.SM3(), pseudorandom, info + b"\x01")


@SUITES
def test_two_uses_of_one_secret_have_two_keys(suite: Suite) -> None:
    assert suite.derive(bytes(32), b"one") != suite.derive(bytes(32), b"two")


@given(suite=BOTH, messages=st.lists(st.binary(max_size=50), max_size=5))
def test_a_mac_tags_each_message_by_itself(suite: Suite, messages: list[bytes]) -> None:
    mac = suite.mac(bytes(32))
    assert [mac.tag(each) for each in messages] == [suite.mac(bytes(32)).tag(each) for each in messages]


@given(suite=BOTH, secret=SECRETS, nonce=NONCES, plain=st.binary(max_size=300), bound=st.binary(max_size=60))
def test_what_is_sealed_opens_to_itself(suite: Suite, secret: bytes, nonce: bytes, plain: bytes, bound: bytes) -> None:
    lock = suite.lock(secret)
    sealed = lock.seal(plain, nonce=nonce, bound_to=bound)
    assert len(sealed) == NONCE_BYTES + len(plain) + TAG_BYTES
    assert lock.open(sealed, bound_to=bound) == plain


@given(suite=BOTH, messages=st.lists(st.binary(max_size=50), min_size=1, max_size=5))
def test_tags_of_many_messages_are_those_of_each(suite: Suite, messages: list[bytes]) -> None:
    assert suite.tags(bytes(32), messages) == [suite.mac(bytes(32)).tag(each) for each in messages]


@given(suite=BOTH, secrets=st.lists(SECRETS, min_size=1, max_size=4), values=st.tuples(*[st.binary(max_size=60)] * 2))
def test_what_a_batch_lock_seals_is_what_each_lock_would_have_sealed(
    suite: Suite, secrets: list[bytes], values: tuple[bytes, bytes]
) -> None:
    nonces = (b"v" * NONCE_BYTES, b"m" * NONCE_BYTES)
    batch = suite.batch_lock(nonces)
    for secret in secrets:
        lock = suite.lock(secret)
        sealed = batch.seal(secret, [(value, b"here" + value) for value in values])
        alone = [lock.seal(value, nonce=nonce, bound_to=b"here" + value) for value, nonce in zip(values, nonces, strict=True)]
        assert sealed == [lock.prefix + each for each in alone]


@SUITES
@pytest.mark.parametrize("count", [0, 1, 3])
def test_a_batch_lock_has_one_nonce_a_value_and_never_one_for_two(suite: Suite, count: int) -> None:
    with pytest.raises(ValueError, match="argument"):
        suite.batch_lock([bytes(NONCE_BYTES), b"\x01" * NONCE_BYTES]).seal(bytes(32), [(b"value", b"")] * count)


@given(suite=BOTH, secret=SECRETS, plain=st.binary(max_size=60), bound=st.binary(max_size=40), data=st.data())
def test_any_flipped_bit_of_nonce_ciphertext_or_tag_breaks_the_seal(
    suite: Suite, secret: bytes, plain: bytes, bound: bytes, data: st.DataObject
) -> None:
    lock = suite.lock(secret)
    sealed = bytearray(lock.seal(plain, nonce=os.urandom(NONCE_BYTES), bound_to=bound))
    bit = data.draw(st.integers(0, len(sealed) * 8 - 1))
    sealed[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        lock.open(bytes(sealed), bound_to=bound)


@SUITES
def test_every_single_bit_of_a_short_seal_is_guarded(suite: Suite) -> None:
    lock = suite.lock(bytes(range(32)))
    whole = lock.seal(b"yinji", nonce=bytes(NONCE_BYTES), bound_to=b"here")
    for bit in range(len(whole) * 8):
        flipped = bytearray(whole)
        flipped[bit // 8] ^= 1 << bit % 8
        with pytest.raises(SealBroken):
            lock.open(bytes(flipped), bound_to=b"here")


@given(suite=BOTH, bound=st.binary(min_size=1, max_size=40), data=st.data())
def test_any_flipped_bit_of_the_binding_breaks_the_seal(suite: Suite, bound: bytes, data: st.DataObject) -> None:
    lock = suite.lock(bytes(32))
    sealed = lock.seal(b"value", nonce=bytes(NONCE_BYTES), bound_to=bound)
    bit = data.draw(st.integers(0, len(bound) * 8 - 1))
    other = bytearray(bound)
    other[bit // 8] ^= 1 << bit % 8
    with pytest.raises(SealBroken):
        lock.open(sealed, bound_to=bytes(other))


@SUITES
@pytest.mark.parametrize("length", range(NONCE_BYTES + TAG_BYTES + 4))
def test_a_shortened_seal_is_broken(suite: Suite, length: int) -> None:
    sealed = suite.lock(bytes(32)).seal(b"value", nonce=bytes(NONCE_BYTES), bound_to=b"")
    with pytest.raises(SealBroken):
        suite.lock(bytes(32)).open(sealed[:length], bound_to=b"")


@given(suite=BOTH, one=SECRETS, other=SECRETS)
def test_another_key_does_not_open(suite: Suite, one: bytes, other: bytes) -> None:
    if one[: suite.key_bytes] == other[: suite.key_bytes]:
        return
    sealed = suite.lock(one).seal(b"value", nonce=bytes(NONCE_BYTES), bound_to=b"")
    with pytest.raises(SealBroken):
        suite.lock(other).open(sealed, bound_to=b"")


@SUITES
def test_a_suite_is_found_by_its_name_and_by_the_code_in_a_sealed_value(suite: Suite) -> None:
    assert suite_named(suite.name) is suite
    assert suite_of(bytes((suite.code,)) + b"rest") is suite


@pytest.mark.parametrize("sealed", [b"", b"\x00x", b"\x03x", b"\xffx"])
def test_an_unknown_code_is_a_broken_seal(sealed: bytes) -> None:
    with pytest.raises(SealBroken):
        suite_of(sealed)


def test_an_unknown_name_is_misuse() -> None:
    with pytest.raises(Misuse):
        suite_named("des")


@SUITES
def test_locks_and_macs_show_no_key(suite: Suite) -> None:
    secret = b"\xabsecret-of-thirty-two-bytes....."
    for shown in (repr(suite.lock(secret)), repr(suite.mac(secret)), str(suite)):
        assert "secret" not in shown
        assert secret.hex() not in shown
