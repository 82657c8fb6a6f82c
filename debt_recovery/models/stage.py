from odoo import api, fields, models
from odoo.exceptions import UserError
from odoo.tools import ormcache


class DebtRecoveryStage(models.Model):
    """A column of the case board. The stage of a case is *derived* from facts; this
    table only says how a stage is called and shown."""

    _name = "debt.recovery.stage"
    _description = "Recovery Stage"
    _order = "sequence, id"

    name = fields.Char(required=True, translate=True)
    code = fields.Char(
        required=True,
        copy=False,
        help="Name of the rule that puts a case here; the program knows it.",
    )
    sequence = fields.Integer(default=10)
    ladder_order = fields.Integer(
        help="Place on the ladder of chasing, from 0 (New). The furthest stage reached "
        "counts, so a case never steps back. Stages beside the ladder have 0.",
    )
    fold = fields.Boolean("Folded")
    is_closing = fields.Boolean("Closing Stage")
    rotting_threshold_days = fields.Integer(
        "Days to Rot", help="A case older than this in the stage is shown as stale."
    )
    description = fields.Text(translate=True)

    _code_unique = models.Constraint(
        "UNIQUE (code)", "There is already a stage with this code: use another code."
    )

    @api.model_create_multi
    def create(self, vals_list):
        self.env.registry.clear_cache()
        return super().create(vals_list)

    def write(self, vals):
        if "code" in vals:
            self.env.registry.clear_cache()
        return super().write(vals)

    @api.ondelete(at_uninstall=False)
    def _unlink_except_any(self):
        """Rules name stages by code; a missing one would leave cases nowhere."""
        raise UserError(
            self.env._(
                "The stage “%(stage)s” belongs to a rule and cannot be deleted: fold "
                "it if you do not want to see it.",
                stage=self[:1].name,
            )
        )

    @api.model
    def _by_code(self, code):
        """The stage of that code, or an empty record."""
        return self.browse(self._id_by_code(code))

    @api.model
    @ormcache("code")
    def _id_by_code(self, code):
        """Derived for thousands of cases in a run: not a query for each."""
        return self.sudo().search([("code", "=", code)], limit=1).id
