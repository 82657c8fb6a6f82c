from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain

from ..tools.ladder import decide


class DebtRecoveryCaseScreen(models.AbstractModel):
    """Buttons and counters of the case. Each button opens the smallest dialog that can
    do the work; the rules are kept where the work is done, not here."""

    _name = "debt.recovery.case.screen.mixin"
    _description = "Screen of a Recovery Case"
    _inherit = [
        "debt.recovery.case.bridge.mixin",
        "debt.recovery.case.drop.mixin",
        "debt.recovery.case.priority.mixin",
        "debt.recovery.case.priority.facts.mixin",
        "debt.recovery.case.reach.mixin",
        "debt.recovery.case.gate.screen.mixin",
        "debt.recovery.case.today.mixin",
    ]

    done_action_count = fields.Integer(compute="_compute_screen_counts")
    action_count = fields.Integer(compute="_compute_screen_counts")
    running_hold_ids = fields.One2many(
        "debt.recovery.hold", compute="_compute_running_hold_ids"
    )
    hold_alert = fields.Char(compute="_compute_running_hold_ids")
    why_now = fields.Char(
        "Today",
        compute="_compute_why_now",
        help="What the strategy would decide at this moment, and why.",
    )
    step_position = fields.Char("Position", compute="_compute_step_position")

    # COMPUTE

    @api.depends("action_ids.state")
    def _compute_screen_counts(self):
        groups = self.env["debt.recovery.action"]._read_group(
            [("case_id", "in", self.ids)], ["case_id", "state"], ["__count"]
        )
        counts = {}
        for case, state, count in groups:
            total, done = counts.get(case.id, (0, 0))
            counts[case.id] = (total + count, done + (count if state == "done" else 0))
        for case in self:
            case.action_count, case.done_action_count = counts.get(
                case._origin.id, (0, 0)
            )

    @api.depends("hold_ids.date_released", "hold_ids.date_to", "partner_id")
    @api.depends_context("recovery_today")
    def _compute_running_hold_ids(self):
        """Holds that act today, those on the customer among them."""
        none = self.env["debt.recovery.hold"]
        for company, cases in self.grouped("company_id").items():
            facts = {}
            if company and cases.partner_id:
                facts = cases._gate_hold_facts(company._recovery_today())
            for case in cases:
                holds = facts.get(case, none)
                case.running_hold_ids = holds
                case.hold_alert = case._hold_alert_text(holds)

    def _hold_alert_text(self, holds):
        """One line for the top of the form; those on single items show in the row, an
        unread reply in its own banner."""
        wide = holds.filtered(
            lambda hold: (
                hold.scope in ("partner", "case") and hold.type_id.code != "reply_open"
            )
        )
        return " · ".join(
            f"{hold.name}. {hold.type_id._get_effect_sentence()} {hold.reason or ''}"
            for hold in wide
        )

    @api.depends("step_id", "next_step_id", "strategy_id")
    def _compute_step_position(self):
        """“3 of 8”: how far the case has come on its ladder."""
        for case in self:
            steps = case.strategy_id.step_ids.filtered(
                lambda step: step.active and not step.event
            ).sorted(lambda step: (step.sequence, step.id))
            place = steps.ids.index(case.step_id.id) + 1 if case.step_id in steps else 0
            case.step_position = False
            if place:
                case.step_position = self.env._(
                    "step %(place)s of %(steps)s", place=place, steps=len(steps)
                )
            elif steps:
                case.step_position = self.env._("%(steps)s steps", steps=len(steps))

    @api.depends("state", "strategy_id", "next_reason", "amount_collectable")
    @api.depends_context("recovery_today", "lang")
    def _compute_why_now(self):
        """Ask the ladder on the spot, so that the form is right also after a hold or a
        payment, before the next run. Only the form shows it."""
        for case in self:
            case.why_now = False
            if case.id and case.state != "closed":
                case.why_now = "; ".join(case._decide_sentences())

    def _decide_sentences(self):
        """Reasons of a decision taken now and not carried out."""
        run, decision = self._decide_now()
        if not self.strategy_id:
            return [self.env._("No strategy fits this customer: choose one.")]
        first = run._tell(self.sudo(), decision)[0]
        return [first, *(self._sentence(item) for item in decision.reasons[1:])]

    def _decide_now(self):
        """Ask the ladder as the daily run would, on a run that lives in memory."""
        self.ensure_one()
        today = self.company_id._recovery_today()
        run = (
            self.env["debt.recovery.run"]
            .sudo()
            .new(
                {"company_id": self.company_id.id, "date": today, "kind": "simulation"}
            )
        )
        case = self.sudo()
        decision = decide(run._gather_facts(case)[case], today)
        return run, run._keep_in_shadow(case, decision)

    def _refresh_next_action(self):
        """Show what comes next after a person changed something, without waiting for
        the daily run."""
        for case in self.filtered(lambda case: case.state != "closed"):
            run, decision = case._decide_now()
            acts = decision.outcome in ("act", "shadow")
            case.sudo().write(
                {
                    "next_step_id": decision.step_id or decision.next_step_id or False,
                    "next_action_date": run.date
                    if acts
                    else decision.next_date or False,
                    "next_reason": run._tell(case.sudo(), decision)[0],
                }
            )

    # MESSAGES AND CALLS

    def action_send_next(self):
        """Show the next message exactly as the debtor gets it, then send it."""
        self.ensure_one()
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.send.preview", self.env._("Send"), case_id=self.id
        )

    def action_skip_step(self):
        """Leave out the next step of the strategy, with a reason."""
        self.ensure_one()
        self._check_live()
        if not self.next_step_id:
            raise UserError(self.env._("There is no step ahead that could be skipped."))
        return self._screen_wizard(
            "debt.recovery.action.skip",
            self.env._("Skip: %(step)s", step=self.next_step_id.name),
            case_id=self.id,
        )

    def action_add_step(self):
        """Plan something the strategy does not foresee."""
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.action.add",
            self.env._("Plan a Step"),
            case_ids=[(6, 0, self.ids)],
        )

    # AGREEMENT, DISPUTE, LIFE OF THE CASE

    def action_promise(self):
        """Take a promise to pay."""
        self.ensure_one()
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.promise.take",
            self.env._("Promise to Pay"),
            case_id=self.id,
        )

    def action_plan(self):
        """Build a payment plan."""
        self.ensure_one()
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.plan.build",
            self.env._("Payment Plan"),
            case_id=self.id,
        )

    def action_settlement(self):
        """Agree on less than the debt."""
        self.ensure_one()
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.settlement.offer",
            self.env._("Settlement"),
            case_id=self.id,
        )

    def action_dispute(self):
        """Write down what the debtor contests."""
        self.ensure_one()
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.dispute.open", self.env._("Dispute"), case_id=self.id
        )

    def action_change_strategy(self):
        """Choose another strategy for these cases, with a reason."""
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.strategy.change",
            self.env._("Change Strategy"),
            case_ids=[(6, 0, self.ids)],
        )

    def action_close(self):
        """Ask for the reason and close."""
        self._check_live()
        return self._screen_wizard(
            "debt.recovery.case.close",
            self.env._("Close Case"),
            case_ids=[(6, 0, self.ids)],
        )

    def action_reopen(self):
        """Take the work up again."""
        self._reopen()
        for case in self:
            case.message_post(
                body=self.env._("Reopened by %(user)s.", user=self.env.user.name)
            )
        return True

    def action_take_over(self):
        """Make the case mine."""
        self.write({"user_id": self.env.uid})
        return True

    # OPENING

    def action_open_partner(self):
        self.ensure_one()
        return self.partner_id._get_records_action()

    def action_open_case(self):
        self.ensure_one()
        return self._get_records_action()

    def action_open_actions(self):
        """Everything done and planned on these cases."""
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Timeline"),
            "res_model": "debt.recovery.action",
            "view_mode": "list,form",
            "domain": list(Domain("case_id", "in", self.ids)),
            "context": {"create": False},
        }

    # HELPERS

    def _check_live(self):
        """One sentence when work is asked of a closed case."""
        for case in self:
            if case.state == "closed":
                raise UserError(
                    self.env._(
                        "Case %(case)s is closed. Reopen it first.", case=case.name
                    )
                )

    def _screen_wizard(self, model, name, **defaults):
        return {
            "type": "ir.actions.act_window",
            "name": name,
            "res_model": model,
            "view_mode": "form",
            "views": [(False, "form")],
            "target": "new",
            "context": {f"default_{key}": value for key, value in defaults.items()},
        }
