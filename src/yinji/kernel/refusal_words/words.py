"""The shape of what a refused person is told."""

from __future__ import annotations

from typing import NamedTuple

from yinji.kernel.said import Said


class Words(NamedTuple):
    """Why, and what to do next."""

    reason: Said
    remedy: Said


def words(reason_zh: str, reason_en: str, remedy_zh: str, remedy_en: str) -> Words:
    """Return a reason and a remedy from their four sentences."""
    return Words(Said(reason_zh, reason_en), Said(remedy_zh, remedy_en))
