"""What is printed: templates, lints, writers.

Holds: drafts made of masked texts, the lints they must pass, templates in millimetres, and the writers of documents, pictures and
printers' languages.
Promises: no label leaves unlinted; text never leaves its box; bars are whole printer dots; a character without glyph is
refused by name.
Never: sees more of a person than masks and a leak probe; touches a database, a network or a clock.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from yinji.kernel.lazily import lazily

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

__getattr__ = lazily(__name__, _WHERE)
