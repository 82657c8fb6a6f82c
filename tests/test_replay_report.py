"""What ./dev replay prints, and how its command line answers bad input."""

import io
from collections import Counter
from datetime import date
from decimal import Decimal

import pytest

from devtools import replay
from devtools.replay_bar import Bar, span
from devtools.replay_check import Case, Checker, Facts, Item, Message
from devtools.replay_drive import days_between
from devtools.replay_file import Fault
from devtools.replay_report import (
    Report,
    fault_lines,
    listing,
    promise_lines,
    time_lines,
)

HEADER = "customerID,invoiceNumber,InvoiceDate,DueDate,InvoiceAmount,SettledDate"
ROW = "ACME,1,1/2/2020,2/1/2020,100,2/7/2020"


def case(number, state="open"):
    return Case(number, f"DR{number}", number, state, None, {})


def message(step="rem1"):
    day = date(2020, 1, 31)
    return Message(
        1, day, 1, 1, 1, step, 5, "email", "auto", "engine", "a@example.com", "<1>"
    )


def test_months():
    report = Report()
    first = Facts(
        day=date(2020, 1, 31),
        items=(
            Item(1, "A", date(2020, 1, 1), Decimal("1000.5")),
            Item(1, "B", date(2020, 1, 31), Decimal(20)),
        ),
        cases=(case(1), case(2, "watch")),
        messages=(message(), message()),
        tasks=Counter({("call1", "phone"): 1}),
        decisions=Counter({("wait", "quiet_days"): 3, ("idle", "nothing_overdue"): 1}),
        ended=Counter({("failed", "There is no address."): 1}),
    )
    assert report.add(first, 2, 0) is None
    second = Facts(day=date(2020, 2, 1), cases=(case(2),))
    january = report.add(second, 0, 2)
    assert list(january.lines()) == [
        "2020-01  issued 2, paid 0 | open 2 (1,020.50) | overdue 1 (1,000.50)",
        "  cases      1 opened, 0 reopened, 0 closed, 1 open, 1 watched",
        "  messages   rem1/email 2",
        "  tasks      call1/phone 1",
        "  wait       quiet_days 3",
        "  idle       nothing_overdue 1",
        "  not sent   failed (There is no address.) 1",
    ]
    third = Facts(day=date(2020, 2, 2), cases=(case(1), case(2)))
    report.add(third, 0, 0)
    assert report.months[-1].flow == {"opened": 1, "reopened": 1, "closed": 1}
    assert list(report.total_lines())[:2] == [
        "Total  issued 2, paid 2 | open 0 (0.00) | overdue 0 (0.00)",
        "  cases      2 opened, 1 reopened, 1 closed, 2 open, 0 watched",
    ]


def test_listing_shows_the_most_frequent():
    counter = Counter({name: 10 - at for at, name in enumerate("abcdefghi")})
    assert listing(counter, 6) == "a 10, b 9, c 8, d 7, e 6, f 5, others 9"
    assert listing(Counter("aab")) == "a 2, b 1"
    assert listing(Counter()) == ""


def test_faults_are_named_and_counted():
    faults = [Fault(line, "is bad") for line in range(3, 6)]
    assert list(fault_lines(faults, "x.csv", shown=2)) == [
        "x.csv, line 3: is bad; skipped",
        "x.csv, line 4: is bad; skipped",
        "... and 1 more",
        "3 rows were skipped.",
    ]
    assert list(fault_lines([], "x.csv")) == []


def test_promises():
    checker = Checker({})
    lines = list(promise_lines(checker))
    assert lines[0] == "Checked: nothing"
    assert all(line.startswith("  ok ") for line in lines[1:])
    checker.fail("quiet", "rem2 follows rem1")
    text = "\n".join(promise_lines(checker))
    assert "BROKEN Quiet days were kept between messages: 1 violations" in text
    assert "         rem2 follows rem1" in text


def test_times():
    lines = list(time_lines({"daily run": 3.0, "checks": 1.0}, 4, 2))
    said = "Time: 4 s, 1000 ms a day (processor time without the database 2 s)"
    assert lines[0] == said
    assert lines[1].split() == ["daily", "run", "3.0", "s", "75.0", "%"]


class Terminal(io.StringIO):
    def isatty(self):
        return True


def test_bar_on_a_terminal():
    ticks = iter(range(0, 1000, 10))
    stream = Terminal()
    bar = Bar(4, stream, lambda: next(ticks))
    bar.step("2020-01-01")
    assert " 25%  2020-01-01  0:10, 0:30 left" in stream.getvalue()
    bar.print("a line")
    assert stream.getvalue().rstrip().endswith("\ra line")


def test_bar_in_a_log_is_quiet():
    ticks = iter([0, 1, 2, 30])
    stream = io.StringIO()
    bar = Bar(4, stream, lambda: next(ticks))
    for _ in range(3):
        bar.step("day")
    bar.print("a line")
    assert stream.getvalue() == "  75%  day  0:30, 0:10 left\na line\n"
    assert span(125) == "2:05"


def test_days_between():
    days = days_between(date(2020, 2, 28), date(2020, 3, 1))
    assert [day.day for day in days] == [28, 29, 1]


@pytest.fixture
def no_database(monkeypatch):
    """The command line must answer before anything is set up."""

    def database(_options):
        raise AssertionError("a database was asked for")

    monkeypatch.setattr(replay, "_database", database)


def answer(capsys, *argv):
    """Exit code and what was said on the error stream."""
    try:
        code = replay.main(list(argv))
    except SystemExit as stop:
        code = stop.code
    return code, capsys.readouterr().err


@pytest.mark.usefixtures("no_database")
def test_bad_input_is_refused_with_a_sentence(capsys, tmp_path):
    path = tmp_path / "book.csv"
    path.write_text("customerID\n1\n")
    code, said = answer(capsys, str(path))
    assert (code, said.count("\n")) == (2, 1)
    assert "lacks the columns invoiceNumber, InvoiceDate" in said
    path.write_text(f"{HEADER}\n{ROW}\n")
    code, said = answer(capsys, str(path), "--from", "2020-03-01", "--to", "2020-01-01")
    assert code == 2
    assert "--to 2020-01-01 is before --from 2020-03-01" in said
    code, said = answer(capsys, str(path), "--from", "2019-01-01", "--to", "2019-02-01")
    assert code == 2
    assert "The first invoice is of 2020-01-02 only" in said


@pytest.mark.usefixtures("no_database")
@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--from", "1.3.2020"), '"1.3.2020" is not a day like 2013-12-31'),
        (("--to", "2020-02-30"), '"2020-02-30" is not a day'),
        (("--limit-customers", "0"), '"0" is not a number above zero'),
        (("--scale", "-1"), "number above zero"),
        (("--db", "a b; c"), "cannot be a database's name"),
    ],
)
def test_bad_arguments(capsys, words, said):
    code, error = answer(capsys, "book.csv", *words)
    assert code == 2
    assert said in error


def test_days_come_from_the_file_when_not_given(tmp_path, monkeypatch):
    path = tmp_path / "book.csv"
    path.write_text(f"{HEADER}\n{ROW}\n")
    seen = {}

    class Database:
        def __init__(self, options):
            seen["options"] = options

        def __enter__(self):
            return "nowhere"

        def __exit__(self, *_):
            return False

    monkeypatch.setattr(replay, "_database", Database)
    monkeypatch.setattr(replay, "_replay", lambda *_args: 0)
    assert replay.main([str(path)]) == 0
    assert seen["options"].first == date(2020, 1, 2)
    assert seen["options"].last == date(2020, 2, 7)
