"""Addresses as people write them, form by form (`written_forms.txt`): what stands in brackets is hidden on a label, the rest stays."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from yinji.deid import mask_address, read_address
from yinji.kernel.mask import HIDDEN_MARK

TABLE = Path(__file__).with_name("written_forms.txt")


def rows() -> Iterator[tuple[str, str]]:
    """Each row with the form that it stands under."""
    form = ""
    for line in TABLE.read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            form = line.removeprefix("## ")
        elif line and not line.startswith("# "):
            yield form, line


ROWS = list(rows())


def parted(row: str) -> tuple[str, str]:
    """The text, and its mask: what stands in brackets is hidden."""
    shown, hide = [], False
    for sign in row:
        if sign in "[]":
            hide = sign == "["
        else:
            shown.append(HIDDEN_MARK if hide else sign)
    return row.replace("[", "").replace("]", ""), "".join(shown)


@pytest.mark.parametrize(("form", "row"), ROWS, ids=[f"{form}: {row}" for form, row in ROWS])
def test_a_label_hides_what_stands_in_brackets(form: str, row: str) -> None:
    text, masked = parted(row)
    assert mask_address(text).text == masked, form
    assert mask_address(masked).text == masked, "a mask of a mask is that mask"
    assert "".join(text[part.span.start : part.span.end] for part in read_address(text).parts) == text


def test_the_table_is_as_large_as_it_says() -> None:
    assert len(ROWS) >= 350
    assert len({row for _, row in ROWS}) == len(ROWS)
