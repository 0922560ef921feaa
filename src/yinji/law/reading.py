"""From a pack's text to its rules; whatever is malformed is named with place and remedy."""

from __future__ import annotations

import re
import tomllib
from datetime import date
from enum import StrEnum
from typing import Any, Final, NoReturn, TypeVar

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.law.model import ARTICLE_NONE, ARTICLE_UNREAD, Confidence, Rule, Treatment, Weight

_RULE_KEYS: Final = frozenset(
    (
        "id", "text", "article", "says", "remedy", "value", "unit", "confidence", "weight", "treatment", "effective_from", "effective_to",
        "names",
    )
)  # fmt: skip
_TEXT_KEYS: Final = frozenset(("law_id", "title", "short", "version", "source_title"))
_ID: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_VERSION: Final = re.compile(r"\d{4}(-\d\d-\d\d)?")
_ARTICLE: Final = re.compile(rf"\d+(\(\d+\))?|{ARTICLE_UNREAD}|{ARTICLE_NONE}")

_Mark = TypeVar("_Mark", bound=StrEnum)
_Kind = TypeVar("_Kind")


def read_pack(name: str, content: str) -> tuple[str, tuple[Rule, ...]]:
    """Return a pack's version ("label-2026-11-21") and its rules, ordered by id and first day.

    Args:
        name: the file's name, for messages.
        content: the file's text, TOML.

    Raises:
        Fault: RULE_PACK_MALFORMED, ``at`` saying where and what to write instead.
    """
    try:
        pack = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        _malformed(name, f"not TOML ({error})", "correct the syntax")
    texts = {key: _table(f"{name}: texts.{key}", text, _TEXT_KEYS) for key, text in pack.get("texts", {}).items()}
    found = [_rule(f"{name}: rule {place}", record, texts) for place, record in enumerate(pack.get("rule", []), 1)]
    found.sort(key=lambda rule: (rule.id, rule.effective_from))
    version = f"{_text(name, pack, 'pack')}-{_matching(name, pack, 'version', _VERSION)}"
    return version, tuple(found)


def by_id(rules: tuple[Rule, ...]) -> dict[str, tuple[Rule, ...]]:
    """Return the versions of each rule id, oldest first.

    Raises:
        Fault: RULE_PACK_MALFORMED where two versions hold on the same day.
    """
    versions: dict[str, tuple[Rule, ...]] = {}
    for rule in sorted(rules, key=lambda rule: (rule.id, rule.effective_from)):
        before = versions.get(rule.id, ())
        if before and (before[-1].effective_to is None or before[-1].effective_to >= rule.effective_from):
            _malformed(
                f"rule {rule.id}",
                f"the version from {before[-1].effective_from} is still in force on {rule.effective_from}",
                "give the older version an effective_to before that day",
            )
        versions[rule.id] = (*before, rule)
    return versions


def _rule(place: str, record: Any, texts: dict[str, dict[str, Any]]) -> Rule:  # noqa: ANN401 - not yet checked TOML
    record = _table(place, record, _RULE_KEYS)
    rule_id = _matching(place, record, "id", _ID)
    place = f"{place} ({rule_id})"
    if (text := texts.get(_text(place, record, "text"))) is None:
        _malformed(place, f"text {record['text']!r} is not among [texts]", "add the text, or name one that is there")
    value = record.get("value")
    if value is not None and (type(value) is not int or value < 0 or "unit" not in record):
        _malformed(place, "value is not a whole number with a unit", 'write value = 6 and unit = "digit"')
    last = _typed(place, record, "effective_to", date) if "effective_to" in record else None
    first = _typed(place, record, "effective_from", date)
    if last is not None and last < first:
        _malformed(place, "effective_to lies before effective_from", "exchange the two days")
    return Rule(
        id=rule_id,
        law_id=_matching(place, text, "law_id", _ID),
        law_title=_said(place, text, "title"),
        short_title=_text(place, text, "short"),
        version=_matching(place, text, "version", _VERSION),
        article=_matching(place, record, "article", _ARTICLE),
        says=_said(place, record, "says"),
        value=value,
        unit=record.get("unit", ""),
        confidence=_mark(place, record, "confidence", Confidence),
        weight=_mark(place, record, "weight", Weight),
        treatment=_mark(place, record, "treatment", Treatment),
        effective_from=first,
        effective_to=last,
        source_title=_text(place, text, "source_title"),
        remedy=_said(place, record, "remedy") if "remedy" in record else None,
        names=_names(place, record) if "names" in record else (),
    )


def _names(place: str, record: dict[str, Any]) -> tuple[str, ...]:
    found = _typed(place, record, "names", list)
    if (
        not found
        or len(set(map(str, found))) < len(found)
        or any(type(one) is not str or not _ID.fullmatch(one) for one in found)
    ):
        _malformed(place, "names is not a list of different words", 'write names = ["unit", "room"]')
    return tuple(found)


def _table(place: str, value: Any, known: frozenset[str]) -> dict[str, Any]:  # noqa: ANN401 - not yet checked TOML
    if not isinstance(value, dict):
        _malformed(place, "not a table", "write it as key = value lines")
    if unknown := sorted(value.keys() - known):
        _malformed(place, f"unknown key {unknown[0]!r}", f"use {', '.join(sorted(known))}")
    return value


def _typed(place: str, table: dict[str, Any], key: str, kind: type[_Kind]) -> _Kind:
    value = table.get(key)
    if type(value) is not kind:
        _malformed(place, f"{key} is missing or no {kind.__name__}", f"write {key} as a {kind.__name__}")
    return value


def _text(place: str, table: dict[str, Any], key: str) -> str:
    value = _typed(place, table, key, str)
    if not value.strip():
        _malformed(place, f"{key} is empty", f"fill in {key}")
    return value


def _matching(place: str, table: dict[str, Any], key: str, shape: re.Pattern[str]) -> str:
    value = _text(place, table, key)
    if not shape.fullmatch(value):
        _malformed(place, f"{key} {value!r} is malformed", f"write it in the form {shape.pattern}")
    return value


def _said(place: str, table: dict[str, Any], key: str) -> Said:
    both = table.get(key)
    if not isinstance(both, dict):
        _malformed(place, f"{key} is missing", f'write {key} = {{ zh = "...", en = "..." }}')
    return Said(_text(f"{place}.{key}", both, "zh"), _text(f"{place}.{key}", both, "en"))


def _mark(place: str, table: dict[str, Any], key: str, marks: type[_Mark]) -> _Mark:
    value = table.get(key)
    known = {mark.value: mark for mark in marks}
    if value not in known:
        _malformed(place, f"{key} {value!r} is unknown", f"use one of {', '.join(known)}")
    return known[value]


def _malformed(place: str, what: str, remedy: str) -> NoReturn:
    raise Fault(Refusal.RULE_PACK_MALFORMED, f"{place}: {what}; {remedy}")
