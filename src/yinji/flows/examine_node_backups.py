"""The backups in a folder: each is sealed, whole, and no key backup has outlived its life."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

from yinji.flows.back_up_file import chunks_of, stream_of
from yinji.flows.examine_node_files import phones_in
from yinji.flows.examine_node_finding import Backups, Finding, Patient, ok, warning, wrong
from yinji.flows.examine_node_rows import prefixes_of
from yinji.kernel.clock import moment
from yinji.kernel.faults import Fault
from yinji.kernel.refusal_words import WORDS

_SUFFIXES: Final = frozenset({".yjd", ".yjk", ".yje"})
_SQLITE: Final = b"SQLite format 3\x00"
_RECOVERY: Final = b"yinji-recovery-1 "
_HEAD_BYTES: Final = 32


def backups_are_sealed(patient: Patient) -> Iterator[Finding]:
    """Examine every file in the folder of backups."""
    backups = patient.backups
    if backups is None:
        return
    now, prefixes = patient.ground.clock.now_ms(), prefixes_of(patient)
    good = 0
    for path in sorted(each for each in backups.folder.rglob("*") if each.is_file()):
        findings = list(_sealed(path, backups, now) if path.suffix in _SUFFIXES else _other(path, prefixes))
        good += path.suffix in _SUFFIXES and not findings
        yield from findings
    said = "逐块认证过" if backups.recovery else "只读了头部：未给恢复密钥"
    told = "authenticated chunk by chunk" if backups.recovery else "by their headers only: no recovery key was given"
    yield ok("backups_sealed", f"{good} 份备份完好，{said}", f"{good} backups are sound, {told}", str(backups.folder))


def _sealed(path: Path, backups: Backups, now_ms: int) -> Iterator[Finding]:
    try:
        with stream_of(path) as stream:
            header = stream.header
        if backups.recovery:
            for _ in chunks_of(path, backups.recovery):
                pass
    except Fault as fault:
        reason = WORDS[fault.code].reason
        yield wrong("backup_unsound", reason.zh, reason.en, fault.at)
        return
    if 0 < header.expires_ms < now_ms:
        until = f"{moment(header.expires_ms):%Y-%m-%d %H:%M}"
        yield wrong(
            "backup_expired",
            f"密钥备份已于 {until} 过期，应销毁：它能撤销之后的删除",
            f"this key backup expired on {until}; destroy it: it could undo erasures made since",
            str(path),
        )


def _other(path: Path, prefixes: frozenset[bytes]) -> Iterator[Finding]:
    with path.open("rb") as file:
        head = file.read(_HEAD_BYTES)
    if head.startswith(_RECOVERY):
        yield wrong(
            "recovery_key_among_backups", "恢复密钥与备份放在一处", "the recovery key lies among the backups", str(path)
        )
    if head.startswith(_SQLITE):
        yield warning(
            "backup_unsealed",
            "未密封的数据库副本，请改用 yinji backup",
            "an unsealed copy of a database; use yinji backup",
            str(path),
        )
    if found := phones_in(path, prefixes=prefixes, allowed=frozenset()):
        yield wrong(
            "file_shows_phone", f"{found} 处像手机号的明文", f"{found} places that look like a mobile number", str(path)
        )
