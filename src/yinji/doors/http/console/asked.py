"""What a page's address and forms say, read: references, days, members of closed lists. What cannot be read is refused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Annotated, Final

from litestar.enums import RequestEncodingType
from litestar.params import Body

from yinji.doors.http.problems import Refused
from yinji.kernel.clock import BEIJING
from yinji.kernel.decision import Refuse
from yinji.kernel.ids import Ref, read_ref
from yinji.kernel.refusals import Refusal

Form = Annotated[dict[str, str], Body(media_type=RequestEncodingType.URL_ENCODED)]
"""How a handler takes a form: ``data: Form``."""

_REF_CHARACTERS: Final = 36
_DAY_CHARACTERS: Final = 10
_YEARS: Final = range(1970, 3000)
"""Years of which a reference can hold the moment."""


def ref_of(text: str, *, unknown: Refusal = Refusal.NUMBER_UNKNOWN) -> Ref:
    """Return the reference in an address; one that is none is as unknown as any."""
    try:
        if len(text) == _REF_CHARACTERS:
            return read_ref(text)
    except ValueError:
        pass
    raise Refused(Refuse(unknown))


def day_of(text: str, otherwise: date) -> date:
    """Return the Beijing day written as 2026-11-22; raises `Refused` (DATE_MALFORMED). An empty text is ``otherwise``."""
    if not text:
        return otherwise
    try:
        if len(text) == _DAY_CHARACTERS and (day := date.fromisoformat(text)).year in _YEARS:
            return day
    except ValueError:
        pass
    raise Refused(Refuse(Refusal.DATE_MALFORMED))


def begins_ms(day: date, *, later: int = 0) -> int:
    """Return the first millisecond of the Beijing day ``later`` days after another (milliseconds since 1970)."""
    begin = datetime(day.year, day.month, day.day, tzinfo=BEIJING) + timedelta(days=later)
    return int(begin.timestamp()) * 1_000
