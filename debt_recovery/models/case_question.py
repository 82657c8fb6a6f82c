from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain

ANSWER_DAYS = 2


class DebtRecoveryCaseQuestion(models.AbstractModel):
    """Questions to colleagues about a case, and their answers."""

    _name = "debt.recovery.case.question.mixin"
    _description = "Questions about a Recovery Case"

    question_ids = fields.One2many("debt.recovery.question", "case_id", "Questions")
    has_new_answer = fields.Boolean(
        "Answer to Read",
        compute="_compute_has_new_answer",
        search="_search_has_new_answer",
        help="A colleague answered a question about this case.",
    )

    @api.depends("question_ids.state")
    def _compute_has_new_answer(self):
        groups = self.env["debt.recovery.question"]._read_group(
            [("case_id", "in", self.ids), ("state", "=", "answered")], ["case_id"]
        )
        answered = {case.id for (case,) in groups}
        for case in self:
            case.has_new_answer = case._origin.id in answered

    def _search_has_new_answer(self, operator, value):
        if operator != "in":
            return NotImplemented
        return Domain("question_ids", "any", [("state", "=", "answered")])

    def action_ask(self):
        """Ask sales, customer service, logistics or whoever knows."""
        self.ensure_one()
        salesperson = self.partner_id.user_id
        return self._question_form(
            self.env._("Ask a Colleague"),
            topic="sales" if salesperson else "service",
            user_id=salesperson.id,
        )

    def _question_form(self, name, **defaults):
        today = self.company_id._recovery_today()
        calendar = self.company_id._recovery_calendar(today, today + timedelta(days=30))
        defaults["date_deadline"] = calendar.add_working_days(today, ANSWER_DAYS)
        action = self._screen_wizard(
            "debt.recovery.question", name, case_id=self.id, **defaults
        )
        view = self.env.ref("debt_recovery.debt_recovery_question_view_form_ask")
        return action | {"views": [(view.id, "form")]}

    def action_open_questions(self):
        self.ensure_one()
        return self.question_ids._get_records_action(name=self.env._("Questions"))
