import re

from odoo import api, fields, models


class DebtRecoveryCode(models.AbstractModel):
    """A short stable name beside the translated one, for rules, imports and reports.
    It is made from the name once; nobody has to think of it."""

    _name = "debt.recovery.code.mixin"
    _description = "Record with a code"

    code = fields.Char(
        compute="_compute_code",
        store=True,
        precompute=True,
        readonly=False,
        required=True,
        copy=False,
        help="Stable short name; the program and imports use it.",
    )

    @api.depends("name")
    def _compute_code(self):
        for record in self:
            if not record.code and record.name:
                slug = re.sub(r"\W+", "_", record.name.strip().lower())
                record.code = slug.strip("_")[:40] or "x"
            else:
                record.code = record.code
