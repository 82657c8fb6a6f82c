"""The daily run of the addon, phase by phase, against the plain SQL floor."""

from contextlib import contextmanager
from unittest.mock import patch

from odoo.tools import SQL

from .meter import Cost, best, measured

BEFORE_SENDING = ("judge", "refresh", "open", "close", "limitation", "decide")
PDF = b"%PDF-1.4\n%%EOF\n"


def overdue_facts(env):
    """Overdue lines and customers, and all open lines: what the cost should follow."""
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    rows = env.execute_query(
        SQL(
            """SELECT COUNT(*) FILTER (WHERE l.date_maturity < CURRENT_DATE),
                      COUNT(DISTINCT l.partner_id)
                        FILTER (WHERE l.date_maturity < CURRENT_DATE), COUNT(*)
                 FROM account_move_line l
                WHERE l.account_id IN %s AND NOT l.reconciled
                  AND l.parent_state = 'posted' AND l.amount_residual > 0""",
            tuple(accounts.ids),
        )
    )
    return rows[0]


def floor(env):
    """One statement that ages every customer, with everything in its favour: ids of
    accounts written in, no just-in-time compiler."""
    accounts = env["account.account"].search(
        [("account_type", "=", "asset_receivable")]
    )
    query = SQL(
        """SELECT l.partner_id, SUM(l.amount_residual),
                  SUM(l.amount_residual) FILTER (WHERE l.date_maturity < CURRENT_DATE),
                  SUM(l.amount_residual) FILTER (
                    WHERE l.date_maturity < CURRENT_DATE - 30),
                  SUM(l.amount_residual) FILTER (
                    WHERE l.date_maturity < CURRENT_DATE - 60),
                  SUM(l.amount_residual) FILTER (
                    WHERE l.date_maturity < CURRENT_DATE - 90),
                  MIN(l.date_maturity)
             FROM account_move_line l
            WHERE l.account_id IN %s AND l.reconciled IS NOT TRUE
              AND l.parent_state = 'posted' AND l.company_id = %s
         GROUP BY l.partner_id""",
        tuple(accounts.ids),
        env.company.id,
    )
    env.cr.execute("SET LOCAL jit = off")
    cost, _rows = best(env.cr, lambda: env.execute_query(query), times=5)
    return cost


def prepare(env):
    """Every strategy is live, messages leave at once and carry no documents."""
    env.company.recovery_release = "at_once"
    env["debt.recovery.strategy"].search([])._go_live(env.company)
    steps = env["debt.recovery.strategy.step"].search([])
    steps.write({"attach_invoices": False, "attach_statement": False})
    env.cr.commit()


def run_phases(env, phases=BEFORE_SENDING):
    """Costs of a run by phase, each committed as the scheduler does."""
    runs = env["debt.recovery.run"]
    run = runs._start(env.company)._in_company()
    costs = {}
    for phase in phases:
        with measured(env.cr) as costs[phase]:
            run.phase = phase
            getattr(run, f"_phase_{phase}")()
            env.cr.commit()
    return run, costs


def finish(run):
    run.state = "done"
    run.env.cr.commit()
    run.env.invalidate_all()


def total(costs):
    return sum(costs.values(), Cost())


@contextmanager
def no_pdf(env):
    """Messages without the second a PDF takes."""
    reports = env.registry["ir.actions.report"]
    with patch.object(reports, "_run_wkhtmltopdf", lambda *_args, **_kwargs: PDF):
        yield


def messages(env, run):
    """Create the messages of a decided run; returns the cost and their number."""
    with no_pdf(env), measured(env.cr) as cost:
        run.phase = "release"
        run._phase_release()
        env.cr.commit()
    mails = (
        env["mail.mail"]
        .sudo()
        .search_count(
            [("model", "=", "debt.recovery.case"), ("state", "=", "outgoing")]
        )
    )
    return cost, mails
