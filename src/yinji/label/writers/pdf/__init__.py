"""Labels as PDF (ISO 32000-1): one page a label, whole printer dots, text that can be read and copied.

Holds: page content as pieces prepared once a template, codes from tables, fonts embedded once a document.
Promises: same labels, same bytes; nothing about a person outside the pages; qpdf finds nothing to say.
Never: takes a text that was not linted and set.
"""

from __future__ import annotations

from yinji.label.writers.pdf.page import Painter
from yinji.label.writers.pdf.writer import PdfWriter

__all__ = ["Painter", "PdfWriter"]
