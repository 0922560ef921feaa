"""What an inspection says of a file, in a word or two: for tests."""

from __future__ import annotations

from datetime import date

from yinji.adapters.sheets.opening import OpenedSheets
from yinji.flows.inspect_labels import inspect_labels
from yinji.kernel.refusals import Refusal
from yinji.label.inspection.model import Outcome
from yinji.label.inspection.telling import InspectedFile

TODAY = date(2026, 11, 22)


def inspected(content: bytes) -> InspectedFile:
    return inspect_labels(content, "file", reader=OpenedSheets(), on=TODAY)


def rules(file: InspectedFile, outcome: Outcome = Outcome.FAILS) -> set[str]:
    return {each.rule for label in file.labels for each in label.shown if each.outcome is outcome}


def refusal(content: bytes) -> Refusal | None:
    refused = inspected(content).refused
    return refused.code if refused is not None else None
