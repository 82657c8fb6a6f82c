"""The evaluation of the late-payment estimate: no look ahead, true figures."""

import random
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from benchmarks import bench_risk, risk_file
from devtools.replay_file import FileProblem, Row

START = date(2024, 1, 1)


def _row(number, issued, late, customer="A"):
    day = START + timedelta(days=issued)
    due = day + timedelta(days=30)
    settled = due + timedelta(days=late)
    return Row(number, customer, str(number), day, due, Decimal(100), settled)


def test_auc_counts_pairs():
    dice = random.Random(3)
    pairs = [(dice.randint(0, 9) / 10, dice.random() < 0.4) for _n in range(200)]
    late = [p for p, y in pairs if y]
    fine = [p for p, y in pairs if not y]
    wins = sum((a > b) + (a == b) / 2 for a in late for b in fine)
    assert bench_risk.auc(pairs) == pytest.approx(wins / len(late) / len(fine))
    assert bench_risk.auc([(0.5, True)]) is None


def test_only_what_was_known_before_the_day_counts():
    tools = bench_risk._tools()
    book = bench_risk.Book(tools, 3)
    book.issue(0, _row(0, 0, 10))
    book.issue(1, _row(1, 0, 0))
    asked = _row(2, 40, 0)
    for day, known in ((30, 0), (31, 1), (34, 1), (35, 2)):
        book.learn(START + timedelta(days=day))
        assert book._customers["A"].count == known
    # unpaid beyond the grace is late although the money is still to come
    assert book._customers["A"].late == 1
    assert book.probability(asked) == pytest.approx((1 + 5 * 0.5) / 7)
    # the date of that money is not known yet, the date of the other is
    assert book.expected(asked) == asked.due


def test_late_payers_are_told_apart():
    rows = [
        _row(n, 10 * (n // 2), 20 if n % 2 else 0, "LATE" if n % 2 else "FINE")
        for n in range(80)
    ]
    found = bench_risk.evaluate(rows)
    assert found["auc"] == 1
    assert found["error"] < found["plain"]
    assert sum(number for *_rest, number in found["bands"]) == found["judged"]


def test_a_file_that_is_not_there_is_one_sentence():
    with pytest.raises(FileProblem, match="There is no file"):
        risk_file.read(Path("nowhere.csv"))


def test_cleared_items_lose_duplicates(tmp_path):
    path = tmp_path / "cleared.csv"
    row = "7,30D,30,True,2024-01-01,2024-01-31,2024-02-02,2,50.0"
    head = "cust_number,cust_payment_terms,term_days_est,term_known,posting_date_est"
    path.write_text(f"{head},due_date,clear_date,days_late,amount\n{row}\n{row}\n")
    rows, left_out = risk_file.read(path)
    assert (len(rows), left_out) == (1, 1)
    assert rows[0].settled == date(2024, 2, 2)
