from datetime import date

from odoo import Command

from .run_common import MONDAY, RecoveryRunCommon


class LimitationCommon(RecoveryRunCommon):
    """Germany: three years from the end of the year, payments begin it anew."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.company.country_id = cls.env.ref("base.de")
        cls.company.recovery_escalate_user_id = cls.manager
        cls.germany = cls.env.ref("debt_recovery.limitation_de")
        # due on 15 May 2021: until 31 December 2024; 15 May 2022: until the end of 2025
        cls.old = cls._invoice_of(date(2021, 5, 15), 5000)
        cls.case = cls._case(cls.debtor, user_id=cls.officer.id)

    @classmethod
    def _invoice_of(cls, due, amount, partner=None, **kw):
        days = (MONDAY - due).days
        return cls._overdue_invoice(partner or cls.debtor, amount, days, **kw)

    def _found(self, move):
        line = self._receivable_line(move)
        return line._recovery_limitation()[line]

    def _letter(self, user):
        files = self.env["ir.attachment"].with_user(user)
        return files.create({"name": "yes.pdf", "raw": b"%PDF-1.4"})

    def _note(self, kind, day, moves=None, user=None, **vals):
        events = self.env["debt.recovery.limitation.event"].with_user(
            user or self.officer
        )
        lines = self._receivable_line(moves or self.old)
        return events.create(
            {
                "case_id": self.case.id,
                "kind": kind,
                "date": day,
                "line_ids": [Command.set(lines.ids)],
                **vals,
            }
        )
