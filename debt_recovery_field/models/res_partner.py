from odoo import fields, models

FIELD_GROUPS = (
    "debt_recovery.group_officer,debt_recovery.group_field,"
    "debt_recovery.group_legal,debt_recovery.group_auditor"
)


class ResPartner(models.Model):
    """What somebody who goes there must know."""

    _inherit = "res.partner"

    recovery_safety_note = fields.Char(
        "Safety Note",
        copy=False,
        groups=FIELD_GROUPS,
        help="Shown in red to whoever visits: a dog, a threat, come in pairs.",
    )
    recovery_employer = fields.Char("Employer", groups=FIELD_GROUPS, copy=False)
