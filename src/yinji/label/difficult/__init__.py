"""A hundred invented people who are difficult to print without showing them: what `yinji lint` runs a template against.

Their plaintext stands here in the clear because nobody owns it. What may not be shown of each was written down by hand, so that it
can judge the masks instead of repeating them.
"""

from __future__ import annotations

import tomllib
from datetime import date
from functools import cache
from importlib import resources
from typing import NamedTuple


class Difficult(NamedTuple):
    """One invented person and parcel. ``hide`` is what no text of the label may show, beside the whole name and six digits in a row
    of the phone; ``place`` says that the name is a place's as well. ``virtual`` and ``until`` say what was told of the phone.
    ``may`` are names of refusals that are right for this person, whatever the template.
    """

    name: str
    phone: str
    address: str
    contents: str
    remark: str
    hide: tuple[str, ...]
    may: tuple[str, ...]
    virtual: bool
    until: date | None
    place: bool


@cache
def difficult_people() -> tuple[Difficult, ...]:
    """Return them, in the order of the file."""
    text = resources.files("yinji.label.difficult").joinpath("people.toml").read_text(encoding="utf-8")
    return tuple(
        Difficult(
            name=each["n"],
            phone=each["p"],
            address=each["a"],
            contents=each["c"],
            remark=each.get("r", ""),
            hide=tuple(each["hide"]),
            may=tuple(each.get("may", ())),
            virtual=each.get("virtual", False),
            until=each.get("until"),
            place=each.get("place", False),
        )
        for each in tomllib.loads(text)["people"]
    )
