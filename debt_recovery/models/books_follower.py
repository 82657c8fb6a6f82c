from odoo import api, models
from odoo.tools import SQL

MARKED_BOOKS = "debt_recovery.marked_books"


class DebtRecoveryBooksFollowerMixin(models.AbstractModel):
    """Stored figures that are read from a payment or a bill and change with its state.

    They do not depend on its fields: Odoo would then look for followers at every step
    of every posting and matching in the books, some fifty queries a payment. Instead
    the transaction asks for them once, when it flushes."""

    _name = "debt.recovery.books.follower.mixin"
    _description = "Figures Read from the Books"

    #: Many2one to the payment or bill, and the stored figures read from it.
    _books_link = None
    _books_figures = ()

    @api.model
    def _mark_books(self, records):
        """Remember payments or entries whose state changed; followed at flush."""
        if records:
            marked = self.env.cr.precommit.data.setdefault(MARKED_BOOKS, {})
            marked.setdefault(records._name, set()).update(records.ids)
            self.env["debt.recovery.case"]._plan_refresh()

    @api.model
    def _pop_marked(self):
        """The query for the followers of what was marked: rows of model name and id."""
        marked = self.env.cr.precommit.data.pop(MARKED_BOOKS, {})
        return [
            follower._followers_sql(marked[comodel])
            for follower in self._followers()
            if (comodel := follower._fields[follower._books_link].comodel_name)
            in marked
        ]

    @api.model
    def _followers(self):
        names = self.env.registry.descendants([self._name], "_inherit")
        models_ = (self.env[name] for name in sorted(names))
        return [model for model in models_ if not model._abstract]

    @api.model
    def _followers_sql(self, ids):
        return SQL(
            "SELECT %s, id FROM %s WHERE %s IN %s",
            self._name,
            SQL.identifier(self._table),
            SQL.identifier(self._books_link),
            tuple(ids),
        )

    def _follow_books(self):
        """Read the figures anew, and what is summed from them."""
        for name in self._books_figures:
            self.env.add_to_compute(self._fields[name], self)
        self.modified(self._books_figures)
