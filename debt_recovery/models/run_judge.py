import logging

from psycopg2 import IntegrityError, OperationalError

from odoo import models
from odoo.tools import split_every

_logger = logging.getLogger(__name__)

JUDGE_BATCH = 500


class DebtRecoveryRunJudge(models.AbstractModel):
    """First of all: were the agreements kept? What broke is collectable again before
    anything is decided."""

    _name = "debt.recovery.run.judge.mixin"
    _description = "Verdicts of a Run"

    def _phase_judge(self):
        agreements = self.env["debt.recovery.agreement"].search(
            [
                ("company_id", "=", self.company_id.id),
                *self.env["debt.recovery.agreement"]._judged_domain(),
            ]
        )
        for ids in split_every(JUDGE_BATCH, agreements.ids):
            self._judge_batch(agreements.browse(ids))
            self._checkpoint()
        agreements._lock_old_verdicts()
        return self._checkpoint()

    def _judge_batch(self, agreements):
        """All together, and one by one where a single one fails."""
        try:
            with self.env.cr.savepoint():
                self._judge_agreements(agreements)
        except (OperationalError, IntegrityError):
            raise
        except Exception as error:
            if len(agreements) > 1:
                for agreement in agreements:
                    self._judge_batch(agreement)
                return
            _logger.exception("Agreement %s cannot be judged", agreements.id)
            case = agreements.case_id
            self._record(case, "cases", "failed", "error", str(error)[:500])

    def _judge_agreements(self, agreements):
        agreements._judge()
        agreements._remind()
        agreements._chase()
        agreements._warn_of_breach()
