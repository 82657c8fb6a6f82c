"""OCA's account_credit_control on the same book and the same levels.

Its package is fetched from the package index when the benchmark runs; it is no part of
this project.
"""

import subprocess
import zipfile

from devtools import paths, venv
from devtools.ui import Problem, say

from .meter import measured

PACKAGE = "odoo-addon-account-credit-control==19.0.*"
MODULE = "account_credit_control"


def fetch():
    """The folder with the peer's addon, downloaded once."""
    folder = paths.DEV / "oca"
    addons = folder / "odoo" / "addons"
    if (addons / MODULE).is_dir():
        return addons
    say(f"Fetching {PACKAGE} (once)")
    folder.mkdir(parents=True, exist_ok=True)
    words = ["-m", "pip", "download", "--quiet", "--no-deps", "--dest", folder, PACKAGE]
    done = subprocess.run([venv.python(), *words], capture_output=True, text=True)
    wheels = sorted(folder.glob("*.whl"))
    if done.returncode or not wheels:
        raise Problem(f"cannot fetch {PACKAGE}: {done.stderr.strip()[-300:]}")
    with zipfile.ZipFile(wheels[-1]) as wheel:
        wheel.extractall(folder)
    return addons


def prepare(env, days):
    """Levels that fall due on the days of our messages, all by e-mail, no PDF."""
    policy = env.ref(f"{MODULE}.credit_control_3_time")
    company = env.company
    policy.account_ids = env["account.account"].search(
        [("account_type", "=", "asset_receivable"), ("non_trade", "=", False)]
    )
    levels = policy.level_ids.sorted("level")
    for level, day in zip(levels, days, strict=False):
        level.write(
            {"computation_mode": "net_days", "delay_days": day, "channel": "email"}
        )
    levels.email_template_id.report_template_ids = False
    company.credit_policy_id = policy
    env.cr.commit()
    return policy


def measure(env, policy):
    """Costs of its three steps, and how many lines and communications they made."""
    costs = {}
    today = env["res.company"].env.cr.now().date()
    run = env["credit.control.run"].create(
        {"date": today, "policy_ids": [(6, 0, policy.ids)]}
    )
    env.flush_all()
    with measured(env.cr) as costs["run"]:
        run.generate_credit_lines()
        env.cr.commit()
    with measured(env.cr) as costs["marking"]:
        run.set_to_ready_lines()
        env.cr.commit()
    lines = run.line_ids.filtered(lambda line: line.state == "to_be_sent")
    communications = env["credit.control.communication"].with_context(
        mail_notify_force_send=False
    )
    with measured(env.cr) as costs["communications"]:
        made = communications._generate_comm_from_credit_lines(lines)
        env.cr.commit()
    with measured(env.cr) as costs["mails"]:
        made._generate_emails()
        env.cr.commit()
    return costs, len(lines), len(made)
