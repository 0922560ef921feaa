"""The files of the kit: each case is answered by the engine, compared with what a person wrote, and told as one line of JSON."""

from __future__ import annotations

import hashlib
import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from conformance_kit import cases, label_cases
from yinji.deid import mask_address, mask_name, mask_phone, scan
from yinji.kernel.private import Private
from yinji.label.codes.code128 import symbols
from yinji.label.codes.grammar import LINK, TOKEN
from yinji.label.inspection.judging import judge
from yinji.label.inspection.model import Region, SeenCode, SeenLabel, SeenText, Source, Symbology
from yinji.waybill.numbering.check_digits import METHODS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

VERSION: Final = "1"
"""Raised when an answer changes that another implementation may rely on."""

LICENCE: Final = "Apache-2.0"
ON: Final = date(2026, 11, 22)
"""The day whose rules judge the labels."""

_SHOWN: Final = re.compile(r"\[([a-z]+):(.*?)\]")
_HIGH: Final = 0.05
_BARS: Final = Region(0.05, 0.7, 0.95, 0.8)
_DOTS: Final = 3.0

Row = dict[str, Any]


class Disagrees(Exception):  # noqa: N818 - it says what happened
    """The engine answers a case otherwise than the person who wrote it."""


def files() -> dict[str, str]:
    """Return the content of every file of the kit by its name; raises Disagrees."""
    made = {name: "".join(map(_line, rows())) for name, rows in _FILES.items()}
    listed = {
        name: {"lines": content.count("\n"), "sha256": hashlib.sha256(content.encode()).hexdigest()}
        for name, content in made.items()
    }
    manifest = {"version": VERSION, "license": LICENCE, "people": "invented", "rules_of": ON.isoformat(), "files": listed}
    return made | {"manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2) + "\n"}


def masks() -> Iterator[Row]:
    """Yield names, phones and addresses with their masks."""
    asked: list[tuple[str, str, str, str, str]] = []
    asked += [("name", "", text, said, mask_name(text).text) for text, said in cases.NAMES.items()]
    asked += [("phone", "", text, said, mask_phone(text).text) for text, said in cases.PHONES.items()]
    asked += [
        ("address", policy, text, said, mask_address(text, policy).text) for (policy, text), said in cases.ADDRESSES.items()
    ]
    for place, (kind, policy, text, said, answered) in enumerate(asked, start=1):
        _agree(f"{kind} {text}", said, answered)
        yield {"id": f"mask-{place}", "kind": kind, "policy": policy or None, "text": text, "masked": said}


def findings() -> Iterator[Row]:
    """Yield free texts with what shows a person in them."""
    for place, written in enumerate(cases.TEXTS, start=1):
        text, said = _SHOWN.sub(r"\2", written), _spans(written)
        answered = [{"kind": each.kind.value, "start": each.span.start, "end": each.span.end} for each in scan(text)]
        _agree(text, said, answered)
        yield {"id": f"text-{place}", "text": text, "findings": said}


def bar_codes() -> Iterator[Row]:
    """Yield waybill numbers with the symbol values of their Code 128, start, check and stop included."""
    for place, (number, said) in enumerate(cases.CODE_128.items(), start=1):
        values = [int(value) for value in said.split()]
        _agree(number, values, symbols(number))
        yield {"id": f"code128-{place}", "number": number, "symbols": values}


def check_digits() -> Iterator[Row]:
    """Yield serials with their check digits."""
    for place, (method, serial, said) in enumerate(cases.CHECK_DIGITS, start=1):
        _agree(f"{method} {serial}", said, METHODS[method](serial))
        yield {"id": f"check-{place}", "method": method, "serial": serial, "check": said}


def qr_contents() -> Iterator[Row]:
    """Yield contents of QR codes, and whether they have the form that holds nobody."""
    for place, (link, token, said) in enumerate(cases.QR_CONTENTS, start=1):
        _agree(link + token, said, LINK.fullmatch(link) is not None and TOKEN.fullmatch(token) is not None)
        yield {"id": f"qr-{place}", "link": link, "token": token, "valid": said}


def labels() -> Iterator[Row]:
    """Yield the lines and codes of finished labels with what the rules say of them."""
    for case in label_cases.CASES:
        lines = [case.line if case.line and line.split()[0] == case.line.split()[0] else line for line in label_cases.GOOD]
        codes = ((Symbology.CODE_128, label_cases.NUMBER), (Symbology.QR, label_cases.LINK))
        judged = judge(_seen(lines, codes), on=ON)
        said = [{"rule": rule, "outcome": outcome} for rule, outcome in case.rules]
        found = sorted({(each.rule, each.outcome.value) for each in judged.shown})
        _agree(case.id, (case.outcome, said), (judged.outcome.value, [{"rule": rule, "outcome": how} for rule, how in found]))
        yield {
            "id": f"label-{case.id}",
            "on": ON.isoformat(),
            "texts": lines,
            "codes": [{"symbology": kind.value, "content": content} for kind, content in codes],
            "outcome": case.outcome,
            "findings": said,
        }


def _seen(lines: list[str], codes: tuple[tuple[Symbology, str], ...]) -> SeenLabel:
    texts = tuple(
        SeenText(Private(line), Region(0.05, _HIGH * place, 0.9, _HIGH * (place + 1)), Source.TEXT)
        for place, line in enumerate(lines, start=1)
    )
    return SeenLabel("label 1", texts, tuple(SeenCode(kind, Private(content), _BARS, _DOTS) for kind, content in codes))


def _spans(written: str) -> list[Row]:
    said: list[Row] = []
    marks = 0
    for match in _SHOWN.finditer(written):
        start = match.start() - marks
        said.append({"kind": match[1], "start": start, "end": start + len(match[2])})
        marks += len(match[0]) - len(match[2])
    return said


def _agree(what: str, said: object, answered: object) -> None:
    if said != answered:
        raise Disagrees(f"{what}: written {said!r}, answered {answered!r}")


def _line(row: Row) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"


_FILES: Final[dict[str, Callable[[], Iterator[Row]]]] = {
    "masks.jsonl": masks,
    "findings.jsonl": findings,
    "code128.jsonl": bar_codes,
    "check_digits.jsonl": check_digits,
    "qr_contents.jsonl": qr_contents,
    "labels.jsonl": labels,
}
