from odoo import api, fields, models

OFFICE = (
    "debt_recovery.group_officer,debt_recovery.group_field,debt_recovery.group_legal,"
    "debt_recovery.group_auditor"
)


class DebtRecoveryPartnerScreen(models.AbstractModel):
    """What the customer shows of its recovery, read when the form is opened. Lists are
    for our own people only, so that reading all fields of a partner never fails for
    anybody else."""

    _name = "debt.recovery.partner.screen.mixin"
    _description = "Recovery of a Customer"

    recovery_currency_id = fields.Many2one(
        "res.currency", compute="_compute_recovery_collectable", compute_sudo=True
    )
    recovery_collectable = fields.Monetary(
        "Collectable",
        currency_field="recovery_currency_id",
        compute="_compute_recovery_collectable",
        compute_sudo=True,
        groups=OFFICE,
        help="What may be chased today, in the company you work in.",
    )
    recovery_overdue = fields.Monetary(
        "Overdue (Recovery)",
        currency_field="recovery_currency_id",
        compute="_compute_recovery_collectable",
        compute_sudo=True,
        groups=OFFICE,
    )
    recovery_case_id = fields.Many2one(
        "debt.recovery.case",
        compute="_compute_recovery_case_id",
        compute_sudo=True,
        groups=OFFICE,
    )
    recovery_dispute_count = fields.Integer(
        "Open Disputes",
        compute="_compute_recovery_dispute_count",
        compute_sudo=True,
        groups=OFFICE,
    )
    recovery_case_ids = fields.One2many(
        "debt.recovery.case", "partner_id", "Recovery Cases", groups=OFFICE
    )
    recovery_hold_ids = fields.One2many(
        "debt.recovery.hold", "partner_id", "Recovery Holds", groups=OFFICE
    )
    recovery_action_ids = fields.One2many(
        "debt.recovery.action", "partner_id", "Recovery Actions", groups=OFFICE
    )

    @api.depends("commercial_partner_id")
    @api.depends_context("company", "recovery_today")
    def _compute_recovery_collectable(self):
        """One query for the page, over the customers of the company worked in."""
        company = self.env.company._recovery_root()
        totals = {}
        if self.commercial_partner_id.ids:
            totals = self.env["debt.recovery.receivable"]._receivable_totals(
                company._recovery_today(), company, self.commercial_partner_id.ids
            )
        for partner in self:
            sums = totals.get(partner.commercial_partner_id.id, {})
            partner.recovery_currency_id = company.currency_id
            partner.recovery_collectable = sums.get("amount_collectable", 0.0)
            partner.recovery_overdue = sums.get("amount_overdue", 0.0)

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_recovery_dispute_count(self):
        groups = self.env["debt.recovery.dispute"]._read_group(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company._recovery_root().id),
                ("state", "in", ("open", "answered")),
            ],
            ["partner_id"],
            ["__count"],
        )
        counts = {partner.id: count for partner, count in groups}
        for partner in self:
            partner.recovery_dispute_count = counts.get(
                partner.commercial_partner_id.id, 0
            )

    @api.depends("commercial_partner_id")
    @api.depends_context("company")
    def _compute_recovery_case_id(self):
        """The case that runs, else the last one."""
        cases = self.env["debt.recovery.case"].search(
            [
                ("partner_id", "in", self.commercial_partner_id.ids),
                ("company_id", "=", self.env.company._recovery_root().id),
            ],
            order="id",
        )
        chosen = {case.partner_id: case for case in cases}
        live = cases.filtered(lambda case: case.state != "closed")
        chosen |= {case.partner_id: case for case in live}
        for partner in self:
            partner.recovery_case_id = chosen.get(partner.commercial_partner_id, False)

    def _recovery_live_case(self, company):
        """The case that runs for this customer, opened by hand when there is none."""
        self.ensure_one()
        cases = self.env["debt.recovery.case"]
        return cases.search(
            [
                ("partner_id", "=", self.commercial_partner_id.id),
                ("company_id", "=", company._recovery_root().id),
                ("state", "=", "open"),
            ],
            limit=1,
        ) or cases.create({"partner_id": self.id, "company_id": company.id})

    def action_recovery_reconcile(self):
        """The account of this customer on the reconciliation desk."""
        self.ensure_one()
        desk = self.env["debt.recovery.reconcile"]
        return desk._open_desk(self, self.env.company)

    def action_recovery_disputes(self):
        """Disputes, enquiries and complaints of this customer."""
        self.ensure_one()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_dispute_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {"search_default_live": 1},
        }

    def action_recovery_call(self):
        """Call this contact about the debt of its company."""
        self.ensure_one()
        action = self.recovery_case_id.with_env(self.env).action_log_call()
        action["params"]["contactId"] = self.id
        return action

    def action_recovery_open(self):
        """The case of this customer; without one its open items."""
        self.ensure_one()
        case = self.recovery_case_id.with_env(self.env)
        if case and case.has_access("read"):
            return case._get_records_action()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery.debt_recovery_receivable_action"
        )
        return action | {
            "domain": [("partner_id", "=", self.commercial_partner_id.id)],
            "context": {},
        }
