from datetime import timedelta

from odoo import api, fields, models
from odoo.exceptions import ValidationError
from odoo.tools import SQL

from ..tools.risk import BORDERS, BordersError, check_borders

BAND_FIELDS = tuple(f"recovery_band_{letter}" for letter in "bcde")
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
    recovery_early_zero = fields.Boolean(
        "Early Counts as Zero Days",
        help="In “Average days late (paid)”: what is paid before its due date counts "
        "with zero days instead of less.",
    )
    recovery_risk_issued = fields.Boolean(
        "At Risk From the Day of Issue",
        help="In “At-risk rate”: 90 days after the invoice instead of after its due "
        "date.",
    )
    recovery_backfill_months = fields.Integer(
        "Month-Ends Read from the Ledger",
        default=24,
        help="How many past month-ends are read when the addon is installed.",
    )

    recovery_band_b = fields.Integer("Band B From", default=BORDERS[0])
    recovery_band_c = fields.Integer("Band C From", default=BORDERS[1])
    recovery_band_d = fields.Integer("Band D From", default=BORDERS[2])
    recovery_band_e = fields.Integer("Band E From", default=BORDERS[3])

    @api.constrains(*BAND_FIELDS)
    def _check_recovery_bands(self):
        for company in self:
            try:
                check_borders(company._recovery_band_borders())
            except BordersError as error:
                raise ValidationError(
                    self.env._(
                        "The bands begin at %(borders)s: enter four rising scores "
                        "between 1 and 99.",
                        borders=str(error),
                    )
                ) from None

    @api.model_create_multi
    def create(self, vals_list):
        """With the shipped subscriptions."""
        companies = super().create(vals_list)
        reports = self.env["debt.recovery.report"].sudo().search([("code", "!=", "")])
        roots = companies.filtered(lambda company: not company.parent_id)
        self.env["debt.recovery.subscription"]._ship(roots, reports)
        return companies

    def write(self, vals):
        """The manager, once named, gets the reports that waited for somebody."""
        without = self.sudo().filtered(lambda row: not row.recovery_escalate_user_id)
        result = super().write(vals)
        if vals.get("recovery_escalate_user_id"):
            rows = self.env["debt.recovery.subscription"]
            rows._find_first_people(self, without)
        return result

    def _recovery_band_borders(self):
        """Lower ends of the bands B to E."""
        root = self._recovery_root().sudo()
        return tuple(root[name] for name in BAND_FIELDS)

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
