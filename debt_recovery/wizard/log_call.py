from odoo import api, fields, models


class DebtRecoveryLogCall(models.TransientModel):
    """Write a call into the log, at once and for good."""

    _name = "debt.recovery.log.call"
    _description = "Log a Call"

    case_id = fields.Many2one("debt.recovery.case", required=True)
    partner_id = fields.Many2one(related="case_id.partner_id")
    task_id = fields.Many2one(
        "debt.recovery.action",
        "Answers the Task",
        compute="_compute_task_id",
        store=True,
        readonly=False,
        domain="[('case_id', '=', case_id), ('state', '=', 'queued'),"
        " ('channel_id.code', '=', 'phone')]",
        help="The call that the strategy asked for; it is done with this entry.",
    )
    direction = fields.Selection(
        [("out", "We called"), ("in", "They called")], required=True, default="out"
    )
    contact_id = fields.Many2one(
        "res.partner",
        compute="_compute_contact_id",
        store=True,
        readonly=False,
        domain="[('commercial_partner_id', '=', partner_id)]",
    )
    person = fields.Char(
        "Person Reached",
        compute="_compute_person",
        store=True,
        readonly=False,
    )
    all_outcomes = fields.Boolean("More Outcomes")
    outcome_id = fields.Many2one(
        "debt.recovery.outcome",
        required=True,
        domain="[('is_visit', '=', False),"
        " ('is_main', 'in', [True, not all_outcomes])]",
    )
    note = fields.Text()
    next_date = fields.Date("Call Again On")
    verdict = fields.Char("Contact Rules", compute="_compute_verdict")

    @api.depends("case_id")
    def _compute_task_id(self):
        """The oldest call the strategy waits for."""
        for wizard in self:
            wizard.task_id = self.env["debt.recovery.action"].search(
                [
                    ("case_id", "=", wizard.case_id.id),
                    ("state", "=", "queued"),
                    ("channel_id.code", "=", "phone"),
                ],
                order="date_planned, id",
                limit=1,
            )

    @api.depends("case_id")
    def _compute_contact_id(self):
        """The person the strategy would call."""
        for wizard in self:
            people = wizard.case_id and wizard.case_id._get_recipients("ap", "phone")
            wizard.contact_id = (
                people and people.filtered(lambda person: not person.is_company)[:1]
            )

    @api.depends("contact_id")
    def _compute_person(self):
        for wizard in self:
            wizard.person = wizard.contact_id.name or wizard.person

    @api.depends("case_id", "contact_id", "direction")
    def _compute_verdict(self):
        for wizard in self:
            wizard.verdict = wizard._verdict_sentence()

    def _verdict_sentence(self):
        """What the contact rules say about calling now; nothing when they agree."""
        if not self.case_id or self.direction == "in":
            return False
        verdict = self.case_id._contact_verdict(
            "phone", person=self.contact_id or None, automatic=False
        )
        if verdict.status == "allowed":
            return False
        return " ".join(self.case_id._sentence(item) for item in verdict.reasons)

    def action_confirm(self):
        """Seal the call and plan the next one."""
        self.ensure_one()
        if self.task_id:
            self.task_id._check_button_state("queued")
            action = self.task_id
        else:
            action = self.env["debt.recovery.action"].create(self._prepare_call_vals())
        action._set_done(**self._prepare_done_vals())
        action._finish_activity(self.note)
        if self.next_date:
            self._plan_next_call()
        self.case_id._refresh_next_action()
        return {"type": "ir.actions.act_window_close"}

    def _prepare_call_vals(self):
        """The call as an entry of its own."""
        case = self.case_id
        return {
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "company_id": case.company_id.id,
            "strategy_id": case.strategy_id.id,
            "cycle": case.cycle,
            "channel_id": self.env.ref("debt_recovery.channel_phone").id,
            "origin": "manual",
            "mode": "task",
            "direction": self.direction,
            "date_planned": case.company_id._recovery_today(),
        }

    def _prepare_done_vals(self):
        """What was said, by whom."""
        return {
            "user_id": self.env.uid,
            "outcome_id": self.outcome_id.id,
            "person": self.person,
            "note": self.note,
            "verdict": self.verdict,
        }

    def _plan_next_call(self):
        """A call the officer promised is an activity of his own."""
        self.case_id.activity_schedule(
            "mail.mail_activity_data_call",
            date_deadline=self.next_date,
            summary=self.env._("Call again: %(outcome)s", outcome=self.outcome_id.name),
            note=self.note,
            user_id=self.env.uid,
        )
