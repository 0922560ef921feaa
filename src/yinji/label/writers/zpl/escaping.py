"""Texts as the data of a ZPL field: whatever stands in an order stays a text.

A field ends at the next command, and a command begins with ``^`` or ``~``; control characters are cut or obeyed by printers. All of
them, and the sign that escapes, are written as hexadecimal digits behind ``_``, which ^FH announces (ZPL II Programming Guide, ^FH).
"""

from __future__ import annotations

import re
from typing import Final

FIELD_HEX: Final = "^FH_"
SPECIAL: Final = re.compile("[\x00-\x1f\x7f-\x9f^~_\\\\\u2028\u2029]")
"""Among them the backslash, which begins a line or a hyphen in blocks of text (^FB)."""


def escaped(text: str) -> str:
    """Return a text for a field behind `FIELD_HEX`; what is no character (a lone surrogate) becomes a question mark.

    >>> escaped("^XA_")
    '_5EXA_5F'
    """
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return SPECIAL.sub(lambda match: "".join(f"_{byte:02X}" for byte in match[0].encode("utf-8")), whole)


def field(before: str, text: str) -> str:
    """Return a field: ``before`` places it and names its font, ^FD or ^FH ^FD and ^FS are put around the text."""
    if SPECIAL.search(text):
        return f"{before}{FIELD_HEX}^FD{escaped(text)}^FS\n"
    return f"{before}^FD{text}^FS\n"
