"""An exported log (c2sp.org/tlog-tiles): every entry read again, and the tree built anew."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from yinji_verify.notes import Checkpoint, Key, read_key, read_note
from yinji_verify.verdict import Broken, Outcome, Unreadable, Verdict
from yinji_verify.walk import Walk


def verify_folder(folder: Path, *, key: str | None = None, kept: Sequence[str] = ()) -> Verdict:
    """Verify the export in ``folder``.

    ``key`` is the trusted key as ``NAME+ID+BASE64``; without it the key in the folder is used, and the verdict says so.
    ``kept`` are notes kept elsewhere: the log must be a continuation of each.
    """
    try:
        return _verified(folder, key, kept)
    except (Broken, Unreadable) as trouble:
        return trouble.verdict()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到文件（{error}）", f"a file cannot be read ({error})").verdict()


def trusted_keys(folder: Path, key: str | None) -> tuple[list[Key], bool]:
    """Return the keys to trust, and whether they came from outside the folder."""
    lines = [key] if key is not None else (folder / "key").read_text("utf-8").split()
    return [read_key(line) for line in lines], key is not None


def _verified(folder: Path, key: str | None, kept: Sequence[str]) -> Verdict:
    """1 keys; 2 checkpoints, kept ones and the folder's own; 3 every entry and the tree."""
    keys, from_outside = trusted_keys(folder, key)  # 1
    head = read_note(_text(folder / "checkpoint"), keys, of="checkpoint")  # 2
    marks = [read_note(note, keys, of="kept checkpoint") for note in kept]
    for file in sorted((folder / "checkpoints").glob("*")):
        marks += [read_note(_text(file), keys, of=f"checkpoints/{file.name}")]
    if any(mark.origin != head.origin for mark in marks):
        raise Unreadable("其中一个检查点属于另一份日志", "one of the checkpoints is of another log")
    if any(mark.size > head.size for mark in marks):
        raise Broken("truncated", "日志比检查点所签的短", "the log is shorter than a checkpoint signs", head.size)
    walk = Walk(folder, head, marks)  # 3
    walk.run()
    return _said(head, walk.early, from_outside=from_outside, kept=len(kept))


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _said(head: Checkpoint, early: int | None, *, from_outside: bool, kept: int) -> Verdict:
    zh = f"证据完好：{head.origin}，{head.size} 条，与检查点一致"
    en = f"verified: {head.origin}, {head.size} entries, as the checkpoint signs"
    if kept:
        zh, en = f"{zh}，并延续留存的检查点", f"{en}, and continues what was kept"
    if not from_outside:
        zh = f"{zh}。注意：密钥取自该文件夹，不能证明由谁签署"
        en = f"{en}. Note: the key came with the folder, so this does not show who signed"
    if early is not None:
        zh, en = f"{zh}。提醒：条目 {early} 的时间早于前一条", f"{en}. Warning: entry {early} is earlier than the one before"
    return Verdict(Outcome.VERIFIED, zh, en, "verified")
