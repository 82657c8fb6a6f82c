from datetime import datetime

from odoo import models
from odoo.exceptions import LockError, UserError


class DebtRecoveryVisitSubmit(models.AbstractModel):
    """What the phone sends when a visit is over. It may arrive hours later, twice, or
    after somebody cancelled the visit in the office: it counts once, and nothing that
    happened is lost. What cannot be taken is refused in one sentence and stays on the
    phone."""

    _name = "debt.recovery.visit.submit.mixin"
    _description = "Submission of a Visit"

    def action_submit(self, key, data):
        """Record the visit.

        :param key: chosen by the phone, the same for every attempt
        :param data: what the form asked, see :meth:`_prepare_done_vals` and
            :meth:`_prepare_contact_vals`
        :return: ``{"message", "receipt", "warnings"}``, the first answer again when the
            key is known
        """
        self.ensure_one()
        self.check_access("write")
        try:
            self.lock_for_update()
        except LockError as error:
            raise UserError(
                self.env._("This visit is being saved at this moment: try again.")
            ) from error
        self.invalidate_recordset()
        if key and self.submit_key == key:
            return self.submit_result
        self._check_submission(key, data)
        result = self._take_in(data)
        self._record({"submit_key": key, "submit_result": result})
        return result

    def _check_submission(self, key, data):
        if self.state == "done":
            raise UserError(
                self.env._(
                    "This visit was already recorded by %(user)s at %(time)s.",
                    user=self.user_id.name,
                    time=self.date_done,
                )
            )
        if not key:
            raise UserError(self.env._("The form is out of date: load the page again."))
        if not self._find_outcome(data):
            raise UserError(
                self.env._("Choose what came out of the visit: tap one of the buttons.")
            )

    def _find_outcome(self, data):
        return self.env["debt.recovery.outcome"].search(
            [("code", "=", data.get("outcome") or "")], limit=1
        )

    def _take_in(self, data):
        """Everything that follows from one submission, in one transaction."""
        done_at = self._read_time(data.get("done_at"))
        verdict = self._visit_verdict(done_at)
        why_not = self._verdict_sentence(verdict)
        self._record(self._prepare_done_vals(data, done_at, why_not))
        warnings = [why_not] if why_not else []
        receipt = self._take_money(data, done_at)
        self._log_contact(data, done_at, verdict)
        self._propose_data(data.get("corrections") or {})
        self._take_safety_note(data.get("safety_note"))
        warnings += self._plan_next(data.get("next_start"))
        if receipt and data.get("mail_receipt"):
            receipt._send_mail()
        return self._prepare_result(receipt, warnings)

    def _prepare_result(self, receipt, warnings):
        message = self.env._("Saved: %(outcome)s.", outcome=self.outcome_id.name)
        if receipt:
            message = self.env._(
                "Receipt %(receipt)s over %(amount)s.",
                receipt=receipt.name,
                amount=receipt.currency_id.format(receipt.amount),
            )
        return {
            "message": message,
            "receipt": receipt.name or False,
            "receipt_id": receipt.id or False,
            "warnings": warnings,
        }

    # LOG

    def _log_contact(self, data, done_at, verdict):
        """The visit enters the contact log, with what follows from its outcome. What
        needs more than the phone asks is decided by the officer of the case."""
        case = self.case_id.sudo()
        action = self.sudo().action_id.filtered(lambda a: a.state == "queued")
        if not action:
            action = action.create(self._prepare_log_vals())
            action._set_queued()
        self._record({"action_id": action.id})
        action._keep_verdict(verdict)
        if self._phone_asks_enough():
            told = self._prepare_told_vals(data, done_at)
            case._record_contact({**told, "verdict": verdict.status})
            return
        action._claim_spoken()
        action._set_done(**self._prepare_contact_vals(data), date_done=done_at)
        action._finish_activity(data.get("note"))
        self._ask_officer(case, data)
        case._refresh_next_action()

    def _phone_asks_enough(self):
        """Whether the form knows all that the outcome needs."""
        outcome = self.outcome_id
        asked = {"amount", "items", "text"}
        if outcome.promise_source:
            asked.add("date")
        needs = [name for name in outcome._fields if name.endswith("_need")]
        needed = {n.removesuffix("_need") for n in needs if outcome[n] == "required"}
        return needed <= asked

    def _prepare_told_vals(self, data, done_at):
        """The submission in the words of ``case._record_contact``."""
        promise = bool(self.outcome_id.promise_source)
        amount = data.get("promise_amount") if promise else data.get("amount")
        return {
            "channel": "visit",
            "direction": "out",
            "outcome": self.outcome_id.code,
            "action_id": self.action_id.id,
            "person": self.person or None,
            "note": self.note or "",
            "text": self._told_means(data),
            "date": self._read_promise_day(data) if promise else None,
            "amount": self._read_amount(amount) if amount else None,
            "item_ids": data.get("item_ids") or None,
            "date_done": done_at,
        }

    def _told_means(self, data):
        """How it was paid, in the words of the receipt."""
        if self.outcome_id.code != "visit_paid":
            return ""
        means = self.env["debt.recovery.receipt"]._fields["means"]
        labels = dict(means._description_selection(self.env))
        return labels.get(data.get("means") or "cash", "")

    def _prepare_log_vals(self):
        """The visit as an entry of its own, outside the strategy."""
        case = self.case_id.sudo()
        return {
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "company_id": case.company_id.id,
            "strategy_id": case.strategy_id.id,
            "cycle": case.cycle,
            "channel_id": self.env.ref("debt_recovery.channel_visit").id,
            "origin": "manual",
            "mode": "task",
            "date_planned": self.date,
            "user_id": self.env.uid,
        }

    def _prepare_contact_vals(self, data):
        return {
            "user_id": self.env.uid,
            "outcome_id": self.outcome_id.id,
            "person": self.person,
            "note": self.note,
        }

    def _ask_officer(self, case, data):
        """The officer decides what follows; the field officer is back on the road."""
        items = self.env["account.move.line"].sudo().browse(data.get("item_ids") or [])
        items = items.exists().filtered(
            lambda line: line.partner_id.commercial_partner_id == case.partner_id
        )
        texts = [self.person, self.note, ", ".join(items.move_id.mapped("name"))]
        case.activity_schedule(
            "mail.mail_activity_data_todo",
            summary=self.env._("Visit: %(outcome)s", outcome=self.outcome_id.name),
            note=" · ".join(filter(None, texts)) or False,
            user_id=(case.user_id or self.env.user).id,
        )

    # DATA, SAFETY, NEXT

    def _propose_data(self, corrections):
        """Corrected data wait for a clerk.

        :param corrections: ``{"address": {"street", "zip", "city"}, "phone": {"phone"},
            "employer": {"recovery_employer"}, "trading": {"closed": true}}``
        """
        proposals = self.env["debt.recovery.data.proposal"]
        kinds = dict(proposals._fields["kind"].selection)
        for kind, values in corrections.items():
            if kind in kinds and values:
                proposals.create(self._prepare_proposal_vals(kind, values))

    def _prepare_proposal_vals(self, kind, values):
        at_place = kind in ("address", "phone") and self.address_id
        return {
            "case_id": self.case_id.id,
            "partner_id": (at_place or self.partner_id).id,
            "visit_id": self.id,
            "kind": kind,
            "values": values,
            "note": self.note,
        }

    def _take_safety_note(self, text):
        """Everybody who goes there next must know, at once."""
        if text and text != self.safety_note:
            self.partner_id.sudo().recovery_safety_note = text
            self.case_id.sudo().message_post(
                body=self.env._("Safety note from a visit: %(text)s", text=text)
            )

    def _plan_next(self, text):
        """The next visit; a refusal is told, the visit that took place is kept."""
        if not text:
            return []
        try:
            with self.env.cr.savepoint():
                self._create_next(text)
        except (UserError, ValueError) as error:
            return [str(error)]
        return []

    def _create_next(self, text):
        local = datetime.fromisoformat(text)
        hour = local.hour + local.minute / 60
        self.create(
            {
                "case_id": self.case_id.id,
                "user_id": self.user_id.id,
                "address_id": self.address_id.id,
                "purpose": self.purpose,
                "start": self._local_start(self.company_id, local.date(), hour),
            }
        )
