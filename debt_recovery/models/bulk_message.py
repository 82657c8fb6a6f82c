from odoo import api, fields, models

from ..tools.approvals import Facts

KINDS = [("send", "Next step"), ("statement", "Statement")]


class DebtRecoveryBulkMessage(models.Model):
    """One message to each of many debtors, chosen by a person. Beyond the number of
    recipients that person may write to alone, a manager decides first; what may leave
    is asked anew for each of them at that moment."""

    _name = "debt.recovery.bulk.message"
    _description = "Bulk Message"
    _inherit = [
        "debt.recovery.approvable.mixin",
        "debt.recovery.bulk.message.rows.mixin",
    ]
    _order = "id desc"

    kind = fields.Selection(KINDS, required=True, readonly=True)
    case_ids = fields.Many2many(
        "debt.recovery.case",
        "debt_recovery_bulk_message_case_rel",
        "bulk_id",
        "case_id",
        "Cases",
        readonly=True,
    )
    company_id = fields.Many2one("res.company", required=True, readonly=True)
    user_id = fields.Many2one(
        "res.users",
        "Sent by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
    )
    state = fields.Selection(
        [("draft", "New"), ("done", "Sent"), ("refused", "Not Approved")],
        required=True,
        readonly=True,
        default="draft",
    )
    options = fields.Json(readonly=True, help="What the statements show, and when.")
    result = fields.Text(readonly=True)

    @api.depends("kind", "case_ids")
    def _compute_display_name(self):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        for bulk in self:
            bulk.display_name = self.env._(
                "%(what)s to %(count)s debtors",
                what=kinds.get(bulk.kind, ""),
                count=len(bulk.sudo().case_ids),
            )

    # APPROVAL

    def _approval_kind(self):
        return "bulk_message"

    def _approval_case(self):
        return self.env["debt.recovery.case"]

    def _approval_company(self):
        return self.company_id

    def _approval_amount(self):
        return sum(self.case_ids.mapped("amount_collectable"))

    def _approval_facts(self):
        return Facts(count=len(self.case_ids))

    def _approval_effect(self, approval=None):
        kinds = dict(self._fields["kind"]._description_selection(self.env))
        return self.env._(
            "%(what)s goes to %(count)s debtors now, as far as the contact rules "
            "let it.",
            what=kinds[self.kind],
            count=len(self.sudo().case_ids),
        )

    def _approval_fingerprint(self, approval=None):
        return f"{self.kind}:{len(self.sudo().case_ids)}"

    def _approval_problem(self, approval):
        return self.state != "draft" and self.env._("This was sent already.")

    def _on_approved(self, approval):
        self.sudo(False).with_user(self.user_id)._deliver()

    def _on_refused(self, approval):
        self.sudo().state = "refused"

    # SENDING

    def _statement_vals(self):
        return {**super()._statement_vals(), **(self.options or {})}

    def _deliver(self):
        """Send to each debtor; what fails stops nobody else.

        :return: ``[{"case", "ok", "text"}]``
        """
        self.ensure_one()
        rows = self._run_rows(self.kind, self.case_ids)
        told = [f"{row['case'].partner_id.display_name}: {row['text']}" for row in rows]
        self.sudo().write({"state": "done", "result": "\n".join(told)})
        return rows
