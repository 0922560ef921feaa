"""A sentence in both languages of the house: Chinese first, English beside it."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple


class Language(StrEnum):
    """The languages a person may be answered in."""

    ZH = "zh"
    EN = "en"


class Said(NamedTuple):
    """One sentence, twice. ``zh`` is what a Chinese user reads, ``en`` what an English one reads."""

    zh: str
    en: str

    def in_(self, language: Language) -> str:
        """Return the sentence in ``language``."""
        return self.zh if language is Language.ZH else self.en
