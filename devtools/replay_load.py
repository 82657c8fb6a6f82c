"""The books of the replay: company, customers, invoices and payments of Odoo."""

from collections import defaultdict, namedtuple

#: How many invoices go into one create while history is loaded.
CHUNK = 100
MONEY_BOX = "replay"

#: A customer as the replay knows it.
Customer = namedtuple("Customer", "id address")


class Books:
    """Posts invoices and payments in a fresh database. Remembers which posted invoice
    belongs to which row, because the file stays the yardstick of the checks."""

    def __init__(self, env, scale=1):
        self.company = env.company
        self.scale = scale
        self.customers = {}
        self.moves = {}

    def amount_of(self, row):
        return row.amount * self.scale

    # PEOPLE

    def set_up(self, env, attach=False):
        """A company that can send, an officer who works, a manager who is told."""
        company = env.company
        company.write(
            {
                "email": "receivables@example.com",
                "street": "1 Ledger Square",
                "city": "Sampletown",
                "zip": "12345",
            }
        )
        domain = env["mail.alias.domain"].search([], limit=1)
        company.alias_domain_id = domain or domain.create({"name": "example.com"})
        users = env["res.users"].with_context(no_reset_password=True)
        officer, manager = users.create(
            [
                {
                    "name": f"Recovery {role.title()}",
                    "login": f"{MONEY_BOX}_{role}",
                    "email": f"{role}@example.com",
                    "group_ids": [(4, env.ref(f"debt_recovery.group_{role}").id)],
                }
                for role in ("officer", "manager")
            ]
        )
        company.recovery_user_id = officer
        company.recovery_escalate_user_id = manager
        company.recovery_release = "at_once"
        env["debt.recovery.strategy"].search([])._go_live(company)
        if not attach:
            company.recovery_max_attachments = 0
        return officer

    def create_customers(self, env, names):
        """Companies with an address of their own for mail and for letters."""
        names = list(dict.fromkeys(names))
        partners = env["res.partner"].create(
            [
                self._prepare_customer(env, number, name)
                for number, name in _count(names)
            ]
        )
        for name, partner in zip(names, partners, strict=True):
            self.customers[name] = Customer(partner.id, partner.email)

    def _prepare_customer(self, env, number, name):
        return {
            "name": f"Customer {name}",
            "ref": name,
            "is_company": True,
            "email": f"customer-{number}@example.com",
            "street": f"{number} Main Street",
            "city": "Sampletown",
            "zip": "12345",
            "country_id": env.company.country_id.id or env.ref("base.us").id,
        }

    # MONEY

    def load_history(self, env, rows, until, progress=lambda number: None):
        """What happened before the first replayed day, in large pieces."""
        for start in range(0, len(rows), CHUNK):
            chunk = rows[start : start + CHUNK]
            self.post(env, chunk)
            self.pay(env, [r for r in chunk if r.settled and r.settled < until])
            env.cr.commit()
            env.clear()
            progress(len(chunk))

    def post(self, env, rows):
        """Post these invoices, each on its own date and under its own number."""
        if not rows:
            return
        moves = env["account.move"].with_context(**QUIET)
        moves = moves.create([self._prepare_invoice(env, row) for row in rows])
        moves.action_post()
        self.moves |= {
            row.number: move.id for row, move in zip(rows, moves, strict=True)
        }

    def _prepare_invoice(self, env, row):
        line = {
            "name": "Goods and services",
            "quantity": 1,
            "price_unit": float(self.amount_of(row)),
            "tax_ids": [(5,)],
        }
        return {
            "move_type": "out_invoice",
            "name": row.number,
            "partner_id": self.customers[row.customer].id,
            "invoice_date": row.issued,
            "date": row.issued,
            "invoice_payment_term_id": False,
            "invoice_date_due": row.due,
            "is_move_sent": True,
            "invoice_line_ids": [(0, 0, line)],
        }

    def pay(self, env, rows):
        """Book the bank statements with these payments and match each with its invoice.

        One entry is one day's statement: the bank receives the sum, every customer is
        credited with a line. Odoo reconciles line by line.
        """
        if not rows:
            return
        days = defaultdict(list)
        for row in rows:
            days[row.settled].append(row)
        moves = env["account.move"].with_context(**QUIET)
        entries = moves.create(
            [self._prepare_statement(env, day, group) for day, group in days.items()]
        )
        entries.action_post()
        paid = [row for group in days.values() for row in group]
        credits = entries.line_ids.filtered(_is_open).sorted("id")
        invoices = moves.browse(self.moves[row.number] for row in paid)
        env["account.move.line"]._reconcile_plan(
            [
                invoice.line_ids.filtered(_is_open) + credit
                for invoice, credit in zip(invoices, credits, strict=True)
            ]
        )

    def _prepare_statement(self, env, day, rows):
        """One line for the bank, one for each customer who paid."""
        journal = self._bank(env)
        invoices = env["account.move"].browse(self.moves[row.number] for row in rows)
        receivable = invoices.line_ids.filtered(_is_open)
        credits = [
            (
                0,
                0,
                {
                    "name": row.number,
                    "partner_id": line.partner_id.id,
                    "account_id": line.account_id.id,
                    "credit": line.amount_residual,
                },
            )
            for row, line in zip(rows, receivable, strict=True)
        ]
        debit = {
            "name": "Bank statement",
            "account_id": journal.default_account_id.id,
            "debit": sum(receivable.mapped("amount_residual")),
        }
        return {
            "move_type": "entry",
            "journal_id": journal.id,
            "date": day,
            "line_ids": [(0, 0, debit), *credits],
        }

    def _bank(self, env):
        company = env["account.journal"]._check_company_domain(env.company)
        banks = [("type", "=", "bank"), *company]
        return env["account.journal"].search(banks, limit=1)


def _is_open(line):
    return line.account_type == "asset_receivable" and not line.reconciled


#: Nobody reads the chatter of a replayed ledger.
QUIET = {"tracking_disable": True, "mail_create_nolog": True}


def _count(names):
    return enumerate(names, start=1)
