from odoo import api, fields, models
from odoo.exceptions import AccessError, UserError

from ..tools.dispute_clock import OVER, reached

OFFICE = ("debt_recovery.group_officer", "debt_recovery.group_legal")


class DebtRecoveryDisputeOwner(models.AbstractModel):
    """The person who owes the answer: asked by an activity, reminded at half and at the
    whole of the time, replaced at one and a half. No answer never makes an amount
    collectable again by itself."""

    _name = "debt.recovery.dispute.owner.mixin"
    _description = "Owner of a Dispute"

    answer = fields.Text(readonly=True, tracking=True)
    answer_date = fields.Date("Answered On", readonly=True)
    answer_user_id = fields.Many2one("res.users", "Answered By", readonly=True)
    proposal = fields.Selection(
        [("accept", "Accept"), ("part", "Accept a part"), ("reject", "Reject")],
        "Owner Proposes",
        readonly=True,
    )
    reminder_level = fields.Integer(
        readonly=True, help="Percent of the time at which the owner was last reminded."
    )
    is_owner = fields.Boolean(compute="_compute_is_owner")

    def _compute_is_owner(self):
        for dispute in self:
            dispute.is_owner = dispute.user_id == self.env.user

    # WHO

    @api.model
    def _find_answerer(self, case, kind, category, moves):
        """Who owes the answer. A complaint about us goes to the manager; a second one
        of the same customer within a year goes above."""
        if kind != "complaint":
            return category._find_owner(case, moves)
        people = self._complaint_people(case)
        if self._complaints_before(case):
            people.reverse()
        people += [category._find_owner(case, moves)]
        return category._first_employee(people)

    @api.model
    def _complaint_people(self, case):
        """The manager, and who is above."""
        root = case.company_id.sudo()._recovery_root()
        return [case._get_internal_user("manager"), root.recovery_final_approver_id]

    @api.model
    def _complaints_before(self, case):
        """Complaints of this customer in the last year, ended or not."""
        year = fields.Date.subtract(case.company_id._recovery_today(), years=1)
        return (
            self.env["debt.recovery.dispute"]
            .sudo()
            .search_count(
                [
                    ("partner_id", "=", case.partner_id.id),
                    ("company_id", "=", case.company_id.id),
                    ("kind", "=", "complaint"),
                    ("state", "!=", "withdrawn"),
                    ("date_opened", ">=", year),
                ]
            )
        )

    # ASKING

    def _ask_owner(self):
        """One task for the owner, moved when the owner changes."""
        for dispute in self.sudo():
            dispute._close_task()
            if dispute.state != "open" or not dispute.user_id:
                continue
            dispute.with_context(
                mail_activity_quick_update=dispute.user_id == self.env.user
            ).activity_schedule(
                "debt_recovery.mail_activity_type_dispute",
                date_deadline=dispute.date_due,
                user_id=dispute.user_id.id,
                summary=dispute._question(),
                note=dispute.note,
            )

    def _answer_activity_type(self):
        return self.env.ref("debt_recovery.mail_activity_type_dispute")

    def _question(self):
        """What is asked, without a word about the recovery."""
        return self.env._(
            "%(customer)s: %(subject)s",
            customer=self.partner_id.name,
            subject=self.name,
        )

    # ANSWERING

    def _check_may_answer(self):
        """The owner, or anybody who works on the case."""
        for dispute in self:
            if dispute.user_id == self.env.user or self._is_office():
                continue
            raise AccessError(
                self.env._(
                    "“%(dispute)s” is to be answered by %(owner)s.",
                    dispute=dispute.sudo().name,
                    owner=dispute.sudo().user_id.name,
                )
            )
        for dispute in self.filtered(lambda d: d.state not in ("open", "answered")):
            raise UserError(
                self.env._(
                    "“%(dispute)s” is decided already. Reopen it first.",
                    dispute=dispute.name,
                )
            )

    def _is_office(self):
        return self.env.su or any(self.env.user.has_group(group) for group in OFFICE)

    def action_answer(self):
        """Say what was found out, with evidence."""
        self.ensure_one()
        self._check_may_answer()
        return self._dispute_wizard("answer", self.env._("Answer"))

    def action_forward(self):
        """Hand the question to a colleague who knows better."""
        self.ensure_one()
        self._check_may_answer()
        return self._dispute_wizard("forward", self.env._("Forward"))

    def _dispute_wizard(self, model, name):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": f"debt.recovery.dispute.{model}",
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {"default_dispute_id": self.id},
        }

    def _answer(self, text, proposal=None, attachments=None):
        """Take the owner's answer and tell the officer."""
        self.ensure_one()
        self._check_may_answer()
        dispute = self.sudo()
        dispute.write(
            {
                "answer": text,
                "proposal": proposal,
                "answer_user_id": self.env.uid,
                "answer_date": dispute.company_id._recovery_today(),
                "state": "answered",
            }
        )
        dispute._take_evidence(attachments)
        dispute._ask_owner()
        dispute._tell_officer(text)

    def _close_task(self):
        """Nothing is asked of the owner (any more)."""
        waiting = self.activity_ids.filtered(
            lambda a: a.activity_type_id == self._answer_activity_type()
        )
        waiting.unlink()

    def _take_evidence(self, attachments):
        """Files that were uploaded with the answer; those of other records stay."""
        if attachments:
            uploaded = attachments.sudo().filtered(lambda file: not file.res_id)
            uploaded.write({"res_model": self._name, "res_id": self.id})

    def _tell_officer(self, text):
        officer = self.case_id.user_id
        people = (officer - self.env.user).partner_id
        self.message_post(
            body=self.env._("Answer: %(text)s", text=text),
            partner_ids=people.ids,
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )

    def _forward(self, user, note=None):
        """Another owner, with a word of why."""
        self.ensure_one()
        self._check_may_answer()
        dispute = self.sudo()
        if not user.active or not user._is_internal():
            raise UserError(
                self.env._(
                    "%(user)s cannot answer: choose an active colleague.",
                    user=user.name,
                )
            )
        dispute.user_id = user
        dispute.message_post(
            body=self.env._(
                "Forwarded to %(user)s. %(note)s", user=user.name, note=note or ""
            ),
            author_id=self.env.user.partner_id.id,
            subtype_xmlid="mail.mt_note",
        )

    # REMINDING

    def _remind_owners(self, today):
        """Remind and hand over; each mark once per dispute."""
        for dispute in self.filtered(lambda d: d.state == "open"):
            calendar = dispute.company_id._recovery_calendar(
                dispute.date_opened, fields.Date.add(today, days=14)
            )
            level = reached(dispute.date_opened, dispute.date_due, today, calendar)
            if level <= dispute.reminder_level:
                continue
            dispute.reminder_level = level
            if level >= OVER:
                dispute._escalate_owner()
            else:
                dispute._remind_owner(level)

    def _remind_owner(self, level):
        self.message_notify(
            partner_ids=self.user_id.partner_id.ids,
            subject=self._question(),
            body=self.env._(
                "%(level)s %% of the time to answer has passed; the answer is due on "
                "%(date)s.",
                level=level,
                date=self.date_due,
            ),
        )

    def _escalate_owner(self):
        """Nobody answered: the person named for escalation owes the answer now."""
        if self.kind == "complaint":
            people = self._complaint_people(self.case_id)
            user = self.category_id._first_employee(reversed(people))
        else:
            user = self.category_id._find_escalation(self.company_id)
        if user and user != self.user_id:
            self._forward(
                user, self.env._("No answer came in one and a half times the days.")
            )
        else:
            self._remind_owner(OVER)
