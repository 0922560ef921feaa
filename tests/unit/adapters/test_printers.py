"""Printers over real sockets: what they confirm, what they only took, and every way in which they fail."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.simulators.printer import FakePrinter, closed_port

from yinji.adapters.printers.asking import DONE, READY, answer_of
from yinji.adapters.printers.chosen import chosen_printer
from yinji.adapters.printers.file import FilePrinter
from yinji.adapters.printers.network import NetworkPrinter, Patience
from yinji.adapters.printers.queue import QueuePrinter
from yinji.kernel.decision import Refuse
from yinji.kernel.faults import Fault, Misuse
from yinji.kernel.refusals import Refusal
from yinji.label.languages import PrinterLanguage
from yinji.label.ports import Settled

QUICK = Patience(connect_s=0.5, answer_s=0.15, label_s=0.5, calls_max=2, pause_s=0.01)
LABELS = {
    PrinterLanguage.ZPL: b"^XA^FO1,1^FDx^FS^XZ\n",
    PrinterLanguage.TSPL: b"CLS\r\nPRINT 1,1\r\n",
    PrinterLanguage.CPCL: b"! 0 200 200 9 1\r\nPRINT\r\n",
    PrinterLanguage.ESCPOS: b"\x1b@x\n\x1dVB\0",
}


def at(printer: FakePrinter) -> NetworkPrinter:
    return NetworkPrinter("127.0.0.1", printer.port, printer.language, patience=QUICK)


@pytest.mark.parametrize("language", list(PrinterLanguage))
def test_a_printer_confirms_what_it_printed(language: PrinterLanguage) -> None:
    with FakePrinter(language, busy_answers=0) as fake:
        printer = at(fake)
        assert printer.begin() is None
        fake.busy_answers = 2 if language is not PrinterLanguage.ESCPOS else 0
        assert printer.send(LABELS[language]) is None
        assert printer.settle() is Settled.CONFIRMED
        printer.close()
        assert len(fake.printed) == 1


def test_a_mute_printer_confirms_nothing() -> None:
    with FakePrinter(mute=True) as fake:
        printer = at(fake)
        assert printer.begin() is None
        printer.send(LABELS[PrinterLanguage.ZPL])
        assert printer.settle() is Settled.UNTOLD
        printer.close()


@pytest.mark.parametrize("language", list(PrinterLanguage))
def test_a_printer_without_paper_stops_before_and_behind(language: PrinterLanguage) -> None:
    with FakePrinter(language, paper_max=1) as fake:
        printer = at(fake)
        assert printer.begin() is None
        printer.send(LABELS[language])
        told = printer.settle()
        printer.close()
        assert isinstance(told, Refuse)
        assert told.code is Refusal.PRINTER_STOPPED
        assert "paper" in told.at
        again = at(fake).begin()
        assert isinstance(again, Refuse)
        assert again.code is Refusal.PRINTER_STOPPED


def test_an_open_head_is_named() -> None:
    with FakePrinter(head_open=True) as fake:
        told = at(fake).begin()
    assert isinstance(told, Refuse)
    assert "head open" in told.at


def test_a_printer_that_never_ends_is_not_waited_for() -> None:
    with FakePrinter() as fake:
        printer = at(fake)
        printer.begin()
        fake.busy_answers = 10_000
        told = printer.settle()
        printer.close()
    assert isinstance(told, Refuse)
    assert told.code is Refusal.PRINTER_STOPPED


def test_a_closed_port_is_called_some_times_and_no_more() -> None:
    with closed_port() as port:
        told = NetworkPrinter("127.0.0.1", port, PrinterLanguage.ZPL, patience=QUICK).begin()
    assert isinstance(told, Refuse)
    assert told.code is Refusal.PRINTER_UNREACHABLE


def test_a_printer_that_hangs_up_broke_off() -> None:
    with FakePrinter(breaks_at=1) as fake:
        printer = at(fake)
        printer.begin()
        sent = printer.send(LABELS[PrinterLanguage.ZPL])
        told = sent or printer.settle()
    assert isinstance(told, Refuse)
    assert told.code is Refusal.PRINTER_BROKE_OFF


def test_a_printer_that_takes_nothing_more_broke_off() -> None:
    import socket  # noqa: PLC0415 - a listener that never reads, for this test alone

    with socket.create_server(("127.0.0.1", 0)) as deaf:
        printer = NetworkPrinter("127.0.0.1", deaf.getsockname()[1], PrinterLanguage.ZPL, patience=QUICK)
        assert printer.begin() is None
        told = printer.send(bytes(64 << 20))
    assert isinstance(told, Refuse)
    assert told.code is Refusal.PRINTER_BROKE_OFF
    with pytest.raises(Misuse):
        printer.send(b"x")


def test_a_file_is_whole_or_absent(tmp_path: Path) -> None:
    path = tmp_path / "job.zpl"
    printer = FilePrinter(path)
    assert printer.begin() is None
    printer.send(b"^XA^XZ")
    assert not path.exists()
    assert printer.settle() is Settled.UNTOLD
    assert printer.close() is None
    assert path.read_bytes() == b"^XA^XZ"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert FilePrinter(path).begin() == Refuse(Refusal.OUTPUT_EXISTS, str(path))
    assert [each.name for each in tmp_path.iterdir()] == ["job.zpl"]


def test_a_job_without_labels_leaves_no_file(tmp_path: Path) -> None:
    printer = FilePrinter(tmp_path / "job.zpl")
    printer.begin()
    assert printer.close() is None
    assert not list(tmp_path.iterdir())


def test_a_queue_is_handed_a_job_by_lp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "lp"
    program.write_text(f'#!/bin/sh\ncat > "{tmp_path}/job"\necho "$@" > "{tmp_path}/said"\n[ "$3" = desk ]\n')
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    printer = QueuePrinter("desk")
    assert printer.begin() is None
    printer.send(b"^XA^XZ")
    assert printer.settle() is Settled.UNTOLD
    assert (tmp_path / "job").read_bytes() == b"^XA^XZ"
    assert "-d desk -o raw" in (tmp_path / "said").read_text()
    other = QueuePrinter("absent")
    other.begin()
    other.send(b"x")
    assert other.settle() == Refuse(Refusal.PRINTER_UNREACHABLE, "absent")


def test_a_system_without_lp_says_what_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert QueuePrinter("desk").begin() == Refuse(Refusal.PRINTER_PROGRAM_MISSING, "lp")


@pytest.mark.parametrize(
    "to", ["", "lp", "socket://", "socket://a:0", "socket://a:99999", "cups:-o x", "cups:a b", "file:", "ftp://a"]
)
def test_an_address_that_names_no_printer_is_refused(to: str) -> None:
    with pytest.raises(Fault) as fault:
        chosen_printer(to, PrinterLanguage.ZPL)
    assert fault.value.code is Refusal.PRINTER_UNKNOWN


def test_addresses_name_printers(tmp_path: Path) -> None:
    kinds = {"socket://printer.example": NetworkPrinter, "socket://[::1]:9100": NetworkPrinter, "cups:desk": QueuePrinter}
    for to, kind in (*kinds.items(), (f"file:{tmp_path}/x", FilePrinter)):
        assert isinstance(chosen_printer(to, PrinterLanguage.ZPL), kind)


@given(st.sampled_from(list(PrinterLanguage)), st.binary(max_size=200))
def test_no_answer_is_too_odd(language: PrinterLanguage, answer: bytes) -> None:
    for question in (READY[language], DONE[language]):
        state = answer_of(language, question, answer)
        assert state is None or state.trouble == "" or state.trouble.islower()
