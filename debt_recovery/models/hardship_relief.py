from odoo import api, fields, models
from odoo.exceptions import UserError

HOLD = "hardship"
VULNERABLE = "vulnerable"
REVIEW = "debt_recovery.mail_activity_type_hardship"


class DebtRecoveryHardshipRelief(models.AbstractModel):
    """Granting a relief and taking it back. Whether it runs is told by its hold and
    its plan, never by a flag: the day comes, the hold ends, work goes on."""

    _name = "debt.recovery.hardship.relief.mixin"
    _description = "Relief in Hardship"

    relief = fields.Selection(
        [
            ("plan", "Longer plan"),
            ("token", "Token payments"),
            ("pause", "Pause"),
        ],
        readonly=True,
        copy=False,
    )
    date_review = fields.Date(
        "Look Again On",
        default=lambda self: self._default_date_review(),
        help="A pause lasts until this day; whoever works the case gets a task.",
    )
    hold_id = fields.Many2one("debt.recovery.hold", readonly=True, copy=False)
    vulnerable_hold_id = fields.Many2one(
        "debt.recovery.hold", readonly=True, copy=False
    )
    agreement_ids = fields.One2many(
        "debt.recovery.agreement", "hardship_id", "Agreements", readonly=True
    )
    date_withdrawn = fields.Date("Withdrawn", readonly=True, copy=False)
    state = fields.Selection(
        [
            ("assessed", "Assessed"),
            ("asked", "Waits for approval"),
            ("running", "Relief runs"),
            ("ended", "Ended"),
            ("withdrawn", "Withdrawn"),
        ],
        compute="_compute_state",
    )

    @api.model
    def _default_date_review(self):
        root = self.env.company._recovery_root().sudo()
        days = root.recovery_hardship_pause_days
        return fields.Date.add(self.env.company._recovery_today(), days=days)

    @api.depends(
        "relief",
        "date_withdrawn",
        "hold_id.active_today",
        "hold_id.approval_state",
        "agreement_ids.screen_state",
    )
    @api.depends_context("recovery_today")
    def _compute_state(self):
        for record in self:
            record.state = record._find_state()

    def _find_state(self):
        plans = set(self.agreement_ids.mapped("screen_state"))
        if self.date_withdrawn:
            return "withdrawn"
        if self.hold_id.active_today or "active" in plans:
            return "running"
        if self.hold_id.approval_state == "waiting" or "to_confirm" in plans:
            return "asked"
        return "ended" if self.hold_id or plans else "assessed"

    # BUTTONS

    def action_pause(self):
        """Letters and interest rest until the day of the review."""
        self._check_open()
        approvals = self._rest("pause")
        if approvals:
            return self.env["debt.recovery.hold"]._approval_asked_notice(approvals)
        self._tell_granted()
        return {"type": "ir.actions.act_window_close"}

    def action_plan(self):
        """The builder, filled in with what can be paid each month."""
        return self._build("plan")

    def action_token(self):
        """The builder for a few small payments; the rest rests once they are agreed."""
        return self._build("token")

    def action_withdraw(self):
        """Take the relief back: hold and plan end, the case is worked as before."""
        for record in self:
            if record.state not in ("running", "asked", "assessed"):
                raise UserError(
                    self.env._("%(name)s has ended already.", name=record.name)
                )
            record.agreement_ids.filtered(
                lambda a: a.screen_state in ("active", "to_confirm")
            ).action_cancel()
            record.sudo()._end(self.env._("The assessment was withdrawn."))
            record.sudo().date_withdrawn = record.company_id._recovery_today()
            record.case_id._refresh_next_action()
        return True

    def action_assess_again(self):
        """The same dialog with the figures of last time."""
        self.ensure_one()
        return self.case_id.action_hardship()

    # GRANTING

    def _check_open(self):
        self.ensure_one()
        self.case_id._check_live()
        if self.state != "assessed":
            raise UserError(
                self.env._("A relief was granted on these figures: assess anew.")
            )

    def _build(self, kind):
        self._check_open()
        proposal = next((p for p in self._propose() if p.kind == kind), None)
        if not proposal:
            raise UserError(
                self.env._("This way does not fit the figures any more: choose again.")
            )
        self.sudo().relief = kind
        if kind == "token":
            self.date_review = self._review_day(proposal)
        action = self.case_id.action_plan()
        defaults = {
            "hardship_id": self.id,
            "number": proposal.number,
            "note": self._relief_note(proposal),
        }
        if kind == "token":
            defaults["cover"] = float(proposal.covered)
        elif proposal.number > 1:
            rest = proposal.covered - proposal.amount * (proposal.number - 1)
            defaults |= {"last_amount": float(rest), "more": True}
        action["context"] |= {f"default_{name}": v for name, v in defaults.items()}
        return action

    def _rest(self, kind):
        """Place the hold until the review, as long as the one who assessed may decide
        alone; earlier pauses of the same kind end where it counts at once.

        :return: the requests for approval made
        """
        self.ensure_one()
        holds = self.env["debt.recovery.hold"].with_user(self.user_id).sudo()
        holds = holds.with_context(recovery_own_limits=True)
        former = self._running_pauses()
        hold, approvals = holds._place([self._prepare_pause_vals()])
        self.sudo().write({"relief": kind, "hold_id": hold.id})
        if not approvals:
            former._release(self.env._("Assessed: %(what)s", what=hold.name))
        self._plan_review()
        self.case_id._refresh_next_action()
        return approvals.sudo(self.env.su)

    def _prepare_pause_vals(self):
        hold_type = self.case_id._find_hold_type(HOLD)
        reason = self.env._("Hardship, assessed by %(who)s", who=self.user_id.name)
        end = {"date_to": self.date_review}
        return self.case_id._prepare_hold_vals(hold_type, reason, end)

    def _running_pauses(self):
        """Pauses of this kind on the case, whoever placed them."""
        return self.case_id.sudo().hold_ids.filtered(
            lambda hold: hold.type_id.code == HOLD and hold.active_today
        )

    def _plan_review(self):
        """Whoever works the case looks again on the last day of the pause."""
        case = self.case_id.sudo()
        case.activity_unlink([REVIEW])
        officer = case.user_id.filtered("active") or self.user_id
        case.activity_schedule(
            REVIEW,
            date_deadline=self.date_review,
            summary=self.env._("Look at the hardship again: the pause ends"),
            user_id=officer.id,
        )

    def _protect(self):
        """The flag everybody sees is the hold that stops the machines."""
        for record in self.filtered(
            lambda r: r.is_vulnerable and not r.case_id._care()
        ):
            record.sudo().vulnerable_hold_id = record.case_id._place_hold(
                VULNERABLE, self.env._("Told by %(who)s", who=record.user_id.name)
            )

    # WHAT FOLLOWS

    def _on_agreed(self):
        """The plan counts: a longer one ends the pause, token payments begin it for
        the rest."""
        for record in self:
            if record.relief == "token" and not record.hold_id:
                record._rest("token")
            elif record.relief == "plan":
                record._running_pauses()._release(self.env._("A plan was agreed."))
                record.case_id.sudo().activity_unlink([REVIEW])

    def _end(self, reason):
        """Everything that was placed ends."""
        holds = self.hold_id | self.vulnerable_hold_id
        holds._waiting_approvals()._decide("cancelled", self.env.user)
        holds._release(reason)
        self.case_id.activity_unlink([REVIEW])
