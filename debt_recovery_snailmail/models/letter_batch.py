from odoo import api, fields, models
from odoo.exceptions import UserError

REPORT = "debt_recovery.action_report_letter"


class DebtRecoveryLetterBatch(models.Model):
    _inherit = "debt.recovery.letter.batch"

    snailmail_pending = fields.Integer(
        "With Snailmail", compute="_compute_snailmail", compute_sudo=True
    )
    snailmail_failed = fields.Integer(
        "Not Posted by Snailmail", compute="_compute_snailmail", compute_sudo=True
    )

    @api.depends("letter_ids.snailmail_ids.state")
    def _compute_snailmail(self):
        for batch in self:
            states = batch.letter_ids._snailmail_waiting().mapped("state")
            batch.snailmail_pending = states.count("pending")
            batch.snailmail_failed = states.count("error")

    def action_snailmail(self):
        """Let Snailmail post the letters of the batch that wait, those it failed to
        post before among them."""
        self._check_state("printed")
        for batch in self:
            letters = batch._snailmail_letters()
            batch._check_snailmail(letters)
            letters._snailmail_hand_over()
        return True

    def _snailmail_letters(self):
        waiting = self.letter_ids.filtered(lambda letter: letter.state == "queued")
        pending = waiting._snailmail_waiting().filtered(lambda x: x.state == "pending")
        return waiting - pending.recovery_action_id.with_env(self.env)

    def _check_snailmail(self, letters):
        """Say what Snailmail would refuse before it costs anything."""
        if not letters:
            raise UserError(
                self.env._(
                    "All letters of %(batch)s are with Snailmail.", batch=self.name
                )
            )
        report = self.env.ref(REPORT).sudo().with_company(self.company_id)
        if report.get_paperformat().format != "A4":
            raise UserError(
                self.env._(
                    "Snailmail takes letters on A4 alone: choose A4 in the document "
                    "layout of %(company)s, discard this batch and print it anew.",
                    company=self.company_id.name,
                )
            )
        letters._check_printable()
        for letter in letters:
            self._check_snailmail_address(letter)

    def _check_snailmail_address(self, letter):
        address = letter._letter_recipient()
        names = ("street", "zip", "city", "country_id")
        missing = [
            address._fields[name]._description_string(self.env)
            for name in names
            if not address[name]
        ]
        if missing:
            raise UserError(
                self.env._(
                    "Snailmail needs the whole address of %(customer)s; missing: "
                    "%(fields)s. Complete it, or take the letter out of the batch.",
                    customer=address.display_name,
                    fields=", ".join(missing),
                )
            )

    def _snailmail_finish(self):
        """The batch is posted when nothing of it waits any more."""
        done = self.sudo().filtered(
            lambda batch: (
                batch.state == "printed"
                and "queued" not in batch.letter_ids.mapped("state")
            )
        )
        done.write({"state": "posted", "date_posted": fields.Datetime.now()})

    def action_discard(self):
        letters = self.letter_ids
        result = super().action_discard()
        letters._snailmail_call_back()
        return result
