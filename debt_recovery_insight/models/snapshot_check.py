from datetime import timedelta

from dateutil.relativedelta import relativedelta

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: A month-end may be frozen with the bridge of a morning that many days later: it often
#: lies before a weekend.
LIVE_DAYS = 5


class DebtRecoverySnapshotCheck(models.Model):
    """One freezing of one root company's figures, and its check against the posted
    balance of the receivable accounts: what the ledger said then, what it says now. A
    row that waits is a past month-end still to be read."""

    _name = "debt.recovery.snapshot.check"
    _description = "Snapshot"
    _inherit = ["debt.recovery.snapshot.sql.mixin"]
    _order = "date desc, kind, id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one("res.company", required=True, ondelete="cascade")
    company_currency_id = fields.Many2one(related="company_id.currency_id")
    date = fields.Date("End of Day", required=True)
    kind = fields.Selection(
        [("day", "Day"), ("month", "Month-end")], required=True, default="day"
    )
    state = fields.Selection(
        [("waiting", "Waits"), ("done", "Frozen"), ("failed", "Failed")],
        required=True,
        default="waiting",
    )
    is_live = fields.Boolean(
        "With Bridge",
        help="Taken on time: disputed, agreed, held and collectable are known. Of "
        "month-ends read later only the ledger is known.",
    )
    taken_at = fields.Datetime()
    row_count = fields.Integer("Number of Rows")
    amount_balance = fields.Monetary(
        "Sum of the Rows", currency_field="company_currency_id"
    )
    ledger_balance = fields.Monetary(
        "Ledger Then",
        currency_field="company_currency_id",
        help="Posted balance of all receivable accounts when the rows were taken.",
    )
    difference = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_difference",
        store=True,
        help="Ledger less rows; zero when everything ties.",
    )
    ledger_now = fields.Monetary(
        currency_field="company_currency_id",
        compute="_compute_ledger_now",
        help="The same day in the ledger as it stands now.",
    )
    moved = fields.Monetary(
        "Booked Since",
        currency_field="company_currency_id",
        compute="_compute_ledger_now",
        help="What was posted into the period after it was frozen.",
    )
    amount_expected = fields.Monetary(
        "Expected in 4 Weeks",
        currency_field="company_currency_id",
        help="Only of days that were frozen on time.",
    )
    problem = fields.Char()
    snapshot_ids = fields.One2many("debt.recovery.snapshot", "check_id", "Rows")

    _day_unique = models.Constraint(
        "UNIQUE (company_id, date, kind)", "This day is frozen already."
    )

    @api.depends("date", "kind", "company_id")
    def _compute_name(self):
        for check in self:
            check.name = f"{check.company_id.name} {check.date or ''}".strip()

    @api.depends("ledger_balance", "amount_balance")
    def _compute_difference(self):
        for check in self:
            check.difference = check.ledger_balance - check.amount_balance

    def _compute_ledger_now(self):
        for check in self:
            done = check.state == "done" and check.date
            now = done and check.sudo()._ledger_balance(check.company_id, check.date)
            check.ledger_now = now or 0.0
            check.moved = check.ledger_now - check.ledger_balance if done else 0.0

    # GUARD

    @api.ondelete(at_uninstall=False)
    def _unlink_except_frozen(self):
        if any(check.state == "done" for check in self):
            raise self.env["debt.recovery.snapshot"]._frozen_error()

    # ACTIONS

    def action_open_rows(self):
        """The frozen rows."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_insight.debt_recovery_snapshot_action"
        )
        return action | {
            "name": self.name,
            "domain": [("check_id", "=", self.id)],
            "context": {},
        }

    def action_backfill(self):
        """Read the waiting month-ends now, in the background."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Only a recovery manager can ask for past month-ends.")
            )
        for company in self.env["debt.recovery.run"]._find_companies():
            self.sudo()._plan_backfill(company)
        return {"type": "ir.actions.client", "tag": "soft_reload"}

    # TAKING

    @api.model
    def _take(self, company, day, kind, live=True):
        """Freeze a day once; a second call finds it done.

        :param live: whether today's bridge may speak for that day
        """
        check = self.sudo().search(
            [
                ("company_id", "=", company.id),
                ("date", "=", day),
                ("kind", "=", kind),
            ],
            limit=1,
        )
        if not check:
            check = self.sudo().create(
                {"company_id": company.id, "date": day, "kind": kind}
            )
        if check.state != "done":
            check._freeze(live)
        return check

    def _freeze(self, live):
        self.ensure_one()
        self.env.flush_all()
        cr = self.env.cr
        cr.execute("SET LOCAL jit = off")
        cr.execute(self._snapshot_insert_sql(self, live))
        cr.execute(
            SQL(
                """SELECT COUNT(*), COALESCE(SUM(amount_balance), 0)
                     FROM debt_recovery_snapshot WHERE check_id = %s""",
                self.id,
            )
        )
        count, balance = cr.fetchone()
        self.write(
            {
                "state": "done",
                "is_live": live,
                "taken_at": fields.Datetime.now(),
                "row_count": count,
                "amount_balance": balance,
                "ledger_balance": self._ledger_balance(self.company_id, self.date),
                "amount_expected": live and self._expected_amount(),
                "problem": False,
            }
        )
        self.env["debt.recovery.snapshot"].invalidate_model()

    def _expected_amount(self):
        cash = self.env["debt.recovery.expected.cash"].sudo()
        return cash.with_company(self.company_id)._near_amount(self.company_id)

    @api.model
    def _frozen_cash(self, company, day):
        """What four weeks should have brought as seen on that evening; None where it
        was not frozen."""
        frozen = [("company_id", "=", company.id), ("date", "=", day)]
        known = self.sudo().search([*frozen, ("amount_expected", ">", 0)], limit=1)
        return known.amount_expected or None

    @api.model
    def _take_due(self, company):
        """What the daily run freezes: the day, and the last month-end if nobody has."""
        today = company._recovery_today()
        self._take(company, today, "day")
        month_end = today.replace(day=1) - timedelta(days=1)
        late = (today - month_end).days > LIVE_DAYS
        self._take(company, month_end, "month", live=not late)

    # PAST MONTH-ENDS

    @api.model
    def _plan_backfill(self, company):
        """Waiting rows for the month-ends since the first receivable, and the call of
        the scheduled action.

        :return: the rows planned
        """
        known = set(
            self.sudo().search([("company_id", "=", company.id)]).mapped("date")
        )
        vals = [
            {"company_id": company.id, "date": day, "kind": "month"}
            for day in self._backfill_days(company)
            if day not in known
        ]
        checks = self.sudo().create(vals)
        if checks:
            self.env.ref("debt_recovery_insight.ir_cron_backfill")._trigger()
        return checks

    @api.model
    def _backfill_days(self, company):
        """Month-ends, the latest first, as far as the ledger and the setting go."""
        today = company._recovery_today()
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                "SELECT MIN(l.date) FROM account_move_line l WHERE %s",
                SQL(" AND ").join(self._ledger_conditions(company, today)),
            )
        )
        first = rows[0][0]
        day = today.replace(day=1) - timedelta(days=1)
        months = company.recovery_backfill_months
        while first and day >= first and months > 0:
            yield day
            day = day.replace(day=1) - timedelta(days=1)
            months -= 1

    @api.model
    def _cron_backfill(self):
        """Scheduled action: one past month-end after the other, the latest first."""
        waiting = self.search([("state", "=", "waiting"), ("kind", "=", "month")])
        cron = self.env["ir.cron"]
        cron._commit_progress(remaining=len(waiting))
        for check in waiting:
            check._backfill()
            if not cron._commit_progress(1):
                break

    def _backfill(self):
        """Read one past month-end; what fails says why and stops nobody else."""
        self.ensure_one()
        try:
            with self.env.cr.savepoint():
                self._freeze(live=False)
        except Exception as error:  # shown on the row; a manager can ask again
            self.write({"state": "failed", "problem": str(error)[:500]})

    @api.autovacuum
    def _gc_days(self):
        """Daily rows are for the curve of the last months; month-ends stay."""
        limit = self.env.company._recovery_today() - relativedelta(months=15)
        old = self.search([("kind", "=", "day"), ("date", "<", limit)])
        self.env.cr.execute(
            SQL(
                "DELETE FROM debt_recovery_snapshot WHERE check_id IN %s",
                tuple(old.ids) or (0,),
            )
        )
        old.write({"state": "waiting"})
        old.unlink()
        return len(old), 0
