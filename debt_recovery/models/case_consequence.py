from odoo import api, models
from odoo.exceptions import UserError
from odoo.fields import Command

TONES = {"friendly": 0, "neutral": 1, "firm": 2, "formal": 3}


class DebtRecoveryCaseConsequence(models.AbstractModel):
    """What an outcome does with money, items, holds and steps. Each method returns the
    records it made: they are taken back when the entry is undone."""

    _name = "debt.recovery.case.consequence.mixin"
    _description = "Consequences of a Contact"

    @api.model
    def _consequences(self):
        """Seam: methods ``(action, told)`` in the order they are applied, each giving
        back what it made: records, or references ``[kind, id]``. Copies go out before
        their items are held."""
        return [
            self._apply_promise,
            self._apply_copies,
            self._apply_dispute,
            self._apply_hold,
            self._apply_firmer_step,
            self._apply_new_contact,
            self._apply_wrong_point,
            self._apply_unsafe,
            self._apply_served,
            self._apply_task,
            self._apply_next,
        ]

    def _apply_outcome(self, action, told):
        """All consequences of one outcome; references ``[model, id]`` to its records.
        They are the program's work: who may log the contact need not be allowed to
        place a hold by hand."""
        refs = []
        told = told | {"lines": self._told_items(told)}
        for method in self._consequences():
            made = method(action, told)
            if isinstance(made, models.BaseModel):
                made = [[made._name, record_id] for record_id in made.ids]
            refs += made or []
        return refs

    def _told_items(self, told):
        """The ticked items, else all that can be chased now; what stops everything
        stops every open item."""
        if told["items"] is not None:
            return told["items"]
        receivables = self.env["debt.recovery.receivable"]
        receivables.invalidate_model()
        rows = receivables.search(
            [*self._open_items_domain(), ("is_credit", "=", False)],
            order="date_due, id",
        )
        if told["outcome"].group != "stop":
            rows = rows.filtered(lambda row: row.amount_collectable_currency > 0)
        return rows.move_line_id

    def _told_text(self, told):
        return told["text"] or told["note"]

    # MONEY

    def _apply_promise(self, action, told):
        source = self._promise_source(told)
        if not source:
            return None
        case = self.with_context(recovery_own_limits=True)
        allowed = self.env["debt.recovery.agreement"].has_access("create")
        return (case if allowed else case.sudo())._take_promise(
            told["date"],
            amount=told["amount"],
            items=told["items"],
            source=source,
            note=self._told_text(told) or None,
            confirm=told["confirm"],
        )

    def _promise_source(self, told):
        """Where the promise comes from; empty where none was given."""
        return told["outcome"].promise_source

    def _apply_dispute(self, action, told):
        """Only the items of a dispute leave the collectable amount; an enquiry or a
        complaint has an owner and a day."""
        kind = told["outcome"].opens_kind
        if not kind:
            return None
        if kind == "dispute" and not told["lines"]:
            raise UserError(self.env._("Tick the items that the debtor contests."))
        dispute = self.env["debt.recovery.dispute"].sudo()
        return dispute.create(self._prepare_dispute_vals(kind, told))

    def _prepare_dispute_vals(self, kind, told):
        vals = {
            "case_id": self.id,
            "kind": kind,
            "note": self._told_text(told) or False,
        }
        if kind == "dispute":
            lines = [Command.create({"move_line_id": x.id}) for x in told["lines"]]
            return vals | {"category_id": told["category"].id, "line_ids": lines}
        due = {"date_due": told["date"]} if told["date"] else {}
        return vals | {"user_id": told["owner"].id} | due

    # HOLDS

    def _apply_hold(self, action, told):
        outcome = told["outcome"]
        if not outcome.hold_type_id or (outcome.people_only and not self._is_person()):
            return None
        hold_type, extra = self._hold_of(told)
        if hold_type.scope != "line" or outcome.group == "stop":
            return self._place_hold(hold_type.code, self._hold_reason(told), **extra)
        holds = self.env["debt.recovery.hold"]
        for item in told["lines"]:
            holds |= self._place_hold(
                hold_type.code,
                self._hold_reason(told),
                move_line_id=item.id,
                **extra,
            )
        if not holds:
            raise UserError(
                self.env._(
                    "Nothing of %(customer)s can be chased now, so there is nothing "
                    "to hold: tick the items it is about.",
                    customer=self.partner_id.display_name,
                )
            )
        return holds

    def _hold_of(self, told):
        """Type of the hold and what narrows it. Some channels only: the rest of the
        work goes on, whatever the outcome's own hold would stop."""
        outcome, hold_type = told["outcome"], told["outcome"].hold_type_id
        extra = {}
        if told["channels"]:
            extra["channel_ids"] = [Command.set(told["channels"].ids)]
            if hold_type.stop_strategy != "none":
                hold_type = self._find_hold_type("no_channel")
        if outcome.hold_days:
            start = self.company_id._recovery_today()
            days = outcome.hold_days
            extra["date_to"] = hold_type._add_days(start, days, self.company_id)
        return hold_type, extra

    def _hold_reason(self, told):
        """Protected words stay on the entry."""
        text = "" if told["outcome"].protects_note else self._told_text(told)
        return ": ".join(filter(None, [told["outcome"].name, text]))

    # STEPS

    def _apply_firmer_step(self, action, told):
        """The next firmer step of the strategy waits for review, ahead of its day."""
        if not told["outcome"].jumps_step:
            return None
        step = self._find_firmer_step()
        if not step:
            return None
        reason = self.env._("Jumped to: %(why)s", why=self._hold_reason(told))
        mode = "task" if step.mode == "task" else "review"
        planned = (
            self.env["debt.recovery.action"]
            .sudo()
            ._plan_from_decisions(
                [
                    self._prepare_action_vals(step, channel, reason=reason, mode=mode)
                    for channel in step.channel_ids
                ]
            )
        )
        planned.filtered(lambda plan: plan.mode == "task")._release()
        return planned

    def _find_firmer_step(self):
        """The first step ahead that is firmer than where the case stands."""
        taken = self.step_id
        steps = self.strategy_id.step_ids.filtered(
            lambda step: step.active and not step.event and step.day >= 0
        ).sorted(lambda step: (step.sequence, step.id))
        ahead = steps.filtered(lambda step: step.sequence > (taken.sequence or 0))
        firmness = TONES.get(taken.tone, 0)
        firmer = ahead.filtered(lambda step: TONES.get(step.tone, 0) > firmness)
        return (firmer or ahead)[:1]

    # COPIES

    def _apply_copies(self, action, told):
        """Send the invoices now, as a message of its own."""
        if not told["outcome"].sends_copies:
            return None
        moves = told["lines"].move_id.filtered(
            lambda move: move.is_sale_document(include_receipts=True)
        )
        self._check_copies(moves)
        step = self.env["debt.recovery.strategy.step"]._find_event_step(
            "copy", self.strategy_id
        )
        recipients = self._copy_recipients(told)
        vals = self._prepare_action_vals(
            step,
            self.env.ref("debt_recovery.channel_email"),
            origin="manual",
            mode="auto",
            claims_nothing=True,
            reason=self.env._("Copies: %(docs)s", docs=", ".join(moves.mapped("name"))),
            recipient_ids=recipients.ids,
        )
        message = self.env["debt.recovery.action"].sudo()._plan_from_decisions([vals])
        message._attach_documents(
            [
                document
                for move in moves
                if (document := message._invoice_document(move))
            ]
        )
        message._release()
        if message.state in ("failed", "refused"):
            raise UserError(
                self.env._(
                    "The copies cannot be sent: %(why)s",
                    why=message.failure or message.reason or "",
                )
            )
        return message

    def _check_copies(self, moves):
        limit = self.company_id.recovery_max_attachments
        if not moves:
            raise UserError(self.env._("Tick the invoices whose copies are wanted."))
        if len(moves) > limit:
            raise UserError(
                self.env._(
                    "%(count)s copies are too many for one message (at most "
                    "%(limit)s): tick fewer, or send the statement.",
                    count=len(moves),
                    limit=limit,
                )
            )

    def _copy_recipients(self, told):
        """Whoever asked, if there is an address, else accounts payable."""
        if told["contact"].email_normalized:
            return told["contact"]
        found = self._get_recipients("ap", "email")
        if not any(found.mapped("email_normalized")):
            raise UserError(
                self.env._(
                    "%(customer)s has no e-mail address: enter one on the contact, "
                    "then save again.",
                    customer=self.partner_id.display_name,
                )
            )
        return found
