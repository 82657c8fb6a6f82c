from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import SQL

#: Months of history the payment behaviour looks at.
BEHAVIOUR_MONTHS = 24


class ResCompany(models.Model):
    """What the figures of a company count as late, and whom they leave out."""

    _inherit = "res.company"

    recovery_late_grace = fields.Integer(
        "Late Beyond (Days)",
        default=3,
        help="An invoice paid up to that many days after its due date counts as paid "
        "in time. Due dates on days off move to the next working day first.",
    )
    recovery_backfill_months = fields.Integer(
        "Month-Ends Read from the Ledger",
        default=24,
        help="How many past month-ends are read when the addon is installed.",
    )

    @api.model
    def _recovery_not_negative_fields(self):
        return [
            *super()._recovery_not_negative_fields(),
            "recovery_late_grace",
            "recovery_backfill_months",
        ]

    # READING (private API of the figures)

    def _recovery_rolled_days(self, start, end):
        """Rows (root company, day off, next working day) for SQL, ``roll``."""
        rows = []
        for root in self._recovery_root():
            calendar = root._recovery_calendar(start, end + timedelta(days=30))
            days = (start + timedelta(days=n) for n in range((end - start).days + 1))
            rows += [
                SQL(
                    "(%s, %s::date, %s::date)", root.id, day, calendar.next_working(day)
                )
                for day in days
                if not calendar.is_working(day)
            ]
        rows = rows or [SQL("(0, NULL::date, NULL::date)")]
        return SQL("(VALUES %s) AS roll(root_id, day, next)", SQL(", ").join(rows))

    def _recovery_own_partners(self):
        """Commercial partners of our own companies: debts between them are left out
        of the figures, not of the ledger."""
        companies = self.env["debt.recovery.receivable"]._receivable_all_companies()
        return companies.partner_id.commercial_partner_id.ids

    def _recovery_kpi(self, code, period_from, period_to, filters=None):
        """One key figure, see :meth:`_recovery_kpis`."""
        return self._recovery_kpis([code], period_from, period_to, filters)[0]

    def _recovery_kpis(self, codes, period_from, period_to, filters=None):
        """Key figures of the root company, both days included; what several of them
        need is read once.

        :param filters: ``{"partner_ids": [...], "user_ids": [...]}``; missing or None
            takes all
        :return: per code a dict with ``code``, ``name``, ``definition``, ``unit``,
            ``direction``, ``value`` (Decimal or None), ``text``, ``reasons``
            (sentences: why it is undefined, or what to know), ``parts`` (the numbers it
            was made of) and ``action`` (the rows behind it, or None)
        :raises UserError: for inverted periods and unknown codes
        """
        self.ensure_one()
        reader = self.env["debt.recovery.kpi.reader"]
        return reader._answer(self, codes, period_from, period_to, filters)
