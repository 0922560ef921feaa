"""The one place of the console where plaintext is shown: what a look showed, line by line, for one answer that nobody keeps."""

from __future__ import annotations

from yinji.doors.http.console.waybill_words import MEMBERS
from yinji.doors.http.look import Fact
from yinji.flows.show_person import PersonShown


def facts_of(shown: PersonShown) -> list[Fact]:
    """Return what a look showed, opened. The answer that carries it says no-store, as every page does."""
    return [
        Fact(MEMBERS[member], value.open(), wide=member == "address")
        for member, value in shown.seen.values.items()
        if not value.blank
    ]
