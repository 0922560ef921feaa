"""Sealed streams and recovery keys: what is cut, moved, edited, mixed or mistyped does not open, and says where."""

from __future__ import annotations

import io
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.kernel.faults import Fault
from yinji.kernel.ids import Ref
from yinji.kernel.refusals import Refusal
from yinji.keys import stream
from yinji.keys.recovery import make_recovery_key, read_recovery_key
from yinji.keys.stream import CHUNK_BYTES, Header, Kind, SealedStream, SealingStream
from yinji.keys.suites import AES_256, SM, Suite

KEY, OTHER = bytes(range(32)), bytes(range(1, 33))
SEALED_BYTES = 12 + CHUNK_BYTES + 16


def random(count: int) -> bytes:
    return bytes(count)


def header(suite: Suite = SM, info: str = '{"a": 1}', expires_ms: int = 0) -> Header:
    return Header(suite, Kind.DATA, Ref(b"r" * 16), Ref(b"n" * 16), 1_795_226_400_000, expires_ms, info)


def sealed(plain: bytes, *, head: Header | None = None, salt: bytes = bytes(32)) -> bytes:
    out = io.BytesIO()
    writing = SealingStream(out, head or header(), recovery=KEY, random=lambda _: salt)
    for at in range(0, len(plain), 70_000):
        writing.write(plain[at : at + 70_000])
    writing.finish()
    return out.getvalue()


def opened(data: bytes, key: bytes = KEY) -> bytes:
    return b"".join(SealedStream(io.BytesIO(data), place="f").chunks(key))


def fault(act: Callable[[], object]) -> tuple[Refusal, str]:
    with pytest.raises(Fault) as raised:
        act()
    return raised.value.code, raised.value.at


def start_of_chunks(data: bytes) -> int:
    source = io.BytesIO(data)
    SealedStream(source, place="f")
    return source.tell()


@pytest.mark.parametrize("suite", [SM, AES_256])
@pytest.mark.parametrize("size", [0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 2 * CHUNK_BYTES + 5])
def test_what_went_in_comes_out(suite: Suite, size: int) -> None:
    plain = bytes(at % 251 for at in range(size))
    assert opened(sealed(plain, head=header(suite))) == plain


def test_the_header_is_read_without_a_key() -> None:
    said = SealedStream(io.BytesIO(sealed(b"x", head=header(expires_ms=7))), place="f").header
    assert (said.kind, said.node, said.expires_ms, said.info) == (Kind.DATA, b"n" * 16, 7, '{"a": 1}')


def test_another_recovery_key_is_named_as_such() -> None:
    assert fault(lambda: opened(sealed(b"plain"), OTHER)) == (Refusal.RECOVERY_KEY_WRONG, "f")


def test_plaintext_shows_nowhere() -> None:
    assert b"wang xiaoming" not in sealed(b"wang xiaoming" * 1_000)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_one_flipped_bit_anywhere_is_refused(data: st.DataObject) -> None:
    whole = bytearray(sealed(b"some rows" * 20))
    at = data.draw(st.integers(0, len(whole) - 1))
    whole[at] ^= 1 << data.draw(st.integers(0, 7))
    assert fault(lambda: opened(bytes(whole)))[0] is Refusal.BACKUP_DAMAGED


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_a_file_cut_short_anywhere_is_refused(data: st.DataObject) -> None:
    whole = sealed(b"some rows" * 20)
    at = data.draw(st.integers(0, len(whole) - 1))
    assert fault(lambda: opened(whole[:at]))[0] is Refusal.BACKUP_DAMAGED


@pytest.mark.parametrize("size", [5, CHUNK_BYTES, 2 * CHUNK_BYTES + 5])
def test_bytes_appended_are_refused(size: int) -> None:
    assert fault(lambda: opened(sealed(bytes(size)) + b"\0"))[0] is Refusal.BACKUP_DAMAGED


def test_a_file_cut_between_two_chunks_is_refused_and_the_chunk_named() -> None:
    whole = sealed(bytes(3 * CHUNK_BYTES))
    start = start_of_chunks(whole)
    assert fault(lambda: opened(whole[: start + SEALED_BYTES])) == (Refusal.BACKUP_DAMAGED, "f: chunk 0")
    assert fault(lambda: opened(whole[: start + 2 * SEALED_BYTES])) == (Refusal.BACKUP_DAMAGED, "f: chunk 1")


