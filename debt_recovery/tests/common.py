"""Builders every test of the application shares.

``DebtRecoveryCommon`` works in its own company (``company_1_data`` of the
accounting tests, USD), as a user who is accountant *and* recovery manager. The
people of the product are real users: ``officer``, ``other_officer``, ``manager``,
``auditor``, ``field_officer``, ``legal``. All dates hang on ``cls.today``, the
company's own day, so that no test depends on the clock of the machine.
"""

from contextlib import contextmanager
from datetime import timedelta
from unittest.mock import patch

from odoo import Command, fields
from odoo.exceptions import UserError
from odoo.tests import new_test_user, tagged

from odoo.addons.account.tests.common import AccountTestInvoicingCommon

MODULE = "debt_recovery"


@tagged("post_install", "-at_install", "debt_recovery")
class DebtRecoveryCommon(AccountTestInvoicingCommon):
    """Company, people, debtors and documents for the tests."""

    @classmethod
    def get_default_groups(cls):
        return super().get_default_groups() | cls.quick_ref(f"{MODULE}.group_manager")

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        # most tests look at a message the moment it is decided, not at the hour
        cls.env["ir.default"].set("res.company", "recovery_release", "at_once")
        cls.company = cls.env.company
        cls.company.recovery_release = "at_once"
        # a company without a zone of its own must not make the tests flicker
        cls.company.resource_calendar_id.tz = "UTC"
        cls.company.email = "ar@company.example.com"
        # nor the hour: those who test contact rules choose them
        cls.company.recovery_pack_ids = False
        cls.today = cls.company._recovery_today()
        cls.officer = cls._recovery_user("officer")
        cls.other_officer = cls._recovery_user("officer", login="dr_other_officer")
        cls.manager = cls._recovery_user("manager")
        cls.auditor = cls._recovery_user("auditor")
        cls.field_officer = cls._recovery_user("field")
        cls.legal = cls._recovery_user("legal")
        cls.debtor = cls._debtor("Debtor Ltd")
        cls.strategy = cls.env.ref(f"{MODULE}.strategy_b2b_standard")
        cls._go_live(cls.company)

    @contextmanager
    def _refused(self, sentence, error=UserError):
        """The block is refused with one sentence, and leaves nothing behind.

        ``sentence`` is a part of it, as a regular expression; ``ValidationError`` is a
        ``UserError``.
        """
        with self.assertRaises(error) as caught:
            yield
        self.assertRegex(str(caught.exception), sentence)
        self.assertNotIn("\n", str(caught.exception).strip())

    @classmethod
    def _go_live(cls, company, strategies=None):
        """Most tests want an engine that acts; new installs start in shadow."""
        model = cls.env["debt.recovery.strategy"].with_context(active_test=False)
        strategies = strategies or model.search([])
        return strategies._go_live(company)

    # people -----------------------------------------------------------------

    @classmethod
    def _recovery_user(cls, group, login=None, **kw):
        """A user who has just this group of the application (and what it implies)."""
        login = login or f"dr_{group}"
        return new_test_user(
            cls.env,
            login=login,
            groups=f"{MODULE}.group_{group}",
            name=login,
            email=f"{login}@example.com",
            **{
                "company_id": cls.env.company.id,
                "company_ids": [Command.set(cls.env.company.ids)],
                **kw,
            },
        )

    @classmethod
    def _debtor(cls, name="Debtor Ltd", **kw):
        """A company with an address for accounts payable."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "is_company": True,
                "email": "ap@debtor.example.com",
                "street": "1 Main Street",
                "city": "Testville",
                **kw,
            }
        )

    @classmethod
    def _contact(cls, partner, name="Contact", role=None, **kw):
        """A person at the debtor, with a role for the recipient rules."""
        return cls.env["res.partner"].create(
            {
                "name": name,
                "parent_id": partner.id,
                "type": "contact",
                "recovery_contact_role": role,
                "email": f"{name.lower().replace(' ', '.')}@debtor.example.com",
                **kw,
            }
        )

    # documents --------------------------------------------------------------

    @classmethod
    def _overdue_invoice(cls, partner, amount, days, **kw):
        """A posted invoice that is ``days`` past due on ``cls.today``.

        ``days`` below zero is not yet due. Keywords: ``company``, ``currency``,
        ``journal``, ``post`` (default True), ``move_type``, ``invoice_date``, and
        anything ``account.move`` takes.
        """
        due = cls.today - timedelta(days=days)
        company = kw.pop("company", cls.env.company)
        currency = kw.pop("currency", company.currency_id)
        post = kw.pop("post", True)
        vals = {
            "move_type": kw.pop("move_type", "out_invoice"),
            "partner_id": partner.id,
            "company_id": company.id,
            "currency_id": currency.id,
            "invoice_date": kw.pop("invoice_date", min(due, cls.today)),
            "invoice_date_due": due,
            "invoice_payment_term_id": False,
            "invoice_line_ids": [
                Command.create(
                    {
                        "name": "Goods",
                        "price_unit": amount,
                        "tax_ids": [Command.clear()],
                    }
                )
            ],
        }
        if "journal" in kw:
            vals["journal_id"] = kw.pop("journal").id
        vals.update(kw)
        move = cls.env["account.move"].with_company(company).create(vals)
        if post:
            move.action_post()
        return move

    @classmethod
    def _credit_note(cls, partner, amount, days=0, **kw):
        """A posted, unmatched credit note."""
        return cls._overdue_invoice(partner, amount, days, move_type="out_refund", **kw)

    @classmethod
    def _receivable_line(cls, move):
        """The receivable journal item(s) of a document."""
        return move.line_ids.filtered(
            lambda line: line.account_id.account_type == "asset_receivable"
        ).sorted("date_maturity")

    @classmethod
    def _pay(cls, moves, amount=None, date=None, **kw):
        """Register a payment on posted documents; returns the payments."""
        vals = {"payment_date": date or cls.today, **kw}
        if amount is not None:
            vals["amount"] = amount
        return cls._register_payment(moves, **vals)

    @classmethod
    def _customer_payment(cls, partner, amount, date=None, **kw):
        """A posted customer payment that is matched with nothing."""
        payment = cls.env["account.payment"].create(
            {
                "payment_type": "inbound",
                "partner_type": "customer",
                "partner_id": partner.id,
                "amount": amount,
                "date": date or cls.today,
                "journal_id": cls.company_data["default_journal_bank"].id,
                **kw,
            }
        )
        payment.action_post()
        return payment

    def _entryless_payment(self, invoice, amount):
        """As with the accountant's app: no outstanding account, no entry."""
        journal = self.company_data["default_journal_bank"]
        line = journal.inbound_payment_method_line_ids[:1]
        line.payment_account_id = False
        in_payment = patch.object(
            self.registry["account.move"],
            "_get_invoice_in_payment_state",
            lambda self: "in_payment",
        )
        with in_payment:
            payment = self.env["account.payment"].create(
                {
                    "amount": amount,
                    "partner_id": invoice.partner_id.id,
                    "payment_type": "inbound",
                    "partner_type": "customer",
                    "journal_id": journal.id,
                    "payment_method_line_id": line.id,
                    "invoice_ids": [Command.set(invoice.ids)],
                }
            )
            payment.action_post()
        self.assertFalse(payment.move_id, "the test needs a payment without an entry")
        return payment

    # recovery ---------------------------------------------------------------

    @classmethod
    def _case(cls, partner=None, **kw):
        """The open case of the debtor, created when there is none."""
        partner = (partner or cls.debtor).commercial_partner_id
        company = kw.pop("company", cls.env.company)._recovery_root()
        Case = cls.env["debt.recovery.case"]
        case = Case.search(
            [
                ("partner_id", "=", partner.id),
                ("company_id", "=", company.id),
                ("state", "!=", "closed"),
            ],
            limit=1,
        )
        if case:
            case.write(kw)
        else:
            case = Case.create(
                {"partner_id": partner.id, "company_id": company.id, **kw}
            )
        case._refresh_figures()
        return case

    @classmethod
    def _hold(cls, type_code, case=None, **kw):
        """A hold of a shipped type; needs ``case`` or the target as keyword."""
        hold_type = cls.env["debt.recovery.hold.type"].search(
            [("code", "=", type_code)], limit=1
        )
        vals = {"type_id": hold_type.id, "reason": "Test", **kw}
        if case:
            vals.setdefault("case_id", case.id)
        if "date_to" not in vals and hold_type.needs_end:
            vals["date_to"] = cls.today + timedelta(days=hold_type.default_days or 7)
        return cls.env["debt.recovery.hold"].sudo().create(vals)

    @classmethod
    def _at(cls, record, days):
        """The record seen ``days`` after ``cls.today`` (context ``recovery_today``)."""
        return record.with_context(
            recovery_today=fields.Date.to_string(cls.today + timedelta(days=days))
        )

    # more companies and currencies -------------------------------------------

    @classmethod
    def _setup_company_2(cls, **kw):
        """A second company with books of its own; ``cls.company_2`` afterwards."""
        cls.company_2_data = cls.setup_other_company(**{"name": "Company 2", **kw})
        cls.company_2 = cls.company_2_data["company"]
        cls.company_2.resource_calendar_id.tz = "UTC"
        cls._go_live(cls.company_2)
        return cls.company_2

    @classmethod
    def _setup_branch(cls, name="Branch", parent=None):
        """A branch inside the root company (same chart of accounts)."""
        branch = cls.env["res.company"].create(
            {"name": name, "parent_id": (parent or cls.company).id}
        )
        cls.env.user.company_ids = [Command.link(branch.id)]
        for fname in ("property_account_receivable_id", "property_account_payable_id"):
            account = cls.env["res.partner"].with_company(cls.company)[fname]
            account = (
                account or cls.company_data[f"default_account_{fname.split('_')[2]}"]
            )
            cls.env["ir.default"].set(
                "res.partner", fname, account.id, company_id=branch.id
            )
        cls.branch = branch
        return branch

    @classmethod
    def _setup_currency(cls, code="EUR", rate=2.0):
        """A foreign currency: ``rate`` units are worth one of the company's."""
        return cls.setup_other_currency(code, rates=[("1900-01-01", rate)])
