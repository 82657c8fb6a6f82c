from odoo import models
from odoo.exceptions import UserError

from .legal_event_kind import HOLD_CODE, WON


class DebtRecoveryLegalCaseLife(models.AbstractModel):
    """From the hand-over to the end, and back: while the case is open a hold keeps
    everybody else quiet."""

    _name = "debt.recovery.legal.case.life.mixin"
    _description = "Life of a Legal Case"

    # ONE AT A TIME

    def _check_alone(self):
        """Two claims at once for the same customer would claim the same money."""
        for legal in self.filtered("is_open"):
            legal.case_id._check_not_placed()
            others = legal.case_id.sudo().legal_case_ids.filtered("is_open") - legal
            if others:
                raise UserError(
                    self.env._(
                        "%(customer)s is before the court with %(legal)s already: add "
                        "to that legal case or close it first.",
                        customer=legal.partner_id.display_name,
                        legal=others[:1].name,
                    )
                )

    # OPENING

    def _start(self):
        """The case is legal now: one voice, the agenda begins."""
        for legal in self:
            legal._freeze_strategy()
            legal._add_first_parties()
            legal._record_event("handover", legal.date_handed)

    def _add_first_parties(self):
        """Claimant, debtor and counsel are known from the hand-over."""
        self.ensure_one()
        known = {
            "claimant": self.company_id.partner_id,
            "debtor": self.partner_id,
            "counsel": self.handover_id.counsel_id,
        }
        self.env["debt.recovery.legal.party"].create(
            [
                {"legal_case_id": self.id, "role": role, "partner_id": partner.id}
                for role, partner in known.items()
                if partner
            ]
        )

    def _freeze_strategy(self):
        """Nobody else writes or calls; what waited is cancelled."""
        self.ensure_one()
        reason = self.env._("Legal case %(legal)s is open", legal=self.name)
        case = self.case_id.sudo()
        if not self._running_holds():
            case._place_hold(HOLD_CODE, reason)
        case.action_ids._cancel(reason)
        case._refresh_next_action()

    def _thaw_strategy(self):
        self._running_holds()._release(
            self.env._("Legal case %(legal)s is closed", legal=self.name)
        )
        case = self.case_id.sudo()
        if case.state != "closed":
            case._refresh_next_action()

    def _running_holds(self):
        return self.case_id.sudo().hold_ids.filtered(
            lambda hold: hold.type_id.code == HOLD_CODE and not hold.date_released
        )

    # MOVING

    def _check_stage_move(self, stage):
        """Dragging a card must not leave out what filing and closing do."""
        for legal in self:
            if stage.phase in ("won", "lost"):
                raise UserError(
                    self.env._("Use “Close” to close %(legal)s.", legal=legal.name)
                )
            if not legal.is_open:
                raise UserError(
                    self.env._("%(legal)s is closed: reopen it.", legal=legal.name)
                )
            if stage.phase != "prepare" and not legal.date_filed:
                raise UserError(
                    self.env._(
                        "%(legal)s is not filed yet: record the filing, then it moves "
                        "to “%(stage)s”.",
                        legal=legal.name,
                        stage=stage.name,
                    )
                )

    def _check_is_open(self):
        for legal in self:
            if not legal.is_open:
                raise UserError(
                    self.env._(
                        "%(legal)s is closed: reopen it before anything is added.",
                        legal=legal.name,
                    )
                )

    # CLOSING

    def action_close(self):
        """Ask how it ended."""
        self.ensure_one()
        self._check_is_open()
        return self._dialog("debt.recovery.legal.close", self.env._("Close Legal Case"))

    def action_withdraw(self):
        """Take the hand-over back: the officer goes on with the case."""
        self.ensure_one()
        self._check_is_open()
        return self._dialog(
            "debt.recovery.legal.close",
            self.env._("Withdraw the Hand-over"),
            default_reason="withdrawn",
        )

    def action_reopen(self):
        """The case goes on where it stood before it was closed."""
        for legal in self.filtered(lambda legal: not legal.is_open):
            if legal.case_id.state == "closed":
                legal.case_id.sudo()._reopen()
            legal.with_context(recovery_legal_closing=True).write(
                {
                    "stage_id": legal._stage_of_events().id,
                    "date_closed": False,
                    "close_reason": False,
                    "close_note": False,
                }
            )
            legal._check_alone()
            legal._freeze_strategy()
            legal._sync_stay()
            legal.message_post(body=self.env._("Reopened"))

    def _close(self, reason, note=None):
        """End the proceedings and let the strategy go on.

        :param reason: one of ``close_reason``
        """
        from_reason = dict(
            self._fields["close_reason"]._description_selection(self.env)
        )
        for legal in self:
            legal._check_is_open()
            legal._check_may_close(reason)
            won = reason in WON
            stage = self.env["debt.recovery.legal.stage"]._first(
                "won" if won else "lost"
            )
            legal._drop_planned()
            legal.with_context(recovery_legal_closing=True).write(
                {
                    "stage_id": stage.id,
                    "date_closed": legal.company_id._recovery_today(),
                    "close_reason": reason,
                    "close_note": note,
                }
            )
            legal._clear_stay()
            legal._thaw_strategy()
            text = self.env._(
                "%(legal)s closed: %(reason)s. %(note)s",
                legal=legal.name,
                reason=from_reason[reason],
                note=note or "",
            )
            legal.message_post(body=text)
            legal.case_id.sudo()._message_log(body=text)

    def _check_may_close(self, reason):
        self.ensure_one()
        self._check_results()
        open_amount = self.amount_open
        if reason == "paid" and not self.currency_id.is_zero(open_amount):
            raise UserError(
                self.env._(
                    "%(amount)s of the claim are still open: match the payment first, "
                    "or choose another reason.",
                    amount=self.currency_id.format(open_amount),
                )
            )
        held = self.amount_with_third
        if reason == "paid" and not self.company_currency_id.is_zero(held):
            raise UserError(
                self.env._(
                    "%(amount)s are still with third parties: close it when they are "
                    "remitted.",
                    amount=self.company_currency_id.format(held),
                )
            )

    # SCREEN

    def _dialog(self, model, name, **context):
        return {
            "name": name,
            "type": "ir.actions.act_window",
            "res_model": model,
            "view_mode": "form",
            "target": "new",
            "context": {"default_legal_case_id": self.id, **context},
        }

    def _form_action(self):
        """Open this legal case."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "debt.recovery.legal.case",
            "res_id": self.id,
            "view_mode": "form",
            "name": self.display_name,
        }

    def action_open_handover(self):
        """The checklist it was decided on."""
        self.ensure_one()
        return self.handover_id._get_records_action()

    def action_dossier(self):
        """Everything about the case in one file, for the court or our counsel."""
        self.ensure_one()
        return self.case_id.action_dossier()

    def action_open_case(self):
        """The recovery case behind it."""
        self.ensure_one()
        return {
            "type": "ir.actions.act_window",
            "res_model": "debt.recovery.case",
            "res_id": self.case_id.id,
            "view_mode": "form",
        }
