import logging

from psycopg2 import IntegrityError, OperationalError

from odoo import fields, models

_logger = logging.getLogger(__name__)


class DebtRecoveryRun(models.Model):
    """Charges are counted once a day, after the messages were decided."""

    _inherit = "debt.recovery.run"

    charged_up_to = fields.Integer(
        readonly=True, help="Last item that is counted; an interrupted run goes on."
    )

    def _run_phases(self):
        phases = super()._run_phases()
        if "decide" not in phases or not self.company_id.recovery_charge_rule_ids:
            return phases
        return [*phases, "charge"]

    def _phase_charge(self):
        """Interest grows by the day, payments and holds change it. Each portion is
        committed; a customer whose count fails is recorded and stops nobody else."""
        charges = self.env["debt.recovery.charge"]
        for lines in charges._batches(self.company_id, self.charged_up_to):
            self._charge_batch(lines)
            self.charged_up_to = lines[-1].id
            if not self._checkpoint(len(lines)):
                return False
        return self._checkpoint()

    def _charge_batch(self, lines):
        """All together, and customer by customer where one fails."""
        rules = self.company_id.recovery_charge_rule_ids
        try:
            with self.env.cr.savepoint():
                lines._recovery_refresh_charges(self.company_id, rules)
        except (OperationalError, IntegrityError):
            raise
        except Exception as error:
            customers = lines.grouped(
                lambda line: line.partner_id.commercial_partner_id
            )
            if len(customers) > 1:
                for items in customers.values():
                    self._charge_batch(items)
                return
            self._note_charge_failure(lines, error)

    def _note_charge_failure(self, lines, error):
        _logger.exception("Charges of items %s cannot be counted", lines.ids)
        partner = lines.partner_id.commercial_partner_id
        case = lines._recovery_cases(self.company_id).get(partner)
        self._record(
            case or self.env["debt.recovery.case"],
            "charge",
            "failed",
            "error",
            str(error)[:500],
            partner_id=partner.id,
        )
