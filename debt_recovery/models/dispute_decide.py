from markupsafe import Markup

from odoo import fields, models
from odoo.exceptions import UserError

#: Nobody has decided yet.
LIVE = ("open", "answered")
#: After a refusal the debtor has these days before the ladder goes on.
RESUME_DAYS = 7


class DebtRecoveryDisputeDecide(models.AbstractModel):
    """The officer's decision: accepted, partly accepted, rejected, withdrawn, and back.
    A rejected amount is collectable at once; the ladder goes on after seven days where
    it stopped."""

    _name = "debt.recovery.dispute.decide.mixin"
    _description = "Decision on a Dispute"

    remedy = fields.Selection(
        [
            ("credit", "Credit note"),
            ("corrected", "Corrected without credit"),
        ],
        readonly=True,
        help="A credit note keeps the accepted part out of chasing until it is booked. "
        "What was corrected in another way (proof sent, invoice issued again, payment "
        "posted right, due date changed) is chased again.",
    )
    resolution = fields.Text("Reasons", readonly=True, tracking=True)
    upheld = fields.Selection(
        [("yes", "Yes"), ("no", "No")], readonly=True, tracking=True
    )
    date_resolved = fields.Date("Decided On", readonly=True, index=True)
    date_resume = fields.Date(
        "Chased Again From", readonly=True, help="Automatic steps wait until this day."
    )
    reopen_count = fields.Integer("Reopened", readonly=True)

    def action_resolve(self):
        """Decide, with reasons."""
        self.ensure_one()
        self._check_office()
        self._check_undecided()
        return self._dispute_wizard("resolve", self.env._("Decide"))

    def action_withdraw(self):
        """The debtor no longer contests: the items are collectable again."""
        self._check_office()
        self._check_undecided()
        for dispute in self:
            dispute._decide("withdrawn")

    def action_reopen(self):
        """Undo a decision: the contested amount is not chased, the owner is asked
        again, with a new date."""
        self._check_office()
        for dispute in self.filtered(lambda d: d.state not in LIVE):
            opened = dispute.company_id._recovery_today()
            days = max((dispute.date_due - dispute.date_opened).days, 1)
            dispute.write(
                {
                    "state": "open",
                    "remedy": False,
                    "date_resolved": False,
                    "date_resume": False,
                    "upheld": False,
                    "amount_accepted": 0.0,
                    "reminder_level": 0,
                    "date_due": fields.Date.add(opened, days=days),
                    "reopen_count": dispute.reopen_count + 1,
                }
            )
            dispute.line_ids.write({"amount_accepted": 0.0})
            dispute._after_decision()

    def _check_office(self):
        if not self._is_office():
            raise UserError(
                self.env._("The recovery officer decides; you can answer or forward.")
            )

    def _check_undecided(self):
        for dispute in self:
            if dispute.state not in LIVE:
                raise UserError(
                    self.env._(
                        "“%(dispute)s” is decided already. Reopen it first.",
                        dispute=dispute.name,
                    )
                )

    def _decide(self, state, reason=None, amounts=None, remedy=None, upheld=None):
        """Write the decision and let its consequences follow.

        :param amounts: ``{dispute line: accepted amount}`` in the item's currency
        """
        self.ensure_one()
        today = self.company_id._recovery_today()
        for line in self.line_ids:
            line.amount_accepted = (amounts or {}).get(line, 0.0)
        self.write(
            {
                "state": state,
                "remedy": remedy,
                "resolution": reason,
                "upheld": upheld,
                "date_resolved": today,
                "date_resume": state == "rejected"
                and fields.Date.add(today, days=RESUME_DAYS),
                "amount_accepted": sum(
                    self._in_company_currency(line, line.amount_accepted)
                    for line in self.line_ids
                ),
            }
        )
        if state == "rejected":
            self._announce_rejection()
        self._after_decision()

    def _after_decision(self):
        """Tasks, and what comes next for the debtor."""
        self._ask_owner()
        self._hold_firm_steps()
        self.case_id._refresh_next_action()

    def _hold_firm_steps(self):
        """Who complained about us gets no formal demand before an answer; reminders and
        calls go on."""
        for case in self.filtered(lambda d: d.kind == "complaint").case_id.sudo():
            holds = case.hold_ids.filtered(
                lambda hold: hold.type_id.code == "complaint" and hold.active_today
            )
            live = case.dispute_ids.filtered(
                lambda d: d.kind == "complaint" and d.state in LIVE
            )
            if live and not holds:
                case._place_hold("complaint", live[0].name)
            elif not live:
                holds._release(self.env._("The complaint is answered."))

    # REJECTION

    def _announce_rejection(self):
        """A letter with the reasons, as the event step says; it waits for review."""
        letters = self.case_id._recovery_event("rejected", decided=True)
        for letter in letters.filtered(lambda action: action.channel_id.is_message):
            letter.write(
                {
                    "custom_text": True,
                    "subject": self.env._("Your objection to our invoices"),
                    "body": self._rejection_text(),
                }
            )

    def _rejection_text(self):
        lang = self.partner_id.lang or self.env.lang
        case = self.case_id.with_context(lang=lang)
        return case._render_claim(
            "letter_rejected",
            disputes=self.with_context(lang=lang),
            reasons=Markup("<br/>").join((self.resolution or "").splitlines()),
        )
