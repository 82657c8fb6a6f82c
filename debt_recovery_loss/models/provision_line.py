from odoo import api, fields, models

from odoo.addons.debt_recovery.models.receivable import BUCKETS


class DebtRecoveryProvisionPart(models.AbstractModel):
    """What a provision was counted from: it stays once somebody was asked."""

    _name = "debt.recovery.provision.part.mixin"
    _description = "Part of a Provision"

    provision_id = fields.Many2one(
        "debt.recovery.provision", required=True, index=True, ondelete="cascade"
    )

    @api.model_create_multi
    def create(self, vals_list):
        lines = super().create(vals_list)
        lines.provision_id._check_open()
        return lines

    def write(self, vals):
        self.provision_id._check_open()
        result = super().write(vals)
        self.provision_id._check_open()
        return result

    @api.ondelete(at_uninstall=False)
    def _unlink_except_decided(self):
        self.provision_id._check_open()


class DebtRecoveryProvisionLine(models.Model):
    """One age of the open items, its rate and its allowance."""

    _name = "debt.recovery.provision.line"
    _description = "Provision by Age"
    _inherit = "debt.recovery.provision.part.mixin"
    _order = "bucket"

    company_id = fields.Many2one(related="provision_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    bucket = fields.Selection(BUCKETS, "Age", required=True, readonly=True)
    exposure = fields.Monetary("Open Items", readonly=True)
    proposed_rate = fields.Float(
        "History (%)", digits=(9, 4), readonly=True, aggregator=None
    )
    known = fields.Boolean(readonly=True)
    rate = fields.Float("Rate (%)", digits=(9, 4), aggregator=None)
    specific = fields.Monetary("Of It Specific", compute="_compute_row", store=True)
    allowance = fields.Monetary(compute="_compute_row", store=True)
    previous = fields.Monetary("Last Time", compute="_compute_previous")

    @api.depends(
        "exposure",
        "rate",
        "provision_id.factor",
        "provision_id.specific_ids.bucket",
        "provision_id.specific_ids.amount",
        "provision_id.specific_ids.percent",
    )
    def _compute_row(self):
        for provision in self.provision_id:
            rows = {row.bucket: row for row in provision._rows()}
            for line in provision.line_ids:
                row = rows[line.bucket]
                line.specific = float(row.specific)
                line.allowance = float(row.allowance)

    @api.depends("provision_id.previous_id")
    def _compute_previous(self):
        for line in self:
            former = line.provision_id.previous_id.line_ids
            same = former.filtered(lambda row, line=line: row.bucket == line.bucket)
            line.previous = same[:1].allowance

    def _prepare_report_row(self):
        buckets = dict(self._fields["bucket"]._description_selection(self.env))
        return {
            "bucket": buckets[self.bucket],
            "exposure": self.exposure,
            "rate": self.rate,
            "specific": self.specific,
            "allowance": self.allowance,
            "previous": self.previous,
        }


class DebtRecoveryProvisionSpecific(models.Model):
    """A customer judged alone: taken out of the bucket, with its own loss."""

    _name = "debt.recovery.provision.specific"
    _description = "Specific Allowance"
    _inherit = "debt.recovery.provision.part.mixin"

    company_id = fields.Many2one(related="provision_id.company_id", store=True)
    currency_id = fields.Many2one(related="company_id.currency_id")
    partner_id = fields.Many2one("res.partner", "Customer", required=True)
    bucket = fields.Selection(BUCKETS, "Age", required=True)
    amount = fields.Monetary(required=True)
    percent = fields.Float("Loss (%)", required=True, default=50.0)
    reason = fields.Char(required=True)

    _amount_positive = models.Constraint(
        "CHECK (amount > 0 AND percent >= 0 AND percent <= 100)",
        "A specific allowance has an amount above zero and a loss between 0 and 100 %.",
    )
