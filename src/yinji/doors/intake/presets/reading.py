"""From the text of a preset or mapping file to a `Preset`, or every mistake in it with its key and remedy."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, Final, TypeVar

from yinji.doors.intake.presets.model import (
    RECIPIENT,
    Dress,
    Field,
    Per,
    Preset,
    ShippedForm,
    Told,
    names_another,
    names_identity,
    plain,
)
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said

_KEYS: Final = frozenset(
    (
        *(
            "id",
            "name",
            "source",
            "confidence",
            "telling",
            "absent",
            "columns",
            "remarks",
            "ready",
            "held",
            "nothing",
            "virtual",
        ),
        *("never", "protected", "fallback", "address_postcode", "weight_unit", "shipped"),
    )
)
_ID: Final = re.compile(r"[a-z][a-z0-9-]{0,15}")
_GRAMS: Final = {"kg": 1_000, "g": 1}
_REMARKS: Final = (Field.BUYER_MESSAGE, Field.SHOP_NOTE)
_STATUSES: Final = (Field.STATUS, Field.REFUND_STATUS)
_HEADINGS_MAX: Final = 200
"""More columns than any export has, and fewer than make a file slow to read."""

_Word = TypeVar("_Word", bound=StrEnum)


def read_preset(content: str, *, name: str) -> Preset | list[Refuse]:
    """Return what a preset says: TOML, or JSON where it begins with a brace.

    Every mistake is a MAPPING_MALFORMED whose ``at`` names file, key and what to write instead; it quotes keys, never values.
    """
    try:
        said = json.loads(content) if content.lstrip("\ufeff \t\r\n").startswith("{") else tomllib.loads(content)
    except (ValueError, RecursionError) as error:  # both decoders' own, and numbers of thousands of digits
        return [Refuse(Refusal.MAPPING_MALFORMED, f"{name}: {_where(error)}: correct the syntax")]
    reader = _Reader(name)
    preset = reader.preset(said) if isinstance(said, dict) else reader.wrong("", "a table of keys")
    return reader.mistakes or preset


def _where(error: Exception) -> str:
    if isinstance(error, json.JSONDecodeError):
        return f"line {error.lineno}"
    found = re.search(r"line \d+", str(error))
    return found[0] if found else "end"


class _Reader:
    """Reads one file and gathers what is wrong with it."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.mistakes: list[Refuse] = []

    def wrong(self, key: str, instead: str) -> Any:  # noqa: ANN401 - the value that stands for a mistake is never used
        """Note a mistake; what is returned only fills its place."""
        self.mistakes.append(Refuse(Refusal.MAPPING_MALFORMED, f"{self._name}: {key}: {instead}"))

    def preset(self, said: Mapping[str, Any]) -> Preset:
        """Return the preset; worthless where there are mistakes."""
        for key in said.keys() - _KEYS:
            self.wrong(_shown(key), f"unknown key; one of {', '.join(sorted(_KEYS))}")
        columns = self._columns(said.get("columns"))
        names = said.get("name", {})
        if not isinstance(names, dict) or not all(isinstance(names.get(each, ""), str) for each in ("zh", "en")):
            names = self.wrong("name", "a table with zh and en") or {}
        ident = said.get("id", "")
        if not isinstance(ident, str) or not _ID.fullmatch(ident):
            ident = self.wrong("id", "up to 16 small letters, digits and “-”, beginning with a letter") or ""
        telling = said.get("telling", [])
        telling = telling if isinstance(telling, list) else self.wrong("telling", "a list of lists of headings") or []
        unit = said.get("weight_unit", "kg")
        if not isinstance(unit, str) or unit not in _GRAMS:
            unit = self.wrong("weight_unit", "kg or g") or "kg"
        virtual = self._table(said, "virtual", ("kinds",))
        never = self._table(said, "never", ("headings",))
        remarks = tuple(
            self._word("remarks", each, Field) for each in self._texts("remarks", said.get("remarks", ["buyer_message"]))
        )
        if any(each not in _REMARKS for each in remarks):
            self.wrong("remarks", "buyer_message, shop_note or both")
        return Preset(
            id=ident,
            name=Said(names.get("zh") or ident, names.get("en") or ident),
            telling=tuple(self._plains(f"telling[{at}]", each) for at, each in enumerate(telling, 1)),
            absent=self._plains("absent", said.get("absent", [])),
            columns=columns,
            remarks=remarks,
            ready=self._statuses(said, "ready"),
            held=self._statuses(said, "held"),
            nothing=self._plains("nothing", said.get("nothing", [])),
            virtual_kinds=self._plains("virtual.kinds", virtual.get("kinds", [])),
            never=self._plains("never.headings", never.get("headings", [])),
            protected=self._flag(said, "protected"),
            fallback=self._flag(said, "fallback"),
            address_postcode=self._flag(said, "address_postcode"),
            grams_a_weight=_GRAMS[unit],
            shipped=self._shipped(said.get("shipped", {})),
            source=str(said.get("source", "")),
            confidence=str(said.get("confidence", "")),
        )

    def _columns(self, said: object) -> dict[Field, tuple[str, ...]]:
        if not isinstance(said, dict) or not said:
            self.wrong("columns", "a table: field = [headings]")
            return {}
        found: dict[Field, tuple[str, ...]] = {}
        taken: set[str] = set()
        for key, value in said.items():
            field = self._word("columns", key, Field)
            headings = tuple(plain(each) for each in self._texts(f"columns.{_shown(key)}", value))
            self._check_headings(field, headings, taken)
            found[field] = headings
        if not found.get(Field.ORDER):
            self.wrong("columns.order", "the heading of the order number")
        if not found.get(Field.CONTENTS):
            self.wrong("columns.contents", "the heading of what is inside")
        return found

    def _check_headings(self, field: Field, headings: tuple[str, ...], taken: set[str]) -> None:
        key = f"columns.{field}"
        if not headings or not all(headings):
            self.wrong(key, "at least one heading, none empty")
        for heading in headings:
            if heading in taken:
                self.wrong(key, "a heading that stands in one field only")
            taken.add(heading)
            if names_identity(heading):
                self.wrong(key, "another heading: identity numbers are not read")
            elif field in RECIPIENT and names_another(heading):
                self.wrong(key, "the recipient's own heading, not a buyer's, courier's, distributor's or sender's")
        if len(taken) > _HEADINGS_MAX:
            self.wrong(key, f"at most {_HEADINGS_MAX} headings in all")

    def _statuses(self, said: Mapping[str, Any], key: str) -> dict[Field, frozenset[str]]:
        table = self._table(said, key, tuple(field.value for field in _STATUSES))
        return {field: self._plains(f"{key}.{field}", table.get(field.value, [])) for field in _STATUSES}

    def _shipped(self, said: object) -> ShippedForm:
        table: Mapping[str, Any] = self._table({"shipped": said}, "shipped", ("per", "dress", "columns", "carriers"))
        rows = table.get("columns", [["订单号", "order"], ["快递公司", "carrier"], ["快递单号", "waybill"]])
        columns: list[tuple[str, Told]] = []
        for row in rows if isinstance(rows, list) else [None]:
            if isinstance(row, list) and len(row) == 2 and all(isinstance(each, str) and each for each in row):  # noqa: PLR2004 - a pair
                columns.append((row[0], self._word("shipped.columns", row[1], Told)))
            else:
                self.wrong("shipped.columns", "pairs of a title and one of order, sub_order, carrier, waybill")
        carriers = table.get("carriers", {})
        if not isinstance(carriers, dict) or not all(isinstance(each, str) for each in carriers.values()):
            carriers = self.wrong("shipped.carriers", "a table: our carrier's name = the platform's") or {}
        per = self._word("shipped.per", table.get("per", Per.ORDER), Per)
        dress = self._word("shipped.dress", table.get("dress", Dress.PLAIN), Dress)
        return ShippedForm(per, dress, tuple(columns), carriers)

    def _word(self, key: str, said: object, kind: type[_Word]) -> _Word:
        words = list(kind)
        if isinstance(said, str) and said in [each.value for each in words]:
            return kind(said)
        self.wrong(key, f"one of {', '.join(each.value for each in words)}")
        return words[0]

    def _table(self, said: Mapping[str, Any], key: str, keys: Iterable[str]) -> Mapping[str, Any]:
        table = said.get(key, {})
        if not isinstance(table, dict):
            self.wrong(key, "a table")
            return {}
        for each in table.keys() - set(keys):
            self.wrong(f"{key}.{_shown(each)}", f"unknown key; one of {', '.join(sorted(keys))}")
        return table

    def _texts(self, key: str, said: object) -> list[str]:
        listed = [said] if isinstance(said, str) else said
        if isinstance(listed, list) and all(isinstance(each, str) for each in listed):
            return listed
        self.wrong(key, "a text or a list of texts")
        return []

    def _plains(self, key: str, said: object) -> frozenset[str]:
        return frozenset(plain(each) for each in self._texts(key, said))

    def _flag(self, said: Mapping[str, Any], key: str) -> bool:
        flag = said.get(key, False)
        if isinstance(flag, bool):
            return flag
        self.wrong(key, "true or false")
        return False


def _shown(key: object) -> str:
    """A key as a message may quote it: only what could be a key at all."""
    return key if isinstance(key, str) and re.fullmatch(r"[A-Za-z_]{1,32}", key) else "?"
