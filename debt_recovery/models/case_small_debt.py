from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Domain
from odoo.tools import SQL

BATCHES = [("write_off", "Write off"), ("agency", "Agency")]


class DebtRecoveryCaseSmallDebt(models.AbstractModel):
    """Debts at the end of their ladder that are too small for a task each. The manager
    decides them once a month in two batches: below one money unit they are written
    off, from one unit on an agency may collect them."""

    _name = "debt.recovery.case.small.debt.mixin"
    _description = "Monthly List of Small Debts"

    small_debt = fields.Selection(
        BATCHES,
        "Proposal",
        compute="_compute_small_debt",
        search="_search_small_debt",
        help="Below one money unit: write off; from one unit on: agency.",
    )

    @api.depends("action_ids.state", "amount_collectable", "state", "strategy_id")
    def _compute_small_debt(self):
        self.small_debt = False
        for code, _label in BATCHES:
            mine = Domain("id", "in", self.ids)
            self.search(mine & self._small_debt_domain(code)).small_debt = code

    @api.model
    def _search_small_debt(self, operator, value):
        if operator != "in":
            return NotImplemented
        found = Domain.OR(self._small_debt_domain(code) for code in value if code)
        if False in value:
            every = (self._small_debt_domain(code) for code, _label in BATCHES)
            found |= ~Domain.OR(every)
        return found

    @api.model
    def _small_debt_domain(self, code):
        """Cases on the list that belong into this batch by their company's unit."""
        compare = "<" if code == "write_off" else ">="
        sizes = (
            Domain("company_id", "=", company.id)
            & Domain("amount_collectable", compare, float(company._recovery_units(1)))
            for company in self.env.companies._recovery_root()
        )
        return (
            self._sql_domain(self._monthly_list_sql())
            & Domain("state", "=", "open")
            & Domain("amount_collectable", ">", 0)
            & Domain.OR(sizes)
        )

    @api.model
    def _monthly_list_sql(self):
        """Cases that reached a step of the monthly list, on the strategy they still
        follow, and that nobody proposed to an agency."""
        self.flush_model(["cycle", "strategy_id"])
        self.env["debt.recovery.action"].flush_model(["state", "step_id", "cycle"])
        self.env["debt.recovery.placement"].flush_model(["case_id", "state"])
        return SQL(
            """SELECT c.id AS case_id
                 FROM debt_recovery_action a
                 JOIN debt_recovery_strategy_step s ON s.id = a.step_id
                 JOIN debt_recovery_case c ON c.id = a.case_id AND c.cycle = a.cycle
                  AND c.strategy_id = s.strategy_id
                WHERE a.state = 'queued' AND a.mode = 'task' AND s.monthly_list
                  AND NOT EXISTS (
                      SELECT 1 FROM debt_recovery_placement p
                       WHERE p.case_id = c.id
                         AND p.state IN ('proposed', 'waiting', 'placed'))"""
        )

    # BUTTONS OF THE LIST

    def action_small_to_agency(self):
        """Propose these customers to an agency: they leave the list."""
        rules = self.env["debt.recovery.placement.rule"]
        placements = self.env["debt.recovery.placement"].create(
            [
                {
                    "case_id": case.id,
                    "contract_id": rules._choose_contract(case.company_id).id,
                    "reason": self.env._("Monthly list of small debts"),
                }
                for case in self._listed()
            ]
        )
        self._end_monthly_list()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_placement_action"
        )
        return action | {"domain": [("id", "in", placements.ids)], "context": {}}

    def _listed(self):
        """Those of the selection that wait on the list; somebody else may have been
        faster."""
        cases = self.filtered("small_debt")
        if not cases:
            raise UserError(
                self.env._(
                    "Nothing is left to decide here: these customers paid meanwhile, "
                    "or somebody else decided. Open the list again."
                )
            )
        return cases

    def _end_monthly_list(self):
        """The step is done: somebody decided."""
        tasks = self.sudo().action_ids.filtered(
            lambda a: a.state == "queued" and a._handler_code() == "monthly_list"
        )
        tasks._set_done(user_id=self.env.uid)
