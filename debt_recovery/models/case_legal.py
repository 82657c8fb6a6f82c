import pytz

from odoo import api, fields, models
from odoo.exceptions import LockError, UserError

from ..tools.handover import Limitation
from .handover_words import handover_sentence


class DebtRecoveryCaseLegal(models.AbstractModel):
    """The legal side of a case: while a legal case is open the customer hears one
    voice, and the case stands in the stage Legal until it is closed."""

    _name = "debt.recovery.case.legal.mixin"
    _description = "Legal Side of a Recovery Case"

    legal_case_ids = fields.One2many(
        "debt.recovery.legal.case", "case_id", "Legal Cases"
    )
    handover_ids = fields.One2many("debt.recovery.handover", "case_id", "Hand-overs")
    is_legal = fields.Boolean(
        "Before the Court", compute="_compute_is_legal", compute_sudo=True
    )
    legal_switch = fields.Boolean("Legal Is Used", compute="_compute_legal_switch")

    @api.depends("legal_case_ids.is_open")
    def _compute_is_legal(self):
        for case in self:
            case.is_legal = any(case.legal_case_ids.mapped("is_open"))

    @api.depends("company_id")
    def _compute_legal_switch(self):
        for case in self:
            case.legal_switch = case.company_id.sudo().recovery_legal

    # DERIVED STATE

    @api.depends("legal_case_ids.is_open")
    def _compute_stage_id(self):
        return super()._compute_stage_id()

    def _stage_code(self):
        return "legal" if self.is_legal else super()._stage_code()

    @api.depends("legal_case_ids.next_event_id", "legal_case_ids.stage_id")
    def _compute_status_sentence(self):
        return super()._compute_status_sentence()

    def _status_parts(self):
        legal = self.sudo().legal_case_ids.filtered("is_open")[:1]
        if not legal:
            yield from super()._status_parts()
            return
        stage = f"{legal.name}: {legal.stage_id.name}"
        yield f"{stage}, {legal.court_id.name}" if legal.court_id else stage
        if event := legal.next_event_id:
            yield self.env._(
                "next: %(step)s on %(date)s",
                step=event.name,
                date=self._format_day(event.date),
            )

    def _is_settled(self):
        """A paid claim stays until the legal case is closed: costs may be open."""
        return not self.is_legal and super()._is_settled()

    def action_close(self):
        self._check_no_open_legal()
        return super().action_close()

    def _check_no_open_legal(self):
        for case in self.filtered("is_legal"):
            legal = case.sudo().legal_case_ids.filtered("is_open")[:1]
            raise UserError(
                self.env._(
                    "%(customer)s is before the court with %(legal)s: close or "
                    "withdraw that legal case first.",
                    customer=case.partner_id.display_name,
                    legal=legal.name,
                )
            )

    # HANDING OVER

    def action_legal(self):
        """The open legal case, the hand-over in preparation, or a new one."""
        self.ensure_one()
        self._check_live()
        if not self.company_id.recovery_legal:
            raise UserError(
                self.env._(
                    "%(company)s does not use legal cases: switch them on in the "
                    "settings of Debt Recovery.",
                    company=self.company_id.name,
                )
            )
        if legal := self.legal_case_ids.filtered("is_open"):
            return legal[:1]._form_action()
        handover = self.handover_ids.filtered(
            lambda row: row.target == "legal" and row.state in ("draft", "waiting")
        )
        if not handover:
            handover = self.env["debt.recovery.handover"].create({"case_id": self.id})
        if handover.state == "draft":
            handover._refresh_checks()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Hand-over"),
            "res_model": "debt.recovery.handover",
            "res_id": handover.id,
            "view_mode": "form",
            "views": [(False, "form")],
        }

    def action_open_legal(self):
        """The legal cases of this customer."""
        self.ensure_one()
        if len(self.legal_case_ids) == 1:
            return self.legal_case_ids._form_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_legal_case_action"
        )
        return action | {
            "domain": [("case_id", "=", self.id)],
            "context": {"create": False},
        }

    def _lock_handover(self):
        """Of two hand-overs at the same moment, to a court or an agency, the second is
        sent back and then finds the first."""
        try:
            self.lock_for_update()
        except LockError:
            raise UserError(
                self.env._(
                    "Somebody hands this case over at this very moment: wait a little "
                    "and open it again."
                )
            ) from None

    # FACTS

    def _legal_rows(self):
        """Overdue items of which something may be claimed before a court."""
        self.ensure_one()
        self.env["debt.recovery.receivable"].invalidate_model()
        rows = (
            self.env["debt.recovery.receivable"]
            .sudo()
            .search(
                [*self._open_items_domain(), ("is_credit", "=", False)],
                order="date_due, id",
            )
        )
        return rows.filtered(
            lambda row: row.days_overdue > 0 and self._legal_amount(row) > 0
        )

    @api.model
    def _legal_amount(self, row):
        """What of an item is claimed, company currency: overdue, uncontested, not
        agreed. Holds do not make it smaller: the checklist judges them."""
        return row.amount_collectable + row.amount_held

    def _legal_demanded(self):
        """The day the last formal demand of this cycle left; None without one."""
        demands = self.action_ids.filtered(
            lambda action: (
                action.state == "done"
                and action.direction == "out"
                and action.cycle == self.cycle
                and not action.correction_of_id
                and action.step_id.stage_id.code == "demand"
                and action.channel_id.is_message
            )
        )
        if not demands:
            return None
        last = max(demands.mapped("date_done"))
        return pytz.utc.localize(last).astimezone(self._gate_zone()).date()

    def _legal_gate_sentences(self):
        """Contact rules that forbid going to court now: notices, moratorium, …"""
        self.ensure_one()
        facts = self._gate_facts(self._gate_day(None))[self]
        facts |= {"moment": self._gate_moment(), "step": None, "text": None}
        verdict = self._gate_contact_rules("legal", None, False, facts)
        if verdict.status == "allowed":
            return []
        return [self._sentence(item) for item in verdict.reasons]

    @api.model
    def _legal_limitations(self, lines):
        """When each item is barred and what that does, where the law is known."""
        found = lines.sudo()._recovery_limitation()
        return tuple(
            Limitation(line.move_id.name, result.date, result.effect)
            for line, result in found.items()
            if result
        )

    def _handover_sentence(self, item):
        return handover_sentence(self.env, item, self._format_reason_value)

    # MERGE

    def _merge_into(self, target):
        legal = self.sudo().legal_case_ids.filtered("is_open")
        legal.write({"case_id": target.id, "partner_id": target.partner_id.id})
        self.sudo().handover_ids.action_drop()
        return super()._merge_into(target)
