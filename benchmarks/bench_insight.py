"""Insight on a large book: the nightly count, the dashboard and the ageing as a
workbook, against one plain aggregate over the same items."""

import tracemalloc

from odoo.tools import SQL

from .meter import best, measured

NIGHT = ("behaviour", "risk", "snapshot")


def floor(env):
    """One statement that looks at every receivable item once and writes nothing."""
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    query = SQL(
        """SELECT l.partner_id, COUNT(*), SUM(l.balance), SUM(l.amount_residual),
                  SUM(l.amount_residual) FILTER (
                    WHERE l.date_maturity < CURRENT_DATE), MIN(l.date_maturity)
             FROM account_move_line l
            WHERE l.account_id IN %s AND l.parent_state = 'posted'
              AND l.company_id = %s GROUP BY l.partner_id""",
        tuple(accounts.ids),
        env.company.id,
    )
    env.cr.execute("SET LOCAL jit = off")
    cost, _rows = best(env.cr, lambda: env.execute_query(query), times=5)
    return cost


def night(env):
    """Costs of the phases that count at night; the second night is measured, because
    the first writes every row anew."""
    company, costs = env.company, {}
    for _night in range(2):
        checks = env["debt.recovery.snapshot.check"].sudo()
        today = [("company_id", "=", company.id)]
        env.cr.execute(
            SQL(
                "DELETE FROM debt_recovery_snapshot WHERE check_id IN %s",
                tuple(checks.search(today).ids) or (0,),
            )
        )
        checks.search(today).write({"state": "waiting"})
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
    """:return: the floor, ``{phase: cost}``, the dashboard, the workbook, its rows and
    the megabytes of Python objects while it was made"""
    plain, costs = floor(env), night(env)
    # the month-end of a company that has used it for a month is frozen
    env["debt.recovery.snapshot.check"]._take_due(env.company)
    board = env["debt.recovery.dashboard"]

    def look():
        env.invalidate_all()
        return board.action_dashboard_facts()

    dashboard, _facts = best(env.cr, look)
    workbook, rows, megabytes = _ageing(env)
    return plain, costs, dashboard, workbook, rows, megabytes


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
