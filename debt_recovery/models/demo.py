import logging
from datetime import timedelta

from odoo import api, models

from ..demo.books import Books
from ..demo.debtors_agreed import DEBTORS as AGREED
from ..demo.debtors_early import DEBTORS as EARLY
from ..demo.debtors_europe import DEBTORS as EUROPE
from ..demo.debtors_late import DEBTORS as LATE
from ..demo.debtors_old import DEBTORS as OLD
from ..demo.drive import Drive

_logger = logging.getLogger(__name__)

#: The strategies in use went live before the story begins.
LIVE_SINCE = timedelta(days=120)
#: Reference of a customer of the story: it is told once.
MARK = "C-QUANTUM"
#: Reference of a customer of the second company.
SECOND_MARK = "C-BODEGA"
PEOPLE = ("officer", "manager", "field", "legal", "auditor")


class DebtRecoveryDemo(models.AbstractModel):
    """Demo data with a history: invoices of the past weeks, on which the engine worked
    day by day. Called once by the demo file; no mail of it leaves."""

    _name = "debt.recovery.demo"
    _description = "Debt Recovery Demo Story"
    _inherit = [
        "debt.recovery.demo.legal.mixin",
        "debt.recovery.demo.placement.mixin",
    ]

    @api.model
    def _install(self):
        """Tell the story in the main company and a shorter one in a second company.

        A failure is reported by Odoo's loader, which goes on without the demo data; it
        must not find what the accounting had planned for the end of the transaction.
        """
        if self.env["res.partner"].search_count([("ref", "=", MARK)], limit=1):
            return
        try:
            with self.env.cr.savepoint():
                self._install_companies()
        except Exception:
            self.env.cr.precommit.clear()
            self.env.cr.postcommit.clear()
            raise

    @api.model
    def _install_companies(self):
        self.env.cr.execute("SET LOCAL jit = off")
        company = self._choose_company()
        self._tell(company, EARLY + AGREED + LATE + OLD)
        self._tell_legal(company)
        self._tell_placement(company)
        zone = company._recovery_zone().zone
        self._find_demo_users().write({"company_id": company.id, "tz": zone})
        second = self._create_company("YourCompany Europe", self.env.ref("base.EUR"))
        self._tell(second, EUROPE)

    @api.model
    def _tell(self, company, debtors):
        """Live the story of these debtors in a company.

        :return: the cases of the story
        """
        self = self.sudo()  # the demo loader works as superuser, a test does not
        company = company.sudo()
        users = self._find_people(company)
        self._prepare_company(company, users)
        seen = self._last_mail()
        today = company._recovery_today()
        books = Books(self.env, company, today)
        books.open(debtors)
        self._assign_officers(company, debtors, books, users)
        Drive(self.env, company, debtors, books, users).live()
        self._silence_mails(seen)
        partners = self.env["res.partner"].union(*books.partners.values())
        return self.env["debt.recovery.case"].search(
            [("partner_id", "in", partners.ids), ("company_id", "=", company.id)]
        )

    # COMPANIES

    @api.model
    def _choose_company(self):
        """The main company, unless it keeps books of its own: the story writes to
        customers in the past, and real ones must not be among them."""
        company = self.env.ref("base.main_company").root_id
        if not self._has_own_invoices(company):
            if not company.chart_template:
                self._load_chart(company)
            return company
        _logger.info("Demo story of Debt Recovery gets a company of its own")
        return self._create_company("YourCompany Recovery", company.currency_id)

    @api.model
    def _has_own_invoices(self, company):
        """Posted customer documents that no demo data brought."""
        moves = self.env["account.move"].search(
            [
                ("company_id", "child_of", company.id),
                ("move_type", "in", ("out_invoice", "out_refund", "out_receipt")),
                ("state", "=", "posted"),
            ]
        )
        known = self.env["ir.model.data"].search(
            [("model", "=", "account.move"), ("res_id", "in", moves.ids)]
        )
        return len(set(moves.ids) - set(known.mapped("res_id"))) > 0

    @api.model
    def _create_company(self, name, currency):
        """A root company with the general chart of accounts; the context keeps Odoo
        from installing the localization of the country, which would commit."""
        currency.active = True
        companies = self.env["res.company"].with_context(chart_template_load=True)
        company = companies.create(
            {
                "name": name,
                "currency_id": currency.id,
                "country_id": self.env.company.country_id.id,
                "email": "europe@example.com",
            }
        )
        company = company.with_env(self.env)
        self._load_chart(company)
        company.currency_id = currency
        return company

    @api.model
    def _company_of(self, mark):
        """The company of a customer of the story; empty without it."""
        told = self.env["res.partner"].search([("ref", "=", mark)], limit=1)
        cases = self.env["debt.recovery.case"].search([("partner_id", "=", told.id)])
        return cases[:1].company_id

    @api.model
    def _load_chart(self, company):
        chart = self.env["account.chart.template"].sudo()
        chart._load("generic_coa", company, install_demo=False)

    @api.model
    def _prepare_company(self, company, users):
        """Fill in what a company needs to send, where it is empty."""
        domain = self.env["mail.alias.domain"].search([], limit=1)
        if not company.alias_domain_id:
            company.alias_domain_id = domain or domain.create({"name": "example.com"})
        values = {
            "recovery_user_id": users["officer"].id,
            "recovery_escalate_user_id": users["manager"].id,
            "recovery_sender_email": "receivables@example.com",
        }
        company.write({key: val for key, val in values.items() if not company[key]})
        strategies = self.env["debt.recovery.strategy"]
        domain = strategies._company_strategies_domain(company)
        start = company._recovery_today() - LIVE_SINCE
        strategies.search(domain)._go_live(company, day=start)

    # PEOPLE

    @api.model
    def _find_people(self, company):
        """The users of the demo file, allowed in this company; who is missing is
        replaced by the user who installs."""
        admin = self.env.ref("base.user_admin")
        known = {user.login: user for user in self._find_demo_users()}
        users = {login: known.get(login, admin) for login in PEOPLE}
        for user in admin.union(*users.values()):
            if company not in user.company_ids:
                user.company_ids += company
        return users

    @api.model
    def _find_demo_users(self):
        refs = [
            self.env.ref(f"debt_recovery.demo_user_{login}", raise_if_not_found=False)
            for login in PEOPLE
        ]
        return self.env["res.users"].union(*filter(None, refs))

    @api.model
    def _assign_officers(self, company, debtors, books, users):
        for debtor in debtors:
            if debtor.officer != "officer":
                partner = books.partners[debtor.key].with_company(company)
                partner.recovery_user_id = users[debtor.officer]

    # MAILS

    @api.model
    def _last_mail(self):
        return self.env["mail.mail"].search([], order="id desc", limit=1).id or 0

    @api.model
    def _silence_mails(self, seen):
        """Whatever else wanted to write a mail because of the story does not."""
        mails = self.env["mail.mail"].search(
            [("id", ">", seen), ("state", "=", "outgoing")]
        )
        mails.cancel()
