from datetime import timedelta

from odoo import models
from odoo.exceptions import UserError

from ..tools.handover import barred_claims

#: Type of the hold that keeps us quiet while a claim is placed.
HOLD_CODE = "agency"


class DebtRecoveryPlacementLife(models.AbstractModel):
    """From the proposal to the end, and back."""

    _name = "debt.recovery.placement.life.mixin"
    _description = "Life of a Placement"

    # PROPOSAL

    def _take_over(self):
        """Items, age and terms as they are today; the proposal follows the books until
        it is placed."""
        self.ensure_one()
        record = self.sudo()
        rows = record.case_id._legal_rows()
        record.item_ids.unlink()
        record.item_ids.create([record._prepare_item(row) for row in rows])
        days = max(rows.mapped("days_overdue"), default=0)
        contract = record.contract_id
        percent = contract and contract._find_percent(days, record.amount)
        record.write({"days": days, "percent": percent or 0.0, "remit": contract.remit})

    def _prepare_item(self, row):
        case = self.case_id
        return {
            "placement_id": self.id,
            "move_line_id": row.move_line_id.id,
            "name": row.move_name,
            "date": row.date,
            "date_due": row.date_due,
            "currency_id": row.currency_id.id,
            "amount": case._legal_amount(row),
            "amount_currency": row.amount_collectable_currency
            + row.amount_held_currency,
            "partial_mark": self.env["debt.recovery.legal.case"]._last_partial(),
        }

    def action_refresh(self):
        """Take over what is open today."""
        for placement in self:
            placement._check_state("proposed")
            placement._take_over()

    def action_drop(self):
        """It is not placed; waiting requests are withdrawn."""
        for placement in self.filtered(lambda p: p.state in ("proposed", "waiting")):
            placement.sudo().write(
                {
                    "state": "dropped",
                    "date_closed": placement.company_id._recovery_today(),
                }
            )
            placement._waiting_approvals()._decide("cancelled", self.env.user)

    def _check_state(self, *states):
        labels = dict(self._fields["state"]._description_selection(self.env))
        for placement in self:
            if placement.state not in states:
                raise UserError(
                    self.env._(
                        "%(placement)s is “%(state)s”: this is possible only for "
                        "“%(wanted)s”.",
                        placement=placement.name,
                        state=labels[placement.state],
                        wanted=", ".join(labels[state] for state in states),
                    )
                )

    # PLACING

    def action_place(self):
        """Place these claims, at once where the user may, else ask for it. What is
        placed together is decided by its sum."""
        self._check_state("proposed")
        for placement in self:
            placement._take_over()
            if problem := placement._problem():
                raise UserError(problem)
        for placements in self.sudo().grouped("company_id").values():
            placements.amount_batch = sum(placements.mapped("amount"))
        asked = self._request_approval(self.env._("Placement with an agency"))
        waiting = self.browse(asked.sudo().mapped("res_id"))
        waiting.sudo().state = "waiting"
        for placement in (self - waiting).sudo():
            placement._carry_out()
        return self._approval_asked_notice(asked) if asked else True

    def _problem(self):
        """Why it cannot be placed today, in one sentence; else False."""
        self.ensure_one()
        name = self.partner_id.display_name
        contract = self.contract_id.sudo()
        if not contract:
            return self.env._("%(name)s: choose the agency first.", name=name)
        if contract.kind == "agency" and not contract.date_processing:
            return self.env._(
                "No processing agreement with %(agency)s is on file: enter its date on "
                "the contract before personal data leave.",
                agency=contract.display_name,
            )
        if not self.amount:
            return self.env._(
                "%(name)s: nothing is overdue that is neither disputed nor agreed.",
                name=name,
            )
        if contract._find_percent(self.days, self.amount) is None:
            return self.env._(
                "%(name)s: the contract with %(agency)s has no commission for "
                "%(amount)s, %(days)s days overdue.",
                name=name,
                agency=contract.display_name,
                amount=self.company_currency_id.format(self.amount),
                days=self.days,
            )
        return self._problem_of_law()

    def _problem_of_law(self):
        """Holds, contact rules and limitation stop an agency as they stop a court."""
        case = self.case_id.sudo()
        today = case.company_id._recovery_today()
        reasons = [
            hold.name
            for hold in case._gate_hold_facts(today)[case]
            if hold.type_id.stop_legal
        ]
        reasons += case._legal_gate_sentences()
        barred = barred_claims(
            case._legal_limitations(self.item_ids.sudo().move_line_id), today
        )
        reasons += [
            self.env._("%(item)s is time-barred", item=claim.name) for claim in barred
        ]
        return reasons and self.env._(
            "%(name)s cannot be placed now: %(reasons)s.",
            name=self.partner_id.display_name,
            reasons="; ".join(reasons),
        )

    def _carry_out(self):
        """Freeze the claim, write the file, keep quiet. The row of the case is locked,
        so that of two hand-overs at the same moment the second finds the first."""
        self.ensure_one()
        self.case_id._lock_handover()
        self.case_id._check_no_legal_case()
        self._take_over()
        today = self.company_id._recovery_today()
        days = self.contract_id.recall_days
        self.write(
            {
                "state": "placed",
                "date_placed": today,
                "date_recall": days and today + timedelta(days=days),
            }
        )
        self._freeze_strategy()
        self._post_file()
        self.case_id._message_log(
            body=self.env._(
                "Placed with %(agency)s: %(placement)s, %(amount)s.",
                agency=self.contract_id.display_name,
                placement=self.name,
                amount=self.company_currency_id.format(self.amount),
            )
        )

    def _freeze_strategy(self):
        """Nobody else writes or calls; who answers the phone knows whom to name."""
        self.ensure_one()
        reason = self._referral()
        case = self.case_id.sudo()
        if not self._running_holds():
            case._place_hold(HOLD_CODE, reason)
        case.action_ids._cancel(reason)
        case._refresh_next_action()

    def _referral(self):
        """Where a debtor who calls is sent."""
        return self.env._(
            "Placed with %(agency)s (%(reference)s). Refer the debtor to %(contact)s",
            agency=self.contract_id.display_name,
            reference=self.agency_reference or self.name,
            contact=self.contract_id._debtor_contact(),
        )

    def _running_holds(self):
        return self.case_id.sudo().hold_ids.filtered(
            lambda hold: hold.type_id.code == HOLD_CODE and not hold.date_released
        )

    def _tell_stay(self, hold):
        """An insolvency or a moratorium: somebody tells the agency."""
        for placement in self:
            user = placement.user_id or placement.asked_by_id
            placement.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=user.id,
                summary=self.env._(
                    "%(hold)s: recall it, or have the agency lodge the claim",
                    hold=hold.type_id.name,
                ),
            )

    # ENDING

    def action_close(self):
        """Ask how it ended."""
        return self._ask_end("closed", self.env._("Close the Placement"))

    def action_recall(self):
        """Take it back: the officer goes on with the case."""
        return self._ask_end("recalled", self.env._("Recall the Placement"))

    def _ask_end(self, state, name):
        self.ensure_one()
        self._check_state("placed")
        return {
            "name": name,
            "type": "ir.actions.act_window",
            "res_model": "debt.recovery.placement.close",
            "view_mode": "form",
            "target": "new",
            "context": {"default_placement_id": self.id, "default_state": state},
        }

    def _end(self, state, result=False, note=None):
        """End it and let the strategy go on.

        :param state: ``closed`` or ``recalled``
        """
        for placement in self.sudo():
            placement._check_state("placed")
            placement._check_result(result)
            placement.write(
                {
                    "state": state,
                    "result": result,
                    "close_note": note,
                    "date_closed": placement.company_id._recovery_today(),
                }
            )
            labels = dict(placement._fields["state"]._description_selection(self.env))
            text = f"{placement.name}: {labels[state]}. {note or ''}"
            placement._running_holds()._release(text)
            placement.activity_unlink(["mail.mail_activity_data_todo"])
            case = placement.case_id
            case._message_log(body=text)
            if case.state != "closed":
                case._refresh_next_action()
                case._settle()

    def _check_result(self, result):
        money = self.company_currency_id
        if result == "paid" and not money.is_zero(self.amount_open):
            raise UserError(
                self.env._(
                    "%(amount)s are still open in the books: match the payment first, "
                    "or choose another result.",
                    amount=money.format(self.amount_open),
                )
            )
        if result and self.amount_with_agency > 0:
            raise UserError(
                self.env._(
                    "%(amount)s are still with the agency: close it when they are "
                    "handed over, or recall it.",
                    amount=money.format(self.amount_with_agency),
                )
            )

    def action_reopen(self):
        """It goes on where it ended; a dropped one is a proposal again."""
        self._check_state("closed", "recalled", "dropped")
        for placement in self:
            case = placement.case_id
            case._check_may_place()
            placed = bool(placement.date_placed)
            placement.sudo().write(
                {
                    "state": "placed" if placed else "proposed",
                    "date_closed": False,
                    "result": False,
                    "close_note": False,
                }
            )
            if placed:
                if case.state == "closed":
                    case.sudo()._reopen()
                placement._freeze_strategy()
