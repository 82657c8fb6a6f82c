from datetime import timedelta

from odoo import Command, api, fields, models

#: Habits of the customers of the story, the one with most open first: days after the
#: due date on which their invoices of the past months were paid, the oldest first.
HABITS = (
    (0, 1, 0, 2, 0, 0, 1),
    (5, 8, 12, 9, 14, 18, 25),
    (30, 28, 35, 31, 40, 44, 38),
    (0, 0, -2, 0, 1, 0, 0),
    (32, 30, 28, 26, 14, 3, 2),
    (2, 20, 1, 15, 0, 30, 3),
)
MONTH = 30
AMOUNT_UNITS = 30
COMMENTARY = """Most of the increase is one large order of September that fell due.
Second calls begin a week earlier from now on; no case is left without a next action.
To decide: whether we supply the customers of band E against payment in advance only."""
#: Share of what is collectable that people want to recover this month.
SHARE = 0.15


class DebtRecoveryDemo(models.AbstractModel):
    """Some customers of the story have a past, so that there is something to learn."""

    _inherit = "debt.recovery.demo"

    @api.model
    def _install_insight(self):
        for company in self.env["debt.recovery.run"]._find_companies():
            cases = (
                self.env["debt.recovery.case"]
                .sudo()
                .search(
                    [("company_id", "=", company.id), ("state", "!=", "closed")],
                    order="amount_overdue desc, id",
                    limit=len(HABITS),
                )
            )
            if len(cases) == len(HABITS):
                self._tell_past(company, cases.partner_id)
                self._make_past_push(company, cases)
            self._count_insight(company)
            self._set_targets(company)
            self._make_push(company)
            self._write_commentary(company)

    @api.model
    def _make_push(self, company):
        """The month-end list before its time, with the first commitments."""
        rows = self.env["debt.recovery.push"].sudo()._list_month(company)
        for row in rows.filtered("amount_expected").sorted("amount_expected")[-2:]:
            row.with_user(row.user_id or self.env.user).sudo(False).write(
                {
                    "amount_committed": row.amount_expected,
                    "note": "Payment run on the last working day, told on the phone",
                }
            )

    @api.model
    def _make_past_push(self, company, cases):
        """What officers committed to in a month before; the third hoped for more."""
        pushes = self.env["debt.recovery.push"].sudo()
        day = self._past_day(company, 1)
        vals_list = []
        for number, case in enumerate(cases[:4]):
            amount = float(company._recovery_units(AMOUNT_UNITS)) * (1 + (number == 2))
            vals_list.append(
                {
                    "company_id": company.id,
                    "month": day.replace(day=1),
                    "date_listed": day.replace(day=1),
                    "case_id": case.id,
                    "partner_id": case.partner_id.id,
                    "user_id": case.user_id.id,
                    "why": "expected",
                    "amount_expected": amount,
                    "amount_committed": amount,
                    "committed_on": day.replace(day=1),
                    "date_committed": fields.Date.end_of(day, "month"),
                }
            )
        past = company.with_context(recovery_today=day.replace(day=1))
        pushes.with_env(past.env).create(vals_list)
        pushes.search([("company_id", "=", company.id)])._judge()

    @api.model
    def _tell_past(self, company, partners):
        """Invoices of the months before the story, each paid by the habit."""
        moves = self.env["account.move"].sudo().with_company(company)
        moves = moves.with_context(tracking_disable=True)
        for partner, habit in zip(partners, HABITS, strict=True):
            for number, late in enumerate(habit):
                due = self._past_day(company, len(habit) - number)
                move = moves.create(self._prepare_past(company, partner, due))
                move.action_post()
                self._pay_past(move, due + timedelta(days=late))

    @api.model
    def _past_day(self, company, months):
        return company._recovery_today() - timedelta(days=MONTH * (months + 2))

    @api.model
    def _prepare_past(self, company, partner, due):
        return {
            "move_type": "out_invoice",
            "partner_id": partner.id,
            "invoice_date": due - timedelta(days=MONTH),
            "invoice_date_due": due,
            "invoice_payment_term_id": False,
            "currency_id": company.currency_id.id,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Delivery",
                        "price_unit": float(company._recovery_units(AMOUNT_UNITS)),
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }

    @api.model
    def _pay_past(self, move, day):
        wizard = (
            self.env["account.payment.register"]
            .sudo()
            .with_context(active_model="account.move", active_ids=move.ids)
        )
        wizard.create({"payment_date": day})._create_payments()

    @api.model
    def _count_insight(self, company):
        """As the daily run and the scheduled action would."""
        self.env["debt.recovery.behaviour"]._refresh_company(company)
        self.env["debt.recovery.risk"]._refresh_company(company)
        checks = self.env["debt.recovery.snapshot.check"].sudo()
        checks._plan_backfill(company)
        waiting = checks.search(
            [("company_id", "=", company.id), ("state", "=", "waiting")]
        )
        for check in waiting:
            check._backfill()
        checks._take(company, company._recovery_today(), "day")

    @api.model
    def _set_targets(self, company):
        """A share of what is collectable, for the team and for each officer."""
        groups = self.env["debt.recovery.case"]._read_group(
            [("company_id", "=", company.id), ("state", "=", "open")],
            ["user_id"],
            ["amount_collectable:sum"],
        )
        targets = self.env["debt.recovery.target"].with_company(company)
        parts = [(user, amount) for user, amount in groups if user and amount]
        whole = sum(amount for _user, amount in parts)
        for user, amount in [(self.env["res.users"], whole), *parts]:
            value = round(amount * SHARE, -2)
            if value:
                targets.create(
                    {"company_id": company.id, "user_id": user.id, "value": value}
                )

    @api.model
    def _write_commentary(self, company):
        """What the manager said about last month."""
        manager = company.sudo().recovery_escalate_user_id or self.env.user
        month = company._recovery_today().replace(day=1) - timedelta(days=1)
        self.env["debt.recovery.commentary"].with_user(manager).sudo().create(
            {"company_id": company.id, "date": month, "text": COMMENTARY}
        )
