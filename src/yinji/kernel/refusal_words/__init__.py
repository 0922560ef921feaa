"""Reason and remedy of every refusal, in both languages. ``docs/reference/refusals.md`` is made from this table."""

from __future__ import annotations

from typing import Final

from yinji.kernel.refusal_words.accounts import ACCOUNTS
from yinji.kernel.refusal_words.doors import DOORS
from yinji.kernel.refusal_words.labels import LABELS
from yinji.kernel.refusal_words.node import NODE
from yinji.kernel.refusal_words.orders import ORDERS
from yinji.kernel.refusal_words.people import PEOPLE
from yinji.kernel.refusal_words.words import Words
from yinji.kernel.refusals import Refusal

__all__ = ["WORDS", "Words"]

WORDS: Final[dict[Refusal, Words]] = ORDERS | LABELS | PEOPLE | ACCOUNTS | DOORS | NODE
