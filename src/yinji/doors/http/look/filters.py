"""Filters of the parts: sentences in the reader's language, figures, moments, masks.

A part is imported ``with context``: the reader's language is the variable ``language`` (zh or en), Chinese where none is set.
"""

from __future__ import annotations

import itertools
from typing import NamedTuple

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from yinji.doors.http.look.words import SAYS
from yinji.kernel.clock import moment
from yinji.kernel.mask import HIDDEN_MARK
from yinji.kernel.said import Language, Said


class Piece(NamedTuple):
    """A run of a masked text: shown as it is, or ``many`` characters hidden."""

    text: str
    hidden: bool

    @property
    def many(self) -> int:
        """How many characters it runs over."""
        return len(self.text)


def furnish(environment: Environment, *, icons: str = "/assets/icons.svg") -> None:
    """Give an environment what the parts need. Call once, before a template is loaded. ``icons`` is the address of the sprite."""
    environment.filters.update(say=say, count=count, day=day, minute=minute, instant=instant, pieces=pieces, text=text)
    environment.globals.update(says=says, icons=icons)


def language_of(context: Context) -> Language:
    """Return the language that the page is rendered in."""
    return Language(context.get("language", Language.ZH))


@pass_context
def say(context: Context, word: object) -> object:
    """Return a `Said` in the reader's language; anything else as it is."""
    return word.in_(language_of(context)) if isinstance(word, Said) else word


@pass_context
def says(context: Context, name: str, **values: object) -> str:
    """Return one of the parts' own sentences (`words`), filled with ``values``."""
    return SAYS[name].in_(language_of(context)).format(**values)


def count(value: object) -> str:
    """Return a whole number with its thousands set apart; another value as text. None is a dash."""
    if isinstance(value, int):
        return f"{value:,}".replace("-", "−")
    return "–" if value is None else str(value)


def day(at_ms: int) -> str:
    """Return the Beijing date of a moment: 2026-11-22."""
    return f"{moment(at_ms):%Y-%m-%d}"


def minute(at_ms: int) -> str:
    """Return the Beijing date and minute of a moment: 2026-11-22 09:05."""
    return f"{moment(at_ms):%Y-%m-%d %H:%M}"


def instant(at_ms: int) -> str:
    """Return a moment for machines: 2026-11-22T09:05:00+08:00."""
    return moment(at_ms).isoformat(timespec="seconds")


def pieces(masked: object) -> list[Piece]:
    """Return a masked text in runs of shown and hidden characters."""
    runs = itertools.groupby(str(masked), key=lambda each: each == HIDDEN_MARK)
    return [Piece("".join(run), hidden) for hidden, run in runs]


def text(value: object) -> str:
    """Return a value as text; None is a dash."""
    return "–" if value is None or value == "" else str(value)
