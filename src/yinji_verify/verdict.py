"""What a verification says, in Chinese and English, and the number it exits with."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum


class Outcome(IntEnum):
    """The exit code."""

    VERIFIED = 0
    BROKEN = 1
    CANNOT_TELL = 2


@dataclass(frozen=True)
class Verdict:
    """An outcome and its sentences. ``seq`` is the first bad entry, ``kind`` what is wrong, where that is known."""

    outcome: Outcome
    zh: str
    en: str
    kind: str = ""
    seq: int | None = None

    @property
    def verified(self) -> bool:
        """True if nothing is wrong."""
        return self.outcome is Outcome.VERIFIED


class Broken(Exception):  # noqa: N818 - a word of the house: evidence that does not verify
    """Evidence that is not what was signed. Says what, where, and in both languages."""

    def __init__(self, kind: str, zh: str, en: str, seq: int | None = None) -> None:
        """``kind`` is a word for programs; ``seq`` the first bad entry."""
        super().__init__(en)
        self.kind, self.zh, self.en, self.seq = kind, zh, en, seq

    def verdict(self) -> Verdict:
        """Return it as a verdict."""
        where = ("", "") if self.seq is None else (f"条目 {self.seq}：", f"entry {self.seq}: ")
        return Verdict(Outcome.BROKEN, f"证据对不上：{where[0]}{self.zh}", f"BROKEN: {where[1]}{self.en}", self.kind, self.seq)


class Unreadable(Exception):  # noqa: N818 - a word of the house: nothing to judge by
    """A folder, file or key that cannot be read as what it should be: no verdict is possible."""

    def __init__(self, zh: str, en: str) -> None:
        """Say what is missing."""
        super().__init__(en)
        self.zh, self.en = zh, en

    def verdict(self) -> Verdict:
        """Return it as a verdict."""
        return Verdict(Outcome.CANNOT_TELL, f"无法判断：{self.zh}", f"cannot tell: {self.en}", "unreadable")
