"""Renders the gallery from the console's own parts."""

from __future__ import annotations

from pathlib import Path
from typing import Final, Literal

from jinja2 import ChoiceLoader, Environment, FileSystemLoader, PackageLoader, StrictUndefined

from gallery import sample
from yinji.doors.http.look import furnish
from yinji.kernel.said import Language

HERE: Final = Path(__file__).parent


def environment() -> Environment:
    """Return an environment as strict as the console's, that finds the gallery too."""
    made = Environment(
        loader=ChoiceLoader([FileSystemLoader(HERE), PackageLoader("yinji.doors.http")]),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    furnish(made)
    return made


def gallery(language: Language, theme: Literal["light", "dark"]) -> str:
    """Return the gallery's page."""
    page = environment().get_template("gallery.html")
    return page.render(language=language.value, theme=theme, s=sample, d=sample.drawings(language))
