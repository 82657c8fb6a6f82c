from odoo import Command, api, fields, models
from odoo.exceptions import ValidationError

KINDS = [
    ("acknowledgement", "Acknowledged in writing"),
    ("payment", "Paid in part, not in our books"),
    ("suspension", "Period stands still"),
]
CAUSES = [
    ("negotiation", "Negotiations"),
    ("proceedings", "Court proceedings"),
    ("moratorium", "Moratorium"),
]


class DebtRecoveryLimitationEvent(models.Model):
    """Something that moved the limitation of items and is not told by the ledger: a
    written acknowledgement with its document, a payment outside our books, negotiations
    or proceedings. Payments, confirmed balances, signed agreements and moratorium holds
    are read where they are. Days are calendar days, both ends included."""

    _name = "debt.recovery.limitation.event"
    _description = "Limitation Event"
    _inherit = ["mail.thread"]
    _order = "date desc, id desc"

    name = fields.Char(compute="_compute_name")
    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    partner_id = fields.Many2one(
        "res.partner", "Customer", related="case_id.partner_id", store=True, index=True
    )
    company_id = fields.Many2one(
        "res.company", related="case_id.company_id", store=True
    )
    kind = fields.Selection(
        KINDS, "What Happened", required=True, default="acknowledgement"
    )
    cause = fields.Selection(CAUSES)
    date = fields.Date(
        "On", required=True, default=lambda self: self.env.company._recovery_today()
    )
    date_to = fields.Date("Last Day", help="Empty: it still lasts.")
    line_ids = fields.Many2many(
        "account.move.line",
        "debt_recovery_limitation_event_line_rel",
        "event_id",
        "line_id",
        "Items",
        domain="[('partner_id', 'child_of', partner_id), ('balance', '>', 0),"
        " ('parent_state', '=', 'posted'),"
        " ('account_id.account_type', '=', 'asset_receivable')]",
    )
    attachment_ids = fields.Many2many("ir.attachment", string="Document")
    note = fields.Char()
    user_id = fields.Many2one(
        "res.users", "Noted By", default=lambda self: self.env.user, readonly=True
    )
    source_ref = fields.Reference(
        lambda self: self._selection_source(), "Because Of", readonly=True
    )

    @api.model
    def _selection_source(self):
        """Seam: documents an event may come from."""
        names = ("debt.recovery.agreement", "debt.recovery.legal.case")
        return [
            (name, self.env[name]._description) for name in names if name in self.env
        ]

    @api.depends("kind", "cause", "date")
    @api.depends_context("lang")
    def _compute_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        causes = dict(self._fields["cause"]._description_selection(self.env))
        for event in self:
            event.name = causes.get(event.cause) or kinds.get(event.kind)

    # CONSTRAINTS

    @api.constrains("kind", "cause", "date", "date_to")
    def _check_dates(self):
        for event in self:
            if event.date > event.company_id._recovery_today():
                raise ValidationError(
                    self.env._(
                        "%(event)s on %(date)s has not happened yet: enter the day on "
                        "which it did.",
                        event=event.name,
                        date=event.date,
                    )
                )
            if event.date_to and event.date_to < event.date:
                raise ValidationError(
                    self.env._(
                        "%(event)s ends on %(end)s, before it begins on %(date)s: "
                        "change one of the dates.",
                        event=event.name,
                        end=event.date_to,
                        date=event.date,
                    )
                )
            if (event.kind == "suspension") != bool(event.cause):
                raise ValidationError(
                    self.env._(
                        "Say why the period stands still: negotiations, proceedings or "
                        "a moratorium."
                    )
                )

    @api.constrains("kind", "line_ids", "attachment_ids", "source_ref")
    def _check_proof(self):
        for event in self:
            if not event.line_ids:
                raise ValidationError(
                    self.env._(
                        "Choose the items that “%(event)s” is about.", event=event.name
                    )
                )
            proven = event.attachment_ids or event.source_ref
            if event.kind == "acknowledgement" and not proven:
                raise ValidationError(
                    self.env._(
                        "An acknowledgement counts only in writing: attach the letter "
                        "or e-mail in which %(customer)s acknowledges the debt.",
                        customer=event.partner_id.display_name,
                    )
                )

    # CRUD

    @api.model
    def default_get(self, fields):
        """Every overdue item of the case, or those ticked in the radar."""
        values = super().default_get(fields)
        case = self.env["debt.recovery.case"].browse(values.get("case_id"))
        if case and "line_ids" in fields and not values.get("line_ids"):
            rows = case.receivable_ids.filtered(lambda row: row.days_overdue > 0)
            items = rows.filtered(lambda row: not row.is_credit).move_line_id
            values["line_ids"] = [Command.set(items.ids)]
        return values

    @api.model_create_multi
    def create(self, vals_list):
        events = super().create([self._fitting_vals(vals) for vals in vals_list])
        events._keep_documents()
        events._tell_case()
        events._judge_anew()
        return events

    def write(self, vals):
        before = self.line_ids
        result = super().write(self._fitting_vals(vals))
        if not vals.keys().isdisjoint({"kind", "cause", "date", "date_to", "line_ids"}):
            (before | self.line_ids)._recovery_store_limitation()
        self._keep_documents()
        return result

    def unlink(self):
        lines = self.line_ids
        result = super().unlink()
        lines._recovery_store_limitation()
        return result

    @api.model
    def _fitting_vals(self, vals):
        """Only a suspension has a cause and an end."""
        if vals.get("kind") and vals["kind"] != "suspension":
            return {**vals, "cause": False, "date_to": False}
        return vals

    def _keep_documents(self):
        """Files taken in with the dialog belong to the event, so that whoever may read
        it may open them."""
        for event in self:
            fresh = event.attachment_ids.sudo().filtered(lambda file: not file.res_id)
            fresh.write({"res_model": self._name, "res_id": event.id})

    def _judge_anew(self):
        self.line_ids._recovery_store_limitation()

    def _tell_case(self):
        """The case says what was noted, and by whom."""
        for event in self:
            event.case_id._message_log(
                body=self.env._(
                    "Limitation: %(event)s on %(date)s, %(count)s items. %(note)s",
                    event=event.name,
                    date=event.case_id._format_day(event.date),
                    count=len(event.line_ids),
                    note=event.note or "",
                )
            )
