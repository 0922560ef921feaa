"""An exported log (c2sp.org/tlog-tiles): every entry read again, and the tree built anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from yinji_verify.clocks import Clocks
from yinji_verify.notes import WITNESS, Checkpoint, Trust, cosigned, read_key, read_note, require_quorum
from yinji_verify.verdict import Broken, Outcome, Unreadable, Verdict
from yinji_verify.walk import Walk


def verify_folder(
    folder: Path, *, key: str | None = None, kept: Sequence[str] = (), witnesses: Sequence[str] = (), quorum: int = 0
) -> Verdict:
    """Verify the export in ``folder``.

    ``key`` is the trusted key as ``NAME+ID+BASE64``; without it the key in the folder is used, and the verdict says so.
    ``kept`` are notes kept elsewhere: the log must be a continuation of each. ``witnesses`` are the keys of trusted witnesses:
    ``quorum`` of them must have cosigned each note in ``kept`` or, where there is none, some checkpoint in the folder: the
    verdict says up to which entry.
    """
    try:
        trust = trusted(key if key is not None else (folder / "key").read_text("utf-8"), witnesses, quorum)
        return _verified(folder, trust, kept, from_outside=key is not None)
    except (Broken, Unreadable) as trouble:
        return trouble.verdict()
    except (OSError, UnicodeDecodeError) as error:
        return Unreadable(f"读不到文件（{error}）", f"a file cannot be read ({error})").verdict()


def trusted(key: str, witnesses: Sequence[str] = (), quorum: int = 0) -> Trust:
    """Return whom to trust: the log's key, or several separated by blanks, and its witnesses. Raises Unreadable."""
    keys = tuple(read_key(each) for each in key.split())
    return Trust(keys, tuple(read_key(each, WITNESS) for each in witnesses), quorum)


def _verified(folder: Path, trust: Trust, kept: Sequence[str], *, from_outside: bool) -> Verdict:
    """1 checkpoints, kept ones and the folder's own; 2 their witnesses; 3 every entry and the tree."""
    own = _text(folder / "checkpoint")
    head = read_note(own, trust, of="checkpoint")  # 1
    noted = [(read_note(note, trust, of="kept checkpoint"), note) for note in kept]
    for file in sorted((folder / "checkpoints").glob("*")):
        note = _text(file)
        noted.append((read_note(note, trust, of=f"checkpoints/{file.name}"), note))
    if any(mark.origin != head.origin for mark, _ in noted):
        raise Unreadable("其中一个检查点属于另一份日志", "one of the checkpoints is of another log")
    if any(mark.size > head.size for mark, _ in noted):
        raise Broken("truncated", "日志比检查点所签的短", "the log is shorter than a checkpoint signs", head.size)
    for note in kept:  # 2
        require_quorum(note, trust, of="kept checkpoint")
    enough = [mark.size for mark, note in (*noted, (head, own)) if len(cosigned(note, trust)) >= trust.quorum]
    if not enough:
        require_quorum(own, trust, of="checkpoint")
    seen: dict[int, int] = {}
    for mark, note in (*noted, (head, own)):
        for at_s in cosigned(note, trust).values():
            seen[mark.size] = min(at_s, seen.get(mark.size, at_s))
    clocks = Clocks(seen)
    Walk(folder, head, [mark for mark, _ in noted], clocks).run()  # 3
    said = _said(head, clocks, from_outside=from_outside, kept=len(kept))
    if not trust.quorum:
        return said
    zh = f"{said.zh}。{trust.quorum} 名见证人联署到 {max(enough)} 条"
    return replace(said, zh=zh, en=f"{said.en}. {trust.quorum} witnesses cosigned up to {max(enough)} entries")


def _text(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def _said(head: Checkpoint, clocks: Clocks, *, from_outside: bool, kept: int) -> Verdict:
    zh = f"证据完好：{head.origin}，{head.size} 条，与检查点一致"
    en = f"verified: {head.origin}, {head.size} entries, as the checkpoint signs"
    if kept:
        zh, en = f"{zh}，并延续留存的检查点", f"{en}, and continues what was kept"
    if not from_outside:
        zh = f"{zh}。注意：密钥取自该文件夹，不能证明由谁签署"
        en = f"{en}. Note: the key came with the folder, so this does not show who signed"
    warned = clocks.said()
    return Verdict(Outcome.VERIFIED, zh + warned[0], en + warned[1], "verified")
