"""What a reader of streams takes in, so that no stream holds it for long or fills the memory."""

from __future__ import annotations

from typing import Final

STREAM_BYTES_MAX: Final = 32 << 20
"""A thousand labels with all texts as pictures."""

LABELS_MAX: Final = 2_000
"""Of one stream; a longer one is refused, as long documents are."""

COMMANDS_MAX: Final = 20_000
"""Of one label: a thousand would be many."""

STORED_MAX: Final = 64
"""Formats and pictures that a stream may leave with the printer."""

SIDE_MAX: Final = 8_000
"""Dots of a label's longer side: 660 mm at 300 dpi."""

AREA_MAX: Final = 8_000_000
"""Dots of a label: 100 x 300 mm at 300 dpi, twice over."""

ROWS_MAX: Final = 400_000
"""Rows of dots that all rectangles and pictures of one label fill: a label of ours has some 3,000."""

PICTURE_BYTES_MAX: Final = 2 << 20
"""Of one picture, unfolded."""

PICTURES_BYTES_MAX: Final = 16 << 20
"""Of all pictures of one label, unfolded: one stored picture may be called up again and again."""

TEXTS_MAX: Final = 4_000
CODES_MAX: Final = 256
"""Of one label, as of a page (`adapters.sheets.limits`)."""

TEXT_MAX: Final = 8_192
"""Characters of one text."""
