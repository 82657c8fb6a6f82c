from odoo import api, fields, models
from odoo.exceptions import UserError

UNITS = [
    ("days", "Days"),
    ("percent", "Per cent"),
    ("amount", "Amount"),
    ("count", "Number"),
    ("rate", "Rate"),
]
TOPICS = [
    ("days", "Days outstanding"),
    ("ageing", "Ageing"),
    ("recovery", "Recovery"),
    ("agreements", "Promises and plans"),
    ("contacts", "Contacts"),
    ("disputes", "Disputes"),
    ("cost", "Cost and loss"),
    ("quality", "Quality"),
]


class DebtRecoveryKpi(models.Model):
    """A key figure: its one definition, printed beside every number, its unit and which
    direction is good. The formula is the method ``_kpi_<code>`` of the reader."""

    _name = "debt.recovery.kpi"
    _description = "Key Figure"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(required=True, readonly=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    topic = fields.Selection(TOPICS, required=True, readonly=True)
    definition = fields.Text(required=True, translate=True)
    method = fields.Char("Sources and Method", translate=True)
    unit = fields.Selection(UNITS, required=True, readonly=True)
    direction = fields.Selection(
        [("up", "Higher is better"), ("down", "Lower is better")],
        required=True,
        readonly=True,
    )
    period_days = fields.Integer(
        "Usual Period (Days)",
        default=30,
        help="Period of the figure in this list, up to today.",
    )
    value_text = fields.Char("Now", compute="_compute_value_text")
    note_text = fields.Text("Remark", compute="_compute_value_text")
    parts_html = fields.Html("Made Of", compute="_compute_value_text", sanitize=False)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a key figure with this code."
    )

    @api.depends("code", "period_days")
    @api.depends_context("recovery_today", "company", "lang", "uid")
    def _compute_value_text(self):
        company = self.env.company.root_id
        today = company._recovery_today()
        for days, kpis in self.grouped("period_days").items():
            first = fields.Date.subtract(today, days=max(days, 1) - 1)
            answers = company._recovery_kpis(
                kpis.mapped("code"), first, today, self._reader_filters()
            )
            for kpi, answer in zip(kpis, answers, strict=True):
                kpi._set_answer(answer, company)

    def _set_answer(self, answer, company):
        reader = self.env["debt.recovery.kpi.reader"]
        self.update(
            {
                "value_text": answer["text"],
                "note_text": " ".join(answer["reasons"]),
                "parts_html": reader._parts_table(self.code, answer["parts"], company),
            }
        )

    @api.model
    def _reader_filters(self):
        """Officers see their own figures here, as on the dashboard."""
        if self.env["debt.recovery.dashboard"]._sees_all():
            return None
        return {"user_ids": self.env.user.ids}

    def action_open_rows(self):
        """The rows behind the figure of the usual period."""
        self.ensure_one()
        company = self.env.company.root_id
        today = company._recovery_today()
        first = fields.Date.subtract(today, days=max(self.period_days, 1) - 1)
        filters = self._reader_filters()
        answer = company._recovery_kpi(self.code, first, today, filters)
        if not answer["action"]:
            raise UserError(
                self.env._(
                    "“%(name)s” has no rows to show: %(why)s",
                    name=self.name,
                    why=" ".join(answer["reasons"]) or self.definition,
                )
            )
        return answer["action"]

    @api.model
    def _by_codes(self, codes):
        """Records in the order of the codes.

        :raises UserError: for a code that does not exist
        """
        found = {k.code: k for k in self.sudo().search([("code", "in", list(codes))])}
        missing = [code for code in codes if code not in found]
        if missing:
            raise UserError(
                self.env._(
                    "There is no active key figure “%(code)s”: choose one of the list "
                    "Insight, Key Figures.",
                    code=missing[0],
                )
            )
        return [found[code] for code in codes]
