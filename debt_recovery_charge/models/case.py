from odoo import api, fields, models
from odoo.tools import format_date

CERTIFICATE = "debt_recovery_charge.action_report_charge_certificate"


class DebtRecoveryCase(models.Model):
    """Charges beside the debt: counted, shown, never in the way of closing a case."""

    _inherit = "debt.recovery.case"

    charge_ids = fields.One2many("debt.recovery.charge", "case_id", "Charges")
    amount_charges = fields.Monetary(
        "Charges (Memo)",
        currency_field="company_currency_id",
        compute="_compute_amount_charges",
        help="Interest, compensation and fees that are claimed but not billed.",
    )

    @api.depends("charge_ids.amount_open")
    def _compute_amount_charges(self):
        sums = self.env["debt.recovery.charge"]._open_by_case(self)
        for case in self:
            case.amount_charges = sums.get(case.id, 0.0)

    @api.depends("charge_ids.amount_open")
    def _compute_bridge(self):
        result = super()._compute_bridge()
        for case in self.filtered(lambda c: c.bridge and c.amount_charges):
            case.bridge = {
                **case.bridge,
                "beside": [*case.bridge["beside"], case._bridge_charges_term()],
            }
        return result

    def _bridge_charges_term(self):
        field = self._fields["amount_charges"]
        return {
            "name": "charges",
            "label": field._description_string(self.env),
            "help": field._description_help(self.env),
            "sign": "",
            "zero": False,
            "text": self.company_currency_id.format(self.amount_charges),
        }

    def action_open_receivables(self):
        """The charges open as their own list."""
        if self.env.context.get("recovery_bridge") == "charges":
            return self.action_open_charges()
        return super().action_open_receivables()

    def action_open_charges(self):
        """Charges of the case."""
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_charge.debt_recovery_charge_action"
        )
        return {**action, "domain": [("case_id", "in", self.ids)], "context": {}}

    # TEXTS

    def _recovery_claim_interest(self, lines, date):
        found = super()._recovery_claim_interest(lines, date)
        charges = self.env["debt.recovery.charge"].sudo()
        return found + charges._claim_rows(self.sudo(), lines.sudo(), date)

    def _claim_beside(self, groups, action):
        """Interest to date, where the strategy says so."""
        rows = super()._claim_beside(groups, action)
        if not self.strategy_id.sudo()._states_interest(action.step_id):
            return rows
        for group in groups:
            ids = [line["id"] for line in group["lines"]]
            lines = self.env["account.move.line"].browse(ids)
            rows += [
                {"label": row["label"], "text": row["currency"].format(row["amount"])}
                for row in self._beside_rows(lines, self.company_id._recovery_today())
            ]
        return rows

    def _beside_rows(self, lines, day):
        """What stands below the invoices: one row per rule and currency."""
        rows = {}
        for part in self._recovery_claim_interest(lines, day):
            key = (part["currency"], part["name"])
            row = rows.setdefault(key, {**part, "amount": 0.0, "per_day": 0.0})
            row["amount"] += part["amount"]
            row["per_day"] += part["per_day"]
        return [
            row | {"label": self._beside_label(row, day)}
            for row in rows.values()
            if row["amount"]
        ]

    def _beside_label(self, row, day):
        """Why, until when, and what each further day adds."""
        if row["kind"] != "interest":
            return self.env._(
                "%(charge)s (%(basis)s)", charge=row["name"], basis=row["legal_basis"]
            )
        daily = row["currency"].round(row["per_day"])
        if not daily:
            return self.env._(
                "Interest until %(day)s (%(basis)s)",
                day=format_date(self.env, day),
                basis=row["legal_basis"],
            )
        return self.env._(
            "Interest until %(day)s, %(daily)s more for each further day (%(basis)s)",
            day=format_date(self.env, day),
            daily=row["currency"].format(daily),
            basis=row["legal_basis"],
        )

    def _merge_into(self, target):
        """Charges follow their invoices to the case that goes on."""
        charges = self.charge_ids.sudo()
        charges.write({"case_id": target.id, "partner_id": target.partner_id.id})
        waivers = self.env["debt.recovery.charge.waiver"].sudo()
        waivers.search([("case_id", "in", self.ids)]).write({"case_id": target.id})
        return super()._merge_into(target)

    # DOSSIER

    def _dossier_sections(self):
        """How the interest came about stands behind the statement."""
        sections = super()._dossier_sections()
        title = self.env._("Interest calculation")
        codes = [section[0] for section in sections]
        place = codes.index("statement") + 1
        sections.insert(place, ("interest", title, self._dossier_interest))
        return sections

    def _dossier_interest(self):
        charges = self.charge_ids.filtered(
            lambda charge: charge.kind == "interest" and charge.detail
        )
        for charge in charges.sorted("id"):
            name = charge.move_id.name or charge.display_name
            yield (
                name,
                f"interest-{charge.id}.pdf",
                lambda charge=charge: self._dossier_render(CERTIFICATE, charge.ids),
            )
