"""Insight on a large book: the nightly count, the dashboard and the ageing as a
workbook, against one plain aggregate over the same items."""

import tracemalloc
from datetime import timedelta

from odoo.tools import SQL

from .meter import best, measured

NIGHT = ("behaviour", "risk", "snapshot")


def floor(env):
    """One statement that looks at every receivable item once and writes nothing."""
    return _best(
        env,
        SQL(
            """SELECT l.partner_id, COUNT(*), SUM(l.balance), SUM(l.amount_residual),
                      SUM(l.amount_residual) FILTER (
                        WHERE l.date_maturity < CURRENT_DATE), MIN(l.date_maturity)
                 FROM account_move_line l WHERE %s GROUP BY l.partner_id""",
            _items(env),
        ),
    )


def paid_floor(env):
    """The same with what behaviour is about: when each item was paid, and how late that
    was on average. Not the aim; it says what of the distance is the question itself."""
    return _best(
        env,
        SQL(
            """SELECT l.partner_id, COUNT(*), SUM(l.balance), SUM(l.amount_residual),
                      AVG(paid.day - l.date_maturity), MIN(l.date_maturity)
                 FROM account_move_line l
                 LEFT JOIN (SELECT p.debit_move_id AS id, MAX(c.date) AS day
                              FROM account_partial_reconcile p
                              JOIN account_move_line c ON c.id = p.credit_move_id
                             GROUP BY p.debit_move_id) paid ON paid.id = l.id
                WHERE %s GROUP BY l.partner_id""",
            _items(env),
        ),
    )


def _items(env):
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    return SQL(
        "l.account_id IN %s AND l.parent_state = 'posted' AND l.company_id = %s",
        tuple(accounts.ids),
        env.company.id,
    )


def _best(env, query):
    env.cr.execute("SET LOCAL jit = off")
    cost, _rows = best(env.cr, lambda: env.execute_query(query), times=5)
    return cost


def night(env):
    """Costs of the phases that count at night, of the second of two nights: the first
    writes every row anew. A day lies between them, so that days overdue have grown and
    invoices have fallen due as they do."""
    costs = {}
    for days in (1, 0):
        day = env.company._recovery_today() - timedelta(days=days)
        company = env.company.with_context(recovery_today=day)
        for phase in NIGHT:
            env.flush_all()
            with measured(env.cr) as costs[phase]:
                _count(env, company, phase)
                env.cr.commit()
    return costs


def _count(env, company, phase):
    if phase == "snapshot":
        checks = env["debt.recovery.snapshot.check"]
        checks._take(company, company._recovery_today(), "day")
    else:
        env[f"debt.recovery.{phase}"]._refresh_company(company)


def measure(env):
    """:return: both floors, ``{phase: cost}``, ``{screen: cost}``, the workbook, its
    rows and the megabytes of Python objects while it was made"""
    floors, costs = (floor(env), paid_floor(env)), night(env)
    # the month-end of a company that has used it for a month is frozen
    env["debt.recovery.snapshot.check"]._take_due(env.company)
    env.cr.execute("ANALYZE debt_recovery_snapshot")
    screens = {
        "dashboard of the company": _look(env, {}),
        "page of an officer": _look(env, {"user_id": _officer(env).id}),
    }
    workbook, rows, megabytes = _ageing(env)
    return floors, costs, screens, workbook, rows, megabytes


def _look(env, filters):
    """The dashboard, warm."""
    board = env["debt.recovery.dashboard"]

    def look():
        env.invalidate_all()
        return board.action_dashboard_facts(filters)

    cost, _facts = best(env.cr, look, times=5)
    return cost


def _officer(env):
    """Somebody who has every fourth case."""
    officer = env.ref("base.user_admin")
    env.flush_all()
    env.cr.execute(
        SQL("UPDATE debt_recovery_case SET user_id = %s WHERE id %% 4 = 0", officer.id)
    )
    env.invalidate_all()
    return officer


def _ageing(env):
    report = env["debt.recovery.report"].search([("code", "=", "ageing")])

    def make():
        answer = report._answer_for(env.user, env.company)
        report._answer_xlsx(answer, env.company)
        return len(answer["sections"][1]["rows"])

    with measured(env.cr) as cost:
        rows = make()
    tracemalloc.start()  # costs time: once more, for the memory alone
    make()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return cost, rows, peak / 1024**2
