"""What a page's content begins with: one unit becomes one dot of 203 dpi; and the names of its fonts."""

from __future__ import annotations

from typing import Final

from yinji.label.layout.template import DOTS_PER_MM, Weight

POINTS_PER_MM: Final = 72 / 25.4
DOT: Final = f"{POINTS_PER_MM / DOTS_PER_MM:.9f}"
"""One dot in points: 203 dpi is 8 dots a millimetre."""

RESOURCE: Final = {Weight.REGULAR: "R", Weight.BOLD: "B"}
"""Names of the two fonts in the page resources."""