def test_chunks_that_changed_places_are_refused() -> None:
    whole = sealed(bytes(3 * CHUNK_BYTES))
    start = start_of_chunks(whole)
    first, second = whole[start : start + SEALED_BYTES], whole[start + SEALED_BYTES : start + 2 * SEALED_BYTES]
    moved = whole[:start] + second + first + whole[start + 2 * SEALED_BYTES :]
    assert fault(lambda: opened(moved)) == (Refusal.BACKUP_DAMAGED, "f: chunk 0")


def test_a_chunk_of_another_backup_is_refused() -> None:
    one, other = sealed(bytes(2 * CHUNK_BYTES)), sealed(bytes(2 * CHUNK_BYTES), salt=b"s" * 32)
    start = start_of_chunks(one)
    mixed = one[: start + SEALED_BYTES] + other[start + SEALED_BYTES :]
    assert fault(lambda: opened(mixed)) == (Refusal.BACKUP_DAMAGED, "f: chunk 1")


def test_the_header_of_another_backup_of_the_same_salt_is_refused() -> None:
    one, other = sealed(b"x" * 99), sealed(b"x" * 99, head=header(info='{"a": 2}'))
    start = start_of_chunks(one)
    assert fault(lambda: opened(other[:start] + one[start:])) == (Refusal.BACKUP_DAMAGED, "f: chunk 0")


def test_an_expiry_that_was_put_off_by_someone_who_mends_the_checksum_does_not_open() -> None:
    late, soon = sealed(b"x", head=header(expires_ms=9_999)), sealed(b"x", head=header(expires_ms=1))
    start = start_of_chunks(soon)
    forged = late[: start - 48] + soon[start - 48 : start - 32]
    forged += stream.sha256(forged).digest() + soon[start:]
    assert fault(lambda: opened(forged))[0] is Refusal.RECOVERY_KEY_WRONG


def test_two_backups_of_one_thing_share_no_bytes() -> None:
    one, other = sealed(bytes(500)), sealed(bytes(500), salt=b"s" * 32)
    start = start_of_chunks(one)
    assert one[start + 12 : start + 44] != other[start + 12 : start + 44]


def test_a_recovery_key_is_its_owners_alone_and_reads_back(tmp_path: Path) -> None:
    file = tmp_path / "r"
    make_recovery_key(file, random=lambda _: KEY)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert read_recovery_key(file) == KEY
    head, digits = file.read_text(encoding="ascii").split()
    file.write_text(f"{head}\n" + "\n".join(digits[at : at + 8] for at in range(0, len(digits), 8)), encoding="ascii")
    assert read_recovery_key(file) == KEY


def test_a_recovery_key_is_never_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "r"
    make_recovery_key(file)
    before = file.read_bytes()
    assert fault(lambda: make_recovery_key(file)) == (Refusal.OUTPUT_EXISTS, str(file))
    assert file.read_bytes() == before


@settings(max_examples=100, deadline=None)
@given(at=st.integers(0, 71), digit=st.sampled_from("0123456789abcdefg "))
def test_a_mistyped_digit_of_a_recovery_key_is_seen(tmp_path_factory: pytest.TempPathFactory, at: int, digit: str) -> None:
    file = tmp_path_factory.mktemp("r") / "r"
    make_recovery_key(file, random=lambda _: KEY)
    head, digits = file.read_text(encoding="ascii").split()
    typed = digits[:at] + digit + digits[at + 1 :]
    if typed == digits:
        return
    file.write_text(f"{head} {typed}\n", encoding="ascii")
    assert fault(lambda: read_recovery_key(file)) == (Refusal.RECOVERY_KEY_MALFORMED, str(file))


def test_a_recovery_key_that_others_can_read_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "r"
    make_recovery_key(file)
    file.chmod(0o640)
    assert fault(lambda: read_recovery_key(file))[0] is Refusal.KEYS_LOOSE
    assert fault(lambda: read_recovery_key(tmp_path / "none"))[0] is Refusal.FILE_MISSING
