from __future__ import annotations

import re
from datetime import datetime
from io import BytesIO
from typing import TYPE_CHECKING

import pikepdf
import pypdfium2 as pdfium
import pytest

from yinji.kernel.clock import BEIJING
from yinji.label.glyphs.typeface import EM

if TYPE_CHECKING:
    from yinji.label import Fonts, Press

Labelled = "Callable[..., list[Label]]"
Drafted = "Callable[..., Draft]"


@pytest.mark.parametrize("count", [0, 1, 2, 501])
def test_qpdf_finds_nothing_to_say(press: Press, labelled: Labelled, drafted: Drafted, count: int) -> None:
    kinds = [drafted(), drafted(specimen=True), drafted(sorting_code=""), drafted(remark="")]
    labels = labelled(*[kinds[at % len(kinds)] for at in range(count)]) if count else []
    with pikepdf.open(BytesIO(press.to_pdf(labels))) as document:
        assert document.check_pdf_syntax() == []
        assert len(document.pages) == count


def test_streaming_in_parts_writes_the_same_bytes(press: Press, labelled: Labelled, drafted: Drafted) -> None:
    labels = labelled(*[drafted(remark=f"第{at}件", specimen=at == 700) for at in range(1203)])
    out = BytesIO()
    with press.pdf(out) as writer:
        for start, end in ((0, 1), (1, 1), (1, 499), (499, 501), (501, 1203)):
            writer.write(labels[start:end])
    assert out.getvalue() == press.to_pdf(labels)


def test_the_same_labels_give_the_same_bytes(press: Press, labelled: Labelled) -> None:
    assert press.to_pdf(labelled()) == press.to_pdf(labelled())


def test_the_page_has_the_size_of_the_label(press: Press, labelled: Labelled) -> None:
    width, height = pdfium.PdfDocument(press.to_pdf(labelled()))[0].get_size()
    assert width / 72 * 25.4 == pytest.approx(76, abs=0.001)
    assert height / 72 * 25.4 == pytest.approx(130, abs=0.001)


def test_the_text_layer_can_be_read(press: Press, labelled: Labelled) -> None:
    (label,) = labelled()
    text = pdfium.PdfDocument(press.to_pdf([label]))[0].get_textpage().get_text_range()
    unbroken = re.sub(r"\s", "", text)
    for shown in label.passed.texts:
        assert re.sub(r"\s", "", shown) in unbroken
    assert unbroken.count(label.number) == 4
    for caption in ("隐私面单", "扫码了解本面单", "签收人", "收", "寄"):
        assert caption in unbroken


def test_badge_and_specimen_mark_stand_where_they_must_and_only_there(
    press: Press, labelled: Labelled, drafted: Drafted
) -> None:
    labels = labelled(drafted(), drafted(sorting_code="", specimen=True))
    plain, marked = (
        re.sub(r"\s", "", page.get_textpage().get_text_range()) for page in pdfium.PdfDocument(press.to_pdf(labels))
    )
    for mark in ("人工分拣", "样张SPECIMEN"):
        assert mark in marked
        assert mark not in plain


def test_a_document_embeds_only_its_own_characters(press: Press, labelled: Labelled, drafted: Drafted) -> None:
    rare = "鼹"
    labelled(drafted(remark=rare))
    press.to_pdf(labelled(drafted(remark=rare)))
    with pikepdf.open(BytesIO(press.to_pdf(labelled()))) as document:
        fonts = document.pages[0].Resources.Font
        maps = b"".join(fonts[name].ToUnicode.read_bytes() for name in ("/R", "/B"))
    assert f"{ord(rare):04x}".encode() not in maps
    assert f"{ord('王'):04x}".encode() in maps


def test_widths_in_the_document_are_the_fonts_own(press: Press, labelled: Labelled, fonts: Fonts) -> None:
    (label,) = labelled()
    with pikepdf.open(BytesIO(press.to_pdf([label]))) as document:
        descendant = document.pages[0].Resources.Font["/B"].DescendantFonts[0]
        listed = list(descendant.W)
        widths = {int(cid): int(width[0]) for cid, width in zip(listed[::2], listed[1::2], strict=True)}
        default = int(descendant.DW)
    for character in "755-N12-015YJ王*明":
        cid = int(fonts.bold.run(character), 16)
        assert widths.get(cid, default) == fonts.bold.advances[character]
    assert default == EM


def test_the_document_says_nothing_about_a_person_outside_its_pages(press: Press, labelled: Labelled) -> None:
    made = datetime(2026, 11, 21, 20, 1, tzinfo=BEIJING)
    with pikepdf.open(BytesIO(press.to_pdf(labelled(), made_at=made))) as document:
        assert {str(key): str(value) for key, value in document.docinfo.items()} == {
            "/Producer": "Yinji",
            "/Title": "Privacy waybills",
            "/CreationDate": "D:20261121200100",
        }
        assert "/Metadata" not in document.Root
        assert document.Root.ViewerPreferences.PrintScaling == "/None"  # a scaled code is off the dots


def test_a_failed_batch_leaves_no_finished_document(press: Press, labelled: Labelled) -> None:
    out = BytesIO()
    with pytest.raises(RuntimeError), press.pdf(out) as writer:  # noqa: PT012 - the writer must see it
        writer.write(labelled())
        raise RuntimeError
    assert b"%%EOF" not in out.getvalue()


def test_neighbouring_labels_keep_their_own_shared_texts(press: Press, labelled: Labelled, drafted: Drafted) -> None:
    labels = labelled(drafted(carrier="甲速递"), drafted(carrier="乙速递"), drafted(carrier="甲速递"))
    pages = [page.get_textpage().get_text_range() for page in pdfium.PdfDocument(press.to_pdf(labels))]
    assert ["甲速递" in page for page in pages] == [True, False, True]
    assert ["乙速递" in page for page in pages] == [False, True, False]


def test_a_page_looks_the_same_whatever_else_the_document_embeds(press: Press, labelled: Labelled, drafted: Drafted) -> None:
    label, other = labelled(drafted(), drafted(remark="鼹鼠乐队龙年大吉", recipient_name="丁*", carrier="丙丁戊己"))
    pages = [pdfium.PdfDocument(press.to_pdf(labels))[0].render(scale=2).to_pil() for labels in ([label], [label, other])]
    assert pages[0].tobytes() == pages[1].tobytes()
