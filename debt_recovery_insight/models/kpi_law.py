from decimal import Decimal

from odoo import models
from odoo.fields import Domain

from ..tools.kpi import cost


def _exact(amounts):
    return sum((Decimal(str(amount)) for amount in amounts), Decimal(0))


class DebtRecoveryKpiLaw(models.AbstractModel):
    """Key figures of courts and agencies, and what both cost. Legal cases count by the
    day of filing, placements by the day of placing; amounts are in company currency."""

    _name = "debt.recovery.kpi.law.mixin"
    _description = "Key Figures of Law and Agencies"
    _inherit = ["debt.recovery.kpi.contact.mixin"]

    def _filed_domain(self, span):
        return self._kpi_domain(span, self._kpi_within(span, "date_filed"))

    def _kpi_legal_success(self, span):
        cases = self.env["debt.recovery.legal.case"].sudo()
        filed = cases.search(self._filed_domain(span))
        if not filed and not span.company.recovery_legal:
            return cost.switched_off(self.env._("Legal cases"))
        won = filed.filtered(lambda case: case.judgment_date and case.judgment_amount)
        return cost.legal_success(
            len(filed),
            len(won),
            _exact(
                span.company._recovery_convert(
                    case.judgment_amount, case.currency_id, case.judgment_date
                )
                for case in won
            ),
            _exact(won.mapped("amount_recovered")),
            _exact(won.mapped("cost_actual")),
        )

    def _placed_domain(self, span):
        return self._kpi_domain(span, self._kpi_within(span, "date_placed"))

    def _kpi_agency_yield(self, span):
        placements = self.env["debt.recovery.placement"].sudo()
        placed = placements.search(self._placed_domain(span))
        if not placed and not span.company.recovery_agency:
            return cost.switched_off(self.env._("Agencies"))
        return cost.agency_yield(
            _exact(placed.mapped("amount_collected")),
            _exact(placed.mapped("amount")),
            _exact(placed.mapped("commission")),
        )

    def _kpi_costs(self, span):
        """Seam: ``{kind of cost: amount}`` of the period; empty where nobody notes
        costs. Here contacts, court and counsel, and the commission of agencies."""
        found = {
            "contact": self._contact_costs(span),
            "court": self._court_costs(span),
            "agency": self._commissions(span),
        }
        return {kind: amount for kind, amount in found.items() if amount}

    def _contact_costs(self, span):
        actions = self.env["debt.recovery.action"].sudo()
        done = Domain("state", "=", "done") & self._kpi_moments(span, "date_done")
        [[cost]] = actions._read_group(self._kpi_domain(span, done), [], ["cost:sum"])
        return _exact([cost or 0])

    def _court_costs(self, span):
        costs = self.env["debt.recovery.legal.cost"].sudo()
        domain = self._kpi_domain(
            span, self._kpi_within(span, "date"), partner="legal_case_id.partner_id"
        )
        return _exact(costs.search(domain).mapped("amount_company"))

    def _commissions(self, span):
        placements = self.env["debt.recovery.placement"].sudo()
        domain = self._kpi_domain(span, Domain("date_placed", "<=", span.date_to))
        booked = placements.search(domain)._read_booked(span.date_from, span.date_to)
        return sum((row.commission for row in booked.values()), Decimal(0))
