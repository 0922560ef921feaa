"""The report as SARIF 2.1.0 (OASIS, 2020), which build pipelines show beside the file that broke a rule."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from yinji.label.inspection.model import Outcome, Source
from yinji.label.inspection.rules import LOOKS
from yinji.law import Weight, citation, pack_version, rule

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yinji.kernel.said import Language
    from yinji.label.inspection.model import Judged, Shown
    from yinji.label.inspection.telling import InspectedFile

VERSION: Final = "2.1.0"
SCHEMA: Final = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_TOOL: Final = "yinji inspect"
_UNREAD: Final = "not-inspected"
_LEVELS: Final = {Weight.BINDING: "error", Weight.RECOMMENDED: "error", Weight.TRADE: "warning", Weight.HOUSE: "warning"}
"""Only law and standards are errors (3.27.10): pipelines stop at those."""


def sarif_of(files: Iterable[InspectedFile], *, on: date, language: Language) -> dict[str, Any]:
    """Return one run as a SARIF log. What cannot be told is a result of kind ``open`` (3.27.9)."""
    every = list(files)
    results = [result for file in every for result in _results(file, language)]
    return {
        "version": VERSION,
        "$schema": SCHEMA,
        "runs": [
            {
                "tool": {"driver": {"name": _TOOL, "version": pack_version(), "rules": list(_rules(on, language))}},
                "artifacts": [{"location": {"uri": _uri(each.name)}, "hashes": {"sha-256": each.digest}} for each in every],
                "results": results,
                "columnKind": "unicodeCodePoints",
            }
        ],
    }


def _rules(on: date, language: Language) -> list[dict[str, Any]]:
    found = [
        {
            "id": each.id,
            "shortDescription": {"text": each.says.in_(language)},
            "help": {"text": (each.remedy or each.says).in_(language)},
            "properties": {"weight": each.weight.value, "confidence": each.confidence.value, "citation": citation(each)},
        }
        for each in (rule(rule_id, on) for rule_id in LOOKS)
        if each is not None
    ]
    return [*found, {"id": _UNREAD, "shortDescription": {"text": "could not be read, or not wholly"}}]


def _results(file: InspectedFile, language: Language) -> list[dict[str, Any]]:
    found = [_result(shown, judged, file, language) for judged in file.labels for shown in judged.shown]
    if file.refused is not None:
        found.append(_open(f"{file.refused.code.value} {file.refused.code.name} {file.refused.at}".strip(), file, ""))
    elif not file.labels:
        found.append(_open("no label", file, ""))
    found += [_open(missed.in_(language), file, judged.place) for judged in file.labels for missed in judged.missed]
    return found


def _result(shown: Shown, judged: Judged, file: InspectedFile, language: Language) -> dict[str, Any]:
    certain = shown.outcome is Outcome.FAILS
    return {
        "ruleId": shown.rule,
        "kind": "fail" if certain else "open",
        "level": _LEVELS[shown.weight] if certain else "none",  # 3.27.10: whatever is not a failure has no level
        "message": {"text": shown.says.in_(language)},
        "locations": [_location(file, judged.place)],
        "properties": {
            "supportsOrder": shown.supports_order,
            "source": shown.source.value,
            "hidden": shown.source is Source.HIDDEN,
            "regions": [list(each.within(judged.at)) for each in shown.regions],
        },
    }


def _open(text: str, file: InspectedFile, place: str) -> dict[str, Any]:
    return {
        "ruleId": _UNREAD,
        "kind": "open",
        "level": "none",
        "message": {"text": text},
        "locations": [_location(file, place)],
    }


def _location(file: InspectedFile, place: str) -> dict[str, Any]:
    found: dict[str, Any] = {"physicalLocation": {"artifactLocation": {"uri": _uri(file.name)}}}
    return found | ({"logicalLocations": [{"name": place}]} if place else {})


def _uri(name: str) -> str:
    """Return a file's name as a URI reference (RFC 3986, 2.1)."""
    return "".join(chr(each) if each in _PLAIN else f"%{each:02X}" for each in name.encode("utf-8", "replace"))


_PLAIN: Final = frozenset(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")
