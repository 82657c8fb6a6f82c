from collections import Counter

from odoo import api, fields, models
from odoo.exceptions import UserError

from ..tools.calendars import ONE_DAY, next_working

#: How far the load of the officers is looked at.
LOAD_DAYS = 5


class DebtRecoveryStrategyWhatIf(models.AbstractModel):
    """What a change of a strategy would move, asked before it is saved.

    Both answers come from the simulation of the next working day: once with the
    strategy as it stands, once with the change inside a savepoint that is rolled back.
    """

    _name = "debt.recovery.strategy.what.if.mixin"
    _description = "What-if of a Strategy"

    def action_what_if(self, changes=None):
        """Called by the form before it saves.

        :param changes: values as the form would write them
        :return: ``{"html": …, "moved": …, "live": …}``
        """
        self.ensure_one()
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(
                self.env._("Only a recovery manager can change a strategy.")
            )
        self.check_access("write")
        values = self._prepare_what_if(changes or {})
        html = self.env["ir.qweb"]._render("debt_recovery.strategy_what_if", values)
        return {"html": html, "moved": values["moved"], "live": values["live"]}

    def _prepare_what_if(self, changes):
        """Figures of the confirmation, as plain values."""
        company = self.env.company._recovery_root()
        day = self._what_if_day(company)
        before = self._what_if_decide(company, day)
        with self.env.cr.savepoint() as savepoint:
            self.write(changes)
            self.env.flush_all()
            after = self._what_if_decide(company, day)
            savepoint.rollback()
        self.env.invalidate_all(flush=False)
        return {
            "rule": False,
            "day": fields.Date.to_string(day),
            "live": self.with_company(company).state == "live",
            "moved": self._count_moved(before, after),
            "customers": len(set(before) | set(after)),
            "messages": self._compare(before, after, day, "messages"),
            "tasks": self._compare(before, after, day, "tasks"),
            "capacity": company.sudo().recovery_capacity,
            "days": LOAD_DAYS,
        }

    @api.model
    def _what_if_day(self, company):
        """The next day on which messages can leave."""
        tomorrow = company._recovery_today() + ONE_DAY
        calendar = company._recovery_calendar(tomorrow, tomorrow + 30 * ONE_DAY)
        return next_working(calendar, tomorrow)

    def _what_if_decide(self, company, day):
        """``{partner id: plain facts of the decision}``, as if this were live."""
        strategy = self.with_company(company)
        mode, since = strategy.live_mode or "catch_up", strategy.live_date
        runs = self.env["debt.recovery.run"]
        run = runs._imagine_run(company, day, mode, strategy, since)
        return {
            case.partner_id.id: self._what_if_values(run, case, decision, day)
            for case, decision in run._imagine_decisions().items()
        }

    @api.model
    def _what_if_values(self, run, case, decision, day):
        """Names, not records: the change is rolled back before they are read."""
        acts = decision.outcome == "act"
        steps = run.env["debt.recovery.strategy.step"]
        step = steps.browse(decision.step_id or decision.next_step_id or [])
        mode = decision.mode or (step and step._effective_mode(case.strategy_id))
        when = day if acts else decision.next_date
        return {
            "key": (case.strategy_id.id, step.id, mode, decision.outcome, when),
            "step": step.display_name or "",
            "message": acts and mode != "task",
            "task": mode == "task" and not step.monthly_list and when,
            "when": when,
            "officer": case.user_id.name or self.env._("Nobody"),
        }

    @api.model
    def _count_moved(self, before, after):
        """Customers for whom another step, day or kind of work comes out."""
        nothing = {"key": None}
        return sum(
            before.get(partner, nothing)["key"] != after.get(partner, nothing)["key"]
            for partner in set(before) | set(after)
        )

    @api.model
    def _compare(self, before, after, day, kind):
        """Rows ``(name, before, after)``; of tasks the busiest of the next days."""
        count = getattr(self, f"_count_{kind}")
        old, new = count(before, day), count(after, day)
        return [(name, old[name], new[name]) for name in sorted(set(old) | set(new))]

    @api.model
    def _count_messages(self, decisions, day):
        return Counter(item["step"] for item in decisions.values() if item["message"])

    @api.model
    def _count_tasks(self, decisions, day):
        """The officers' busiest day."""
        last = day + LOAD_DAYS * ONE_DAY
        load = Counter(
            (item["officer"], item["when"])
            for item in decisions.values()
            if item["task"] and item["when"] <= last
        )
        busiest = Counter()
        for (officer, _when), number in load.items():
            busiest[officer] = max(busiest[officer], number)
        return busiest
