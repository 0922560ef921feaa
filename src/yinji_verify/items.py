"""Single proofs: an entry under a checkpoint (c2sp.org/tlog-proof), or an item in a batch under its entry."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from yinji_verify.entries import count_and_root, wrong_form
from yinji_verify.notes import Key, decoded, read_note
from yinji_verify.tree import included, leaf
from yinji_verify.verdict import Broken, Outcome, Unreadable, Verdict

_PROOF: Final = "c2sp.org/tlog-proof@v1"
_ITEM: Final = "yinji/item-proof@v1"


def verify_proof(file: Path, keys: Sequence[Key]) -> Verdict:
    """Verify a ``.tlog-proof`` or a JSON item proof against trusted keys."""
    try:
        text = file.read_bytes().decode("utf-8")
        if text.startswith("{"):
            return _item(text, keys)
        _, seq, origin = _entry(text, keys)
    except (Broken, Unreadable) as trouble:
        return trouble.verdict()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到证明（{error}）", f"the proof cannot be read ({error})").verdict()
    return Verdict(Outcome.VERIFIED, f"证明成立：{origin} 的条目 {seq}", f"verified: entry {seq} of {origin}", "verified", seq)


def _item(text: str, keys: Sequence[Key]) -> Verdict:
    try:
        said = json.loads(text)
        index, path = int(said["index"]), [_hash(step) for step in said["path"]]
        item, proof, mark = decoded(said["item"]), str(said["proof"]), said["format"]
    except (ValueError, KeyError, TypeError, AttributeError):
        raise _malformed() from None
    if item is None or mark != _ITEM:
        raise _malformed()
    body, seq, origin = _entry(proof, keys)
    count, root = count_and_root(body)
    if not included(leaf(item), index, count, path, root):
        raise Broken("edited", f"内容不在该批次第 {index} 位", f"the item is not at {index} of the batch", seq)
    return Verdict(
        Outcome.VERIFIED,
        f"证明成立：{origin} 条目 {seq} 所载 {count} 项中的第 {index} 项",
        f"verified: item {index} of the {count} that entry {seq} of {origin} states",
        "verified",
        seq,
    )


def _entry(text: str, keys: Sequence[Key]) -> tuple[bytes, int, str]:
    """Return the entry that a tlog-proof carries, its place and its log."""
    head, _, note = text.partition("\n\n")
    lines = head.split("\n")
    if len(lines) < 3 or lines[0] != _PROOF or not lines[1].startswith("extra ") or not lines[2].startswith("index "):  # noqa: PLR2004 - mark, entry, place
        raise _malformed()
    body, index = decoded(lines[1].removeprefix("extra ")), lines[2].removeprefix("index ")
    if body is None or not index.isascii() or not index.isdecimal():
        raise _malformed()
    seq, path = int(index), [_hash(line) for line in lines[3:]]
    checkpoint = read_note(note, keys, of="checkpoint")
    if not included(leaf(body), seq, checkpoint.size, path, checkpoint.root):
        raise Broken("edited", "不在检查点所签的日志里", "not in the log that the checkpoint signs", seq)
    if wrong := wrong_form(body):
        raise Broken("edited", f"不是规范形式（{wrong}）", f"not in canonical form ({wrong})", seq)
    return body, seq, checkpoint.origin


def _hash(coded: str) -> bytes:
    data = decoded(coded)
    if data is None:
        raise _malformed()
    return data


def _malformed() -> Unreadable:
    return Unreadable("证明文件写法不对", "the proof file is malformed")
