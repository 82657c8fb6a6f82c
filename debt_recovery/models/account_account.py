from odoo import api, models, tools


class AccountAccount(models.Model):
    _inherit = "account.account"

    @api.model_create_multi
    def create(self, vals_list):
        accounts = super().create(vals_list)
        self.env.registry.clear_cache()
        return accounts

    def write(self, vals):
        result = super().write(vals)
        if {"account_type", "non_trade"} & vals.keys():
            self.env.registry.clear_cache()
        return result

    def unlink(self):
        result = super().unlink()
        self.env.registry.clear_cache()
        return result

    @api.model
    @tools.ormcache()
    def _recovery_trade_account_ids(self):
        """Ids of the trade receivable accounts of all companies, read once: SQL that
        joins the accounts reads the whole ledger."""
        return self._recovery_receivable_account_ids(non_trade=False)

    @api.model
    def _recovery_receivable_account_ids(self, non_trade):
        accounts = (
            self.sudo()
            .with_context(active_test=False)
            .search_fetch(
                [
                    ("account_type", "=", "asset_receivable"),
                    ("non_trade", "=", non_trade),
                ]
            )
        )
        return tuple(accounts.ids)

    @api.model
    @tools.ormcache()
    def _recovery_result_account_ids(self):
        """Ids of the accounts of income and expenses of all companies, read once."""
        accounts = self.sudo().with_context(active_test=False)
        domain = [("internal_group", "in", ("income", "expense"))]
        return tuple(accounts._search(domain))
