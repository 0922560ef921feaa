"""Evidence over the API: heads for anybody with the scope, proofs that the verifier reads, each giving-out a sentence of its own."""

from __future__ import annotations

import pytest

from tests.web.asking import client_of
from tests.web.conftest import Site
from yinji.access.api_keys.model import Scope
from yinji.kernel.events import Event
from yinji.ledger.receipts import RECEIPT_MARK
from yinji_client import Client, Problem


@pytest.fixture
def reader(site: Site) -> Client:
    return client_of(site, Scope.EVIDENCE_READ)


def test_heads_are_told_once_they_are_signed_and_telling_signs_nothing(site: Site, reader: Client) -> None:
    signed = reader.checkpoints(sign=True)
    assert {each.log for each in signed} == {site.world.house.data.log, site.world.house.disclosures.log}
    site.world.number_of("A-1")
    assert reader.checkpoints() == signed
    grown = {each.log: each.size for each in reader.checkpoints(sign=True)}
    assert grown[site.world.house.data.log] > {each.log: each.size for each in signed}[site.world.house.data.log]


def test_a_waybill_is_proved_and_the_giving_out_is_evidence(site: Site, reader: Client) -> None:
    number = site.world.number_of("A-1")
    proof, receipt = reader.waybill_proof(number, sign=True), reader.waybill_proof(number, readable=True)
    assert "c2sp.org/tlog-proof@v1" in proof
    assert receipt.startswith(RECEIPT_MARK)
    assert number in receipt
    entries = site.world.house.ledger.entries(site.world.house.disclosures, limit=100)
    assert sum(each.recorded.entry.event is Event.EVIDENCE_READ for each in entries) == 2


def test_an_entry_under_no_checkpoint_is_refused_until_it_is_signed(site: Site, reader: Client) -> None:
    log = site.world.house.data.log
    with pytest.raises(Problem) as refused:
        reader.proof(log, 0)
    assert (refused.value.status, refused.value.name) == (409, "ENTRY_UNSIGNED")
    assert reader.proof(log, 0, sign=True)
    assert reader.proof(log, 0, readable=True).startswith(RECEIPT_MARK)
    assert reader.growth(log, since=1)


@pytest.mark.parametrize(("log", "entry", "name"), [("nothing", 0, "LOG_UNKNOWN"), ("data", 10_000, "ENTRY_UNKNOWN")])
def test_what_is_not_there_is_not_found(reader: Client, log: str, entry: int, name: str) -> None:
    with pytest.raises(Problem) as refused:
        reader.proof(log, entry, sign=True)
    assert (refused.value.status, refused.value.name) == (404, name)


def test_evidence_needs_its_scope(site: Site) -> None:
    with pytest.raises(Problem) as refused:
        client_of(site, Scope.WAYBILLS_READ).checkpoints()
    assert refused.value.name == "API_KEY_NARROW"
