"""What an inspection takes in, so that no file holds it for long or fills the memory."""

from __future__ import annotations

from typing import Final

SHEETS_MAX: Final = 2_000
"""Pages of one document that are looked at; a longer one is refused, not cut: half a verdict would be taken for a whole one."""

PIXELS_MAX: Final = 64_000_000
"""Of one picture, before it is decoded: a good camera's 50 megapixels, and no bomb of 400."""

PAGE_POINTS_MAX: Final = 14_400
"""Of a page's side: 5 metres, the most that ISO 32000-1 (annex C) foresees; a page of kilometres is refused."""

OBJECTS_MAX: Final = 30_000
"""Things that one page draws, those inside of others counted each time: a label draws some hundred, an A4 sheet of them a thousand.
What draws more is not drawn here: it would take minutes."""

SIDE_MAX: Final = 3_000
"""Dots of the longer side of what is looked at: finer pictures are made smaller first. A4 at 250 dpi."""

READ_SIDE_MAX: Final = 1_800
"""Dots of the longer side of a label whose texts are read off pixels: a waybill of 180 mm at 250 dpi."""

TEXTS_MAX: Final = 4_000
"""Lines of one sheet: a label has forty, an A4 sheet of small print some hundreds. Whatever has more is said to be unread."""

LINES_MAX: Final = 160
"""Lines of one picture that are read: each takes some 30 ms. The others are said to be unread."""

CODES_MAX: Final = 256
"""Codes of one sheet that are looked at."""

LABELS_MAX: Final = 48
"""Labels on one sheet: address labels of 38 x 21 mm stand 65 on A4, waybills four."""

HIDDEN_TEXTS_MAX: Final = 2_000
"""Strings of a document beside its pages: attributes, notes, fields."""

INFLATED_MAX: Final = 32 << 20
"""Bytes that a document's streams may unfold to while they are searched for texts; a bomb ends there."""

DPI: Final = 203
"""The print head that rules of the trade count dots of."""
