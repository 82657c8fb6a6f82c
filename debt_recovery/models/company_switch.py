from odoo import api, fields, models
from odoo.fields import Command
from odoo.tools import SQL

PEOPLE = (
    "debt_recovery.group_officer",
    "debt_recovery.group_legal",
    "debt_recovery.group_auditor",
)


class DebtRecoveryCompanySwitch(models.AbstractModel):
    """Parts of the product a company may do without. Their menus hang on a hidden
    group that the people of the product have while any company has the part on; their
    buttons ask the company of the record."""

    _name = "debt.recovery.company.switch.mixin"
    _description = "Parts Switched On by Company"

    recovery_legal = fields.Boolean(
        "Legal Cases",
        help="Hand cases over to courts and lawyers, with deadlines, costs and "
        "enforcement.",
    )
    recovery_agency = fields.Boolean(
        "Agencies",
        help="Place claims with agencies or lawyers: proposals, hand-over file, "
        "commission, recall.",
    )

    def init(self):
        """The database knows the defaults of our required columns, too: a company that
        is founded while this module is not loaded, as in the upgrade of another one,
        would fail on them."""
        result = super().init()
        for name, field in self._fields.items():
            ours = name.startswith("recovery_") and field.store and field.required
            if ours and not self._abstract:
                self.env.cr.execute(
                    SQL(
                        "ALTER TABLE %s ALTER COLUMN %s SET DEFAULT %s",
                        SQL.identifier(self._table),
                        SQL.identifier(name),
                        field.default(self),
                    )
                )
        return result

    @api.model
    def _recovery_switches(self):
        """Seam: ``{field: (hidden group, groups that have it while it is on)}``."""
        return {
            "recovery_legal": ("debt_recovery.group_legal_cases", PEOPLE),
            "recovery_agency": ("debt_recovery.group_agency", PEOPLE),
        }

    @api.model_create_multi
    def create(self, vals_list):
        companies = super().create(vals_list)
        self._recovery_sync_switches(set().union(*vals_list))
        return companies

    def write(self, vals):
        result = super().write(vals)
        self._recovery_sync_switches(vals)
        return result

    @api.model
    def _recovery_sync_switches(self, fnames):
        switches = self._recovery_switches()
        for fname in switches.keys() & set(fnames):
            hidden, groups = switches[fname]
            on = bool(self.sudo().search_count([(fname, "=", True)], limit=1))
            group = self.env.ref(hidden).sudo()
            change = Command.link(group.id) if on else Command.unlink(group.id)
            for xmlid in groups:
                people = self.env.ref(xmlid).sudo()
                if (group in people.implied_ids) is not on:
                    people.implied_ids = [change]
