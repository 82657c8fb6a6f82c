from odoo import api, fields, models
from odoo.exceptions import UserError, ValidationError
from odoo.tools import SQL, format_date

from ..tools.approvals import Facts
from ..tools.money import percent_of, to_decimal
from ..tools.settlement import percent_waived
from .agreement_judge import KEPT


class DebtRecoveryAgreementSettlement(models.AbstractModel):
    """Settling for less: the rest is waived only after the money is in, by an ordinary
    entry that a bookkeeper posts. Part of the money by the day lapses the discount:
    what was paid stays on account, the rest is owed and chased."""

    _name = "debt.recovery.agreement.settlement.mixin"
    _description = "Settlement"
    _inherit = "debt.recovery.give.up.mixin"

    waiver_move_id = fields.Many2one(
        "account.move",
        "Waiver",
        readonly=True,
        copy=False,
        index="btree_not_null",
        ondelete="set null",
    )
    can_waive = fields.Boolean(compute="_compute_can_waive")

    can_confirm = fields.Boolean(compute="_compute_can_waive")

    @api.depends("kind", "state", "waiver_move_id.state", "waiver_note_ids.state")
    def _compute_can_waive(self):
        for agreement in self:
            moves = agreement.sudo()._waiver_moves()
            states = set(moves.mapped("state")) - {"cancel"}
            waives = agreement._amount_waived() and agreement.state in KEPT
            agreement.can_waive = waives and not states
            agreement.can_confirm = waives and states == {"posted"}

    def _waiver_moves(self):
        """Seam: what waives the rest, posted or not."""
        return self.waiver_move_id

    @api.constrains("instalment_ids", "line_ids")
    def _check_payments_cover(self):
        """Less than the items is a discount; more has no item to be paid on."""
        for agreement in self.filtered("currency_id"):
            rows = agreement.instalment_ids
            asked = sum(rows.mapped("amount")) - sum(rows.mapped("interest"))
            covered = sum(agreement._principal_lines().mapped("amount_covered"))
            if rows and agreement.currency_id.compare_amounts(asked, covered) > 0:
                raise ValidationError(
                    self.env._(
                        "The payments come to %(asked)s, but the items covered are "
                        "%(covered)s: cover more items, or ask for less.",
                        asked=agreement.currency_id.format(asked),
                        covered=agreement.currency_id.format(covered),
                    )
                )

    def _amount_waived(self):
        """What is given up when it is kept, in its currency: of a settlement, or of a
        plan with a discount for keeping it."""
        if self.kind == "promise" or not self.currency_id:
            return 0.0
        rows = self.instalment_ids
        principal = self.amount_total - sum(rows.mapped("interest"))
        covered = sum(self._principal_lines().mapped("amount_covered"))
        return max(0.0, self.currency_id.round(covered - principal))

    def _principal_lines(self):
        """Seam: what was owed before; not what the agreement itself adds."""
        return self.line_ids

    def _settlement_facts(self):
        """Measured by what is waived, in company currency."""
        company = self.company_id
        digits = company.currency_id.decimal_places
        total = to_decimal(self._approval_amount(), digits)
        covered = sum(self._principal_lines().mapped("amount_covered"))
        exact = self.currency_id.decimal_places
        kept = to_decimal(covered - self._amount_waived(), exact)
        percent = percent_waived(to_decimal(covered, exact), kept)
        return Facts(amount=percent_of(percent, total), percent=percent)

    def _settlement_effect(self):
        rows = self.instalment_ids
        if len(rows) > 1:
            return self.env._(
                "Pays %(pay)s in %(count)s payments until %(day)s; %(waived)s are "
                "waived once all the money is in.",
                pay=self.currency_id.format(self.amount_total),
                count=len(rows),
                day=format_date(self.env, self.date_agreed),
                waived=self.currency_id.format(self._amount_waived()),
            )
        return self.env._(
            "Pays %(pay)s by %(day)s; %(waived)s are waived once the money is in.",
            pay=self.currency_id.format(self.amount_total),
            day=format_date(self.env, self.date_agreed),
            waived=self.currency_id.format(self._amount_waived()),
        )

    @api.model
    def _facts_credit_conditions(self):
        """Our own waiver pays nothing."""
        return [
            *super()._facts_credit_conditions(),
            SQL(
                """EXISTS (SELECT 1 FROM debt_recovery_agreement w
                            WHERE w.waiver_move_id = c.move_id)"""
            ),
        ]

    def _on_verdict(self):
        res = super()._on_verdict()
        if self.can_waive:
            self.activity_schedule(
                "mail.mail_activity_data_todo",
                summary=self.env._("Paid as agreed: waive the rest"),
                user_id=self.user_id.id,
            )
        return res

    # WAIVING

    def action_waive(self):
        """Draft what waives the rest; it counts when it is posted."""
        self.ensure_one()
        if not self.can_waive:
            raise UserError(
                self.env._(
                    "The rest of %(name)s is waived only after the agreed money is in.",
                    name=self.name,
                )
            )
        return self._create_waivers()._get_records_action(name=self.env._("Waiver"))

    def _create_waivers(self):
        """Seam: the drafts of the waiver."""
        company = self.company_id._recovery_root()
        moves = self.env["account.move"].with_company(company)
        move = moves.create(self._prepare_waiver_vals())
        self.sudo().waiver_move_id = move
        return move

    def _waiver_entry_lines(self):
        """Seam: what is waived by entry."""
        return self.line_ids.filtered("residual_currency")

    def _prepare_waiver_vals(self):
        root = self.company_id._recovery_root()
        account = root.recovery_waive_account_id
        if not account:
            raise UserError(
                self.env._(
                    "Choose the account for waived amounts in Settings, Debt Recovery "
                    "first."
                )
            )
        commands = []
        for line in self._waiver_entry_lines():
            commands += self._give_up_lines(line.move_line_id, account)
        ref = self.env._(
            "Waiver: %(name)s, %(customer)s",
            name=self.name,
            customer=self.partner_id.name,
        )
        return self._give_up_vals(
            root, commands, ref, self.company_id._recovery_today()
        )

    def _give_up_tax_account(self, tax_line):
        """Tax goes back to the invoice's accounts where the company corrects it."""
        if self.company_id._recovery_root().recovery_waive_tax:
            return tax_line.account_id
        return super()._give_up_tax_account(tax_line)

    def _give_up_tax_tags(self, tax_line):
        """The tax return shows it as it would show a credit note."""
        if self.company_id._recovery_root().recovery_waive_tax:
            return self._give_up_credit_tags(tax_line)
        return super()._give_up_tax_tags(tax_line)

    def _match_waiver(self):
        """The posted waiver closes the items it was made for."""
        for agreement in self.filtered("waiver_move_id"):
            agreement._give_up_match(
                agreement.waiver_move_id, agreement.line_ids.move_line_id
            )
            agreement._confirm_settled()

    # LETTER OF CONFIRMATION

    def _confirm_settled(self):
        """The debtor gets it in writing, once, as soon as the rest is waived."""
        if not self.can_confirm:
            return
        self.activity_unlink(["mail.mail_activity_data_todo"])
        told = self.action_ids.filtered(
            lambda a: a.agreement_message == "settled" and a.state != "cancelled"
        )
        if not told and self.case_id.strategy_id._is_live(self.company_id):
            self._send_settled("event")

    def _send_settled(self, origin="manual"):
        report = "debt_recovery.action_report_settlement_confirmation"
        return self._plan_letter("settled", report, origin)._release()

    def action_send_settled(self):
        """Send the letter of confirmation, again if need be."""
        self.ensure_one()
        if not self.can_confirm:
            raise UserError(
                self.env._("It is confirmed after the rest is waived: post the waiver.")
            )
        self._send_settled()
