"""Fuzz `yinji inspect` with Atheris (pip install atheris), by hand: python scripts/fuzz_inspect.py -max_total_time=300 [CORPUS].

Whatever bytes come, a verdict or a refusal must follow. Texts are not read off pixels here: a model a second would be all that ran.
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date
from pathlib import Path

import atheris

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "src"))

with atheris.instrument_imports(include=["yinji.adapters", "yinji.label.inspection"]):
    from yinji.adapters.sheets import ocr, opening
    from yinji.flows.inspect_labels import inspect_labels
    from yinji_bench.inspected.as_pdf import as_pdf
    from yinji_bench.inspected.as_picture import as_jpeg, as_picture, as_png
    from yinji_bench.inspected.layouts import drawn

DAY = date(2026, 11, 22)
READER = opening.OpenedSheets()


def judge(content: bytes) -> None:
    """Inspect some bytes."""
    inspect_labels(content, "fuzz", reader=READER, on=DAY)


def main() -> None:
    """Begin with a document, two pictures and streams of every language."""
    ocr.TextReader.read = lambda _self, _picture: ()  # type: ignore[method-assign]  # left out, as said above
    ocr.TextReader.shapes = lambda _self, _picture: ()  # type: ignore[method-assign]  # left out, as said above
    small = as_picture(drawn("chinese")).resize((120, 180))
    seeds = (
        as_pdf(drawn("chinese", hidden=(("note", "13800001234"), ("xmp", "13800001234")))),
        as_png(small),
        as_jpeg(small),
        b"^XA^CI28^FO10,10^FD13800001234^FS^BY2^BCN,80^FDYQ1234567890123^FS^XZ",
        b'SIZE 76 mm,130 mm\nCLS\nTEXT 10,10,"3",0,1,1,"13800001234"\nPRINT 1\n',
        b"! 0 200 200 400 1\nTEXT 4 0 10 10 13800001234\nFORM\nPRINT\n",
        b"\x1b@13800001234\n\x1dk\x49\x05{B123",
    )
    with tempfile.TemporaryDirectory() as corpus:
        for number, seed in enumerate(seeds):
            (Path(corpus) / str(number)).write_bytes(seed)
        atheris.Setup([*sys.argv, corpus], judge)
        atheris.Fuzz()


if __name__ == "__main__":
    main()
