"""Forms of waybill numbers, read from the packaged table. Pure but for reading the package once."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.law.model import Confidence
from yinji.waybill.numbering.check_digits import LENGTHS, METHODS

_FILE: Final = "number_formats.toml"
_ID: Final = re.compile(r"[a-z0-9]{1,16}")
_LETTERS: Final = re.compile(r"(?:[A-Z]|\[A-Z\](?:\{[0-9](?:,[0-9])?\})?)*")
"""Letters as the table may write them: capitals, or any capital so many times."""


@dataclass(frozen=True, slots=True)
class NumberFormat:
    """One form of waybill numbers: ``prefix``, a serial of ``digits_min`` to ``digits_max`` digits, check digit, ``suffix``.

    ``check`` names the method of the check digit; ``source`` and ``confidence`` say how the form is known.
    """

    id: str
    name: Said
    prefix: str
    suffix: str
    digits_min: int
    digits_max: int
    check: str
    source: Said
    confidence: Confidence

    @property
    def check_digits(self) -> int:
        """How many digits follow the serial."""
        return LENGTHS[self.check]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A form with its pattern, ready to be met with a number."""

    form: NumberFormat
    pattern: re.Pattern[str]


def formats() -> Mapping[str, NumberFormat]:
    """Return every form by its id, in the order in which a number is read as one of them.

    Raises:
        Fault: RULE_PACK_MALFORMED, naming the place, where the packaged table is not one.
    """
    return {each.form.id: each.form for each in _shapes()}


def fits(number: str) -> NumberFormat | None:
    """Return the first form that a number (capitals, no spaces) fits, its check digit included; None where it fits none."""
    for shape in _shapes():
        match = shape.pattern.fullmatch(number)
        if match is not None and METHODS[shape.form.check](match["serial"]) == match["check"]:
            return shape.form
    return None


def read_formats(content: str) -> tuple[NumberFormat, ...]:
    """Return the forms that a table's text describes; raises RULE_PACK_MALFORMED, naming the place."""
    try:
        records = tomllib.loads(content)["format"]
        return tuple(_form(record) for record in records)
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError) as error:
        raise Fault(Refusal.RULE_PACK_MALFORMED, f"{_FILE}: {error}") from None


@cache
def _shapes() -> tuple[_Shape, ...]:
    found = read_formats((files(__package__) / _FILE).read_text(encoding="utf-8"))
    return tuple(_Shape(form, _pattern(form)) for form in found)


def _pattern(form: NumberFormat) -> re.Pattern[str]:
    serial = f"(?P<serial>[0-9]{{{form.digits_min},{form.digits_max}}})"
    check = f"(?P<check>[0-9]{{{form.check_digits}}})"
    return re.compile(f"{form.prefix}{serial}{check}{form.suffix}", re.ASCII)


def _form(record: Mapping[str, Any]) -> NumberFormat:
    fewest, most = record["digits"]
    form = NumberFormat(
        id=record["id"],
        name=Said(**record["name"]),
        prefix=record["prefix"],
        suffix=record["suffix"],
        digits_min=fewest,
        digits_max=most,
        check=record["check"],
        source=Said(**record["source"]),
        confidence=Confidence(record["confidence"]),
    )
    if not _ID.fullmatch(form.id) or form.check not in METHODS or not 0 < fewest <= most:
        raise ValueError(f"{form.id}: id, check or digits")
    if not _LETTERS.fullmatch(form.prefix) or not _LETTERS.fullmatch(form.suffix):
        raise ValueError(f"{form.id}: prefix or suffix")
    return form
