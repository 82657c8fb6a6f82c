def post_init_hook(env):
    """Past month-ends are read from the ledger by a scheduled action, one at a time, so
    that installing does not wait for them."""
    for company in env["debt.recovery.run"]._find_companies():
        env["debt.recovery.snapshot.check"]._plan_backfill(company)
        env["debt.recovery.behaviour"]._refresh_company(company)
        env["debt.recovery.risk"]._refresh_company(company)
