"""What to answer a debtor who says what he can pay: plans and a settlement, side by
side, with what each is worth today (features 2.9 no. 12, compliance 7.2 P9).

A decision aid, not automation: the figures say what follows from the past, the reasons
say how, a person decides. Amounts are exact, in one currency; months are months.
"""

from dataclasses import replace
from decimal import ROUND_CEILING, Decimal, localcontext

from .approvals import Facts
from .calendars import WorkCalendar
from .money import HUNDRED, ZERO
from .negotiation_facts import Ask, Authority, Experience, Option
from .results import reason
from .schedule import Row, ScheduleError, Terms, build, months_between, number_for
from .settlement import expected_value, percent_waived

ONE = Decimal(1)
#: Longer than this is no plan.
LONGEST = 120
#: Answers that ask for more than was offered.
ASKING = ("shorter", "balloon")


def options(
    ask: Ask,
    experience: Experience,
    authority: Authority | None = None,
    calendar: WorkCalendar | None = None,
) -> tuple[Option, ...]:
    """The answers: first those made of what was offered, the most valuable in front,
    then those that ask for more. Nothing offered, nothing answered."""
    authority = authority or Authority()
    if ask.total <= ZERO or ask.once < ZERO or ask.per_month < ZERO:
        return ()
    if ask.once >= ask.total:
        return (_full(ask),)
    plans = _plans(ask, experience, authority, calendar)
    found = [*plans, *_settlements(ask, authority)]
    found.sort(key=lambda option: (option.kind in ASKING, -option.expected))
    offered = [option for option in found if option.kind not in ASKING]
    return tuple(
        replace(
            option,
            best=not place and len(offered) > 1,
            reasons=(*option.reasons, *_compare(option, found, ask)),
        )
        for place, option in enumerate(found)
    )


def _full(ask: Ask) -> Option:
    row = Row(1, ask.today, ask.total)
    return Option("full", (row,), ask.total, ask.total, reasons=(reason("pays_all"),))


# PLANS


def _plans(ask, experience, authority, calendar):
    told = _told_terms(ask)
    plan = told and _plan("told", told, ask, experience, authority, calendar)
    if not plan:
        return []
    if plan.needs is None:
        return [plan]
    return [plan, *_inside(told, ask, experience, authority, calendar)]


def _told_terms(ask):
    """As many payments as it takes."""
    if not ask.per_month:
        return None
    number = number_for(ask.spread, ask.per_month)
    if number > LONGEST:
        return None
    # his amount each time, what is left at the end
    rest = ask.spread - ask.per_month * (number - 1)
    return Terms(
        total=ask.total,
        digits=ask.digits,
        number=number,
        first=ask.first,
        working_day="following",
        start=ask.today,
        down_payment=ask.down,
        last=rest if number > 1 else ZERO,
    )


def _inside(told, ask, experience, authority, calendar):
    """The longest plans the own limits allow: higher payments, or the same ones with
    the rest at the end."""
    number = _longest_inside(told, ask, authority, calendar)
    if not number:
        return []
    even = replace(told, number=number, last=ZERO)
    plan = _plan("shorter", even, ask, experience, authority, calendar)
    more = max(row.amount for row in plan.rows if row.number) - ask.per_month
    found = [replace(plan, reasons=(reason("asks_more", more=more), *plan.reasons))]
    rest = ask.spread - ask.per_month * (number - 1)
    large = replace(told, number=number, last=rest)
    balloon = number > 1 and _plan(
        "balloon", large, ask, experience, authority, calendar
    )
    return [*found, balloon] if balloon else found


def _longest_inside(told, ask, authority, calendar):
    """Most payments that need nobody else; fewer always need less. Zero: none."""
    low, high = 0, told.number - 1
    while low < high:
        middle = (low + high + 1) // 2
        terms = replace(told, number=middle, last=ZERO)
        rows = _rows(terms, calendar)
        if rows and not authority.needed("plan", _facts(ask, rows)):
            low = middle
        else:
            high = middle - 1
    return low


def _rows(terms, calendar):
    try:
        return build(terms, calendar)
    except ScheduleError:
        return ()


def _facts(ask, rows):
    return Facts(
        amount=ask.total * ask.rate,
        count=sum(1 for row in rows if row.number),
        months=months_between(ask.today, rows[-1].due),
        days=(rows[0].due - ask.today).days,
    )


def _plan(kind, terms, ask, experience, authority, calendar):
    rows = _rows(terms, calendar)
    if not rows:
        return None
    parts = [row.amount for row in rows if row.number]
    fails = (ONE - experience.keeps) * HUNDRED
    unit = ONE.scaleb(-ask.digits)
    worth = {
        name: (ask.down + expected_value(parts, rate, experience.yearly)).quantize(unit)
        for name, rate in (("expected", fails), ("certain", ZERO))
    }
    why = (
        _history(experience),
        reason("discounted", yearly=experience.yearly, certain=worth["certain"]),
    )
    if kind == "balloon":
        why = (reason("large_last", amount=rows[-1].amount), *why)
    return Option(
        kind,
        rows,
        last=terms.last,
        needs=authority.needed("plan", _facts(ask, rows)),
        reasons=why,
        **worth,
    )


def _history(experience):
    chance = (experience.keeps * HUNDRED).quantize(ONE)
    if not experience.judged:
        return reason("no_history", hazard=experience.hazard)
    return reason(
        "history", kept=experience.kept, judged=experience.judged, chance=chance
    )


# SETTLEMENT


def _settlements(ask, authority):
    """What he can pay now, for all of it."""
    if not ask.once:
        return []
    waived = ask.total - ask.once
    percent = percent_waived(ask.total, ask.once)
    facts = Facts(amount=waived * ask.rate, percent=percent)
    return [
        Option(
            "settlement",
            (Row(1, ask.today, ask.once),),
            ask.once,
            ask.once,
            waived=waived,
            percent=percent,
            needs=authority.needed("settlement", facts),
            reasons=(reason("money_now"),),
        )
    ]


def _compare(option, found, ask):
    """Plans beside the settlement; a plan alone tells what settlement would match."""
    plans = [other for other in found if other.kind == "told"]
    settled = [other for other in found if other.kind == "settlement"]
    if option.kind == "settlement" and plans:
        gap = plans[0].expected - option.expected
        code = "plan_worth_more" if gap > ZERO else "settlement_worth_more"
        return (reason(code, amount=abs(gap)),)
    if option.kind == "told" and not settled:
        return (
            reason(
                "even_settlement",
                amount=option.expected,
                percent=percent_of_total(option.expected, ask.total),
            ),
        )
    return ()


def percent_of_total(amount: Decimal, total: Decimal) -> Decimal:
    """The share in whole per cent, rounded up: less would be worth less.

    >>> percent_of_total(Decimal("3764.53"), Decimal(4800))
    Decimal('79')
    """
    with localcontext() as context:
        context.prec = 40
        return (amount * HUNDRED / total).quantize(ONE, ROUND_CEILING)
