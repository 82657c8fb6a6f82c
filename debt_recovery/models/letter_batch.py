import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools.pdf import merge_pdf


class DebtRecoveryLetterBatch(models.Model):
    """Letters printed together: one document in postal order. The letters are in the
    log, and their steps taken, when somebody confirms that they were posted. Printing
    again gives the same document and no second entry."""

    _name = "debt.recovery.letter.batch"
    _description = "Batch of Letters"
    _order = "id desc"

    name = fields.Char(compute="_compute_name")
    company_id = fields.Many2one(
        "res.company", required=True, readonly=True, index=True, ondelete="restrict"
    )
    user_id = fields.Many2one(
        "res.users",
        "Printed by",
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    date = fields.Datetime(
        "Printed", required=True, readonly=True, default=fields.Datetime.now
    )
    state = fields.Selection(
        [
            ("printed", "Printed"),
            ("posted", "Posted"),
            ("discarded", "Discarded"),
        ],
        required=True,
        readonly=True,
        default="printed",
    )
    letter_ids = fields.One2many(
        "debt.recovery.action", "batch_id", "Letters", readonly=True
    )
    letter_count = fields.Integer("Number", compute="_compute_letter_count")
    pdf = fields.Binary("Document", attachment=True, readonly=True)
    pdf_name = fields.Char(compute="_compute_name")
    print_count = fields.Integer("Times Printed", readonly=True, default=1)
    date_posted = fields.Datetime("Posted", readonly=True)

    @api.depends("date")
    def _compute_name(self):
        for batch in self:
            batch.name = self.env._("Letters %(number)s", number=batch.id or "")
            batch.pdf_name = f"{batch.name}.pdf"

    @api.depends("letter_ids")
    def _compute_letter_count(self):
        for batch in self:
            batch.letter_count = len(batch.letter_ids)

    @api.model
    def _print(self, letters):
        """Print letters that wait, one batch per company.

        :raise UserError: a letter lies in a batch already, or is no waiting letter
        """
        self._check_new(letters)
        batches = self.browse()
        for company, mine in letters.grouped("company_id").items():
            mine = mine.sorted(self._postal_key)
            mine._store_letters(mine)
            documents = [pdf for letter in mine for pdf in letter._letter_documents()]
            batch = self.sudo().create(
                {
                    "company_id": company.id,
                    "user_id": self.env.uid,
                    "pdf": base64.b64encode(merge_pdf(documents)),
                }
            )
            mine._guarded().write({"batch_id": batch.id})
            mine._log_delivery("printed")
            batches |= batch.sudo(self.env.su)
        return batches

    @api.model
    def _check_new(self, letters):
        if not letters:
            raise UserError(self.env._("No letter waits to be printed."))
        letters._check_printable()
        twice = letters.filtered("batch_id")
        if twice:
            raise UserError(
                self.env._(
                    "“%(letter)s” was printed with %(batch)s: print that batch again, "
                    "or take the letter out of it first.",
                    letter=twice[0].display_name,
                    batch=twice[0].batch_id.name,
                )
            )
        gone = letters.filtered(lambda letter: letter.state != "queued")
        if gone:
            raise UserError(
                self.env._(
                    "“%(letter)s” has been posted: open it to print a copy.",
                    letter=gone[0].display_name,
                )
            )

    @api.model
    def _postal_key(self, letter):
        """At home first, then by country; in each by postal code."""
        address = letter._letter_recipient()
        home = letter.company_id.sudo().country_id
        country = address.country_id or home
        return (
            country != home,
            country.code or "",
            address.zip or "",
            address.city or "",
            letter.id,
        )

    # ACTIONS

    def action_open_pdf(self):
        """Download the document; the first time it comes with the batch."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/pdf/{self.pdf_name}"
            "?download=true",
            "target": "download",
        }

    def action_reprint(self):
        """The same document again: no second entry in the log."""
        self.ensure_one()
        self.sudo().print_count += 1
        return self.action_open_pdf()

    def action_posted(self):
        """All letters of the batch are in the post."""
        self._check_state("printed")
        for batch in self:
            letters = batch.letter_ids.filtered(lambda letter: letter.state == "queued")
            letters.action_mark_done()
            batch.sudo().write(
                {"state": "posted", "date_posted": fields.Datetime.now()}
            )
        return True

    def action_discard(self):
        """Nothing was posted: the letters wait again."""
        self._check_state("printed")
        for batch in self:
            batch.letter_ids._guarded().write({"batch_id": False})
            batch.sudo().state = "discarded"
        return True

    def _check_state(self, state):
        wrong = self.filtered(lambda batch: batch.state != state)
        if wrong:
            labels = dict(self._fields["state"]._description_selection(self.env))
            raise UserError(
                self.env._(
                    "%(batch)s is %(state)s by now; this is no longer possible.",
                    batch=wrong[0].name,
                    state=labels[wrong[0].state].lower(),
                )
            )
