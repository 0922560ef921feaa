"""What an examination says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from yinji.flows.house import House
from yinji.flows.restore_node import Ground
from yinji.kernel.said import Said


class Grade(StrEnum):
    """How bad it is: a warning breaks nothing yet."""

    OK = "ok"
    WARNING = "warning"
    WRONG = "wrong"


@dataclass(frozen=True, slots=True)
class Finding:
    """What one check saw. ``place`` is a column, a path or a setting; neither sentence nor place holds a value of a person."""

    code: str
    grade: Grade
    said: Said
    place: str = ""


@dataclass(frozen=True, slots=True)
class Backups:
    """A folder of backups to be examined with the node; without a recovery key only their headers are read."""

    folder: Path
    recovery: bytes | None


@dataclass(frozen=True, slots=True)
class Patient:
    """What is examined: the place of a node, the node if it opens, a folder of backups."""

    ground: Ground
    house: House
    backups: Backups | None


def ok(code: str, zh: str, en: str, place: str = "") -> Finding:
    """Return that a check found nothing wrong."""
    return Finding(code, Grade.OK, Said(zh, en), place)


def warning(code: str, zh: str, en: str, place: str = "") -> Finding:
    """Return something that somebody should look at."""
    return Finding(code, Grade.WARNING, Said(zh, en), place)


def wrong(code: str, zh: str, en: str, place: str = "") -> Finding:
    """Return something that must be put right."""
    return Finding(code, Grade.WRONG, Said(zh, en), place)
