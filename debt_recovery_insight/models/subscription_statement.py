from odoo import models
from odoo.exceptions import UserError
from odoo.fields import Command
from odoo.tools import plaintext2html

#: So many customers who get no statement are named in the chatter.
NAMED = 20


class DebtRecoverySubscriptionStatement(models.AbstractModel):
    """Statements to customers: those of choice, or everybody who owes something. They
    leave like statements sent by hand, through the gate and into the log; who may not
    be written to, or cannot be reached, is left out and named."""

    _name = "debt.recovery.subscription.statement.mixin"
    _description = "Statements of a Report Subscription"

    def _is_statement(self):
        return self.audience in ("customers", "debtors")

    def _find_customers(self):
        """Seam: customers who get their statement."""
        if self.audience == "customers":
            return self.partner_ids.commercial_partner_id
        company = self.company_id.sudo()
        groups = (
            self.env["account.move.line"]
            .sudo()
            ._read_group(self._open_domain(company), ["partner_id"])
        )
        partners = self.env["res.partner"].union(*(partner for (partner,) in groups))
        own = company._recovery_own_partners()
        return partners.commercial_partner_id.filtered(lambda p: p.id not in own)

    def _open_domain(self, company):
        """Something is owed; a credit alone is no reason to write."""
        accounts = self.env["account.account"]._recovery_trade_account_ids()
        return [
            ("account_id", "in", accounts),
            ("company_id", "in", company._recovery_branches().ids),
            ("parent_state", "=", "posted"),
            ("reconciled", "=", False),
            ("amount_residual", ">", 0),
            ("partner_id", "!=", False),
        ]

    def _statement_wizard(self, partners):
        """The statements as the person who sends them now, or who answers for the
        subscription: the limits of that person count, as by hand."""
        user = self._responsible() if self.env.su else self.env.user
        wizard = self.env["debt.recovery.statement"].with_user(user)
        return wizard.with_company(self.company_id).create(
            {
                "partner_ids": [Command.set(partners.ids)],
                "company_id": self.company_id.id,
                "date_to": self.company_id._recovery_today(),
            }
        )

    def _send_statements(self):
        """:return: a sentence when somebody must decide first, else False"""
        partners = self._find_customers()
        if not partners:
            return False
        wizard = self._statement_wizard(partners)
        rows = wizard._preview()
        going = [row["case"].partner_id.id for row in rows if row["ok"]]
        self._tell_left_out(len(going), [row for row in rows if not row["ok"]])
        if not going:
            return False
        wizard.partner_ids = [Command.set(going)]
        is_asked = wizard.action_send()["type"] == "ir.actions.client"
        return is_asked and self.env._(
            "%(count)s statements wait among the approvals: they are more than "
            "%(user)s may send alone.",
            count=len(going),
            user=wizard.env.user.name,
        )

    def _tell_left_out(self, count, rows):
        """In the chatter: how many leave, and who gets none and why."""
        lines = [
            f"{row['case'].partner_id.display_name}: {row['text']}"
            for row in rows[:NAMED]
        ]
        if len(rows) > NAMED:
            more = len(rows) - NAMED
            lines.append(self.env._("… and %(count)s more.", count=more))
        text = self.env._(
            "Statements to %(count)s customers are under way, %(out)s get none.",
            count=count,
            out=len(rows),
        )
        self._message_log(body=plaintext2html("\n".join([text, *lines])))

    def _test_statement(self):
        """Show the statement of the first customer; none leaves."""
        partners = self._find_customers()[:1]
        if not partners:
            raise UserError(
                self.env._("Nobody has open items.")
                if self.audience == "debtors"
                else self.env._("Choose at least one customer.")
            )
        wizard = self.env["debt.recovery.statement"].with_company(self.company_id)
        return wizard.create(
            {
                "partner_ids": [Command.set(partners.ids)],
                "company_id": self.company_id.id,
            }
        ).action_pdf()
