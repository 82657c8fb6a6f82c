{
    "name": "Debt Recovery: Insight",
    "summary": "How customers pay, what cash to expect, risk, frozen figures that tie "
    "to the ledger, and KPIs with their definitions",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "Debt Recovery",
    "license": "LGPL-3",
    "depends": ["debt_recovery"],
    "auto_install": ["debt_recovery"],
    "external_dependencies": {"python": ["python-dateutil"]},
    "data": [
        "security/ir.model.access.csv",
        "security/insight_rules.xml",
        "data/ir_cron_data.xml",
        "views/behaviour_views.xml",
        "views/expected_cash_views.xml",
        "views/snapshot_views.xml",
        "views/res_config_settings_views.xml",
        "views/menus.xml",
    ],
    "post_init_hook": "post_init_hook",
}
