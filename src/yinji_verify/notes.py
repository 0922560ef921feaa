"""Signed checkpoints (c2sp.org/signed-note, tlog-checkpoint), cosignatures (tlog-cosignature), and the keys of both."""

from __future__ import annotations

import base64
import binascii
import re
from hashlib import sha256
from typing import Final, NamedTuple

from yinji_verify.ed25519 import KEY_BYTES, signature_holds
from yinji_verify.verdict import Broken, Unreadable

LOG: Final = 1
WITNESS: Final = 4
"""What a key signs as: a note's text, or a witness's time and the text (signed-note, signature types)."""

_ID_BYTES: Final = 4
_TIME_BYTES: Final = 8
_HASH: Final = 32
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,18})\Z")


class Key(NamedTuple):
    """A trusted key: its name, its id in notes, its 32 bytes, what it signs as."""

    name: str
    key_id: bytes
    raw: bytes
    kind: int


class Trust(NamedTuple):
    """Whose signatures count: the log's keys, the witnesses', and how many witnesses are asked for."""

    keys: tuple[Key, ...]
    witnesses: tuple[Key, ...] = ()
    quorum: int = 0


class Checkpoint(NamedTuple):
    """What a note signs: whose log, how many entries, the root."""

    origin: str
    size: int
    root: bytes


def read_key(text: str, kind: int = LOG) -> Key:
    """Return the key written as ``name+id+base64``; its id must be the hash of the rest (signed-note, verifier keys)."""
    name, _, rest = text.strip().partition("+")
    coded_id, _, coded = rest.partition("+")
    data = decoded(coded) or b"\0"
    key_id = sha256(name.encode() + b"\n" + data).digest()[:_ID_BYTES]
    if not name or data[0] != kind or len(data) != 1 + KEY_BYTES or coded_id != key_id.hex():
        raise Unreadable(
            "密钥写法不对（名称+编号+Base64）", "the key is not NAME+ID+BASE64 of an Ed25519 key of the right kind"
        )
    return Key(name, key_id, data[1:], kind)


def read_note(note: str, trust: Trust, *, of: str) -> Checkpoint:
    """Return the checkpoint in ``note``, signed by a trusted key; raises Broken otherwise. ``of`` says which note it is.

    One wrong line of a known key, log's or witness's, condemns the note; lines of unknown keys are passed over.
    """
    text, blank, signed = note.rpartition("\n\n")
    lines, signatures = text.split("\n"), signed.split("\n")
    root = decoded(lines[2]) if len(lines) > 2 else None  # noqa: PLR2004 - origin, size, root
    if not blank or signatures[-1] or not lines[0] or root is None or len(root) != _HASH or not _NUMBER.match(lines[1]):
        raise Broken("unsigned", f"{of} 不是检查点", f"{of} is not a checkpoint")
    held = [_holds(line, trust, text + "\n") for line in signatures[:-1]]
    if False in held or not any(isinstance(each, Key) and each.kind == LOG for each in held):
        raise Broken("unsigned", f"{of} 的签名无效", f"the signature of {of} does not verify")
    return Checkpoint(lines[0], int(lines[1]), root)


def cosigned(note: str, trust: Trust) -> dict[bytes, int]:
    """Return when, in seconds since 1970, each trusted witness cosigned a note that `read_note` has read: by its 32 bytes."""
    text, _, signed = note.rpartition("\n\n")
    times: dict[bytes, int] = {}
    for line in signed.split("\n")[:-1]:
        held = _holds(line, trust, text + "\n")
        if isinstance(held, Key) and held.kind == WITNESS:
            at_s = int.from_bytes((decoded(line.split(" ")[2]) or b"")[_ID_BYTES : _ID_BYTES + _TIME_BYTES], "big")
            times[held.raw] = min(at_s, times.get(held.raw, at_s))
    return times


def require_quorum(note: str, trust: Trust, *, of: str) -> None:
    """Raise Broken unless as many different trusted witnesses as are asked for cosigned ``note``."""
    found = len(cosigned(note, trust))
    if found < trust.quorum:
        zh = f"{of} 只有 {found} 名可信见证人联署，要求 {trust.quorum} 名"
        raise Broken("unwitnessed", zh, f"{of} has the cosignatures of {found} trusted witnesses, {trust.quorum} are asked for")


def decoded(coded: str) -> bytes | None:
    """Return the bytes of standard base64 without slack, or None."""
    try:
        data = base64.b64decode(coded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return data if base64.b64encode(data).decode("ascii") == coded else None


def _holds(line: str, trust: Trust, text: str) -> Key | bool | None:
    """Return the key whose signature a line is; None where it is not trusted, False where it is malformed or wrong."""
    dash, _, rest = line.partition(" ")
    name, _, coded = rest.partition(" ")
    data = decoded(coded)
    if dash != "—" or not name or data is None or len(data) <= _ID_BYTES:
        return False
    for key in (*trust.keys, *trust.witnesses):
        if (key.name, key.key_id) == (name, data[:_ID_BYTES]):
            return key if _verifies(key, data[_ID_BYTES:], text) else False
    return None


def _verifies(key: Key, signature: bytes, text: str) -> bool:
    if key.kind == LOG:
        return signature_holds(key.raw, signature, text.encode())
    at_s, signature = int.from_bytes(signature[:_TIME_BYTES], "big"), signature[_TIME_BYTES:]
    return at_s < 1 << 63 and signature_holds(key.raw, signature, f"cosignature/v1\ntime {at_s}\n{text}".encode())
