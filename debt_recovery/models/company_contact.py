from odoo import api, fields, models

from .res_partner_screen import OFFICE


class DebtRecoveryCompanyContact(models.AbstractModel):
    """Which contact rules a company follows, and as whom it collects."""

    _name = "debt.recovery.company.contact.mixin"
    _description = "Contact Rules of a Company"

    recovery_pack_ids = fields.Many2many(
        "debt.recovery.contact.pack",
        "debt_recovery_company_pack_rel",
        "company_id",
        "pack_id",
        "Contact Rules",
        groups=OFFICE,
    )
    recovery_collector_role = fields.Selection(
        [("first", "Own invoices"), ("third", "For clients (agency)")],
        "Collecting",
        default="first",
        required=True,
    )
    recovery_consumers = fields.Boolean(
        "Consumers Among the Debtors",
        help="Shows the packs about consumers and the kind of debtor on customers.",
    )

    @api.model_create_multi
    def create(self, vals_list):
        """A new company follows the house policy until it chooses. No default: whoever
        founds a company need not have a right to see the rules."""
        companies = super().create(vals_list)
        companies.sudo()._recovery_choose_house_policy()
        return companies

    def _recovery_choose_house_policy(self):
        """Companies that chose nothing yet follow the house policy."""
        house = self.env.ref(
            "debt_recovery.contact_pack_house", raise_if_not_found=False
        )
        if house:
            self.filtered(lambda c: not c.recovery_pack_ids).recovery_pack_ids = house

    def _recovery_contact_rules(self):
        """The rules this company follows, readable for the program."""
        root = self._recovery_root().sudo()
        packs = root.recovery_pack_ids.filtered("active")
        if not packs:
            return packs.rule_ids
        rules = self.env["debt.recovery.contact.rule"].sudo()
        return rules.with_company(root).search(
            [
                ("pack_id", "in", packs.ids),
                ("company_ids", "in", [False, root.id]),
            ]
        )

    def _recovery_dialling_codes(self):
        """``{dialling code: country codes}``: +1 belongs to several."""
        codes = {}
        for country in (
            self.env["res.country"]
            .sudo()
            .search_fetch([("phone_code", "!=", 0)], ["phone_code", "code"])
        ):
            codes.setdefault(country.phone_code, []).append(country.code)
        return codes
