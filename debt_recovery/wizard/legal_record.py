from odoo import api, fields, models
from odoo.exceptions import UserError

from ..models.legal_event_kind import KINDS, TOLD


class DebtRecoveryLegalRecord(models.TransientModel):
    """Something happened in a legal case: which, when, how it ended; of a judgment its
    figures. What follows is planned by the rules."""

    _name = "debt.recovery.legal.record"
    _description = "Record a Legal Event"

    legal_case_id = fields.Many2one("debt.recovery.legal.case", required=True)
    event_id = fields.Many2one("debt.recovery.legal.event")
    company_id = fields.Many2one(related="legal_case_id.company_id")
    currency_id = fields.Many2one(related="legal_case_id.currency_id")
    kind = fields.Selection(
        [kind for kind in KINDS if kind[0] != "handover"],
        "What Happened",
        required=True,
        default=lambda self: self._default_kind(),
    )
    date = fields.Date("On", required=True, default=lambda self: self._default_date())
    result = fields.Text()
    next_hearing = fields.Datetime(
        help="If the court fixed another one already; it goes into the calendar."
    )
    court_id = fields.Many2one("res.partner")
    court_number = fields.Char("File Number")
    amount = fields.Monetary("Awarded", help="Zero: the claim was dismissed.")
    costs = fields.Monetary("Costs Awarded")
    percent = fields.Float("Interest (%)", digits=(16, 4))
    interest_from = fields.Date()
    title_number = fields.Char("Title")
    title_valid_until = fields.Date()
    document_ids = fields.Many2many("ir.attachment", string="Documents")

    @api.model
    def _default_legal(self):
        return self.env["debt.recovery.legal.case"].browse(
            self.env.context.get("default_legal_case_id")
        )

    @api.model
    def _default_kind(self):
        """What the agenda expects next."""
        kind = self._default_legal().next_event_id.kind
        return kind if kind in dict(KINDS) else "other"

    @api.model
    def _default_date(self):
        """Today, or the day of a hearing that is over."""
        today = self.env.company._recovery_today()
        event = self.env["debt.recovery.legal.event"].browse(
            self.env.context.get("default_event_id")
        )
        past = event.kind == "hearing" and event.date < today
        return event.date if past else today

    @api.model
    def default_get(self, fields):
        values = super().default_get(fields)
        legal = self._default_legal()
        values.update(
            court_id=legal.court_id.id,
            court_number=legal.court_number,
            amount=legal.amount_claimed,
        )
        return values

    def action_save(self):
        """Write it down; the case moves on."""
        self.ensure_one()
        legal = self.legal_case_id
        if self.kind in TOLD and not (self.result or "").strip():
            raise UserError(
                self.env._("Write down the result: what was decided or adjourned.")
            )
        legal.write({"court_id": self.court_id.id, "court_number": self.court_number})
        if self.event_id and self.event_id.kind == self.kind:
            self.event_id._do(self.date, self.result)
        else:
            legal._record_event(self.kind, self.date, self.result)
        if self.kind == "judgment":
            legal._set_judgment(self._prepare_judgment())
        self._attach()
        self._plan_hearing()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_judgment(self):
        return {
            "judgment_date": self.date,
            "judgment_amount": self.amount,
            "judgment_costs": self.costs,
            "judgment_percent": self.percent,
            "judgment_from": self.interest_from,
            "title_number": self.title_number,
            "title_valid_until": self.title_valid_until,
        }

    def _attach(self):
        if self.document_ids:
            self.document_ids.write(
                {"res_model": self.legal_case_id._name, "res_id": self.legal_case_id.id}
            )
            self.legal_case_id.message_post(
                body=self.env._("Documents"), attachment_ids=self.document_ids.ids
            )

    def _plan_hearing(self):
        if not self.next_hearing:
            return
        zone = self.company_id._recovery_zone()
        local = fields.Datetime.context_timestamp(
            self.with_context(tz=zone.zone), self.next_hearing
        )
        legal = self.legal_case_id
        self.env["debt.recovery.legal.event"].create(
            legal._prepare_event_vals(
                "hearing", local.date(), start=self.next_hearing, turn="court"
            )
        )
