from odoo import models
from odoo.exceptions import UserError


class DebtRecoveryHandoverFix(models.AbstractModel):
    """Where a missing point is fixed, and who does it. Every button leads to the screen
    of the one who can; the breadcrumb leads back."""

    _name = "debt.recovery.handover.fix.mixin"
    _description = "Fixing a Hand-over"

    def _fixer_name(self, fixer):
        """A person where one is known."""
        company = self.case_id.company_id.sudo()
        user = {
            "officer": self.case_id.user_id,
            "manager": company.recovery_escalate_user_id,
            "legal": self.legal_user_id,
            "accounting": company._recovery_ar_user(),
        }.get(fixer)
        return user.sudo().name if user else False

    def _fix_action(self, code):
        """Open what has to be looked at for this point."""
        case = self.case_id
        fixes = {
            "amount": case.action_open_receivables,
            "demand": self._fix_demand,
            "waiting": case.action_open_actions,
            "hold": lambda: self._fix_list(
                "debt.recovery.hold", self._stopping_holds()
            ),
            "dispute": lambda: self._fix_list(
                "debt.recovery.dispute",
                case.dispute_ids.filtered(lambda d: d.state in ("open", "answered")),
            ),
            "agreement": lambda: self._fix_list(
                "debt.recovery.agreement",
                case.agreement_ids.filtered(lambda a: a.state == "active"),
            ),
            "limitation": case.action_open_receivables,
            "documents": self._fix_documents,
            "address": self._fix_address,
            "economic": self._fix_economic,
        }
        return fixes[code]()

    def _fix_list(self, model, records):
        return {
            "type": "ir.actions.act_window",
            "name": self.env[model]._description,
            "res_model": model,
            "view_mode": "list,form",
            "domain": [("id", "in", records.ids)],
        }

    def _fix_demand(self):
        """Send the next step, or plan a demand where the ladder is over."""
        case = self.case_id
        return case.action_send_next() if case.next_step_id else case.action_add_step()

    def _fix_documents(self):
        names = self._missing_documents(self.case_id._legal_rows())
        moves = self.case_id._legal_rows().move_id.filtered(
            lambda move: move.name in names
        )
        action = self._fix_list("account.move", moves)
        return action | {"context": {"create": False}}

    def _fix_address(self):
        """An address that lacks something is completed first."""
        if self._missing_address():
            return self.case_id.action_open_partner()
        return self.action_confirm_address()

    def _fix_economic(self):
        return {
            "type": "ir.actions.client",
            "tag": "display_notification",
            "params": {
                "type": "info",
                "message": self.env._(
                    "Enter the chance and the expected costs above, then check again."
                ),
            },
        }

    def action_confirm_address(self):
        """Somebody looked it up: register, letter that arrived, visit."""
        self.ensure_one()
        if missing := self._missing_address():
            raise UserError(
                self.env._(
                    "The address lacks %(what)s: complete it first.",
                    what=", ".join(missing),
                )
            )
        self.write(
            {
                "date_address": self.company_id._recovery_today(),
                "address_by_id": self.env.uid,
            }
        )
        self.case_id._message_log(
            body=self.env._(
                "Address checked by %(user)s: %(address)s",
                user=self.env.user.name,
                address=self.partner_id._display_address(without_company=True).replace(
                    "\n", ", "
                ),
            )
        )
        self._refresh_checks()

    def action_estimate_costs(self):
        """The court fee of the table as the expected cost."""
        self.ensure_one()
        row, amount = self.env["debt.recovery.legal.fee"]._fee_of(
            self.company_id, self.type, self.amount, self.company_currency_id
        )
        day = self.company_id._recovery_today()
        self.cost_estimate = self.company_id._recovery_convert(
            amount, row.currency_id, day
        )
        self._refresh_checks()

    def action_open_case(self):
        """The recovery case."""
        self.ensure_one()
        return self.case_id._get_records_action()

    def action_open_legal(self):
        """What became of it."""
        self.ensure_one()
        return self.legal_case_ids[:1]._form_action()
