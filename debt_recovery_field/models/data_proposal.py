from odoo import api, fields, models
from odoo.exceptions import UserError

KINDS = [
    ("address", "Address"),
    ("phone", "Phone"),
    ("employer", "Employer"),
    ("trading", "No longer trading"),
]
#: Fields of the contact each kind may change.
TARGETS = {
    "address": ("street", "zip", "city"),
    "phone": ("phone",),
    "employer": ("recovery_employer",),
    "trading": (),
}


class DebtRecoveryDataProposal(models.Model):
    """What somebody found wrong about a debtor's data on the spot. Nothing changes
    until a clerk accepts it; accepting can be undone."""

    _name = "debt.recovery.data.proposal"
    _description = "Corrected Data"
    _inherit = ["debt.recovery.field.found.mixin"]
    _order = "id desc"

    partner_id = fields.Many2one(
        string="Contact", related=None, precompute=False, required=True
    )
    user_id = fields.Many2one(string="Found By")
    kind = fields.Selection(KINDS, required=True)
    values = fields.Json(required=True, default=dict)
    values_before = fields.Json()
    text_new = fields.Char("Should Be", compute="_compute_texts")
    text_old = fields.Char("Is Now", compute="_compute_texts")
    note = fields.Char()
    state = fields.Selection(
        [("open", "To Check"), ("accepted", "Accepted"), ("refused", "Refused")],
        required=True,
        default="open",
        readonly=True,
        index=True,
    )
    decided_by_id = fields.Many2one("res.users", readonly=True)
    date_decided = fields.Datetime("Decided at", readonly=True)
    hold_id = fields.Many2one("debt.recovery.hold", readonly=True)

    @api.depends("values", "values_before", "partner_id", "kind")
    def _compute_texts(self):
        for proposal in self:
            new = proposal.values or {}
            old = proposal.values_before or proposal._current_values()
            proposal.text_new = proposal._values_text(new)
            proposal.text_old = proposal._values_text(old)

    def _values_text(self, values):
        if self.kind == "trading":
            return self.env._("Closed") if values.get("closed") else False
        texts = [values.get(name) for name in TARGETS.get(self.kind, ())]
        return ", ".join(filter(None, texts)) or False

    def _current_values(self):
        partner = self.sudo().partner_id
        return {name: partner[name] or "" for name in TARGETS.get(self.kind, ())}

    @api.depends("kind", "partner_id")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for proposal in self:
            proposal.display_name = (
                f"{kinds.get(proposal.kind, '')} · {proposal.partner_id.display_name}"
            )

    def action_accept(self):
        """Take the data over; a closed business places the hold for tracing."""
        for proposal in self:
            proposal._check_decidable("open")
            before = proposal._current_values()
            names = TARGETS[proposal.kind]
            values = {n: proposal.values[n] for n in names if n in proposal.values}
            if values:
                proposal.partner_id.sudo().write(values)
            hold = proposal._place_trace() if proposal.kind == "trading" else False
            proposal._decide("accepted", values_before=before, hold_id=hold)
        return True

    def action_refuse(self):
        """The data stay as they are."""
        for proposal in self:
            proposal._check_decidable("open")
            proposal._decide("refused")
        return True

    def action_undo(self):
        """Take a decision back, where nobody changed the data meanwhile."""
        for proposal in self:
            proposal._check_decidable("accepted", "refused")
            if proposal.state == "accepted":
                proposal._restore()
            proposal._decide("open", values_before=False, hold_id=False)
        return True

    def _restore(self):
        now = self._current_values()
        changed = [n for n, v in (self.values or {}).items() if now.get(n, v) != v]
        if changed:
            raise UserError(
                self.env._(
                    "The data of %(contact)s were changed since: correct the contact.",
                    contact=self.partner_id.display_name,
                )
            )
        if self.values_before:
            self.partner_id.sudo().write(self.values_before)
        if self.hold_id:
            self.hold_id._release(self.env._("The business is still trading."))

    def _place_trace(self):
        """Nobody chases a closed door: fourteen days to look for them."""
        reason = self.note or self.env._("Found closed at a visit.")
        return self.case_id._place_hold("trace", reason).id

    def _decide(self, state, **vals):
        self.write(
            {
                "state": state,
                "decided_by_id": self.env.uid if state != "open" else False,
                "date_decided": fields.Datetime.now() if state != "open" else False,
                **vals,
            }
        )

    def _check_decidable(self, *states):
        if self.state not in states:
            raise UserError(self.env._("Somebody has already decided about this."))
