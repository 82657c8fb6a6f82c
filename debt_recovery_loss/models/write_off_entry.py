from odoo import models
from odoo.exceptions import UserError


class DebtRecoveryWriteOffEntry(models.AbstractModel):
    """Booking a write-off and taking it back. The entry is posted with the approval: it
    is the approved act; taking it back is a reversal, never a deletion."""

    _name = "debt.recovery.write.off.entry.mixin"
    _description = "Entry of a Write-off"
    _inherit = "debt.recovery.give.up.mixin"

    def _book(self):
        """Post the entry, close the items, the case with them. Runs as the system: who
        asks was checked."""
        for record in self.sudo():
            if problem := record._find_problem():
                raise UserError(problem)
            record.line_ids._freeze()
            move = record._create_entry()
            move.action_post()
            record.write(
                {
                    "state": "booked",
                    "move_id": move.id,
                    "date": move.date,
                    "date_reversed": False,
                }
            )
            record._give_up_match(move, record.line_ids.move_line_id)
            record._close_case()
            record._log(
                self.env._(
                    "%(amount)s written off (%(reason)s): %(items)s.",
                    amount=record.currency_id.format(record.amount),
                    reason=record.reason_id.name,
                    items=", ".join(record.line_ids.mapped("move_name")),
                )
            )

    def _create_entry(self):
        root = self.company_id
        commands = []
        for item in self.line_ids.move_line_id:
            commands += self._give_up_lines(item, root.recovery_loss_account_id)
        ref = self.env._(
            "Write-off %(name)s, %(customer)s",
            name=self.name,
            customer=self.partner_id.name,
        )
        vals = self._give_up_vals(root, commands, ref, self._booking_day())
        return self.env["account.move"].with_company(root).create(vals)

    def _booking_day(self):
        return self.date_planned or self.company_id._recovery_today()

    def _give_up_journal(self, root):
        return root.recovery_loss_journal_id or super()._give_up_journal(root)

    def _give_up_tax_account(self, tax_line):
        """Only what the rule of the company lets it claim back."""
        line = self.line_ids.filtered(
            lambda row: row.move_line_id.move_id == tax_line.move_id
        )[:1]
        if not line._has_relief():
            return super()._give_up_tax_account(tax_line)
        return self.company_id.recovery_relief_account_id or tax_line.account_id

    def _give_up_tax_tags(self, tax_line):
        """While it waits for the claim, the tax return does not show it."""
        line = self.line_ids.filtered(
            lambda row: row.move_line_id.move_id == tax_line.move_id
        )[:1]
        if self.company_id.recovery_relief_account_id or not line._has_relief():
            return super()._give_up_tax_tags(tax_line)
        rule = self.company_id.sudo().recovery_relief_rule_id
        return rule._claim_tags(tax_line)

    def _close_case(self):
        """Nothing is left to chase: the work ends as written off, not as paid."""
        case = self.case_id
        if not case or case.state != "open":
            return
        case._refresh_figures()
        if case._is_settled():
            self.closed_case = True
            case._close("written_off", self.reason_id.name)

    # TAKING BACK

    def _reverse(self):
        """Undo: the entry is reversed, the claim stands again, the case goes on."""
        for record in self.sudo().filtered(lambda row: row.state == "booked"):
            record._check_may_reverse()
            claims = record.line_ids.claim_move_id
            claims.filtered(lambda move: move.state == "draft").button_cancel()
            moves = record.move_id | claims.filtered(
                lambda move: move.state == "posted"
            )
            today = record.company_id._recovery_today()
            moves.with_context(recovery_write_off=True)._reverse_moves(
                [
                    {"date": max(today, move.date), "ref": record._reversal_ref()}
                    for move in moves
                ],
                cancel=True,
            )
            record._mark_reversed()

    def _reversal_ref(self):
        return self.env._("%(name)s taken back", name=self.name)

    def _check_may_reverse(self):
        if self.recovery_ids.filtered(lambda row: row.state == "booked"):
            raise UserError(
                self.env._(
                    "Money received on %(name)s is booked as recovered: undo that "
                    "first.",
                    name=self.name,
                )
            )

    def _mark_reversed(self):
        """The entry is gone, by our button or by the bookkeepers' hands."""
        for record in self.sudo():
            record.write(
                {
                    "state": "reversed",
                    "date_reversed": record.company_id._recovery_today(),
                }
            )
            record.line_ids.write({"vat_relief_state": "none", "date_claimed": False})
            case = record.case_id
            if record.closed_case and case.state == "closed":
                live = case._find_live_case()
                if not live and case.close_reason == "written_off":
                    case._reopen()
            record.closed_case = False
            record._log(
                self.env._(
                    "%(name)s was taken back: %(amount)s are owed again.",
                    name=record.name,
                    amount=record.currency_id.format(record.amount),
                )
            )

    def _log(self, text):
        self.message_post(body=text)
        if self.case_id:
            self.case_id._message_log(body=text)
