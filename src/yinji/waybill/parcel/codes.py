"""The names under which scans are reported: lists as data, and a mapping for the rest."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from yinji.kernel.said import Said
from yinji.waybill.parcel.model import Scan

if TYPE_CHECKING:
    from collections.abc import Mapping

OWN_LIST: Final = "yinji"


@dataclass(frozen=True, slots=True)
class CodeList:
    """One list of codes: its id and title, where it comes from, how sure that is, and what each code means."""

    id: str
    title: Said
    source: str
    confidence: str
    codes: Mapping[str, Scan]

    def read(self, code: str) -> Scan | None:
        """Return what a code means; our own names are understood beside every list. None where it stands in neither."""
        plain = plain_code(code)
        return self.codes.get(plain) or own_codes().get(plain)


def plain_code(code: str) -> str:
    """Return a code as lists and mappings are asked for it: without spaces, in upper case."""
    return "".join(code.split()).upper()


@cache
def code_lists() -> dict[str, CodeList]:
    """Return every list by its id."""
    raw = tomllib.loads((files(__package__) / "codes.toml").read_text(encoding="utf-8"))["lists"]
    return {
        name: CodeList(
            name,
            Said(each["title"]["zh"], each["title"]["en"]),
            each["source"],
            each["confidence"],
            {code: Scan[scan] for code, scan in each["codes"].items()},
        )
        for name, each in raw.items()
    }


def own_codes() -> Mapping[str, Scan]:
    """Return Yinji's own names."""
    return code_lists()[OWN_LIST].codes
