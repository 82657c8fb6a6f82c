from odoo import fields, models
from odoo.tools import format_date

LEGAL_HOLD = "legal_hold"
#: Stands where a text may not be empty.
MARK = "–"


class DebtRecoveryCasePurge(models.AbstractModel):
    """Which cases may be purged, and what goes with them beside their log."""

    _name = "debt.recovery.case.purge.mixin"
    _description = "Purge of Recovery Cases"

    date_purged = fields.Date("Purged", readonly=True, copy=False)

    def _last_activity(self):
        """The last day on which anything happened on the case."""
        self.ensure_one()
        done = self.sudo().action_ids.filtered("date_done").mapped("date_done")
        days = [self.date_closed, *(moment.date() for moment in done)]
        return max(filter(None, days), default=self.create_date.date())

    def _purge_obstacle(self, day):
        """Why this case may not be purged on a day, in one sentence; else False."""
        self.ensure_one()
        names = {"case": self.name, "customer": self.partner_id.display_name}
        if self.date_purged:
            return self.env._(
                "%(case)s of %(customer)s has been purged already.", **names
            )
        if self.state != "closed":
            return self.env._(
                "%(case)s of %(customer)s is open: only closed cases are purged.",
                **names,
            )
        hold = self._legal_hold(day)
        if hold:
            return self.env._(
                "%(case)s of %(customer)s is under legal hold since %(day)s: it is "
                "kept until the hold ends.",
                **names,
                day=format_date(self.env, hold.date_from),
            )
        months = self.company_id.recovery_keep_min
        last = self._last_activity()
        if last > fields.Date.subtract(day, months=months):
            return self.env._(
                "%(case)s of %(customer)s was worked on until %(day)s: nothing younger "
                "than %(months)s months may be purged.",
                **names,
                day=format_date(self.env, last),
                months=months,
            )
        return False

    def _legal_hold(self, day):
        """The legal hold of the case or its customer that runs on a day."""
        holds = self.env["debt.recovery.hold"].sudo()
        return holds.search(
            [
                ("type_id.code", "=", LEGAL_HOLD),
                *holds._valid_domain(day),
                "|",
                ("case_id", "=", self.id),
                "&",
                ("scope", "=", "partner"),
                ("partner_id", "=", self.partner_id.id),
            ],
            limit=1,
        )

    def _purge(self, purge):
        """Take the personal content out of these cases for good."""
        cases = self.sudo()
        cases.action_ids._purge(purge)
        for model, vals in self._purge_content().items():
            field = "id" if model == cases._name else "case_id"
            records = self.env[model].sudo().with_context(tracking_disable=True)
            found = records.search([(field, "in", cases.ids)])
            found.write(vals)
            if "message_ids" in found._fields:
                found.message_ids.attachment_ids.unlink()
                found.message_ids.unlink()
        cases.write({"date_purged": purge.company_id._recovery_today()})

    def _purge_content(self):
        """Seam: ``{model: values}`` of the records that belong to a case; what is said
        about them in messages goes, too."""
        return {
            "debt.recovery.case": {"note": False, "close_note": False},
            "debt.recovery.reply": dict.fromkeys(
                ("email_from", "subject", "text", "notice", "contact_id")
                + ("new_name", "new_email", "new_phone"),
                False,
            ),
            "debt.recovery.question": {
                "question": MARK,
                "about": False,
                "answer": MARK,
            },
            "debt.recovery.hold": {"reason": MARK, "release_reason": False},
            "debt.recovery.dispute": {"resolution": False, "answer": False},
            "debt.recovery.agreement": dict.fromkeys(
                ("note", "accepted_by", "signature", "signed_copy")
                + ("signed_copy_name", "access_token"),
                False,
            ),
        }
