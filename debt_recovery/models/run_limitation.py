from odoo import models
from odoo.fields import Domain
from odoo.tools import SQL

from ..tools.ladder_facts import Stop
from .run_weekly import MONDAY

LIMITATION_TYPE = "debt_recovery.mail_activity_type_limitation"


class DebtRecoveryRunLimitation(models.AbstractModel):
    """The run judges the limitation of overdue items, leaves alone what is barred and,
    once a week, warns of what soon will be."""

    _name = "debt.recovery.run.limitation.mixin"
    _description = "Limitation in a Run"

    def _phase_limitation(self):
        everything = self.date.weekday() == MONDAY
        self.env["debt.recovery.limitation"]._refresh(self.company_id, everything)
        return self._checkpoint()

    # BRAKE

    def _has_braked_lines(self):
        return super()._has_braked_lines() or bool(
            self.env["debt.recovery.limitation"].search_count(
                self._barred_domain(), limit=1
            )
        )

    def _barred_domain(self):
        return Domain("date_end", "<", self.date) & Domain("effect", "!=", "warn")

    def _braked_sql(self, condition):
        """What is barred is no longer chased by the ladder: people decide."""
        return SQL(
            """%s UNION ALL
               SELECT l.id, l.partner_id, 'limitation' AS code
                 FROM account_move_line l
                 JOIN debt_recovery_limitation t ON t.move_line_id = l.id
                WHERE %s AND t.date_end < %s AND t.effect <> 'warn'""",
            super()._braked_sql(condition),
            condition,
            self.date,
        )

    def _prepare_brake(self, code, count):
        if code != "limitation":
            return super()._prepare_brake(code, count)
        label = self.env._(
            "%(count)s item(s) time-barred; write them off or decide by hand",
            count=count,
        )
        return Stop(code=code, automatic_only=False, until=None, label=label)

    # WARNING

    def _phase_weekly(self):
        if self.date.weekday() == MONDAY:
            self._warn_limitation()
        return super()._phase_weekly()

    def _weekly_lists(self):
        count = self.env["debt.recovery.receivable"].search_count(
            self._limitation_domain(self.company_id.recovery_limitation_warn_days)
        )
        label = self.env._("Items that are or soon become time-barred")
        return [*super()._weekly_lists(), (label, count, "debt-limitation")]

    def _limitation_domain(self, days):
        """What may still be chased and ends within so many days, or is over."""
        return (
            Domain("root_company_id", "=", self.company_id.id)
            & Domain("limitation_date", "!=", False)
            & Domain("limitation_days", "<=", days)
            & Domain("amount_overdue", ">", 0)
        )

    def _warn_limitation(self):
        """One task per case: to the officer, and to the manager when it gets urgent.
        What is over already stands in the weekly lists."""
        company = self.company_id
        rows = self.env["debt.recovery.receivable"]._read_group(
            self._limitation_domain(company.recovery_limitation_warn_days)
            & Domain("limitation_days", ">=", 0)
            & Domain("case_id.state", "=", "open"),
            ["case_id"],
            ["limitation_date:min", "limitation_days:min"],
        )
        for case, day, left in rows:
            officer = case.user_id or company.recovery_escalate_user_id
            users = officer
            if left <= company.recovery_limitation_urgent_days:
                users |= company.recovery_escalate_user_id
            case._schedule_limitation(users.filtered("active"), day)
