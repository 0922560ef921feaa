"""What is printed: templates, lints, writers.

Holds: drafts made of masked texts, the lints they must pass, templates in millimetres, and the writer of PDF documents.
Promises: no label leaves unlinted; text never leaves its box; bars are whole printer dots; a character without glyph is
refused by name.
Never: sees more of a person than masks and a leak probe; touches a database, a network or a clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from yinji.label.fonts import Fonts, find_fonts
    from yinji.label.layout import sizes
    from yinji.label.lints.finding import Finding, LeakProbe
    from yinji.label.model import Draft, PartyMask
    from yinji.label.passed import Label, Passed
    from yinji.label.press import Press
    from yinji.label.writers.pdf import PdfWriter

__all__ = [
    "Draft",
    "Finding",
    "Fonts",
    "Label",
    "LeakProbe",
    "PartyMask",
    "Passed",
    "PdfWriter",
    "Press",
    "find_fonts",
    "sizes",
]

_WHERE = {
    "Draft": "model",
    "Finding": "lints.finding",
    "Fonts": "fonts",
    "Label": "passed",
    "LeakProbe": "lints.finding",
    "PartyMask": "model",
    "Passed": "passed",
    "PdfWriter": "writers.pdf",
    "Press": "press",
    "find_fonts": "fonts",
    "sizes": "layout",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a module's verbs have many types
    """Hand on a verb, loading only the part that has it: asking for sizes loads no font."""
    if (where := _WHERE.get(name)) is None:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module  # noqa: PLC0415 - loaded with the first verb asked for

    found = getattr(import_module(f"{__name__}.{where}"), name)
    globals()[name] = found
    return found
