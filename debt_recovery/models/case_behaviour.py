from odoo import api, fields, models
from odoo.tools import SQL

#: Invoices looked at, the latest first; fewer than ``ENOUGH`` prove nothing.
LATEST, ENOUGH = 24, 5
KEPT, NOT_KEPT = ("kept", "kept_late"), ("partly_kept", "broken")


class DebtRecoveryCaseBehaviour(models.AbstractModel):
    """The card “Behaviour”: how late this customer usually pays, whether promises are
    kept, how much of the credit limit is used. Days are calendar days after the due
    date; what is still open counts with the days so far; credit notes pay nothing."""

    _name = "debt.recovery.case.behaviour.mixin"
    _description = "Behaviour of the Customer of a Case"

    behaviour_card = fields.Json("Behaviour", compute="_compute_behaviour_card")

    @api.depends("partner_id", "company_id")
    @api.depends_context("recovery_today", "lang")
    def _compute_behaviour_card(self):
        facts = self._behaviour_facts()
        for case in self:
            case.behaviour_card = case._behaviour_rows(facts.get(case.id, {}))

    def _behaviour_rows(self, facts):
        """Seam: rows of the card, ``[icon, label, text, tone]``; the tone is empty or
        ``danger``."""
        late, count = facts.get("late"), facts.get("count", 0)
        rows = [["fa-clock-o", self.env._("Pays"), self._late_text(late, count), ""]]
        if facts.get("judged"):
            kept = self.env._(
                "kept %(kept)s of %(all)s", kept=facts["kept"], all=facts["judged"]
            )
            tone = "danger" if 2 * facts["kept"] < facts["judged"] else ""
            rows.append(["fa-handshake-o", self.env._("Promises"), kept, tone])
        used = self._limit_used()
        if used is not None:
            text = self.env._("%(percent)s %% used", percent=used)
            tone = "danger" if used > 100 else ""
            rows.append(["fa-tachometer", self.env._("Credit limit"), text, tone])
        return rows

    def _late_text(self, late, count):
        """“about 18 days late (24 invoices)”."""
        if count < ENOUGH:
            return self.env._(
                "not enough history (%(count)s of at least %(least)s invoices due)",
                count=count,
                least=ENOUGH,
            )
        days = round(late)
        if not days:
            return self.env._("on time (%(count)s invoices)", count=count)
        if days < 0:
            return self.env._(
                "about %(days)s days early (%(count)s invoices)",
                days=-days,
                count=count,
            )
        return self.env._(
            "about %(days)s days late (%(count)s invoices)", days=days, count=count
        )

    def _limit_used(self):
        """Per cent of the credit limit, or None where there is none."""
        company = self.company_id.sudo()
        if not company.account_use_credit_limit:
            return None
        limit = self.sudo().with_company(company).partner_id.credit_limit
        if limit <= 0:
            return None
        return round(100 * self._get_exposure() / limit)

    # READING

    def _behaviour_facts(self):
        """``{case id: {"late": median days, "count", "kept", "judged"}}``; one query
        for the invoices and one for the promises of each company."""
        facts = {}
        for company, cases in self.grouped("company_id").items():
            real = cases._origin.filtered("partner_id")
            if not company or not real:
                continue
            self.env.flush_all()
            for row in self.env.execute_query_dict(real._lateness_sql(company)):
                facts[row["id"]] = {"late": row["late"], "count": row["count"]}
            promises = real._count_promises()
            for case in real:
                facts.setdefault(case.id, {}).update(promises[case.partner_id.id])
        return facts

    def _lateness_sql(self, company):
        """Median over the latest items that have fallen due."""
        return SQL(
            """SELECT k.id, COUNT(*) AS count,
                      percentile_cont(0.5) WITHIN GROUP (ORDER BY h.days) AS late
                 FROM debt_recovery_case k
                 CROSS JOIN LATERAL (%s) due
                 CROSS JOIN LATERAL (%s) paid
                 CROSS JOIN LATERAL (
                     SELECT CASE WHEN due.reconciled THEN paid.day ELSE %s END
                            - due.day AS days) h
                WHERE k.id IN %s AND h.days IS NOT NULL
                GROUP BY k.id""",
            self._due_sql(company),
            self._paid_sql(),
            company._recovery_today(),
            tuple(self.ids),
        )

    @api.model
    def _due_sql(self, company):
        """The latest invoices of case ``k`` that have fallen due."""
        receivables = self.env["account.account"]._recovery_trade_account_ids()
        return SQL(
            """SELECT l.id, l.reconciled, COALESCE(l.date_maturity, l.date) AS day
                 FROM account_move_line l
                 JOIN account_move b ON b.id = l.move_id
                      AND b.move_type IN ('out_invoice', 'out_receipt')
                WHERE l.partner_id IN (SELECT p.id FROM res_partner p
                                        WHERE p.commercial_partner_id = k.partner_id)
                  AND l.account_id IN %s AND l.company_id IN %s
                  AND l.parent_state = 'posted' AND l.balance > 0
                  AND COALESCE(l.date_maturity, l.date) < %s
                ORDER BY day DESC, l.id DESC LIMIT %s""",
            tuple(receivables) or (0,),
            tuple(company._recovery_branches().ids),
            company._recovery_today(),
            LATEST,
        )

    @api.model
    def _paid_sql(self):
        """Day on which the last money for item ``due`` came."""
        return SQL(
            """SELECT MAX(c.date) FILTER (WHERE %s = 'cash') AS day
                 FROM account_partial_reconcile p
                 JOIN account_move_line c ON c.id = p.credit_move_id
                 JOIN account_move m ON m.id = c.move_id
                WHERE p.debit_move_id = due.id""",
            self.env["debt.recovery.agreement"]._facts_kind(),
        )

    def _count_promises(self):
        """``{partner id: {"kept", "judged"}}`` of what is judged."""
        counts = {p.id: {"kept": 0, "judged": 0} for p in self.partner_id}
        groups = self.env["debt.recovery.agreement"]._read_group(
            [
                ("partner_id", "in", self.partner_id.ids),
                ("company_id", "in", self.company_id.ids),
                ("kind", "=", "promise"),
                ("state", "in", KEPT + NOT_KEPT),
            ],
            ["partner_id", "state"],
            ["__count"],
        )
        for partner, state, count in groups:
            counts[partner.id]["judged"] += count
            counts[partner.id]["kept"] += count if state in KEPT else 0
        return counts
