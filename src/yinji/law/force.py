"""The rule in force on a day, and how it is cited."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib import resources
from typing import TYPE_CHECKING, Final, NamedTuple

from yinji.law.model import ARTICLE_NONE, ARTICLE_UNREAD, Confidence
from yinji.law.reading import by_id, read_pack

if TYPE_CHECKING:
    from datetime import date

    from yinji.law.model import Rule

_DIGEST_CHARACTERS: Final = 8
"""Enough to see that a pack of the same date was edited; it guards against a slip, not against an attacker."""


LABEL: Final = "label.toml"
"""The pack whose rules a label is linted by."""


class _Loaded(NamedTuple):
    packs: dict[str, str]
    versions: dict[str, tuple[Rule, ...]]


def rule(rule_id: str, on: date) -> Rule | None:
    """Return the version of a rule that is in force on a Beijing date; None before its first day or after its last."""
    for version in _loaded().versions.get(rule_id, ()):
        if version.in_force(on):
            return version
    return None


def rules(on: date) -> tuple[Rule, ...]:
    """Return every rule in force on a Beijing date, ordered by id."""
    return tuple(version for versions in _loaded().versions.values() for version in versions if version.in_force(on))


def strictest(rule_id: str) -> int:
    """Return the largest value that any version of a rule states: what satisfies it on every day.

    For rooms without a clock. Raises KeyError for an unknown rule, ValueError if no version states a value.
    """
    return max(version.value for version in _loaded().versions[rule_id] if version.value is not None)


def every_name(rule_id: str) -> frozenset[str]:
    """Return all that any version of a rule names: what satisfies it on every day.

    For rooms without a clock. Raises KeyError for an unknown rule.
    """
    return frozenset(name for version in _loaded().versions[rule_id] for name in version.names)


def every_version() -> tuple[Rule, ...]:
    """Return every version of every rule, ordered by id and first day."""
    return tuple(version for versions in _loaded().versions.values() for version in versions)


def pack_version() -> str:
    """Return what an issued label records: name and date of the pack of labels, and eight hex digits of its content.

    Another pack's change says nothing about labels, and does not part them in the figures.
    """
    return _loaded().packs[LABEL]


def pack_versions() -> str:
    """Return the same of every pack, joined."""
    return "+".join(_loaded().packs.values())


def citation(rule: Rule) -> str:
    """Return law, version and article, e.g. ``快递暂行条例（2025年文本）第23条``; an article not seen is said to be so.

    A draft is shown as one: nobody is bound by it.
    """
    if rule.article == ARTICLE_UNREAD:
        return f"{rule.short_title}（条款号未见）"
    if rule.article == ARTICLE_NONE:
        return f"{rule.short_title} {rule.id}（{rule.version}，非法律条文）"
    draft = "（征求意见稿，未生效）" if rule.confidence is Confidence.DRAFT else ""
    return f"{rule.short_title}第{rule.article}条{draft}"


@cache
def _loaded() -> _Loaded:
    folder = resources.files("yinji.law").joinpath("packs")
    packs: dict[str, str] = {}
    found: list[Rule] = []
    for file in sorted(folder.iterdir(), key=lambda file: file.name):
        if not file.name.endswith(".toml"):
            continue
        content = file.read_text(encoding="utf-8")
        version, read = read_pack(file.name, content)
        packs[file.name] = f"{version}.{sha256(content.encode()).hexdigest()[:_DIGEST_CHARACTERS]}"
        found.extend(read)
    return _Loaded(packs, by_id(tuple(found)))
