"""A report in plain values, as JSON holds it: what was inspected, what was found, and nothing of what was read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from yinji.kernel.refusal_words import WORDS
from yinji.label.inspection.model import Outcome
from yinji.law import pack_version

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from yinji.kernel.decision import Refuse
    from yinji.kernel.said import Said
    from yinji.label.inspection.model import Judged, Region, Shown

FORMAT: Final = "yinji.inspection/1"
"""Of a report; a field is never given another meaning under the same number."""

_DIGITS: Final = 4
"""Decimals of a region: a dot of A4 at 203 dpi is 0.0004 of its height."""


@dataclass(frozen=True, slots=True)
class InspectedFile:
    """What became of one file: its labels, or why it was refused. ``digest`` is SHA-256 of its bytes, in hexadecimal."""

    name: str
    digest: str
    labels: tuple[Judged, ...] = ()
    refused: Refuse | None = None

    @property
    def outcome(self) -> Outcome:
        """FAILS where a label fails; PASSES where there are labels and all pass; otherwise nobody can tell."""
        outcomes = {each.outcome for each in self.labels}
        if Outcome.FAILS in outcomes:
            return Outcome.FAILS
        return Outcome.PASSES if outcomes == {Outcome.PASSES} and self.refused is None else Outcome.CANNOT_TELL


def outcome_of(files: Iterable[InspectedFile]) -> Outcome:
    """Return what is said of several files together: the worst of what is said of each; CANNOT_TELL of none."""
    outcomes = {each.outcome for each in files}
    return next((each for each in (Outcome.FAILS, Outcome.CANNOT_TELL) if each in outcomes or not outcomes), Outcome.PASSES)


def report_of(files: Iterable[InspectedFile], *, on: date) -> dict[str, Any]:
    """Return the report about files by the rules of a Beijing date. Its fields are listed in the guide `inspect-labels`."""
    every = list(files)
    return {
        "format": FORMAT,
        "rules": pack_version(),
        "on": on.isoformat(),
        "outcome": outcome_of(every).value,
        "files": [_file(each) for each in every],
    }


def _file(file: InspectedFile) -> dict[str, Any]:
    told: dict[str, Any] = {"name": file.name, "sha256": file.digest, "outcome": file.outcome.value}
    if file.refused is not None:
        words = WORDS[file.refused.code]
        told["refused"] = {
            "code": file.refused.code.value,
            "name": file.refused.code.name,
            "at": file.refused.at,
            "reason": _said(words.reason),
            "remedy": _said(words.remedy),
        }
    return told | {"labels": [_label(each) for each in file.labels]}


def _label(judged: Judged) -> dict[str, Any]:
    return {
        "place": judged.place,
        "outcome": judged.outcome.value,
        "region": _region(judged.at),
        "findings": [_finding(each, judged.at) for each in judged.shown],
        "missed": [_said(each) for each in judged.missed],
    }


def _finding(shown: Shown, at: Region) -> dict[str, Any]:
    return {
        "rule": shown.rule,
        "outcome": shown.outcome.value,
        "says": _said(shown.says),
        "remedy": _said(shown.remedy),
        "citation": shown.citation,
        "weight": shown.weight.value,
        "confidence": shown.confidence.value,
        "supports_order": shown.supports_order,
        "source": shown.source.value,
        "regions": [_region(each.within(at)) for each in shown.regions],
    }


def _region(region: Region) -> list[float]:
    return [round(min(1.0, max(0.0, each)), _DIGITS) for each in region]


def _said(said: Said) -> dict[str, str]:
    return {"zh": said.zh, "en": said.en}
