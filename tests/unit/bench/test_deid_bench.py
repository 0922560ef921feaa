"""The rows that de-identification is measured on, and the figures that come of them. Peers are measured where they are installed."""

from pathlib import Path

import pytest

from yinji.kernel.faults import Misuse
from yinji_bench.deid import measure
from yinji_bench.deid_rows import rows
from yinji_bench.peers import texts

COUNT = 120


def test_the_same_seed_gives_the_same_rows_and_marks_lie_inside_them() -> None:
    one, other = rows(COUNT, 7), rows(COUNT, 7)
    assert one == other != rows(COUNT, 8)
    for marked in (*one.addresses, *one.phones, *one.names):
        assert 0 <= marked.start < marked.end <= len(marked.text)


def test_a_measurement_tells_speed_and_what_was_found() -> None:
    figures = measure(COUNT, rounds=1)
    assert figures["addresses_per_s"] > 0 < figures["scans_per_s"]
    assert figures["phones_found_percent"] >= 99
    assert figures["names_found_percent"] >= 85
    assert figures["rooms_left_percent"] <= 3
    assert figures["things_flagged_percent"] == 0
    assert set(figures["peers_phones_found_percent"]) | set(texts.absent()) >= {"presidio", "jionlp"}


def test_a_folder_without_a_scorer_is_no_data(tmp_path: Path) -> None:
    with pytest.raises(Misuse):
        measure(COUNT, rounds=1, data=tmp_path)
