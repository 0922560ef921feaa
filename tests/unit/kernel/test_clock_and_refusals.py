"""Beijing days, and refusals that always have words."""

from __future__ import annotations

import time
from datetime import UTC, date, datetime, timedelta

import pytest

from yinji.kernel.clock import SystemClock, beijing_day, moment
from yinji.kernel.decision import CannotTell, Refuse, as_refusal
from yinji.kernel.events import SENTENCES, Event
from yinji.kernel.faults import Fault
from yinji.kernel.refusal_words import WORDS
from yinji.kernel.refusals import Refusal
from yinji.kernel.said import Language, Said


def ms(*parts: int) -> int:
    return int(datetime(*parts, tzinfo=UTC).timestamp() * 1000)  # type: ignore[arg-type, misc]  # a date spread into arguments


@pytest.mark.parametrize(
    ("at_ms", "day"),
    [
        (ms(2026, 11, 21, 15, 59, 59), date(2026, 11, 21)),
        (ms(2026, 11, 21, 16, 0, 0), date(2026, 11, 22)),
        (ms(2026, 11, 21, 23, 59, 59), date(2026, 11, 22)),
        (ms(2026, 12, 31, 23, 59), date(2027, 1, 1)),
        (ms(1991, 7, 1, 15, 30), date(1991, 7, 1)),  # China had summer time then; our days do not
    ],
)
def test_a_day_is_beijings_day(at_ms: int, day: date) -> None:
    assert beijing_day(at_ms) == day


def test_a_moment_is_eight_hours_ahead_of_utc_all_year() -> None:
    assert {moment(ms(2026, month, 1)).utcoffset() for month in range(1, 13)} == {timedelta(hours=8)}


def test_the_system_clock_says_what_the_machine_says() -> None:
    assert abs(SystemClock().now_ms() - time.time() * 1000) < 5_000


@pytest.mark.parametrize("code", Refusal)
def test_every_refusal_has_reason_and_remedy_in_both_languages(code: Refusal) -> None:
    words = WORDS[code]
    assert all(part.strip() for said in words for part in said)


def test_no_words_are_kept_for_a_refusal_that_is_gone() -> None:
    assert set(WORDS) == set(Refusal)
    assert set(SENTENCES) == set(Event)


def test_a_sentence_is_said_in_the_language_asked_for() -> None:
    said = Said("好", "good")
    assert (said.in_(Language.ZH), said.in_(Language.EN)) == ("好", "good")


def test_what_cannot_be_told_is_refused_and_names_the_missing_fact() -> None:
    assert as_refusal(CannotTell("fact.training")) == Refuse(Refusal.CANNOT_TELL, "fact.training")


def test_a_refusal_stays_what_it_is() -> None:
    refused = Refuse(Refusal.QUOTA_SPENT, "3")
    assert as_refusal(refused) is refused


def test_a_fault_names_its_code_and_place() -> None:
    fault = Fault(Refusal.DISK_FULL, "/data")
    assert (str(fault), fault.code, fault.at) == ("DISK_FULL /data", Refusal.DISK_FULL, "/data")
