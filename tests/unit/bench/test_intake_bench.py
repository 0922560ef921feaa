"""The same invented orders in every form, read by ours and by peers: a figure of rows that were lost would be worth nothing."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from yinji_bench.intake import PEERS, measure
from yinji_bench.intake_turn import READERS, ours, peak_mb
from yinji_bench.order_forms import FORMS
from yinji_bench.orders import order_rows

ROWS = 40


def written(folder: Path, form: str) -> Path:
    path = folder / f"orders.{form.partition('_')[0]}"
    FORMS[form](path, order_rows(ROWS, first=1, days=5, today=datetime.now(UTC).date()))
    return path


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_the_same_orders_gives_the_same_parcels(tmp_path: Path, form: str) -> None:
    assert ours(written(tmp_path, form)) == ROWS


@pytest.mark.parametrize(("form", "peer"), [(form, peer) for form, peers in PEERS.items() for peer in peers])
def test_a_peer_reads_as_many_rows_of_the_same_file(tmp_path: Path, form: str, peer: str) -> None:
    assert READERS[peer](written(tmp_path, form)) == ROWS


def test_a_form_is_measured_in_processes_of_their_own(tmp_path: Path) -> None:
    figures = measure(rows=ROWS, rounds=1, forms=["csv"], folder=tmp_path)
    assert figures["csv_per_s"] > 0
    assert 0 < figures["csv_peak_mb"] < peak_mb(), "a fresh process holds less than a test run does"
    assert set(figures["csv_peers_per_s"]) == set(PEERS["csv"])
    assert not list(tmp_path.iterdir())


def test_lost_rows_stop_the_measurement(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(FORMS, "csv", lambda path, rows: FORMS["xlsx"](path, list(rows)[1:]))  # type: ignore[arg-type]  # a writer that loses one
    with pytest.raises(RuntimeError, match="read 39 of 40"):
        measure(rows=ROWS, rounds=1, forms=["csv"], folder=tmp_path)
