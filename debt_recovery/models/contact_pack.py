from odoo import api, fields, models


class DebtRecoveryContactPack(models.Model):
    """A set of contact rules that a company chooses as a whole: its house policy, the
    law of a country. A configuration aid, not legal advice."""

    _name = "debt.recovery.contact.pack"
    _description = "Pack of Contact Rules"
    _inherit = ["debt.recovery.code.mixin", "mail.thread", "mail.activity.mixin"]
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    sequence = fields.Integer(default=10)
    active = fields.Boolean(default=True)
    description = fields.Text(translate=True)
    country_ids = fields.Many2many(
        "res.country",
        string="Countries",
        help="Proposed to companies that are, or have debtors, in these countries. "
        "Empty: proposed to everybody.",
    )
    for_consumers = fields.Boolean(
        "About Consumers", help="Shown only to companies that sell to consumers."
    )
    collector_role = fields.Selection(
        [("first", "Own invoices"), ("third", "For clients")],
        help="Who it binds; empty: both.",
    )
    rule_ids = fields.One2many("debt.recovery.contact.rule", "pack_id", "Rules")
    rule_count = fields.Integer(compute="_compute_rule_count")
    unconfirmed_count = fields.Integer("Unconfirmed", compute="_compute_rule_count")
    company_ids = fields.Many2many(
        "res.company",
        "debt_recovery_company_pack_rel",
        "pack_id",
        "company_id",
        "Chosen By",
    )
    words = fields.Html(
        "What It Does", compute="_compute_words", sanitize=False, translate=False
    )

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a pack with this code: use another code."
    )

    @api.depends("rule_ids.confirmed")
    def _compute_rule_count(self):
        for pack in self:
            pack.rule_count = len(pack.rule_ids)
            pack.unconfirmed_count = len(
                pack.rule_ids.filtered(lambda rule: not rule.confirmed)
            )

    @api.depends("rule_ids")
    @api.depends_context("lang")
    def _compute_words(self):
        for pack in self:
            pack.words = pack._words_html()

    def _words_html(self, heading=False):
        """Each rule that is in force as one line, its citation behind it.

        :param heading: name and description above, where several packs stand together
        """
        today = self.env.company._recovery_today()
        rules = self.rule_ids.filtered(
            lambda rule: not rule.date_to or rule.date_to >= today
        )
        return self.env["ir.qweb"]._render(
            "debt_recovery.contact_pack_words",
            {"pack": self, "rules": rules, "heading": heading},
        )

    def action_open_rules(self):
        """The rules of this pack."""
        self.ensure_one()
        action = self.rule_ids._get_records_action(name=self.name)
        return action | {
            "view_mode": "list,form",
            "views": [(False, "list"), (False, "form")],
            "res_id": False,
            "domain": [("pack_id", "=", self.id)],
            "context": {"default_pack_id": self.id},
        }

    # YEARLY REVIEW

    @api.model
    def _cron_review(self):
        """Scheduled action: law moves. Packs a company follows, with a rule nobody has
        looked at for a year, become a task of the manager."""
        limit = fields.Date.subtract(self.env.company._recovery_today(), years=1)
        packs = self.search([("company_ids", "!=", False)])
        for pack in packs:
            stale = pack.rule_ids.filtered(
                lambda rule: (rule.last_review or rule.create_date.date()) < limit
            )
            manager = pack.company_ids.recovery_escalate_user_id[:1]
            if not stale or pack.activity_ids or not manager:
                continue
            pack.activity_schedule(
                "mail.mail_activity_data_todo",
                user_id=manager.id,
                summary=self.env._(
                    "Review %(count)s contact rules against their sources",
                    count=len(stale),
                ),
            )

    @api.model
    def _choose_house_policy(self):
        """Companies that chose nothing yet follow the house policy."""
        companies = self.env["res.company"].sudo().search([("parent_id", "=", False)])
        companies._recovery_choose_house_policy()
