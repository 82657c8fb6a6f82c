"""Server time of the screens people open first, with the fields their views ask for."""

from lxml import etree

from odoo.tools.safe_eval import safe_eval

from .meter import best

LIMIT = 80
SCREENS = {
    "Today": ("debt_recovery.debt_recovery_case_action_today", "needs_work"),
    "Cases": ("debt_recovery.debt_recovery_case_action", "live"),
}


def officer(env):
    """A clerk of the product: record rules count in what a screen costs."""
    user = env["res.users"].search([("login", "=", "bench_officer")])
    return user or env["res.users"].create(
        {
            "name": "Bench Officer",
            "login": "bench_officer",
            "group_ids": [(4, env.ref("debt_recovery.group_officer").id)],
        }
    )


def measure(env):
    """Warm costs by screen: ``{name: (cost, rows)}``."""
    env = env(user=officer(env).id, su=False)
    found = {}
    for name, (xmlid, search_filter) in SCREENS.items():
        found[name] = _list(env, xmlid, search_filter)
    found["Ageing pivot"] = _pivot(env)
    return found


def _list(env, xmlid, search_filter):
    action = env.ref(xmlid).sudo()
    model = env[action.res_model]
    view_id = next(
        (v.view_id.id for v in action.view_ids if v.view_mode == "list"), False
    )
    arch = model.get_view(view_id, "list")["arch"]
    domain = safe_eval(action.domain or "[]", {"uid": env.uid})
    domain += _filter_domain(env, model, search_filter)
    specification = _specification(model, arch)

    def read():
        env.invalidate_all()
        return model.web_search_read(domain, specification, limit=LIMIT)

    cost, result = best(env.cr, read)
    return cost, result["length"]


def _filter_domain(env, model, name):
    """The domain of a filter of the search view, as the client applies it."""
    arch = etree.fromstring(model.get_view(False, "search")["arch"])
    for node in arch.iter("filter"):
        if node.get("name") == name:
            return safe_eval(node.get("domain"), {"uid": env.uid})
    raise KeyError(name)


def _specification(model, arch):
    """What the list asks the server for, as the web client derives it."""
    names = {
        node.get("name")
        for node in etree.fromstring(arch).iter("field")
        if node.get("column_invisible") not in ("True", "1")
    }
    return {name: _field_specification(model._fields[name]) for name in sorted(names)}


def _field_specification(field):
    if field.type in ("many2one", "many2many", "one2many"):
        return {"fields": {"display_name": {}}}
    return {}


def _pivot(env):
    """The pivot of the ageing report: totals, rows, columns, cells."""
    model = env["debt.recovery.receivable"]
    sets = [[], ["status"], ["bucket"], ["status", "bucket"]]

    def read():
        env.invalidate_all()
        return model.formatted_read_grouping_sets(
            [], sets, ["amount_residual:sum", "__count"]
        )

    cost, result = best(env.cr, read)
    return cost, result[0][0]["__count"]
