"""Every refusal says why and what to do, every event has its sentence, in both languages; and each is used."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable

from tests.house.tree import Source, code

from yinji.kernel.events import SENTENCES, Event
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language, Said

RESERVED: dict[str, str] = {}
"""Codes that nothing gives yet, each with what it waits for."""

DECLARED_IN = (
    "yinji/kernel/refusals.py",
    "yinji/kernel/refusal_words/orders.py",
    "yinji/kernel/refusal_words/labels.py",
    "yinji/kernel/refusal_words/people.py",
    "yinji/kernel/refusal_words/accounts.py",
    "yinji/kernel/refusal_words/doors.py",
    "yinji/kernel/refusal_words/node.py",
    "yinji/kernel/events.py",
)

CHINESE = re.compile(r"[一-鿿]")


def wordless(said: Said) -> list[str]:
    """What is wrong with a sentence: a language is missing, or stands in the other's place."""
    return [
        *(["no Chinese"] if not CHINESE.search(said.zh) else []),
        *(["no English"] if not re.search("[A-Za-z]", said.en) else []),
        *(["Chinese in the English"] if CHINESE.search(said.en) else []),
    ]


def used(sources: Iterable[Source], kind: str) -> set[str]:
    """Members of an enum that code names: ``Refusal.X``."""
    return {
        node.attr
        for source in sources
        if source.path not in DECLARED_IN
        for node in ast.walk(source.tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == kind
    }


def test_every_refusal_has_a_reason_and_a_remedy_in_both_languages() -> None:
    assert set(WORDS) == set(Refusal)
    wrong = {
        f"{code.name}.{part}": faults
        for code, words in WORDS.items()
        for part, said in words._asdict().items()
        if (faults := wordless(said))
    }
    assert not wrong


def test_no_remedy_repeats_its_reason_and_no_two_refusals_sound_alike() -> None:
    for language in Language:
        reasons = [words.reason.in_(language) for words in WORDS.values()]
        assert not set(reasons) & {words.remedy.in_(language) for words in WORDS.values()}
        assert len(set(reasons)) == len(reasons)


def test_every_event_has_a_sentence_in_both_languages() -> None:
    assert set(SENTENCES) == set(Event)
    assert not {event.name: faults for event, said in SENTENCES.items() if (faults := wordless(said))}


def test_every_refusal_is_given_somewhere() -> None:
    unused = {each.name for each in Refusal} - used(code(), "Refusal")
    assert unused == RESERVED.keys(), "give it, retire it, or list it in RESERVED with what it waits for"


def test_every_event_is_written_somewhere() -> None:
    assert {each.name for each in Event} <= used(code(), "Event")


def test_half_a_sentence_is_seen() -> None:
    assert wordless(Said("", "the number is unknown")) == ["no Chinese"]
    assert wordless(Said("没有该单号", "没有该单号")) == ["no English", "Chinese in the English"]
    assert used([Source("m.py", "Refuse(Refusal.DISK_FULL)\nother.DISK_BUSY")], "Refusal") == {"DISK_FULL"}
