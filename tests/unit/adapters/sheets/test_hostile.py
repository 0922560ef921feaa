"""Whatever bytes come: a verdict or a refusal, in bounded time, never a crash."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from yinji.adapters.sheets.opening import OpenedSheets
from yinji.adapters.sheets.pdf_strings import strings_of
from yinji.flows.inspect_labels import inspect_labels
from yinji.label.inspection.telling import InspectedFile, report_of
from yinji_bench.inspected.as_pdf import as_pdf
from yinji_bench.inspected.as_picture import as_jpeg, as_picture, as_png
from yinji_bench.inspected.layouts import drawn

SMALL = as_picture(drawn("chinese")).resize((120, 180))
SEEDS = (as_pdf(drawn("chinese", hidden=(("xmp", "13800001234"),))), as_png(SMALL), as_jpeg(SMALL))
DAY = date(2026, 11, 22)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A file of a kind that is read, some of its bytes changed, cut out, or doubled."""
    content = bytearray(draw(st.sampled_from(SEEDS)))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(content) - 1))
        piece = draw(
            st.one_of(st.binary(max_size=6), st.sampled_from([b"0", b"-1", b"99999999999", b"<<", b">>", b"obj", b"\xff\xd9"]))
        )
        until = min(len(content), at + draw(st.integers(0, 40)))
        content[at:until] = piece
        if not content:
            content = bytearray(b"%PDF-")
    return bytes(content)


def judged(content: bytes) -> InspectedFile:
    return inspect_labels(content, "file", reader=OpenedSheets(), on=DAY)


@settings(max_examples=30, deadline=None)
@given(damaged())
def test_a_damaged_file_is_judged_or_refused(content: bytes) -> None:
    assert report_of([judged(content)], on=DAY)["files"][0]["outcome"] in {"passes", "fails", "cannot_tell"}


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_have_their_strings_told(content: bytes) -> None:
    assert all(isinstance(each, str) for each in strings_of(content))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=0xD7FF), min_size=2, max_size=40))
def test_a_string_is_told_as_it_was_written(text: str) -> None:
    coded = text.encode("utf-16-be")
    literal = (
        coded.replace(b"\\", b"\\\\").replace(b"(", b"\\(").replace(b")", b"\\)").replace(b"\r", b"\\r").replace(b"\n", b"\\n")
    )
    told = {
        *strings_of(b"1 0 obj <</A(\xfe\xff" + literal + b")>> endobj"),
        *strings_of(b"<</A<FEFF" + coded.hex().encode() + b">>>"),
    }
    assert told <= {text}
