from odoo import models
from odoo.exceptions import UserError
from odoo.tools import split_every

IMAGINE_BATCH = 500


class DebtRecoveryRunImagine(models.AbstractModel):
    """A simulation: the decisions of the next real run, taken on cases in memory.

    The real run refreshes, opens and closes cases before it decides. Here the same
    happens to copies, and customers without a case get an imagined one; nothing is
    written, no number is drawn and nothing can leave.
    """

    _name = "debt.recovery.run.imagine.mixin"
    _description = "Simulation of a Run"

    def _imagine_run(self, company, day, mode=None, strategies=None, since=None):
        """A simulation in memory, if wanted as though these strategies were live.

        :param mode: one of the ways to begin
        :param since: live since that day; ``day`` by default
        """
        run = self.sudo().new(
            {"company_id": company.id, "date": day, "kind": "simulation"}
        )
        run = run._in_company()
        if strategies:
            assumed = (mode, since or day, tuple(strategies.ids))
            run = run.with_context(recovery_assume_live=assumed)
        run._note_brakes()
        return run

    def action_simulate(self):
        """What the next run would do, kept to be read; nothing leaves."""
        if not self.env.user.has_group("debt_recovery.group_manager"):
            raise UserError(self.env._("Only a recovery manager can simulate a run."))
        company = self.env.company._recovery_root()
        run = self._start(company, "simulation")
        run._execute()
        return run.with_env(self.env)._get_records_action()

    def _phase_imagine(self):
        """Keep what the next run would do and why."""
        lines = self.env["debt.recovery.run.line"]
        self.line_ids.unlink()
        for cases in self._imagine_batches():
            opened = cases.filtered(lambda case: not case._origin)
            self._record_all(opened, "opened", self.env._("Would get a case"))
            lines._insert_lines(
                [
                    self._prepare_decision_vals(
                        case, decision, self._tell(case, decision), None
                    )
                    for case, decision in self._judge_cases(cases).items()
                ]
            )
        return self._checkpoint()

    def _imagine_decisions(self):
        """``{imagined case: Decision}`` of every customer the next run would ask for;
        nothing is kept."""
        decisions = {}
        for cases in self._imagine_batches():
            decisions |= self._judge_cases(cases)
        return decisions

    def _imagine_batches(self):
        cases = self._imagine_cases()
        for ids in split_every(IMAGINE_BATCH, cases._ids):
            yield cases.browse(ids)

    def _imagine_cases(self):
        """The live cases as the run will find them when it decides."""
        model = self.env["debt.recovery.case"]
        live = model.search(self._live_domain())
        overdue = self._find_overdue_partners()
        known = set(live.partner_id.ids)
        new_open = overdue - known
        new_watch = self._find_predue_partners() - known - new_open
        former = model._find_former(self.company_id, new_open | new_watch)
        figures = self.env["debt.recovery.receivable"]._receivable_totals(
            self.date, self.company_id, sorted(known | new_open | new_watch) or [0]
        )
        cases = self._imagine_live(live, overdue, figures)
        cases |= self._imagine_former(former, new_open, figures)
        found = set(former.partner_id.ids)
        cases |= self._imagine_new(sorted(new_open - found), "open", figures)
        cases |= self._imagine_new(sorted(new_watch - found), "watch", figures)
        return cases

    def _imagine_live(self, live, overdue, figures):
        """Refresh, choose the strategy, open what fell due, leave out what is paid."""
        cases = live.browse()
        for case in live:
            cases |= case._imagine_copy(figures.get(case.partner_id.id))
        self._imagine_strategies(cases.filtered(lambda case: not case.strategy_manual))
        for case in cases.filtered(lambda case: case.state == "watch"):
            if case.partner_id.id in overdue:
                case._imagine(state="open")
        return cases.filtered(
            lambda case: case.state != "open" or not case._is_settled()
        )

    def _imagine_former(self, former, new_open, figures):
        """Closed cases that come back, at their former step."""
        cases = former.browse()
        for case in former:
            state = "open" if case.partner_id.id in new_open else "watch"
            copy = case._imagine_copy(figures.get(case.partner_id.id), state=state)
            if case.close_reason == "watch_ended":
                copy._imagine(**case._prepare_next_cycle_vals())
            cases |= copy
        return cases

    def _imagine_new(self, partner_ids, state, figures):
        """Customers who would get a case."""
        cases = self.env["debt.recovery.case"]
        partners = self.env["res.partner"].browse(partner_ids)
        for partner in partners:
            cases |= cases.new(
                {
                    "partner_id": partner.id,
                    "company_id": self.company_id.id,
                    "state": state,
                    "opened_by_hand": False,
                    "strategy_id": False,
                    **figures.get(partner.id, {}),
                }
            )
        self._imagine_strategies(cases)
        for case, (user, _why) in cases._find_officers().items():
            case.user_id = user
        return cases

    def _imagine_strategies(self, cases):
        chosen = self.env["debt.recovery.strategy"]._strategy_for_cases(cases)
        for case in cases:
            strategy = chosen.get(case.id)
            if strategy and strategy != case.strategy_id:
                case._imagine(strategy_id=strategy.id)
