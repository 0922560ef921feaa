"""Texts off pixels: PP-OCR's models, which the wheel of rapidocr carries, on one thread.

Nothing is fetched: the models are named by their files, and without them there is no reader. Nothing is logged: the engine would
name files and times, and one day a text.
"""

from __future__ import annotations

import logging
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Final, NamedTuple

import rapidocr
from rapidocr.utils.output import RapidOCROutput

from yinji.adapters.sheets.limits import LINES_MAX
from yinji.kernel.faults import Fault
from yinji.kernel.private import Private
from yinji.kernel.refusals import Refusal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.Image import Image

_MODELS: Final = Path(rapidocr.__file__).parent / "models"
_FINDS: Final = _MODELS / "PP-OCRv6_det_small.onnx"
_READS: Final = _MODELS / "PP-OCRv6_rec_small.onnx"

_FOUND_AT: Final = 960
"""Dots of the longer side of the picture in which lines are looked for; they are then read at full size."""

_AT_ONCE: Final = 6  # lines read in one go

Point = tuple[float, float]


class ReadLine(NamedTuple):
    """One line: its corners in dots, from the upper left one clockwise as it is read, and how sure the reader is, 0 to 1.

    ``telling`` is False where it holds neither letter nor digit: signs of hiding are often unsure, and show nobody.
    """

    text: Private
    corners: tuple[Point, Point, Point, Point]
    confidence: float
    telling: bool


class TextReader:
    """Finds lines in a picture and reads them. One at a time: the engine keeps what it works on."""

    def __init__(self) -> None:
        """Load the models, some 0.3 s; raises Fault(SHEET_READER_MISSING) where the wheel came without them."""
        for model in (_FINDS, _READS):
            if not model.is_file():
                raise Fault(Refusal.SHEET_READER_MISSING, model.name)
        with _quiet():
            self._engine = rapidocr.RapidOCR(
                params={
                    "Global.log_level": "critical",
                    "Global.use_cls": False,  # the codes and the shapes of lines tell how a label is turned
                    "Global.text_score": 0.0,  # what could not be read is not dropped: it is said
                    "EngineConfig.onnxruntime.intra_op_num_threads": 1,
                    "EngineConfig.onnxruntime.inter_op_num_threads": 1,
                    "Det.model_path": str(_FINDS),
                    "Det.limit_type": "max",
                    "Det.limit_side_len": _FOUND_AT,
                    "Det.max_candidates": LINES_MAX,
                    "Rec.model_path": str(_READS),
                    "Rec.rec_batch_num": _AT_ONCE,
                }
            )
        self._lock = Lock()

    def read(self, picture: Image) -> tuple[ReadLine, ...]:
        """Return the lines of a grey picture, at most LINES_MAX, those included that could hardly be read."""
        with self._lock, _quiet():
            found = self._engine(picture)
        if not isinstance(found, RapidOCROutput) or found.boxes is None or not found.txts or not found.scores:
            return ()
        return tuple(
            ReadLine(Private(text.strip()), _corners(box), float(score), any(map(str.isalnum, text)))
            for box, text, score in zip(found.boxes.tolist(), found.txts, found.scores, strict=True)
        )

    def shapes(self, picture: Image) -> tuple[tuple[Point, Point, Point, Point], ...]:
        """Return where lines stand, unread: a third of the time."""
        with self._lock, _quiet():
            found = self._engine(picture, use_rec=False)
            self._engine.use_rec = True  # the engine keeps what it is told once
        boxes = getattr(found, "boxes", None)
        return () if boxes is None else tuple(_corners(box) for box in boxes.tolist())


@cache
def text_reader() -> TextReader:
    """Return the reader of this process, made when it is first asked for."""
    return TextReader()


def _corners(box: list[list[float]]) -> tuple[Point, Point, Point, Point]:
    one, two, three, four = ((float(x), float(y)) for x, y in box)
    return one, two, three, four


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the engine's logger shut: it is opened again by every engine that somebody else makes."""
    logger = logging.getLogger("RapidOCR")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before
