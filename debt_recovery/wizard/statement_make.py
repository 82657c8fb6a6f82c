import base64

from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools.pdf import merge_pdf

PDF_CUSTOMERS = 50
REPORT = "debt_recovery.report_statement_customer"


class DebtRecoveryStatement(models.TransientModel):
    """Statement of account of one customer or of many: what was open on a day, or what
    happened between two, as PDF, as XLSX, or by e-mail to each of them."""

    _name = "debt.recovery.statement"
    _description = "Statement of Account"

    partner_ids = fields.Many2many("res.partner", string="Customers", required=True)
    partner_count = fields.Integer(compute="_compute_partner_count")
    company_id = fields.Many2one(
        "res.company",
        required=True,
        default=lambda self: self.env.company._recovery_root(),
    )
    kind = fields.Selection(
        [("open", "Open items on a day"), ("activity", "Everything between two days")],
        "Shows",
        required=True,
        default="open",
    )
    date_from = fields.Date(
        "From", default=lambda self: self._today().replace(month=1, day=1)
    )
    date_to = fields.Date("Until", required=True, default=lambda self: self._today())
    file = fields.Binary(readonly=True)
    filename = fields.Char(readonly=True)

    @api.model
    def default_get(self, fields):
        """Customers ticked in a list of customers, cases or open items."""
        values = super().default_get(fields)
        if not values.get("partner_ids") and self.env.context.get("active_ids"):
            model = self.env.context.get("active_model")
            records = self.env[model].browse(self.env.context["active_ids"])
            if model != "res.partner":
                records = records.partner_id
            partners = records.commercial_partner_id
            values["partner_ids"] = [(6, 0, partners.ids)]
        return values

    @api.model
    def _today(self):
        return self.env.company._recovery_today()

    @api.depends("partner_ids")
    def _compute_partner_count(self):
        for wizard in self:
            wizard.partner_count = len(wizard.partner_ids.commercial_partner_id)

    # CHECKS

    def _options(self):
        """What the pages show, after a look at the dates."""
        self.ensure_one()
        if not self.partner_ids:
            raise UserError(self.env._("Choose at least one customer."))
        date_from = self.date_from if self.kind == "activity" else None
        if self.kind == "activity" and not date_from:
            raise UserError(self.env._("Enter the first day of the period."))
        if date_from and date_from > self.date_to:
            raise UserError(
                self.env._(
                    "The period ends on %(end)s, before it starts on %(start)s: choose "
                    "a later end.",
                    end=self.date_to,
                    start=date_from,
                )
            )
        return {"date_to": self.date_to, "date_from": date_from}

    # FILES

    def action_pdf(self):
        """One PDF, a page or more for each customer in his language."""
        options = self._options()
        partners = self.partner_ids.commercial_partner_id
        if len(partners) > PDF_CUSTOMERS:
            raise UserError(
                self.env._(
                    "%(count)s customers are too many for one PDF (at most %(most)s): "
                    "take the XLSX file, or send each his own by e-mail.",
                    count=len(partners),
                    most=PDF_CUSTOMERS,
                )
            )
        pages = [self._render_pdf(partner, options) for partner in partners]
        content = pages[0] if len(pages) == 1 else merge_pdf(pages)
        return self._download(content, "pdf")

    def _render_pdf(self, partner, options):
        report = self.env["ir.actions.report"].sudo()
        report = report.with_context(
            lang=partner.lang or self.env.lang,
            recovery_statement=options,
            recovery_company_id=self.company_id.id,
        )
        return report._render_qweb_pdf(REPORT, partner.ids)[0]

    def action_xlsx(self):
        """One sheet with every line; size does not matter."""
        options = self._options()
        content = self.env["debt.recovery.statement.ledger"]._statement_xlsx(
            self.partner_ids, self.company_id, **options
        )
        return self._download(content, "xlsx")

    def _download(self, content, extension):
        name = self.partner_ids[:1].name if self.partner_count == 1 else ""
        words = filter(None, (self.env._("Statement"), name, str(self.date_to)))
        self.write(
            {
                "file": base64.b64encode(content),
                "filename": f"{' '.join(words)}.{extension}".replace("/", "_"),
            }
        )
        return {
            "type": "ir.actions.act_url",
            "url": f"/web/content/{self._name}/{self.id}/file"
            "?filename_field=filename&download=true",
            "target": "download",
        }

    # E-MAIL

    def action_send(self):
        """Plan one e-mail per customer; they leave in batches through the gate and are
        kept in the log. What has left and what has not is listed. More customers than
        this person may write to alone wait for a manager."""
        options = self._options()
        cases = self._find_cases()
        notice = self._ask_first(cases)
        if notice:
            return notice
        people = cases._recipients_by_case("ap", "email")
        vals_list = [
            self._prepare_send_vals(case, options, people[case.id]) for case in cases
        ]
        actions = self.env["debt.recovery.action"]._plan_from_decisions(vals_list)
        self.env.ref("debt_recovery.ir_cron_statements").sudo()._trigger()
        return {
            "type": "ir.actions.act_window",
            "name": self.env._("Statements under Way"),
            "res_model": "debt.recovery.action",
            "view_mode": "list,form",
            "domain": [("id", "in", actions.ids)],
            "context": {"create": False, "group_by": "state"},
        }

    def _preview(self):
        """``[{"case", "ok", "text"}]``: who would get it, and who would not and why."""
        bulk = self.env["debt.recovery.bulk.message"]
        return bulk._preview_rows("statement", self._find_cases())

    def _ask_first(self, cases):
        """The notice that somebody was asked; False where nobody need be."""
        bulk = self.env["debt.recovery.bulk.message"]
        vals = {
            "kind": "statement",
            "case_ids": [Command.set(cases.ids)],
            "company_id": self.company_id.id,
            "user_id": self.env.uid,
            "options": {
                "kind": self.kind,
                "date_from": fields.Date.to_string(self.date_from),
                "date_to": fields.Date.to_string(self.date_to),
            },
        }
        if bulk.new(vals)._approval_is_mine():
            return False
        bulk = bulk.sudo().create(vals).sudo(self.env.su)
        approvals = bulk._request_approval(bulk.display_name)
        return approvals and bulk._approval_asked_notice(approvals)

    def _find_cases(self):
        """The cases of these customers; those who have none are watched, so that the
        message has a place in the log."""
        partners = self.partner_ids.commercial_partner_id
        cases = self.env["debt.recovery.case"].search(
            [
                ("partner_id", "in", partners.ids),
                ("company_id", "=", self.company_id.id),
                ("state", "!=", "closed"),
            ]
        )
        missing = partners - cases.partner_id
        return cases | cases.create(
            [
                {
                    "partner_id": partner.id,
                    "company_id": self.company_id.id,
                    "state": "watch",
                    "opened_by_hand": False,
                }
                for partner in missing
            ]
        )

    def _prepare_send_vals(self, case, options, people):
        mail = self.env["debt.recovery.mail.write"].new(
            {
                "case_id": case.id,
                "is_statement": True,
                "recipient_ids": [Command.set(people.ids)],
            }
        )
        dates = {key: fields.Date.to_string(day) for key, day in options.items() if day}
        mail = mail.with_context(recovery_statement=options)
        return mail._prepare_plan_vals() | {
            "mode": "auto",
            "claims_nothing": True,
            "subject": mail._default_subject(),
            "body": mail._default_body(),
            "statement_options": dates,
            "reason": self.env._(
                "Statement sent by %(user)s.", user=self.env.user.name
            ),
        }
