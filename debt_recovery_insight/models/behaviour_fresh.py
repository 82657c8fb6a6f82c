from odoo import api, models
from odoo.tools import SQL

from ..tools.behaviour import ENOUGH, PRIOR
from .behaviour_sql import FACTS, FRESH

#: Days by which the last three months must differ from the nine before.
NOTABLE_DAYS = 3


class DebtRecoveryBehaviourFresh(models.AbstractModel):
    """The rows of payment behaviour as they should be, counted over the facts into a
    second temporary table, for comparison with those that are stored."""

    _name = "debt.recovery.behaviour.fresh.mixin"
    _description = "Fresh Rows of Payment Behaviour"
    _inherit = ["debt.recovery.behaviour.sql.mixin"]

    @api.model
    def _behaviour_read_fresh(self, company, today):
        """Fill a second temporary table with the rows as they should be; of the same
        types as the stored ones, so that they can be compared. The row without
        customer is the book; it comes first, the others take its share of late."""
        names = self._behaviour_names(company, today)
        figures = self._behaviour_figures(today)
        book = figures | {
            "partner_id": SQL("NULL::int"),
            "median_days": SQL(
                """percentile_cont(0.5) WITHIN GROUP (ORDER BY f.days)
                   FILTER (WHERE f.settled IS NOT NULL)"""
            ),
        }
        self.env.cr.execute(
            SQL(
                """CREATE TEMPORARY TABLE %s ON COMMIT DROP AS
                   SELECT partner_id, %s FROM debt_recovery_behaviour WITH NO DATA""",
                FRESH,
                SQL(", ").join(map(SQL.identifier, names)),
            )
        )
        self.env.cr.execute(
            self._behaviour_fresh_sql(
                SQL("(SELECT AVG(is_late::int) FROM %s)", FACTS), book, {}
            )
        )
        share = SQL("(SELECT late_share FROM %s)", FRESH)
        sides = self._behaviour_side_figures(company, today)
        customers = {"partner_id": SQL("f.partner_id")} | figures
        self.env.cr.execute(
            self._behaviour_fresh_sql(
                share, customers, sides, SQL("GROUP BY f.partner_id")
            )
        )

    @api.model
    def _behaviour_names(self, company, today):
        """Columns that are counted."""
        return [
            *self._behaviour_figures(today),
            *self._behaviour_side_figures(company, today),
            *self._behaviour_derived(SQL("NULL")),
        ]

    @api.model
    def _behaviour_fresh_sql(self, share, figures, sides, group=None):
        """INSERT of the figures with what stands beside them and what follows."""
        derived = self._behaviour_derived(share)

        def side(name):
            return SQL.identifier(f"s_{name}")

        return SQL(
            """INSERT INTO %(fresh)s (%(names)s)
               SELECT %(values)s FROM (
                   SELECT %(figures)s FROM %(facts)s f %(group)s) n %(joins)s""",
            fresh=FRESH,
            names=SQL(", ").join(map(SQL.identifier, [*figures, *sides, *derived])),
            values=SQL(", ").join(
                [
                    *(SQL.identifier("n", name) for name in figures),
                    *(SQL("%s.value", side(name)) for name in sides),
                    *derived.values(),
                ]
            ),
            figures=SQL(", ").join(
                SQL("%s AS %s", value, SQL.identifier(name))
                for name, value in figures.items()
            ),
            facts=FACTS,
            group=group or SQL(),
            joins=SQL(" ").join(
                SQL(
                    """LEFT JOIN (%(query)s) %(name)s
                         ON %(name)s.partner_id = n.partner_id""",
                    query=query,
                    name=side(name),
                )
                for name, query in sides.items()
            ),
        )

    @api.model
    def _behaviour_derived(self, share):
        """What follows from the figures ``n``: probability, whether it is enough, and
        the trend."""
        change = SQL("n.days_late_recent - n.days_late_before")
        return {
            "probability": SQL(
                """(n.late_count + %(prior)s * %(share)s)
                   / (n.invoice_count + %(prior)s)""",
                prior=PRIOR,
                share=share,
            ),
            "is_known": SQL("n.invoice_count >= %s", ENOUGH),
            "trend_days": change,
            "trend": SQL(
                """CASE WHEN %(change)s IS NULL THEN 'unknown'
                        WHEN %(change)s > %(notable)s THEN 'worse'
                        WHEN %(change)s < -%(notable)s THEN 'better' ELSE 'same' END""",
                change=change,
                notable=NOTABLE_DAYS,
            ),
        }
