import logging
from datetime import timedelta

from odoo import api, fields, models
from odoo.tools import format_date
from odoo.tools.misc import formatLang, get_lang

_logger = logging.getLogger(__name__)

CONTEXT = (
    "lang",
    "company",
    "recovery_today",
    "recovery_action_ids",
    "recovery_preview",
    "recovery_letter",
)
DEADLINE_DAYS = 10


class DebtRecoveryCaseClaim(models.AbstractModel):
    """What templates may say about the claim.

    Each piece is one placeholder (``object.claim_table``), written by QWeb in the
    reader's language. Whoever edits the text of a template can move or remove a
    piece, but not break it. The claim is that of the action being sent
    (``recovery_action_ids`` in the context), else what is collectable now.
    """

    _name = "debt.recovery.case.claim.mixin"
    _description = "Claim of a recovery case, for texts"

    claim_table = fields.Html(
        "Table of Claimed Invoices", compute="_compute_claim", sanitize=False
    )
    claim_payment = fields.Html(
        "Payment Details", compute="_compute_claim", sanitize=False
    )
    claim_links = fields.Html(
        "Links to the Invoices", compute="_compute_claim", sanitize=False
    )
    claim_signature = fields.Html(
        "Signature of the Officer", compute="_compute_claim", sanitize=False
    )
    claim_total = fields.Char("Claimed per Currency", compute="_compute_claim")
    claim_count = fields.Integer("Number of Claimed Invoices", compute="_compute_claim")
    claim_greeting = fields.Char("Greeting", compute="_compute_claim")
    claim_deadline = fields.Char(
        "Last Day to Pay",
        compute="_compute_claim",
        help="Ten days from today, in the reader's language.",
    )

    @api.depends_context(*CONTEXT)
    def _compute_claim(self):
        actions = self._claim_actions()
        rows = self._claim_default_rows(self.filtered(lambda c: c.id not in actions))
        none = self.env["debt.recovery.action"]
        signatures = {}
        for case in self:
            action = actions.get(case.id, none)
            groups = case._claim_groups(action, rows)
            case.claim_total = case._claim_total_text(groups)
            case.claim_count = sum(len(group["lines"]) for group in groups)
            case.claim_table = case._render_claim(
                "claim_table", groups=groups, beside=case._claim_beside(groups, action)
            )
            case.claim_payment = case._render_claim(
                "claim_payment", **case._claim_payment_values(action, groups)
            )
            links = action._document_links() if action else []
            case.claim_links = (
                case._render_claim("claim_links", links=links) if links else False
            )
            signer = (case._claim_sender(), case.company_id)
            if signer not in signatures:
                signatures[signer] = case._render_claim("claim_signature")
            case.claim_signature = signatures[signer]
            case.claim_greeting = case._claim_greeting_text(action)
            case.claim_deadline = case._claim_deadline_text()

    def _claim_actions(self):
        """Action each case is being written about, from the context; a preview hands
        over an action that exists in memory only."""
        preview = self.env.context.get("recovery_preview")
        if preview:
            return {preview.case_id.id: preview.with_env(self.env)}
        action_ids = self.env.context.get("recovery_action_ids") or ()
        actions = self.env["debt.recovery.action"].browse(action_ids)
        return {action.case_id.id: action for action in actions}

    def _claim_default_rows(self, cases):
        """Collectable rows of cases without an action, one query for all."""
        if not cases:
            return []
        return self.env["debt.recovery.action"]._claim_rows(
            cases.company_id, partner_ids=cases.partner_id.ids
        )

    def _claim_groups(self, action, rows):
        """Claimed lines per currency, each group with its total."""
        self.ensure_one()
        if action:
            lines = [self._claim_line_data(line) for line in action.line_ids]
        else:
            mine = [
                row
                for row in rows
                if row["partner_id"] == self.partner_id.id
                and row["root_company_id"] == self.company_id.id
                and row["amount_collectable_currency"] > 0
            ]
            lines = [self._claim_row_data(row) for row in mine]
        groups = {}
        for line in sorted(lines, key=lambda x: (x["currency"].name, x["date_due"])):
            group = groups.setdefault(
                line["currency"],
                {"currency": line["currency"], "lines": [], "total": 0.0},
            )
            group["lines"].append(line)
            group["total"] += line["amount"]
        return list(groups.values())

    def _claim_line_data(self, line):
        """One line of the table, from the lines of an action."""
        return {
            "id": line.move_line_id.id,
            "name": line.name,
            "ref": line.ref,
            "date": line.date,
            "date_due": line.date_due,
            "days_overdue": line.days_overdue,
            "original": line.amount_original,
            "amount": line.amount_currency,
            "currency": line.currency_id,
        }

    def _claim_row_data(self, row):
        """One line of the table, straight from the ledger."""
        return {
            "id": row["id"],
            "name": row["move_name"] or row["label"],
            "ref": row["ref"],
            "date": row["date"],
            "date_due": row["date_due"],
            "days_overdue": row["days_overdue"],
            "original": row["amount_original"],
            "amount": row["amount_collectable_currency"],
            "currency": self.env["res.currency"].browse(row["currency_id"]),
        }

    def _recovery_claim_interest(self, lines, date):
        """Seam: what may be claimed beside these items of the case up to and including
        a day: interest, compensation, fees.

        :return: list of dicts, one per item and rule: ``line``, ``kind`` (interest,
            compensation, fee), ``name``, ``amount`` and ``per_day`` (of each further
            day, not rounded) in ``currency``, ``legal_basis``, ``detail`` (segments as
            JSON) and ``problem``, a sentence where it cannot be counted
        """
        return []

    def _claim_beside(self, groups, action):
        """Seam: rows (``label``, ``text``) below the table of claimed invoices."""
        return []

    def _claim_total_text(self, groups):
        return " + ".join(
            formatLang(self.env, group["total"], currency_obj=group["currency"])
            for group in groups
        )

    def _claim_payment_values(self, action, groups):
        """Where to pay and what to quote."""
        self.ensure_one()
        moves = action.line_ids.move_id.sudo() if action else self.env["account.move"]
        banks = moves.partner_bank_id.filtered("active")
        bank = banks[:1] or self.company_id.sudo().partner_id.bank_ids[:1]
        single = moves[:1] if len(moves) == 1 else moves.browse()
        reference = single.payment_reference or single.name or self.name
        return {
            "bank": bank,
            "reference": reference,
            "total": self._claim_total_text(groups),
            "codes": self._claim_qr_codes(bank, reference, groups),
        }

    def _claim_qr_codes(self, bank, reference, groups):
        """Payment QR codes of a letter, one per currency, where a standard fits the
        account. A code is a comfort: whatever goes wrong must not stop the letter."""
        codes = []
        if not self.env.context.get("recovery_letter") or not bank:
            return codes
        for group in groups:
            try:
                image = bank.build_qr_code_base64(
                    group["total"],
                    reference,
                    "",
                    group["currency"],
                    self.partner_id,
                    silent_errors=True,
                )
            except Exception:
                _logger.info("No payment QR code for case %s", self.id, exc_info=True)
                image = None
            if image:
                codes.append({"currency": group["currency"].name, "image": image})
        return codes

    def _claim_greeting_text(self, action):
        """A person is greeted by name, an office is not."""
        person = action.recipient_ids[:1] if action else self.env["res.partner"]
        if person and not person.is_company and len(action.recipient_ids) == 1:
            return self.env._("Dear %(name)s,", name=person.name)
        return self.env._("Dear Sir or Madam,")

    def _claim_deadline_text(self):
        day = self.company_id._recovery_today() + timedelta(days=DEADLINE_DAYS)
        return format_date(self.env, day)

    def _claim_sender(self):
        """The employee who signs: the officer, unless he has left or is a machine."""
        self.ensure_one()
        for user in (self.user_id, self.company_id.recovery_user_id):
            user = user.sudo()
            if user.active and user._is_internal() and not user._is_superuser():
                return user
        return self.env["res.users"]

    def _render_claim(self, block, **values):
        """Render one QWeb block of the claim in the language of the environment."""
        self.ensure_one()
        lang = get_lang(self.env).code
        values |= {
            "case": self,
            "company": self.company_id.sudo(),
            "sender": self._claim_sender(),
            "format_date": lambda day: format_date(self.env, day) if day else "",
            "format_amount": lambda amount, currency: formatLang(
                self.env, amount, currency_obj=currency
            ),
        }
        return self.env["ir.qweb"]._render(
            f"debt_recovery.{block}", values, minimal_qcontext=True, lang=lang
        )
