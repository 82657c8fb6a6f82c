from markupsafe import Markup

from odoo import api, fields, models
from odoo.tools import LazyTranslate, formatLang

_lt = LazyTranslate(__name__)
#: Words and unit of each component.
LABELS = {
    "days_late": (_lt("Days late, weighted by amount"), "d"),
    "late_amount": (_lt("Share of the amount paid late"), "%"),
    "trend": (_lt("Later than before"), "d"),
    "overdue": (_lt("Overdue of all that is open"), "%"),
    "oldest": (_lt("Oldest overdue item"), "d"),
    "broken": (_lt("Promises broken"), "%"),
    "returned": (_lt("Payments returned"), ""),
    "rejected": (_lt("Disputes rejected"), ""),
    "limit": (_lt("Credit limit used"), "%"),
    "months": (_lt("Months as a customer"), ""),
    "external": (_lt("Score of an agency"), ""),
}


class DebtRecoveryRiskComponents(models.AbstractModel):
    """What a score was made of, as a table people can read."""

    _name = "debt.recovery.risk.components.mixin"
    _description = "Components of a Risk Score"

    components = fields.Json(readonly=True)
    components_html = fields.Html(
        "Why", compute="_compute_components_html", sanitize=False
    )

    recommendation = fields.Char(compute="_compute_recommendation")

    @api.depends("is_scored", "band", "band_computed")
    @api.depends_context("lang")
    def _compute_recommendation(self):
        """One sentence; a person decides."""
        sentences = {
            "A": self.env._("Usual terms."),
            "B": self.env._("Usual terms; remind in time."),
            "C": self.env._("Call before large invoices fall due."),
            "D": self.env._("Review the limit; ask for part payment on large orders."),
            "E": self.env._("Only against payment; decide about a hold."),
        }
        unknown = self.env._("Not enough is known for a score.")
        for row in self:
            row.recommendation = sentences.get(row.band or row.band_computed, unknown)

    @api.depends("components")
    @api.depends_context("lang")
    def _compute_components_html(self):
        for row in self:
            row.components_html = row._components_table()

    def _components_table(self):
        """A table of what counted: value, points of a hundred, share of the score."""
        head = (
            self.env._("Component"),
            self.env._("Value"),
            self.env._("Points of 100"),
            self.env._("Weight"),
            self.env._("Share of the score"),
        )
        rows = Markup().join(map(self._component_row, self.components or []))
        cells = Markup().join(
            Markup('<th class="%s">%s</th>') % ("text-end" if n else "", text)
            for n, text in enumerate(head)
        )
        return (
            Markup(
                '<table class="table table-sm mb-0"><thead><tr>%s</tr></thead>'
                "<tbody>%s</tbody></table>"
            )
            % (cells, rows)
            if rows
            else Markup()
        )

    def _component_row(self, part):
        label, unit = LABELS[part["code"]]
        known = part["value"] is not None
        number = known and formatLang(self.env, part["value"], digits=0)
        units = {"d": self.env._("days"), "%": "%"}
        value = f"{number} {units.get(unit, '')}" if known else self.env._("not known")
        return Markup(
            '<tr class="%s"><td>%s</td><td class="text-end">%s</td>'
            '<td class="text-end">%s</td><td class="text-end">%s</td>'
            '<td class="text-end">%s</td></tr>'
        ) % (
            "" if known else "text-muted",
            self.env._(label),
            value,
            formatLang(self.env, part["points"], digits=0) if known else "–",
            part["weight"],
            formatLang(self.env, part["share"], digits=1) if known else "–",
        )
