from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import format_date

TOPICS = [
    ("sales", "Sales"),
    ("service", "Customer service"),
    ("logistics", "Logistics"),
    ("accounting", "Accounting"),
    ("other", "Somebody else"),
]


class DebtRecoveryQuestion(models.Model):
    """Something a colleague is asked about a case, with a day by which the answer is
    needed. The question is an activity; answering needs no right on recovery, and the
    colleague sees nothing of the case but what is asked."""

    _name = "debt.recovery.question"
    _description = "Question to a Colleague"
    _inherit = ["mail.activity.mixin", "mail.thread"]
    _order = "state, date_deadline, id"
    _mail_post_access = "read"

    name = fields.Char("Subject", compute="_compute_name", store=True)
    case_id = fields.Many2one(
        "debt.recovery.case", required=True, index=True, ondelete="restrict"
    )
    company_id = fields.Many2one(related="case_id.company_id", store=True, index=True)
    customer_name = fields.Char("Customer", compute="_compute_customer_name")
    topic = fields.Selection(TOPICS, "Asked", required=True, default="sales")
    user_id = fields.Many2one(
        "res.users",
        "Who",
        required=True,
        index=True,
        domain=[("share", "=", False)],
        ondelete="restrict",
    )
    asked_by_id = fields.Many2one(
        "res.users",
        "Asked by",
        required=True,
        readonly=True,
        default=lambda self: self.env.user,
        ondelete="restrict",
    )
    question = fields.Text(required=True)
    about = fields.Char(help="Invoices or orders, for a colleague who knows those.")
    date_deadline = fields.Date("Needed by", required=True)
    answer = fields.Text()
    state = fields.Selection(
        [
            ("open", "Waits for an Answer"),
            ("answered", "Answered"),
            ("read", "Read"),
            ("cancelled", "Withdrawn"),
        ],
        required=True,
        readonly=True,
        default="open",
        index=True,
    )
    answered_by_id = fields.Many2one("res.users", readonly=True, ondelete="restrict")
    date_answered = fields.Datetime("Answered", readonly=True)
    is_mine = fields.Boolean(compute="_compute_is_mine")

    @api.depends("case_id", "topic")
    def _compute_name(self):
        for question in self:
            customer = question.sudo().case_id.partner_id.display_name or ""
            question.name = self.env._("Question about %(name)s", name=customer)

    @api.depends("case_id")
    def _compute_customer_name(self):
        for question in self:
            question.customer_name = question.sudo().case_id.partner_id.display_name

    @api.depends("user_id")
    @api.depends_context("uid")
    def _compute_is_mine(self):
        for question in self:
            question.is_mine = question.user_id == self.env.user

    @api.constrains("date_deadline")
    def _check_date_deadline(self):
        for question in self.filtered(lambda q: q.state == "open"):
            today = question.company_id._recovery_today()
            if question.date_deadline < today:
                raise UserError(
                    self.env._("The day is in the past: choose today or a later day.")
                )

    @api.model_create_multi
    def create(self, vals_list):
        questions = super().create(vals_list)
        for question in questions:
            question.sudo()._ask()
        return questions

    def write(self, vals):
        """The colleague writes the answer; what was asked stays as it was asked."""
        fixed = vals.keys() & {"case_id", "question", "user_id", "asked_by_id", "topic"}
        asked = self.filtered(lambda q: q.user_id == self.env.user != q.asked_by_id)
        if fixed and asked and not self.env.su:
            raise UserError(
                self.env._("A question is answered, not changed: write your answer.")
            )
        return super().write(vals)

    def _ask(self):
        """Give the task out and tell the case."""
        self.ensure_one()
        self.activity_schedule(
            "mail.mail_activity_data_todo",
            date_deadline=self.date_deadline,
            summary=self.name,
            user_id=self.user_id.id,
        )
        self.case_id._message_log(
            body=self.env._(
                "%(who)s was asked by %(by)s, answer needed by %(date)s: %(question)s",
                who=self.user_id.name,
                by=self.asked_by_id.name,
                date=format_date(self.env, self.date_deadline),
                question=self.question,
            )
        )

    # ACTIONS

    def action_answer(self):
        """Send the answer back to the case."""
        self.ensure_one()
        if not (self.answer or "").strip():
            raise UserError(self.env._("Write your answer first."))
        self._answer(self.answer)
        return {"type": "ir.actions.act_window_close"}

    def _answer(self, text):
        """Take the answer, from the page or from the activity's feedback."""
        if self.state != "open":
            return
        self.sudo().write(
            {
                "answer": text,
                "state": "answered",
                "answered_by_id": self.env.uid,
                "date_answered": fields.Datetime.now(),
            }
        )
        if not self.env.context.get("recovery_activity_done"):
            tasks = self.sudo().activity_ids.with_context(recovery_answered=True)
            tasks.action_feedback(feedback=text)
        self.sudo().case_id._message_log(
            body=self.env._(
                "%(who)s answers: %(answer)s", who=self.env.user.name, answer=text
            )
        )

    def action_read(self):
        """The officer has seen the answer."""
        self.filtered(lambda q: q.state == "answered").write({"state": "read"})
        return True

    def action_withdraw(self):
        """The answer is no longer needed."""
        for question in self.filtered(lambda q: q.state == "open"):
            question.state = "cancelled"
            question.sudo().activity_ids.unlink()
        return True

    def action_open_case(self):
        self.ensure_one()
        return self.case_id._get_records_action()
