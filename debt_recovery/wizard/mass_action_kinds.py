from odoo import models
from odoo.tools import format_date


class DebtRecoveryMassActionKinds(models.AbstractModel):
    """Assigning, handing over, holding and changing the strategy: what would happen to
    each case, and the same for real."""

    _name = "debt.recovery.mass.action.kinds.mixin"
    _description = "Kinds of Work on Many Cases"

    def _row(self, case, text, why=None):
        """One row; ``why`` says that it is not possible."""
        if case.state == "closed":
            why = self.env._("The case is closed.")
        return {"case": case, "ok": not why, "text": why or text}

    # OFFICERS

    def _rows_assign(self, cases):
        """Cases of nobody, and of people who left, by the rules."""
        free = cases.filtered(lambda case: not case.sudo().user_id.active)
        found = (free - free.filtered(lambda c: c.state == "closed"))._find_officers()
        return [self._row_assign(case, found.get(case)) for case in cases]

    def _row_assign(self, case, found):
        officer = case.sudo().user_id
        if found is None:
            why = self.env._("%(who)s works it already.", who=officer.name)
            return self._row(case, "", why)
        user, reason = found
        return self._row(
            case,
            f"→ {user.sudo().name} · {reason}",
            None if user else f"{reason}.",
        ) | {"user": user}

    def _do_assign(self, row):
        """As the list showed it, although every case given changes the loads."""
        self._hand_over(row["case"], row["user"])
        return True, row["text"]

    def _rows_reassign(self, cases):
        return [self._row(c, self._reassign_text(c), self._stays(c)) for c in cases]

    def _reassign_text(self, case):
        former = case.sudo().user_id.name or self.env._("nobody")
        text = f"{former} → {self.user_id.name}"
        deputy = self.user_id.recovery_stand_in_id
        if deputy:
            text += " · " + self.env._("away, %(who)s works it", who=deputy.name)
        return text

    def _stays(self, case):
        user = self.user_id.sudo()
        if case.sudo().user_id == user:
            return self.env._("%(who)s works it already.", who=user.name)
        if not user.active or not user.has_group("debt_recovery.group_officer"):
            return self.env._("%(who)s is no recovery officer.", who=user.name)
        return None

    def _do_reassign(self, row):
        self._hand_over(row["case"], self.user_id)
        return True, row["text"]

    def _hand_over(self, case, user):
        """The case and what its officer still had to do on it. Written as the system
        after a look at the rights: the giver may lose sight of the case."""
        case.check_access("write")
        case = case.sudo()
        tasks = case.activity_ids.filtered(lambda task: task.user_id == case.user_id)
        case.write({"user_id": user.id})
        tasks.with_context(mail_activity_quick_update=True).write({"user_id": user.id})

    # HOLDS

    def _rows_hold(self, cases):
        until = self.date_to and format_date(self.env, self.date_to)
        text = self.env._("%(hold)s, without end", hold=self.hold_type_id.name)
        if until:
            text = self.env._(
                "%(hold)s until %(day)s", hold=self.hold_type_id.name, day=until
            )
        asks = cases and self.env["debt.recovery.hold"]._vals_need_approval(
            self._prepare_hold_vals(cases[0])
        )
        if asks:
            text += " · " + self.env._("a manager decides first")
        held = self.env["debt.recovery.hold"].search(
            [
                ("type_id", "=", self.hold_type_id.id),
                ("case_id", "in", cases.ids),
                ("scope", "=", "case"),
                ("active_today", "=", True),
            ]
        )
        already = self.env._("This hold runs already.")
        return [self._row(c, text, c in held.case_id and already) for c in cases]

    def _prepare_hold_vals(self, case):
        return {
            "type_id": self.hold_type_id.id,
            "scope": "case",
            "case_id": case.id,
            "reason": self.reason or "-",
            "date_from": case.company_id._recovery_today(),
            "date_to": self.date_to,
        }

    def _do_hold(self, row):
        holds, approvals = self.env["debt.recovery.hold"]._place(
            [self._prepare_hold_vals(row["case"])]
        )
        holds._refresh_next_action()
        if approvals:
            return True, self.env._("Waits for approval")
        return True, row["text"]

    # STRATEGY

    def _rows_strategy(self, cases):
        return [self._row(c, self._strategy_text(c), self._keeps(c)) for c in cases]

    def _strategy_text(self, case):
        former = case.strategy_id.name or self.env._("none")
        return f"{former} → {self.strategy_id.name}"

    def _keeps(self, case):
        company = self.strategy_id.company_id
        if company and company != case.company_id:
            return self.env._("The strategy belongs to another company.")
        if case.strategy_id == self.strategy_id:
            return self.env._("It follows this strategy already.")
        return None

    def _do_strategy(self, row):
        self.env["debt.recovery.strategy.change"].create(
            {
                "case_ids": [(6, 0, row["case"].ids)],
                "strategy_id": self.strategy_id.id,
                "reason": self.reason,
            }
        ).action_change()
        return True, row["text"]
