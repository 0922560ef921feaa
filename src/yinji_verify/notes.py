"""Signed checkpoints (c2sp.org/signed-note, c2sp.org/tlog-checkpoint) and the keys they are signed with."""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Final, NamedTuple

from yinji_verify.ed25519 import KEY_BYTES, signature_holds
from yinji_verify.verdict import Broken, Unreadable

_ED25519: Final = b"\x01"
_ID_BYTES: Final = 4
_HASH: Final = 32
_NUMBER: Final = re.compile(r"(0|[1-9][0-9]{0,18})\Z")


class Key(NamedTuple):
    """A trusted key: its name, its id in notes, its 32 bytes."""

    name: str
    key_id: bytes
    raw: bytes


class Checkpoint(NamedTuple):
    """What a note signs: whose log, how many entries, the root."""

    origin: str
    size: int
    root: bytes


def read_key(text: str) -> Key:
    """Return the key written as ``name+id+base64``; its id must be the hash of the rest (signed-note, signatures)."""
    name, _, rest = text.strip().partition("+")
    coded_id, _, coded = rest.partition("+")
    data = decoded(coded)
    key_id = sha256(name.encode() + b"\n" + (data or b"")).digest()[:_ID_BYTES]
    if not name or data is None or data[:1] != _ED25519 or len(data) != 1 + KEY_BYTES or coded_id != key_id.hex():
        raise Unreadable("密钥写法不对（名称+编号+Base64）", "the key is not NAME+ID+BASE64 of an Ed25519 key")
    return Key(name, key_id, data[1:])


def read_note(note: str, keys: Sequence[Key], *, of: str) -> Checkpoint:
    """Return the checkpoint in ``note``, signed by one of ``keys``; raises Broken otherwise. ``of`` says which note it is."""
    text, blank, signed = note.rpartition("\n\n")
    lines, signatures = text.split("\n"), signed.split("\n")
    root = decoded(lines[2]) if len(lines) > 2 else None  # noqa: PLR2004 - origin, size, root
    if not blank or signatures[-1] or not lines[0] or root is None or len(root) != _HASH or not _NUMBER.match(lines[1]):
        raise Broken("unsigned", f"{of} 不是检查点", f"{of} is not a checkpoint")
    held = [_holds(line, keys, (text + "\n").encode()) for line in signatures[:-1]]
    if False in held or True not in held:
        raise Broken("unsigned", f"{of} 的签名无效", f"the signature of {of} does not verify")
    return Checkpoint(lines[0], int(lines[1]), root)


def decoded(coded: str) -> bytes | None:
    """Return the bytes of standard base64 without slack, or None."""
    try:
        data = base64.b64decode(coded.encode("ascii"), validate=True)
    except (binascii.Error, UnicodeEncodeError):
        return None
    return data if base64.b64encode(data).decode("ascii") == coded else None


def _holds(line: str, keys: Sequence[Key], text: bytes) -> bool | None:
    """Return whether a signature line holds; None where its key is not known, False where it is malformed."""
    dash, _, rest = line.partition(" ")
    name, _, coded = rest.partition(" ")
    data = decoded(coded)
    if dash != "—" or not name or data is None or len(data) <= _ID_BYTES:
        return False
    for key in keys:
        if (key.name, key.key_id) == (name, data[:_ID_BYTES]):
            return signature_holds(key.raw, data[_ID_BYTES:], text)
    return None
