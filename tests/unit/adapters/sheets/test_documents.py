"""Documents: what their pages show, what nobody sees on paper, and what cannot be opened."""

from __future__ import annotations

import sys
import zlib
from io import BytesIO

import pikepdf
import pytest
from tests.unit.adapters.sheets.inspecting import inspected, refusal, rules

from yinji.kernel.refusals import Refusal
from yinji.label.inspection.model import Outcome, Source
from yinji_bench.inspected.as_pdf import as_pdf
from yinji_bench.inspected.defects import PHONE, Defect, defects
from yinji_bench.inspected.layouts import LAYOUTS, drawn
from yinji_bench.inspected.own import own_labels

IN_DOCUMENTS = [each for each in defects() if not each.pixels]


@pytest.mark.parametrize("defect", IN_DOCUMENTS, ids=[each.name for each in IN_DOCUMENTS])
def test_every_seeded_defect_is_found_under_its_rule_and_no_other(defect: Defect) -> None:
    file = inspected(defect.make())
    assert rules(file, Outcome.FAILS if defect.told else Outcome.CANNOT_TELL) == {defect.rule}


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_foreign_label_that_hides_everybody_passes(layout: str) -> None:
    assert inspected(as_pdf(drawn(layout))).outcome is Outcome.PASSES


def test_our_own_labels_pass_as_documents() -> None:
    documents = [each for each in own_labels(2, heads=(203,)) if not each.pixels]
    files = [inspected(each.content) for each in documents]
    assert [len(file.labels) for file in files] == [each.labels for each in documents]
    assert {file.outcome for file in files} == {Outcome.PASSES}


@pytest.mark.parametrize("way", ["white", "invisible", "covered", "tiny", "outside", "clipped", "note"])
def test_a_text_that_nobody_sees_is_said_to_be_hidden(way: str) -> None:
    (label,) = inspected(as_pdf(drawn("chinese", hidden=((way, "13800001234"),)))).labels
    assert [(each.rule, each.source) for each in label.shown] == [(PHONE, Source.HIDDEN)]


def test_two_labels_on_a_sheet_are_judged_apart() -> None:
    file = inspected(as_pdf(drawn("pair", phone="13800001234")))
    assert [(each.place, each.outcome) for each in file.labels] == [
        ("page 1, label 1", Outcome.PASSES),
        ("page 1, label 2", Outcome.FAILS),
    ]


def test_a_turned_page_is_read_as_it_is_shown() -> None:
    with pikepdf.new() as document:
        source = pikepdf.open(_in_memory(as_pdf(drawn("chinese", name="赵知遥"))))
        for turn in (90, 180, 270):
            document.pages.append(source.pages[0])
            document.pages[-1].rotate(turn, relative=False)
        content = _saved(document)
    file = inspected(content)
    assert [{shown.rule for shown in label.shown} for label in file.labels] == [{"gbt-41833-name"}] * 3


def test_a_document_with_an_attachment_is_not_said_to_pass() -> None:
    with pikepdf.open(_in_memory(as_pdf(drawn("chinese")))) as document:
        document.attachments["orders.csv"] = b"nobody"
        file = inspected(_saved(document))
    assert file.outcome is Outcome.CANNOT_TELL
    assert "附件" in file.labels[0].missed[0].zh


def test_a_document_behind_a_password_is_refused() -> None:
    with pikepdf.open(_in_memory(as_pdf(drawn("chinese")))) as document:
        locked = _saved(document, encryption=pikepdf.Encryption(owner="o", user="u"))
        sealed = _saved(document, encryption=pikepdf.Encryption(owner="o", user=""))
    assert refusal(locked) is Refusal.SHEET_LOCKED
    assert inspected(sealed).outcome is Outcome.CANNOT_TELL


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", Refusal.SHEET_UNKNOWN),
        (b"hello", Refusal.SHEET_UNKNOWN),
        (b"PK\x03\x04", Refusal.SHEET_UNKNOWN),
        (b"%PDF-1.7\n%%EOF", Refusal.SHEET_BROKEN),
        (b"\x89PNG\r\n\x1a\n", Refusal.SHEET_BROKEN),
        (b"\xff\xd8\xff\xe0", Refusal.SHEET_BROKEN),
        (b"BM", Refusal.SHEET_BROKEN),
    ],
)
def test_what_is_no_sheet_is_refused_with_its_reason(content: bytes, code: Refusal) -> None:
    assert refusal(content) is code


def test_a_page_of_kilometres_and_too_many_pages_are_refused() -> None:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 100))
        document.pages[0].MediaBox = [0, 0, 100_000, 100_000]
        wide = _saved(document)
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(100, 100))
        for _ in range(2_000):
            document.pages.append(document.pages[0])
        many = _saved(document)
    assert refusal(wide) is Refusal.SHEET_TOO_LARGE
    assert refusal(many) is Refusal.SHEET_TOO_LARGE


def test_a_page_that_draws_for_minutes_is_not_drawn() -> None:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(300, 400))
        document.pages[0].Contents = document.make_stream(b"0 0 300 400 re f\n" * 40_000)
        flood = _saved(document)
    file = inspected(flood)
    assert file.outcome is Outcome.CANNOT_TELL
    assert "draws too much" in file.labels[0].missed[0].en


def test_a_document_that_unfolds_to_gigabytes_is_refused_before_it_is_drawn() -> None:
    packed = zlib.compress(b"0 0 1 1 re f\n" * 2_000_000)
    assert (
        refusal(b"%%PDF-1.7\n1 0 obj <</Filter/FlateDecode>> stream\n%b\nendstream endobj" % packed) is Refusal.SHEET_TOO_LARGE
    )
    picture = b"%PDF-1.7\n1 0 obj <</Subtype/Image/Width 100000/Height 100000>> stream\nx\nendstream endobj"
    assert refusal(picture) is Refusal.SHEET_TOO_LARGE


def test_without_the_extra_the_refusal_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "yinji.adapters.sheets.pdf")
    monkeypatch.setitem(sys.modules, "pypdfium2", None)
    refused = inspected(as_pdf(drawn("chinese"))).refused
    assert refused is not None
    assert (refused.code, refused.at) == (Refusal.SHEET_READER_MISSING, "pypdfium2")


def test_a_blank_page_holds_no_label() -> None:
    with pikepdf.new() as document:
        document.add_blank_page(page_size=(200, 300))
        assert refusal(_saved(document)) is Refusal.SHEET_BLANK


def _in_memory(content: bytes) -> BytesIO:
    return BytesIO(content)


def _saved(document: pikepdf.Pdf, encryption: pikepdf.Encryption | bool = False) -> bytes:
    out = BytesIO()
    document.save(out, encryption=encryption)
    return out.getvalue()
