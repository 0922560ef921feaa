"""The press that sets the labels of this node: its fonts, its print head, and where a label's QR code leads.

`label_link` is the start of the address that a QR code leads to; the token follows it.
"""

from __future__ import annotations

from yinji.kernel.faults import Fault
from yinji.kernel.refusals import Refusal
from yinji.label.codes.grammar import LINK
from yinji.label.fonts import find_fonts
from yinji.label.layout import panels
from yinji.label.press import Press
from yinji.settings import Settings


def link_of(settings: Settings) -> str:
    """Return what stands before the token in a QR code; raises SETTING_MALFORMED where no code could hold it."""
    if LINK.fullmatch(settings.label_link) is None:
        raise Fault(Refusal.SETTING_MALFORMED, "label_link")
    return settings.label_link


def press_of(settings: Settings, size: str = "") -> Press:
    """Return a press for labels of a size, the node's own where none is named: some 20 ms, and for one thread at a time."""
    fonts = find_fonts(settings.font or None, settings.font_rare or None)
    if size in panels():  # electronic paper has its own dots, and room for a token
        return Press(fonts, size=size)
    return Press(fonts, size=size or settings.label_size, link=link_of(settings), dpi=int(settings.printer_dpi))
