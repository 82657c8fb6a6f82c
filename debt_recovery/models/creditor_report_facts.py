from odoo import api, models
from odoo.fields import Domain
from odoo.tools import SQL
from odoo.tools.misc import formatLang

#: A report is read in five minutes.
MOST_ROWS = 15


class DebtRecoveryCreditorReportFacts(models.AbstractModel):
    """What the creditor reads: figures, cases by stage, next steps, escalations. Stored
    figures of open cases and the ledger; personal notes are never in it."""

    _name = "debt.recovery.creditor.report.facts.mixin"
    _description = "Facts of a Report to the Creditor"

    def _page(self):
        """Values of the page, in the language of the environment."""
        self.ensure_one()
        company = self.company_id.sudo()
        today = company._recovery_today()
        start, end = self._period(today)
        cases = self.env["debt.recovery.case"].sudo().search(self._open_domain())
        return {
            "company": company,
            "period": self._period_text(),
            "money": lambda amount: formatLang(
                self.env, amount, currency_obj=company.currency_id
            ),
            "figures": self._figures(cases, start, end),
            "stages": self._stages(cases),
            "next": self._next_steps(cases),
            "escalations": self._escalations(cases),
        }

    def _open_domain(self):
        return Domain("company_id", "=", self.company_id.id) & Domain(
            "state", "=", "open"
        )

    def _figures(self, cases, start, end):
        """Seam: ``(label, value, whether it is money)``."""
        every = self.env["debt.recovery.case"].sudo().with_context(active_test=False)
        company = Domain("company_id", "=", self.company_id.id)
        closed = company & Domain("date_closed", ">=", start)
        closed &= Domain("date_closed", "<=", end)

        def total(fname):
            return sum(cases.mapped(fname))

        return [
            (self.env._("Open cases"), len(cases), False),
            (self.env._("Overdue"), total("amount_overdue"), True),
            (self.env._("of this may be chased"), total("amount_collectable"), True),
            (self.env._("of this disputed"), total("amount_disputed"), True),
            (self.env._("of this agreed"), total("amount_agreed"), True),
            (self.env._("of this on hold"), total("amount_held"), True),
            (
                self.env._("Recovered in the period"),
                self._recovered(start, end),
                True,
            ),
            (
                self.env._("Cases closed in the period"),
                every.search_count(closed),
                False,
            ),
        ]

    def _stages(self, cases):
        """``(stage, cases, overdue)`` in the order of the board."""
        groups = cases.grouped("stage_id")
        return [
            (
                stage.name,
                len(groups[stage]),
                sum(groups[stage].mapped("amount_overdue")),
            )
            for stage in sorted(groups, key=lambda s: (s.sequence, s.id))
        ]

    def _next_steps(self, cases):
        """The largest cases with where they stand and what comes."""
        return cases.sorted(lambda c: (-c.amount_overdue, c.id))[:MOST_ROWS]

    def _escalations(self, cases):
        """Seam: ``(what, customer, amount, where it stands)``."""
        rows = []
        for legal in cases.legal_case_ids.filtered("is_open"):
            stage = legal.stage_id.name
            rows.append((self.env._("Legal case"), legal, legal.amount_open, stage))
        for placement in cases.placement_ids.filtered(lambda p: p.state == "placed"):
            words = self.env._(
                "with %(agency)s", agency=placement.agency_id.display_name
            )
            rows.append((self.env._("Agency"), placement, placement.amount_open, words))
        for dispute in cases.dispute_ids.filtered(
            lambda d: d.kind == "complaint" and d.state in ("open", "answered")
        ):
            rows.append((self.env._("Complaint"), dispute, 0.0, dispute.name))
        return [
            (what, record.case_id.partner_id.display_name, amount, words)
            for what, record, amount, words in rows
        ]

    @api.model
    def _recovered(self, start, end):
        """Money matched with items that were overdue when it came, of customers with a
        case; own write-offs and credit notes do not count."""
        self.env.flush_all()
        agreements = self.env["debt.recovery.agreement"]
        rows = self.env.execute_query(
            SQL(
                """SELECT COALESCE(SUM(f.amount * (1 - COALESCE(f.share, 0))), 0)
                     FROM (SELECT p.amount, own.share, %s AS kind
                             FROM account_partial_reconcile p
                             JOIN account_move_line d ON d.id = p.debit_move_id
                             JOIN account_account a ON a.id = d.account_id
                                  AND a.account_type = 'asset_receivable'
                             JOIN account_move_line c ON c.id = p.credit_move_id
                             JOIN account_move m ON m.id = c.move_id
                             JOIN res_partner q ON q.id = d.partner_id
                             LEFT JOIN LATERAL (%s) own ON TRUE
                            WHERE d.company_id IN %s AND c.date BETWEEN %s AND %s
                              AND d.parent_state = 'posted'
                              AND COALESCE(d.date_maturity, d.date) < c.date
                              AND EXISTS (SELECT 1 FROM debt_recovery_case k
                                           WHERE k.partner_id = q.commercial_partner_id
                                             AND k.company_id = %s)) f
                    WHERE f.kind = 'cash'""",
                agreements._facts_kind(),
                agreements._facts_own_share(),
                tuple(self.company_id._recovery_branches().ids),
                start,
                end,
                self.company_id.id,
            )
        )
        return float(rows[0][0])
