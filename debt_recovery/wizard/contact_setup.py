from odoo import api, fields, models
from odoo.fields import Command, Domain


class DebtRecoveryContactSetup(models.TransientModel):
    """Choose the contact rules a company follows, and read in words what they will do
    before they do it."""

    _name = "debt.recovery.contact.setup"
    _description = "Choose Contact Rules"

    company_id = fields.Many2one(
        "res.company",
        required=True,
        readonly=True,
        default=lambda self: self.env.company.root_id,
    )
    collector_role = fields.Selection(
        selection=lambda self: self._roles(), string="You Collect", required=True
    )
    consumers = fields.Boolean("Consumers Among the Debtors")
    every_country = fields.Boolean("Show Rules of All Countries")
    offered_pack_ids = fields.Many2many(
        "debt.recovery.contact.pack", compute="_compute_offered_pack_ids"
    )
    pack_ids = fields.Many2many(
        "debt.recovery.contact.pack",
        "debt_recovery_contact_setup_pack_rel",
        string="Rules to Follow",
        domain="[('id', 'in', offered_pack_ids)]",
    )
    words = fields.Html("What They Do", compute="_compute_words", sanitize=False)

    @api.model
    def _roles(self):
        field = self.env["res.company"]._fields["recovery_collector_role"]
        return field._description_selection(self.env)

    @api.model
    def default_get(self, fields):
        company = self.env.company.sudo().root_id
        return super().default_get(fields) | {
            "collector_role": company.recovery_collector_role,
            "consumers": company.recovery_consumers,
            "pack_ids": [Command.set(company.recovery_pack_ids.ids)],
        }

    @api.depends("collector_role", "consumers", "every_country", "pack_ids")
    def _compute_offered_pack_ids(self):
        for wizard in self:
            packs = self.env["debt.recovery.contact.pack"].search(
                wizard._offer_domain()
            )
            wizard.offered_pack_ids = packs | wizard.pack_ids._origin

    def _offer_domain(self):
        """Packs of the countries where the company is or has debtors."""
        domain = Domain("collector_role", "in", [False, self.collector_role])
        if not self.consumers:
            domain &= Domain("for_consumers", "=", False)
        if self.every_country:
            return domain
        cases = self.env["debt.recovery.case"]._read_group(
            [("company_id", "=", self.company_id.id), ("state", "!=", "closed")],
            ["partner_id"],
        )
        partners = self.env["res.partner"].concat(*(row[0] for row in cases))
        countries = self.company_id.sudo().country_id | partners.country_id
        return domain & Domain("country_ids", "in", [False, *countries.ids])

    @api.depends("pack_ids")
    def _compute_words(self):
        for wizard in self:
            wizard.words = "".join(
                pack._words_html(heading=True)
                for pack in wizard.pack_ids._origin.sorted()
            )

    def action_confirm(self):
        """The company follows these rules from now on."""
        self.ensure_one()
        self.company_id.sudo().write(
            {
                "recovery_pack_ids": [Command.set(self.pack_ids.ids)],
                "recovery_collector_role": self.collector_role,
                "recovery_consumers": self.consumers,
            }
        )
        return {"type": "ir.actions.act_window_close"}
