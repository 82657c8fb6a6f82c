from odoo import fields, models


class AccountMoveLine(models.Model):
    """Items that bear charges, and lines that bill them."""

    _inherit = "account.move.line"

    recovery_charge_id = fields.Many2one(
        "debt.recovery.charge",
        "Charge Billed",
        ondelete="restrict",
        index="btree_not_null",
    )

    def _recovery_refresh_charges(self, company, rules):
        """Count these items anew under the rules of a company (root), to its day."""
        charges = self.env["debt.recovery.charge"]
        today = company._recovery_today()
        payments, stops = charges._payments_of(self), charges._stops_of(self, company)
        known = {
            (charge.move_line_id, charge.rule_id): charge
            for charge in charges.search([("move_line_id", "in", self.ids)])
        }
        cases = self._recovery_cases(company)
        new = []
        for line in self:
            due = line.date_maturity or line.date
            partner = line.partner_id.commercial_partner_id
            for rule in rules:
                charge = known.get((line, rule))
                if not charge and not (
                    rule.kind != "fee"
                    and line.amount_residual
                    and cases.get(partner)
                    and rule._applies_to(partner, due)
                ):
                    continue
                args = (rule, line, today, payments.get(line.id, ()), stops[line.id])
                if charge:
                    charge._follow(charges._count(*args), today)
                else:
                    vals = charges._count(*args)
                    if vals.get("amount") or vals.get("problem"):
                        new.append(
                            {
                                **vals,
                                **line._prepare_charge_vals(
                                    rule, cases[partner], today
                                ),
                            }
                        )
        return charges.create(new)

    def _recovery_cases(self, company):
        """``{customer: case}`` of the cases in work."""
        cases = self.env["debt.recovery.case"].search(
            [
                ("partner_id", "in", self.partner_id.commercial_partner_id.ids),
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
            ]
        )
        return {case.partner_id: case for case in cases}

    def _prepare_charge_vals(self, rule, case, today):
        self.ensure_one()
        return {
            "case_id": case.id,
            "partner_id": case.partner_id.id,
            "company_id": case.company_id.id,
            "move_line_id": self.id,
            "rule_id": rule.id,
            "date_until": today,
        }
