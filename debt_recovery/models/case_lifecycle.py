from odoo import api, models
from odoo.exceptions import UserError
from odoo.tools import SQL

#: Thousands of cases open in one run; nobody follows or reads their birth notes.
SILENT = {
    "mail_create_nolog": True,
    "mail_create_nosubscribe": True,
    "tracking_disable": True,
}


class DebtRecoveryCaseLifecycle(models.AbstractModel):
    """Opening, closing and coming back. The ledger decides; a person may open early
    and close with a reason."""

    _name = "debt.recovery.case.lifecycle.mixin"
    _description = "Life of a Recovery Case"

    def _settle(self):
        """Close what is paid and bring back what is owed again, at once."""
        today_by_company = {
            company: company._recovery_today() for company in self.company_id
        }
        live = self.filtered(lambda case: case.state == "open")
        live.filtered(lambda case: case._is_settled())._close("paid")
        closed = self.filtered(lambda case: case.close_reason == "paid")
        for company, cases in (closed - live).grouped("company_id").items():
            cases._reopen_returned(today_by_company[company])

    def _is_settled(self):
        """Nothing overdue is left. A case opened by hand, perhaps before anything fell
        due, stays until its items are paid or somebody closes it."""
        self.ensure_one()
        zero = self.company_currency_id.is_zero
        return zero(self.amount_overdue) and (
            not self.opened_by_hand or zero(self.amount_not_due)
        )

    def _close(self, reason, note=None):
        """End the work. Planned work is cancelled with it.

        :param reason: one of ``close_reason``
        """
        cases = self.filtered(lambda case: case.state != "closed")
        if not cases:
            return
        for company, group in cases.grouped("company_id").items():
            group.write(
                {
                    "state": "closed",
                    "date_closed": company._recovery_today(),
                    "close_reason": reason,
                    "close_note": note,
                    "next_action_date": False,
                    "next_step_id": False,
                }
            )
        labels = dict(self._fields["close_reason"]._description_selection(self.env))
        cases.action_ids._cancel(
            self.env._("Case closed: %(reason)s", reason=labels.get(reason, reason))
        )
        cases.activity_ids.unlink()

    def _reopen(self):
        """Take the work up again where it stopped."""
        for case in self.filtered(lambda case: case.state == "closed"):
            live = case._find_live_case()
            if live:
                raise UserError(
                    self.env._(
                        "%(customer)s already has the open case %(case)s.",
                        customer=case.partner_id.display_name,
                        case=live.name,
                    )
                )
            case.write(
                {
                    "state": "open",
                    "date_closed": False,
                    "close_reason": False,
                    "close_note": False,
                }
            )
        self._refresh_figures()

    def _find_live_case(self):
        self.ensure_one()
        return self.search(
            [
                ("partner_id", "=", self.partner_id.id),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "closed"),
            ],
            limit=1,
        )

    def _reopen_returned(self, today):
        """A payment was undone: a case that claimed an item which is owed again comes
        back at its former step, unless another case took over meanwhile."""
        returned = self._find_returned(today)
        for case in returned.sorted("id", reverse=True):
            if not case._find_live_case():
                case._reopen()
                case._recovery_event("returned")

    def _find_returned(self, today):
        self.env.flush_all()
        rows = self.env.execute_query(
            SQL(
                """SELECT DISTINCT c.id FROM debt_recovery_case c
                     JOIN debt_recovery_action a ON a.case_id = c.id
                     JOIN debt_recovery_action_line x ON x.action_id = a.id
                     JOIN account_move_line l ON l.id = x.move_line_id
                    WHERE c.id IN %s AND a.state = 'done' AND NOT l.no_followup
                      AND l.parent_state = 'posted' AND l.amount_residual_currency > 0
                      AND COALESCE(l.date_maturity, l.date) < %s""",
                tuple(self.ids) or (0,),
                today,
            )
        )
        return self.browse([row[0] for row in rows])

    @api.model
    def _open_for(self, company, partner_ids, state="open"):
        """Open cases for customers of a root company, or take up a case that only
        watched before. Customers with a live case are left alone.

        :return: ``(created, reopened)`` cases
        """
        former = self._find_former(company, partner_ids)
        for case in former:
            vals = {"state": state, "close_reason": False, "date_closed": False}
            if case.close_reason == "watch_ended" and case.step_id:
                vals |= case._prepare_next_cycle_vals()
            case.write(vals)
        taken = set(former.partner_id.ids)
        batch = self.with_context(**SILENT)
        batch = batch.with_context(
            recovery_defaults=batch._add_missing_default_values({})
        )
        created = batch.create(
            [
                {
                    "partner_id": pid,
                    "company_id": company.id,
                    "state": state,
                    "opened_by_hand": False,
                }
                for pid in partner_ids
                if pid not in taken
            ]
        )
        former._refresh_figures()
        return created.with_env(self.env), former

    @api.model
    def _add_missing_default_values(self, values):
        """Cases that open together share their defaults, asked for once."""
        shared = self.env.context.get("recovery_defaults")
        return (
            shared | values if shared else super()._add_missing_default_values(values)
        )

    @api.model
    def _find_former(self, company, partner_ids):
        """Closed cases that continue: watched only, or with an unpaid claim."""
        closed = self.search(
            [
                ("company_id", "=", company.id),
                ("partner_id", "in", list(partner_ids)),
                ("state", "=", "closed"),
                ("close_reason", "in", ("paid", "watch_ended")),
            ],
            order="id desc",
        )
        watched = closed.filtered(lambda case: case.close_reason == "watch_ended")
        returned = (closed - watched)._find_returned(company._recovery_today())
        latest = {}
        for case in (watched | returned).sorted("id"):
            latest[case.partner_id] = case
        return self.browse([case.id for case in latest.values()])

    def _merge_into(self, target):
        """Fold these cases into ``target``: their history stays readable on the closed
        case, their running parts move, whoever the customer is now."""
        self.ensure_one()
        running = {
            "debt.recovery.hold": [],
            "debt.recovery.hardship": [],
            "debt.recovery.dispute": [("state", "in", ("open", "answered"))],
            "debt.recovery.agreement": [("state", "=", "active")],
            "debt.recovery.reply": [("state", "=", "open")],
            "debt.recovery.question": [("state", "in", ("open", "answered"))],
        }
        for model, domain in running.items():
            records = self.env[model].sudo().with_context(recovery_merging=True)
            records = records.search([("case_id", "=", self.id), *domain])
            records.write({"case_id": target.id})
        self._move_approvals(target)
        self._close("merged", self.env._("Merged into %(case)s", case=target.name))
        self.merged_into_id = target
        target.message_post(
            body=self.env._("Case %(case)s was merged into this one.", case=self.name)
        )

    @api.model
    def _follow_commercial_partner(self, former):
        """Customers that became part of another: their live case moves there, or is
        merged into the one that is there already."""
        cases = self.search(
            [("partner_id", "in", former.ids), ("state", "!=", "closed")]
        )
        for case in cases:
            owner = case.partner_id.commercial_partner_id
            if owner == case.partner_id:
                continue
            target = self.search(
                [
                    ("partner_id", "=", owner.id),
                    ("company_id", "=", case.company_id.id),
                    ("state", "!=", "closed"),
                ]
            )
            if target:
                case._merge_into(target)
            else:
                case.partner_id = owner

    def _prepare_next_cycle_vals(self):
        self.ensure_one()
        cycle = self.cycle_count + 1
        return {
            "cycle": cycle,
            "cycle_count": cycle,
            "step_id": False,
            "step_date": False,
            "reached_stage_id": False,
        }
