"""The promises that ./dev replay checks, on a small made-up world."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from devtools.replay_check import (
    Case,
    Checker,
    Claim,
    Facts,
    Item,
    Message,
    Rules,
    sum_items,
)
from devtools.replay_file import Row
from devtools.replay_sink import Mail

DAY = date(2020, 3, 10)
DUE = DAY - timedelta(days=7)
ADDRESS = "customer-1@example.com"


def row(number="A", due=DUE, settled=None, amount=100):
    issued = date(2020, 1, 1)
    return Row(2, "ACME", number, issued, due, Decimal(amount), settled)


def item(number="A", due=DUE, residual=100, partner=1):
    return Item(partner, number, due, Decimal(residual))


def case(partner=1, figures_date=DAY, **changes):
    amounts = {"overdue": 100, "not_due": 0, "credit": 0, "collectable": 100}
    amounts |= {"disputed": 0, "agreed": 0, "held": 0, **changes}
    oldest = amounts.pop("oldest", DUE)
    figures = {name: Decimal(amount) for name, amount in amounts.items()}
    figures["oldest"] = oldest
    return Case(7, "DR7", partner, "open", figures_date, figures)


def message(day=DAY, claims=None, **changes):
    values = {
        "id": 5,
        "day": day,
        "partner": 1,
        "case": 7,
        "cycle": 1,
        "step": "rem1",
        "step_day": 5,
        "channel": "email",
        "mode": "auto",
        "origin": "engine",
        "address": ADDRESS,
        "message_id": "<1@example.com>",
        "claims": claims or (Claim("A", DUE, Decimal(100)),),
    }
    return Message(**{**values, **changes})


def mail(message_id="<1@example.com>", addresses=(ADDRESS,), day=DAY):
    return Mail(day, message_id, addresses, "Your account")


def evening(**changes):
    values = {
        "day": DAY,
        "items": (item(),),
        "cases": (case(),),
        "messages": (message(),),
        "mails": (mail(),),
    }
    return Facts(**{**values, **changes})


def checker(*rows, **rules):
    owners = {ADDRESS: 1, "customer-2@example.com": 2}
    book = {entry.number: entry for entry in rows or (row(),)}
    return Checker(book, owners, Rules(**rules))


def broken(*evenings, rows=(), **rules):
    """Names of the promises broken after these evenings."""
    check = checker(*rows, **rules)
    for facts in evenings:
        check.check_day(facts)
    return check.broken


def test_all_is_well():
    check = checker()
    check.check_day(evening())
    assert check.broken == []
    assert check.looked_at == {
        "days": 1,
        "messages": 1,
        "claims": 1,
        "figures": 1,
        "mails": 1,
    }


@pytest.mark.parametrize(
    ("claim", "what"),
    [
        (Claim("A", DUE, Decimal(90)), "not 90"),
        (Claim("A", DAY, Decimal(100)), "is due on"),
        (Claim("Z", DUE, Decimal(100)), "is not in the file"),
    ],
)
def test_wrong_claim(claim, what):
    check = checker()
    check.check_day(evening(messages=(message(claims=(claim,)),)))
    assert check.broken == ["claims"]
    assert what in check.examples["claims"][0]


def test_paid_item_claimed():
    paid = row(settled=DAY)
    other = row("B")
    facts = evening(items=(item("B"),))
    assert broken(facts, rows=(paid, other)) == ["claims"]


def test_ledger_paid_although_the_file_says_open():
    facts = evening(items=(), cases=())
    assert broken(facts) == ["claims", "ledger"]


def test_item_of_today_is_not_due():
    today = row(due=DAY)
    facts = evening(
        items=(item(due=DAY),),
        cases=(),
        messages=(message(claims=(Claim("A", DAY, Decimal(100)),)),),
    )
    assert broken(facts, rows=(today,)) == ["claims"]


def test_steps_before_the_due_date_may_name_what_is_not_due():
    coming = row(due=DAY + timedelta(days=5))
    claims = (Claim("A", coming.due, Decimal(100)),)
    facts = evening(
        items=(item(due=coming.due),),
        cases=(),
        messages=(message(claims=claims, step_day=-5),),
    )
    assert broken(facts, rows=(coming,)) == []


def test_item_of_another_customer():
    facts = evening(messages=(message(partner=2),), mails=())
    assert "claims" in broken(facts)


def test_message_without_a_claim_and_of_another_day():
    late = message(day=DAY + timedelta(days=1))
    assert broken(evening(messages=(late,))) == ["claims"]
    assert broken(evening(messages=(replace(message(), claims=()),))) == ["claims"]


def test_same_step_again_in_a_cycle():
    later = evening(
        day=DAY + timedelta(days=20),
        cases=(case(figures_date=DAY + timedelta(days=20)),),
        messages=(message(day=DAY + timedelta(days=20), id=6),),
    )
    assert broken(evening(), later) == ["repeats"]
    fresh = replace(later.messages[0], cycle=2)
    assert broken(evening(), replace(later, messages=(fresh,))) == []
    letter = replace(later.messages[0], channel="letter")
    assert broken(evening(), replace(later, messages=(letter,), mails=())) == []


@pytest.mark.parametrize(("days", "kept"), [(1, False), (6, False), (7, True)])
def test_quiet_days_lie_between_two_messages(days, kept):
    day = DAY + timedelta(days=days)
    second = evening(
        day=day,
        cases=(case(figures_date=day),),
        messages=(message(day=day, step="rem2"),),
    )
    assert broken(evening(), second) == ([] if kept else ["quiet"])


def test_two_channels_on_a_day_are_one_contact():
    both = (message(), message(id=6, channel="letter", message_id=""))
    assert broken(evening(messages=both)) == []


@pytest.mark.parametrize(
    "wrong",
    [
        case(overdue=90, collectable=90),
        case(not_due=1),
        case(credit=-5),
        case(oldest=DAY),
        case(held=50),
        case(figures_date=DAY - timedelta(days=1)),
    ],
)
def test_stored_figures_differ(wrong):
    assert broken(evening(cases=(wrong,))) == ["totals"]


def test_tie_out_and_failures():
    facts = evening(tie_out=Decimal("0.01"), failures=("case 7 fails: no",))
    assert broken(facts) == ["tie_out", "runs"]


def test_overdue_without_a_case():
    assert broken(evening(cases=())) == ["complete"]
    assert broken(evening(cases=()), open_minimum=Decimal(101)) == []
    assert broken(evening(cases=()), grace_days=7) == []


def test_case_without_anything_overdue():
    nothing = case(overdue=0, collectable=0, oldest=None)
    paid = row(settled=DAY - timedelta(days=1))
    facts = evening(items=(), cases=(nothing,), messages=(), mails=())
    assert broken(facts, rows=(paid,)) == ["complete"]


def test_every_mail_is_a_message_and_the_reverse():
    unknown = mail("<2@example.com>")
    assert broken(evening(mails=(mail(), unknown))) == ["mails"]
    assert broken(evening(mails=(mail(), mail()))) == ["mails"]
    assert broken(evening(mails=())) == ["mails"]
    stranger = mail(addresses=("customer-2@example.com",))
    assert broken(evening(mails=(stranger,))) == ["mails"]
    colleague = mail("<3@example.com>", ("officer@example.com",))
    assert broken(evening(mails=(mail(), colleague))) == []


def test_only_the_first_violations_are_kept():
    check = checker()
    for _ in range(20):
        check.fail("log", "bad")
    assert check.counts["log"] == 20
    assert len(check.examples["log"]) == 5


def test_scaled_amounts():
    check = checker()
    check.scale = 10
    claim = Claim("A", DUE, Decimal(1000))
    check.check_day(
        evening(
            items=(item(residual=1000),),
            cases=(case(overdue=1000, collectable=1000),),
            messages=(message(claims=(claim,)),),
        )
    )
    assert check.broken == []


def test_sums_of_items():
    credit = item("P", residual=-30)
    coming = item("B", due=DAY, residual=20)
    sums = sum_items((item(), credit, coming, item("C", partner=2)), DAY)
    assert sums[1] == {
        "overdue": Decimal(100),
        "not_due": Decimal(20),
        "credit": Decimal(-30),
        "oldest": DUE,
    }
    assert sums[2]["overdue"] == Decimal(100)
