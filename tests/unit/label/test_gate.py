from __future__ import annotations

from io import BytesIO
from typing import TYPE_CHECKING

import pytest

from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal
from yinji.label import Fonts, Label, Passed, Press, find_fonts, sizes

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def test_nobody_but_the_lints_passes_a_draft(labelled: Callable[..., list[Label]]) -> None:
    passed = labelled()[0].passed
    with pytest.raises(Misuse):
        Passed(passed.draft, passed.texts, passed.settings, passed.setter, proof=object())


def test_nobody_but_what_passed_makes_a_label(labelled: Callable[..., list[Label]]) -> None:
    with pytest.raises(Misuse):
        Label(labelled()[0].passed, "YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A", proof=object())


@pytest.mark.parametrize(
    "number",
    [
        "",
        "yj1234567890128",
        "YJ123",
        "YJ 1234567890128",
        "YJ1234567890128\n",
        "ABCDE12345678",
        "AB12345678901234567",
        "ABC1234567890123",
        "１２３４５６７８",
    ],
)
def test_a_malformed_number_makes_no_label(labelled: Callable[..., list[Label]], number: str) -> None:
    with pytest.raises(Misuse):
        labelled()[0].passed.numbered(number, "k3Jx9QpZ7Lm2Wv8Rt5Yb1A")


@pytest.mark.parametrize("token", ["", "short", "k3Jx9QpZ7Lm2Wv8Rt5Yb1=", "王" * 22, "x" * 44, "k3Jx9QpZ7Lm2Wv8Rt5Yb1A\n"])
def test_a_malformed_token_makes_no_label(labelled: Callable[..., list[Label]], token: str) -> None:
    with pytest.raises(Misuse):
        labelled()[0].passed.numbered("YJ1234567890128", token)


def test_a_master_number_is_a_number_and_another_one(labelled: Callable[..., list[Label]]) -> None:
    passed = labelled()[0].passed
    for master in ("yj1", "YJ1234567890128"):
        with pytest.raises(Misuse):
            passed.numbered("YJ1234567890128", "k3Jx9QpZ7Lm2Wv8Rt5Yb1A", master)


def test_a_print_head_that_no_template_is_drawn_for_is_refused(fonts: Fonts) -> None:
    with pytest.raises(Misuse):
        Press(fonts, dpi=200)


def test_a_label_set_for_another_press_is_not_written(fonts: Fonts, labelled: Callable[..., list[Label]]) -> None:
    with pytest.raises(Misuse):
        Press(fonts).to_pdf(labelled())


def test_a_closed_document_takes_no_label(press: Press, labelled: Callable[..., list[Label]]) -> None:
    writer = press.pdf(BytesIO())
    writer.close()
    with pytest.raises(Misuse):
        writer.write(labelled())


def test_an_unknown_size_is_refused_with_those_there_are(fonts: Fonts) -> None:
    with pytest.raises(Fault) as refused:
        Press(fonts, size="1x1")
    assert refused.value.code is Refusal.LABEL_SIZE_UNKNOWN
    assert all(size in refused.value.at for size in sizes())


def test_a_link_that_is_no_address_is_refused(fonts: Fonts) -> None:
    with pytest.raises(Misuse):
        Press(fonts, link="https://例.cn/")


def test_a_missing_font_names_the_place(tmp_path: Path) -> None:
    for named in (tmp_path, tmp_path / "none.otf"):
        with pytest.raises(Fault) as refused:
            find_fonts(str(named))
        assert refused.value.code is Refusal.FONT_MISSING
        assert str(tmp_path) in refused.value.at


def test_a_rare_font_that_is_not_there_names_the_place(tmp_path: Path) -> None:
    (tmp_path / "broken.ttf").write_bytes(b"not a font")
    for named in (tmp_path / "none.ttf", tmp_path / "broken.ttf"):
        with pytest.raises(Fault) as refused:
            find_fonts(rare=str(named))
        assert refused.value.code is Refusal.FONT_MISSING
        assert str(named) in refused.value.at


def test_a_file_that_is_no_font_is_refused(tmp_path: Path) -> None:
    (tmp_path / "broken.otf").write_bytes(b"not a font")
    with pytest.raises(Fault) as refused:
        find_fonts(str(tmp_path / "broken.otf"))
    assert refused.value.code is Refusal.FONT_MISSING
