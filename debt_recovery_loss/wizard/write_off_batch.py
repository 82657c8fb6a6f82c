from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command, Domain
from odoo.tools import format_date

#: More rows nobody reads; the next batch has the rest.
MOST = 500
#: What is written off within the limits of small balances.
SMALL = ("small", "listed")


class DebtRecoveryWriteOffBatch(models.TransientModel):
    """Look before writing off: the items of one case, those of the small debts ticked
    on the monthly list, all small rests of the company, or what the proposal rules
    find. One write-off per customer and reason."""

    _name = "debt.recovery.write.off.batch"
    _description = "Write Off"

    mode = fields.Selection(
        [
            ("case", "One case"),
            ("listed", "Monthly list"),
            ("small", "Small balances"),
            ("rules", "Proposals"),
        ],
        required=True,
        default="rules",
    )
    case_id = fields.Many2one("debt.recovery.case")
    case_ids = fields.Many2many("debt.recovery.case", string="Customers of the List")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        compute="_compute_company_id",
        store=True,
        precompute=True,
        readonly=False,
    )
    currency_id = fields.Many2one(related="company_id.currency_id")
    max_amount = fields.Monetary(
        "Up To", compute="_compute_max_amount", store=True, readonly=False
    )
    min_days = fields.Integer("Overdue For (Days)", default=30)
    reason_id = fields.Many2one(
        "debt.recovery.write.off.reason",
        compute="_compute_reason_id",
        store=True,
        readonly=False,
    )
    date_planned = fields.Date(
        "Accounting Date", help="Empty: the day on which it is approved."
    )
    note = fields.Text("Explanation")
    line_ids = fields.One2many(
        "debt.recovery.write.off.batch.line",
        "wizard_id",
        "Items",
        compute="_compute_line_ids",
        store=True,
        readonly=False,
    )
    total = fields.Monetary(compute="_compute_total")
    summary = fields.Char(compute="_compute_total")

    @api.depends("case_id", "case_ids")
    def _compute_company_id(self):
        for wizard in self:
            cases = wizard.case_id | wizard.case_ids
            company = cases.company_id[:1] or self.env.company
            wizard.company_id = company._recovery_root()

    @api.depends("mode", "company_id")
    def _compute_max_amount(self):
        """What an officer may write off per line without asking."""
        limits = self.env["debt.recovery.approval.limit"]
        for wizard in self:
            company = wizard.company_id
            row = limits._for_subject("small_write_off", company).filtered(
                lambda limit: limit.role == "officer"
            )
            wizard.max_amount = float(company._recovery_units(row.amount_units))

    @api.depends("mode")
    def _compute_reason_id(self):
        small = self.env.ref(
            "debt_recovery_loss.write_off_reason_small", raise_if_not_found=False
        )
        for wizard in self:
            wizard.reason_id = wizard.mode in SMALL and small

    @api.depends("mode", "case_id", "case_ids", "company_id", "max_amount", "min_days")
    def _compute_line_ids(self):
        for wizard in self:
            rows = wizard._find_rows()[:MOST]
            wizard.line_ids = [
                Command.clear(),
                *(Command.create(wizard._prepare_line(*row)) for row in rows),
            ]

    @api.depends("line_ids.selected", "line_ids.amount")
    def _compute_total(self):
        for wizard in self:
            chosen = wizard.line_ids.filtered("selected")
            wizard.total = sum(chosen.mapped("amount"))
            wizard.summary = self.env._(
                "%(items)s items of %(customers)s customers, %(amount)s",
                items=len(chosen),
                customers=len(chosen.partner_id),
                amount=wizard.currency_id.format(wizard.total),
            )

    # FINDING

    def _find_rows(self):
        """``[(receivable row, rule, why)]`` that may be written off."""
        receivables = self.env["debt.recovery.receivable"]
        receivables.invalidate_model()
        rules = self.env["debt.recovery.write.off.rule"]
        if self.mode == "rules":
            wanted = rules._for_company(self.company_id)
            return (
                wanted.filtered(lambda rule: rule.kind != "small")._find_items(
                    self.company_id
                )
                if self.company_id
                else []
            )
        rows = receivables.search(self._domain(), order="partner_id, date_due")
        return [(row, rules, self._why(row)) for row in rows]

    def _domain(self):
        receivables = self.env["debt.recovery.receivable"]
        domain = receivables._write_off_domain(self.company_id)
        if self.mode == "case":
            return domain & Domain("partner_id", "=", self.case_id.partner_id.id)
        if self.mode == "listed":
            return domain & Domain("partner_id", "in", self.case_ids.partner_id.ids)
        return (
            domain
            & Domain("amount_residual", "<=", self.max_amount)
            & Domain("days_overdue", ">=", max(1, self.min_days))
        )

    def _why(self, row):
        if row.days_overdue <= 0:
            return self.env._("Due on %(day)s", day=format_date(self.env, row.date_due))
        return self.env._("%(days)s days overdue", days=row.days_overdue)

    def _prepare_line(self, row, rule, why):
        return {
            "move_line_id": row.move_line_id.id,
            "partner_id": row.partner_id.id,
            "name": row.move_name,
            "date_due": row.date_due,
            "amount": row.amount_residual,
            "rule_id": rule.id,
            "why": why,
            "selected": self.mode != "rules",
        }

    # DOING

    def action_confirm(self):
        """One write-off per customer and reason: booked, sent for approval, or (what
        rules proposed) drafts to look at."""
        self.ensure_one()
        records = self.env["debt.recovery.write.off"]
        chosen = self.line_ids.filtered("selected")
        if not chosen:
            raise UserError(self.env._("Tick what is to be written off."))
        for (partner, rule), lines in chosen.grouped(
            lambda line: (line.partner_id, line.rule_id)
        ).items():
            records |= records.create(self._prepare_vals(partner, rule, lines))
        if self.mode != "rules":
            records.action_submit()
        return self._result_action(records)

    def _prepare_vals(self, partner, rule, lines):
        reason = rule.reason_id or self.reason_id
        if not reason:
            raise UserError(self.env._("Choose a reason."))
        return self.env["debt.recovery.write.off"]._prepare_write_off(
            lines.move_line_id,
            reason,
            small=self.mode in SMALL,
            rule_id=rule.id,
            date_planned=self.date_planned,
            note=self.note or ", ".join(lines.filtered("rule_id").mapped("why")),
        )

    def _result_action(self, records):
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "debt_recovery_loss.debt_recovery_write_off_action"
        )
        if len(records) == 1:
            return records.get_formview_action()
        return action | {"domain": [("id", "in", records.ids)], "context": {}}


class DebtRecoveryWriteOffBatchLine(models.TransientModel):
    """One open item of the preview, in company currency."""

    _name = "debt.recovery.write.off.batch.line"
    _description = "Item to Write Off"

    wizard_id = fields.Many2one("debt.recovery.write.off.batch", ondelete="cascade")
    move_line_id = fields.Many2one("account.move.line", required=True)
    partner_id = fields.Many2one("res.partner", "Customer")
    name = fields.Char("Number")
    date_due = fields.Date("Due Date")
    currency_id = fields.Many2one(related="wizard_id.currency_id")
    amount = fields.Monetary("Open")
    rule_id = fields.Many2one("debt.recovery.write.off.rule")
    why = fields.Char()
    selected = fields.Boolean("✓")
