def uninstall_hook(env):
    """The application goes, its records stay: the contact log is written to files
    before the tables are dropped."""
    env["debt.recovery.action"]._export_log()
