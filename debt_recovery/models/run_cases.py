import logging
from datetime import timedelta

from psycopg2 import IntegrityError, OperationalError

from odoo import models
from odoo.tools import SQL, split_every

_logger = logging.getLogger(__name__)

OPEN_BATCH = 500
#: Reasons of closing that end the work although something is owed.
GIVEN_UP = ("written_off", "uncollectable", "other")


class DebtRecoveryRunCases(models.AbstractModel):
    """Refresh, open, watch and close cases from the ledger, set by set."""

    _name = "debt.recovery.run.cases.mixin"
    _description = "Cases of a Run"

    def _phase_refresh(self):
        """Bring every live case up to the ledger. What differed although it was
        refreshed today is drift: some path changed the books unseen."""
        queued = self.env["debt.recovery.action"]._sync_queue(
            [("company_id", "=", self.company_id.id)]
        )
        run = self._scan_ledger()
        # money booked while the message was being written: decide anew at once
        queued = queued.with_env(run.env)
        queued._cancel_if_paid(queued.partner_id.ids)
        run._refresh_live()
        return self._checkpoint()

    def _scan_ledger(self, partner_ids=None):
        """This run, reading the ledger of these customers (None: all) once for the
        rest of the transaction."""
        scan = self.env["debt.recovery.receivable"]._scan(
            self.date, self.company_id._recovery_branches(), partner_ids
        )
        return self.with_context(**scan)

    def _refresh_live(self):
        strategies = self.env["debt.recovery.strategy"]
        cases = self._fetch_live(*strategies._debtor_fields(), "state", "figures_date")
        fresh = cases.filtered(lambda case: case.figures_date == self.date)
        changed = cases._refresh_figures()
        self.drift_count = len(changed & fresh)
        cases._assign_strategy()

    def _live_domain(self):
        return [("company_id", "=", self.company_id.id), ("state", "!=", "closed")]

    def _fetch_live(self, *names):
        """The live cases with just these fields: reading a case the usual way reads
        all of it, which a run over the whole book need not."""
        return self.env["debt.recovery.case"].search_fetch(
            self._live_domain(), names, order="id"
        )

    def _phase_open(self):
        """Cases for overdue customers; silent watch cases for pre-due steps."""
        candidates = self._find_unopened()
        if candidates:
            self._scan_ledger(candidates)._open_due(candidates)
        return self._checkpoint()

    def _open_due(self, candidates):
        overdue = self._find_overdue_partners(candidates)
        watching = self.env["debt.recovery.case"].search(
            [*self._live_domain(), ("state", "=", "watch")]
        )
        due = watching.filtered(lambda case: case.partner_id.id in overdue)
        due.write({"state": "open"})
        self._record_all(due, "opened", self.env._("Fell overdue"))
        self._open_cases(overdue - set(due.partner_id.ids), "open", "opened")
        self._open_cases(self._find_predue_partners(candidates), "watch", "watched")

    def _open_cases(self, partner_ids, state, outcome):
        live = self._fetch_live("partner_id").partner_id.ids if partner_ids else ()
        missing = sorted(set(partner_ids) - set(live))
        if not missing:
            return
        ranks = self.env["debt.recovery.strategy"]._get_turnover_ranks(self.company_id)
        run = self.with_context(recovery_ranks={self.company_id.id: ranks})
        for ids in split_every(OPEN_BATCH, missing):
            try:
                with self.env.cr.savepoint():
                    run._open_batch(ids, state, outcome)
            except (OperationalError, IntegrityError):
                raise
            except Exception:
                _logger.warning("Opening cases of run %s one by one", self.id)
                run._open_one_by_one(ids, state, outcome)

    def _open_batch(self, partner_ids, state, outcome):
        created, former = self.env["debt.recovery.case"]._open_for(
            self.company_id, partner_ids, state
        )
        self._record_all(created, outcome, self.env._("Overdue in the ledger"))
        self._record_all(former, "reopened", self.env._("Owed again"))

    def _open_one_by_one(self, partner_ids, state, outcome):
        for partner in self.env["res.partner"].browse(partner_ids):
            try:
                with self.env.cr.savepoint():
                    self._open_batch(partner.ids, state, outcome)
            except (OperationalError, IntegrityError):
                raise
            except Exception as error:
                _logger.exception("No case for customer %s", partner.id)
                none = self.env["debt.recovery.case"]
                vals = {"partner_id": partner.id}
                self._record(none, "cases", "failed", "error", str(error)[:500], **vals)

    def _record_all(self, cases, outcome, reason):
        self.env["debt.recovery.run.line"]._insert_lines(
            [
                self._prepare_line_vals(case, "cases", outcome, outcome, reason)
                for case in cases
            ]
        )

    def _find_unopened(self):
        """Customers without an open case who owe something that is due, or will be
        within the window of a step; whether the rest holds is asked of them alone."""
        first = min([0, *self._find_predue_steps().mapped("day")])
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT p.commercial_partner_id
                     FROM account_move_line l
                     JOIN res_partner p ON p.id = l.partner_id
                LEFT JOIN debt_recovery_case c ON c.state = 'open'
                      AND c.partner_id = p.commercial_partner_id AND c.company_id = %s
                    WHERE l.account_id IN %s AND l.reconciled IS NOT TRUE
                      AND l.parent_state = 'posted' AND l.amount_residual_currency > 0
                      AND l.company_id IN %s AND c.id IS NULL
                      AND COALESCE(l.date_maturity, l.date) <= %s""",
                self.company_id.id,
                tuple(accounts) or (0,),
                tuple(self.company_id._recovery_branches().ids),
                self.date - timedelta(days=first),
            )
        )
        return sorted(row[0] for row in rows)

    def _find_overdue_partners(self, partner_ids=None):
        """Customers whose overdue sum reaches the opening minimum and whose oldest
        overdue item is past the grace days. A debt that was given up stays so until
        something new falls overdue."""
        company = self.company_id
        return self._select_partners(
            SQL(
                """SUM(r.amount_overdue) >= %s AND SUM(r.amount_overdue) > 0
                   AND MIN(r.date_due) FILTER (WHERE r.amount_overdue > 0) < %s
                   AND COALESCE((SELECT MAX(g.date_closed) FROM debt_recovery_case g
                                  WHERE g.partner_id = r.partner_id
                                    AND g.company_id = %s AND g.state = 'closed'
                                    AND g.close_reason IN %s), '-infinity')
                       <= MAX(r.date_due) FILTER (WHERE r.amount_overdue > 0)""",
                company._recovery_units(company.recovery_open_units),
                self.date - timedelta(days=company.recovery_grace_days),
                company.id,
                GIVEN_UP,
            ),
            partner_ids,
        )

    def _find_predue_partners(self, partner_ids=None):
        """Customers with nothing overdue and an item inside the window of some pre-due
        step; the ladder decides whether that step is theirs. They are watched as long
        as that is so: ending earlier would open the case again with the next run."""
        steps = self._find_predue_steps()
        if not steps:
            return set()
        return self._select_partners(
            SQL(
                """SUM(r.amount_overdue) = 0 AND
                   MAX(r.amount_not_due) FILTER (WHERE r.date_due <= %s) >= %s""",
                self.date - timedelta(days=min(steps.mapped("day"))),
                self.company_id._recovery_units(min(steps.mapped("minimum_units"))),
            ),
            partner_ids,
        )

    def _find_predue_steps(self):
        return self.env["debt.recovery.strategy.step"].search(
            [("day", "<", 0), ("event", "=", False), ("strategy_id.active", "=", True)]
        )

    def _select_partners(self, having, partner_ids=None):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT r.partner_id FROM (%s) r GROUP BY r.partner_id HAVING %s",
                self.env["debt.recovery.receivable"]._receivable_rows(
                    self.date,
                    self.company_id._recovery_branches(),
                    partner_ids=partner_ids,
                ),
                having,
            )
        )
        return {row[0] for row in rows}

    def _phase_close(self):
        """Close what is settled; a hook usually did it at once."""
        least = self.company_id.currency_id.rounding
        cases = self.env["debt.recovery.case"].search(
            [
                *self._live_domain(),
                ("state", "=", "open"),
                ("amount_overdue", "<", least),
            ]
        )
        settled = cases.filtered(lambda case: case._is_settled())
        settled._close("paid")
        self._record_all(settled, "closed", self.env._("Nothing overdue is left"))
        return self._checkpoint()
