from odoo import models

from .case_figures import FIGURES


class DebtRecoveryCaseImagine(models.AbstractModel):
    """Copies of cases in memory, for simulations. They answer like the case and are
    never written."""

    _name = "debt.recovery.case.imagine.mixin"
    _description = "Imagined Recovery Case"

    def _imagine_copy(self, figures, **vals):
        """This case with other figures; what is not said comes from the case.

        :param figures: sums of the ledger by field name; None: nothing is open
        """
        self.ensure_one()
        return self.new(
            {**self._prepare_imagined(), **(figures or {}), **vals}, origin=self
        )

    def _prepare_imagined(self):
        nothing = {
            name: 0.0 if name.startswith("amount_") else False for name in FIGURES
        }
        return nothing | {
            "partner_id": self.partner_id.id,
            "company_id": self.company_id.id,
            "strategy_id": self.strategy_id.id,
            "state": self.state,
            "cycle": self.cycle,
            "cycle_count": self.cycle_count,
        }

    def _imagine(self, **vals):
        """Change an imagined case."""
        self.ensure_one()
        if isinstance(self.id, int):
            raise ValueError("A real case is never imagined differently.")
        self._update_cache(vals, validate=False)
