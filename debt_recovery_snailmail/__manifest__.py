{
    "name": "Debt Recovery: Snailmail",
    "summary": "Letters of recovery printed and posted by Snailmail",
    "version": "19.0.1.0.0",
    "category": "Accounting/Accounting",
    "author": "Debt Recovery",
    "license": "LGPL-3",
    "auto_install": True,
    "depends": ["debt_recovery", "snailmail_account"],
    "data": ["views/letter_batch_views.xml"],
}
