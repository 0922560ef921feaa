"""Panels of electronic paper: what a shelf, a bag or a reusable box shows of a parcel. No waybill, and never more than one shows:
number, sorting code, destination, the masked recipient (on small panels the name alone), and a QR code of the token alone.

A panel is declared as all templates are, eight of its dots to a millimetre, so that a drawn label is the panel's picture dot for dot.
Dots of the panels: Waveshare's and Good Display's tables of modules (2.9, 4.2 and 7.5 inches). The 2.13 inch panel (250 x 122)
is none of them: a QR code of the longest token, three dots a module, is one dot higher than it.
"""

from __future__ import annotations

from typing import Final

from yinji.kernel.said import Said
from yinji.label.layout import zones
from yinji.label.layout.shrinking import fit
from yinji.label.layout.template import DOTS_PER_MM, SPECIMEN, Area, Box, Mark, NumberText, Part, Ply, Template, Weight

EPAPER: Final = "-epaper"
"""How the names of these templates end."""

_PANELS: Final = ((296, 128), (400, 300), (800, 480))
_QR_MM: Final = 16.0
"""128 dots: a QR code of the longest token, three dots a module, with its quiet zone."""

_EDGE: Final = 0.5
_WHOLE_RECIPIENT_MM: Final = 10.0
"""How high the recipient's place is where phone and address can be read in it."""

_ACTS_MM: Final = 6.5
"""How wide the marks of inspection and screening are at least: three characters of the least size."""


def _panel(width: int, height: int) -> Template:
    wide, high = width / DOTS_PER_MM, height / DOTS_PER_MM
    side = max(_QR_MM, zones.quarter(high * 0.4))
    area = Area(_EDGE, _EDGE, wide - side - 2 * _EDGE, high - 2 * _EDGE)
    row = zones.quarter(area.h / 6)
    x, y, w = area.x, area.y, area.w
    recipient, acts = y + 3 * row, max(_ACTS_MM, zones.quarter(w * 0.2))
    part = Part(
        qrs=(Area(wide - side, 0.0, side, side),),
        numbers=(NumberText(Area(x, y + 5 * row, w, row), zones.quarter(row * 0.7)),),
        boxes=(
            Box("sorting_code", Area(x, y, w - acts - 0.5, 2 * row), fit(2 * row, zones.quarter(row * 1.2), lines=1), Weight.BOLD, repeats=True,
                if_empty="人工分拣"),
            zones.framed_badge(Area(x + w - acts, y, acts, row - 0.25), "inspected_shown", zones.quarter(row * 0.6)),
            zones.framed_badge(Area(x + w - acts, y + row, acts, row - 0.25), "screened_shown", zones.quarter(row * 0.6)),
            Box("destination", Area(x, y + 2 * row, w, row), fit(row, zones.quarter(row * 0.75)), Weight.BOLD, repeats=True),
            *_recipient(Area(x, recipient, w, 2 * row), row),
            *(zones.class_of_label(Area(wide - side, side, side - _EDGE, zones.CLASS_HEIGHT)) if high - side >= zones.CLASS_HEIGHT else ()),
        ),
    ) + zones.under(Area(x, recipient - zones.LINE, w, 0.0))  # fmt: skip
    mark = Mark(SPECIMEN, Area(x, y, w, area.h), max(2.0, zones.quarter(high / 8)))
    return Template(
        f"{width}x{height}{EPAPER}", wide, high, (Ply(Said("电子纸", "e-paper"), Area(0, 0, wide, high), part, mark),)
    )


def _recipient(area: Area, row: float) -> tuple[Box, ...]:
    """Return masked name and phone, or the virtual number, and under them the masked address; on small panels only the name."""
    x, y, w, h = area
    if h < _WHOLE_RECIPIENT_MM:
        return (Box("recipient.name", area, fit(h, zones.quarter(h * 0.7)), Weight.BOLD),)
    name = zones.quarter(w * 0.4)
    call = Area(x + name + 0.5, y, w - name - 0.5, row)
    size = max(1.75, zones.quarter(row * 0.6))
    return (
        Box("recipient.name", Area(x, y, name, row), fit(row, size), Weight.BOLD),
        Box("recipient.phone", call, fit(row, size), Weight.BOLD),
        Box("recipient.virtual_number", call, fit(row, size), Weight.BOLD, instead_of="recipient.phone"),
        Box("recipient.address", Area(x, y + row, w, row), fit(row, max(1.75, zones.quarter(row * 0.5)))),
    )


PANELS: Final[dict[str, Template]] = {each.name: each for each in (_panel(*dots) for dots in _PANELS)}
"""Every panel by the name of its size, such as ``296x128-epaper``."""
