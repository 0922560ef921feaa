"""The filter of the waybills' page: read from an address, kept in a view, said in words. A span of days stays relative until it is read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Final
from urllib.parse import urlencode

from yinji.doors.http.console.asked import begins_ms, day_of
from yinji.doors.http.console.waybill_words import KINDS, NUMBERS, choices, member
from yinji.doors.http.problems import Refused
from yinji.kernel.decision import Refuse
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Said
from yinji.waybill.listing.model import Wanted
from yinji.waybill.model import NumberState, WaybillKind
from yinji.waybill.parcel.model import STATE_WORDS, ParcelState
from yinji.waybill.rules import is_outlet

HERE: Final = "/console/waybills"
NUMBER_STATES: Final = tuple(NumberState)[3:8]
"""States of numbers that have a waybill: issued to voided."""


class Days(StrEnum):
    """Which days are shown. All but ``OWN`` are counted from today, on the day when they are read."""

    TODAY = "today"
    YESTERDAY = "yesterday"
    LAST_7 = "last-7"
    LAST_30 = "last-30"
    MONTH = "this-month"
    OWN = "own"


DAYS: Final[dict[Days, Said]] = {
    Days.TODAY: Said("今天", "today"),
    Days.YESTERDAY: Said("昨天", "yesterday"),
    Days.LAST_7: Said("最近 7 天", "last 7 days"),
    Days.LAST_30: Said("最近 30 天", "last 30 days"),
    Days.MONTH: Said("本月", "this month"),
    Days.OWN: Said("指定日期", "chosen dates"),
}
EVERY: Final = Said("不限", "any")
_BACK: Final = {Days.TODAY: 0, Days.LAST_7: 6, Days.LAST_30: 29, Days.OWN: 29}
"""How many days before its last one a span begins; where dates of one's own say no first day, as for 30 days."""

_CODES: Final = ("of_merchant", "outlet", "channel")
"""``merchant`` is a field of the search that stands on the same page."""

_MEMBERS: Final = {"state": NumberState, "parcel": ParcelState, "kind": WaybillKind}
NAMES: Final = frozenset({"days", "first", "last", *_CODES, *_MEMBERS})
"""All that a filter has, and so all that a view can keep: nothing that was looked for."""

PLAIN: Final = {"days": Days.LAST_30.value}
"""What is shown where nobody asks for anything."""


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter that was read. ``parts`` is how an address and a view write it: what leaves nothing out is not in it."""

    parts: dict[str, str]
    days: Days
    first: date
    last: date

    def address(self, **more: str) -> str:
        """Return the page's address with this filter, and ``more``."""
        return f"{HERE}?{urlencode(self.parts | more)}"

    def wanted(self) -> Wanted:
        """Return which waybills it lets through."""
        return Wanted(
            since_ms=begins_ms(self.first),
            until_ms=begins_ms(self.last, later=1),
            state=member(NumberState, self.parts.get("state", "")),
            parcel=member(ParcelState, self.parts.get("parcel", "")),
            kind=member(WaybillKind, self.parts.get("kind", "")),
            outlet=self.parts.get("outlet", ""),
            channel=self.parts.get("channel", ""),
            merchant=self.parts.get("of_merchant", ""),
        )

    def fields(self) -> dict[str, object]:
        """Return what the page's form shows."""
        said = self.parts.get
        return {
            "own": self.days is Days.OWN,
            "first": str(self.first),
            "last": str(self.last),
            "days": choices(DAYS, self.days.value),
            "states": choices(NUMBERS, said("state", ""), among=NUMBER_STATES, every=EVERY),
            "parcels": choices(STATE_WORDS, said("parcel", ""), every=EVERY),
            "kinds": choices(KINDS, said("kind", ""), every=EVERY),
            **{name: said(name, "") for name in _CODES},
        }


def read_filter(asked: Mapping[str, str], today: date) -> Filter:
    """Return the filter that an address, a form or a view asks for; raises `Refused` for a day or code that is none.

    Days and other names than a filter's are passed over where they say nothing: a list's unknown member leaves nothing out.
    """
    for code in _CODES:
        if not is_outlet(asked.get(code, "")):
            raise Refused(Refuse(Refusal.OUTLET_MALFORMED, code))
    days = _days(asked)
    first, last = _span(days, asked, today)
    parts = {"days": days.value}
    if days is Days.OWN:
        parts |= {"first": str(first), "last": str(last)}
    parts |= {name: asked[name] for name in _CODES if asked.get(name)}
    parts |= {name: asked[name] for name, kind in _MEMBERS.items() if member(kind, asked.get(name, "")) is not None}
    return Filter(parts, days, first, last)


def said_filter(parts: Mapping[str, str]) -> Said:
    """Return what a filter asks for, in words: ``最近 7 天 · 已制单 · NB``."""
    told: list[Said] = []
    days = member(Days, parts.get("days", "")) or Days.LAST_30
    told.append(DAYS[days])
    if days is Days.OWN:
        between = f"{parts.get('first', '')} – {parts.get('last', '')}"
        told[0] = Said(between, between)
    if (state := member(NumberState, parts.get("state", ""))) is not None:
        told.append(_said(NUMBERS[state].text))
    if (parcel := member(ParcelState, parts.get("parcel", ""))) is not None:
        told.append(STATE_WORDS[parcel])
    if (kind := member(WaybillKind, parts.get("kind", ""))) is not None:
        told.append(KINDS[kind])
    told += [Said(parts[name], parts[name]) for name in _CODES if parts.get(name)]
    return Said(" · ".join(each.zh for each in told), " · ".join(each.en for each in told))


def _days(asked: Mapping[str, str]) -> Days:
    """Return the span that is asked for. Dates without one are somebody's own: addresses of before there were spans."""
    named = member(Days, asked.get("days", ""))
    if named is not None:
        return named
    return Days.OWN if asked.get("first") or asked.get("last") else Days.LAST_30


def _span(days: Days, asked: Mapping[str, str], today: date) -> tuple[date, date]:
    if days is Days.OWN:
        last = day_of(asked.get("last", ""), today)
        return day_of(asked.get("first", ""), min(last, today) - timedelta(days=_BACK[days])), last
    if days is Days.YESTERDAY:
        return today - timedelta(days=1), today - timedelta(days=1)
    if days is Days.MONTH:
        return today.replace(day=1), today
    return today - timedelta(days=_BACK[days]), today


def _said(text: Said | str) -> Said:
    return text if isinstance(text, Said) else Said(text, text)
