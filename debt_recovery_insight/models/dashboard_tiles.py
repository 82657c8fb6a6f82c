from dataclasses import replace
from datetime import timedelta

from odoo import api, models
from odoo.fields import Domain
from odoo.tools import formatLang

#: Days over which days sales outstanding and kept promises are counted.
DSO_DAYS, KEPT_DAYS, DUE_DAYS = 90, 30, 7
TEAM = (
    *("recovered", "overdue", "collectable", "over90"),
    *("promises", "cash", "dso", "attention"),
)
OFFICER = (
    *("todo", "recovered", "overdue", "collectable"),
    *("promises", "broken", "accuracy", "attention"),
)


class DebtRecoveryDashboardTiles(models.AbstractModel):
    """The eight tiles: value, change since the period began, target, and why a figure
    is undefined. For one officer they are those of the officer's own work."""

    _name = "debt.recovery.dashboard.tiles.mixin"
    _description = "Tiles of the Dashboard"
    _inherit = ["debt.recovery.dashboard.recovered.mixin"]

    @api.model
    def _board_tiles(self, span):
        codes = TEAM if span.user_ids is None else OFFICER
        targets = self._board_targets(span)
        tiles = []
        for code in codes:
            tile = {"code": code, "sub": "", "help": "", "why": "", "change": None}
            tile |= getattr(self, f"_tile_{code}")(span)
            tile["target"] = targets.get(tile.get("kpi"))
            if code == "recovered":
                tile["alert"] = self._is_behind(tile)
            tiles.append(tile)
        return tiles

    @api.model
    def _board_targets(self, span):
        """{code of the key figure: target} of the period."""
        user = span.user_ids[0] if span.user_ids else False
        domain = [
            ("company_id", "=", span.company.id),
            ("user_id", "=", user),
            ("date_from", "<=", span.date_to),
            ("date_to", ">=", span.date_to),
        ]
        targets = self.env["debt.recovery.target"].search(domain)
        targets = targets.filtered(
            lambda target: not target._grows() or target._is_about(span.date_from)
        )
        return {
            target.kpi_id.code: {
                "id": target.id,
                "text": target.value_text,
                "progress": round(target.progress),
                "pace": target.pace,
            }
            for target in targets
        }

    @api.model
    def _kpi(self, span, code):
        """Answer of one key figure over this very question, without its rows."""
        reader = self.env["debt.recovery.kpi.reader"]
        kpi = span.once("kpis", self._read_kpis)[code]
        return span.once(
            ("answer", code), lambda: reader._answer_one(kpi, span, with_action=False)
        )

    def _read_kpis(self):
        kpis = self.env["debt.recovery.kpi"].sudo().with_context(active_test=False)
        return {kpi.code: kpi for kpi in kpis.search([])}

    @api.model
    def _wider(self, span, days, end=None):
        """The same question over so many days up to its end, or up to another day."""
        end = end or span.date_to
        return self._moved(span, end - timedelta(days=days - 1), end)

    @api.model
    def _moved(self, span, first, last):
        """The same question over other days; what does not depend on the period is not
        read again."""
        keep = ("position", "sales")
        self.env["debt.recovery.kpi.reader"]._kpi_known_sales(span)
        known = {k: v for k, v in span.known.items() if k == "kpis" or k[0] in keep}
        return replace(span, date_from=first, date_to=last, known=known)

    @api.model
    def _position(self, span, day):
        return self.env["debt.recovery.kpi.reader"]._kpi_position(span, day)

    @api.model
    def _change(self, span, now, before, up_is_good=False):
        """What changed, in words and as good or bad."""
        if before is None or now is None:
            return None
        step = now - before
        if not round(step):
            return {"arrow": "", "tone": "", "text": self.env._("unchanged")}
        good = (step > 0) == up_is_good
        return {
            "arrow": "up" if step > 0 else "down",
            "tone": "good" if good else "bad",
            "text": self._money(span, abs(step)),
        }

    # MONEY IN

    @api.model
    def _tile_recovered(self, span):
        users = self._recovered_by_user(span).values()
        before = sum(row["before"] for row in users)
        answer = self._kpi(span, "recovered")
        label = self.env._("Recovered this month")
        if span.date_from.day != 1 or (span.date_to - span.date_from).days > 31:
            label = self.env._("Recovered in the period")
        elif not self._is_now(span):
            label = self.env._("Recovered last month")
        return {
            "kpi": "recovered",
            "label": label,
            "text": self._money(span, answer["value"]),
            "sub": self.env._(
                "%(amount)s at the same working day before",
                amount=self._money(span, before),
            ),
            "change": self._change(span, answer["value"], before, up_is_good=True),
            "low": answer["value"] < before * 9 / 10,
            "help": answer["definition"],
        }

    # POSITION

    @api.model
    def _tile_overdue(self, span):
        end, begin = (self._position(span, d) for d in (span.date_to, span.begin))
        whole = end.overdue + end.not_due
        count = self.env["debt.recovery.case"].search_count(
            self._case_domain(span) & Domain("amount_overdue", ">", 0)
        )
        now = self._is_now(span)
        share = self._percent(end.overdue, whole)
        return {
            "label": self.env._("Overdue now") if now else self.env._("Overdue"),
            "text": self._money(span, end.overdue),
            "sub": self.env._(
                "%(count)s customers · %(share)s of receivables",
                count=count,
                share=share,
            )
            if now
            else self.env._("%(share)s of receivables", share=share),
            "change": self._change(span, end.overdue, begin.overdue),
            "alert": end.overdue > begin.overdue * 105 / 100,
            "help": self.env._(
                "Open items past their due date; due today is not overdue. Money on "
                "its way is left out by cases at once, here when it is booked. The "
                "change is since the evening before the period."
            ),
        }

    @api.model
    def _tile_collectable(self, span):
        bridge = self._position(span, span.date_to).bridge
        tile = {
            "label": self.env._("Collectable now"),
            "help": self.env._(
                "What may be chased: overdue less disputed, agreed and held."
            ),
        }
        if bridge["collectable"] is None:
            why = self.env._("That day was not frozen with its disputes and holds.")
            return tile | {"text": "–", "why": why}
        whole = sum(bridge.values())
        if not whole:
            return tile | {"text": self._money(span, 0)}
        names = {
            "collectable": self.env._("collectable"),
            "disputed": self.env._("disputed"),
            "agreed": self.env._("agreed"),
            "held": self.env._("on hold"),
        }
        parts = [(name, bridge[name]) for name in names if bridge[name]]
        before = self._position(span, span.begin).bridge["collectable"]
        return tile | {
            "text": self._money(span, bridge["collectable"]),
            "change": self._change(span, bridge["collectable"], before),
            "sub": " · ".join(
                f"{self._money(span, amount)} {names[name]}"
                for name, amount in parts[1:]
            ),
            "bar": [
                {
                    "name": name,
                    "label": f"{names[name]}: {self._money(span, amount)}",
                    "share": float(100 * amount / whole),
                }
                for name, amount in parts
            ],
            "alert": 2 * bridge["collectable"] < whole,
        }

    @api.model
    def _tile_over90(self, span):
        end, begin = (self._position(span, d) for d in (span.date_to, span.begin))
        old, before = end.buckets["4"], begin.buckets["4"]
        return {
            "kpi": "ageing",
            "label": self.env._("Over 90 days"),
            "text": self._money(span, old),
            "sub": self.env._(
                "%(share)s of overdue", share=self._percent(old, end.overdue)
            ),
            "change": self._change(span, old, before),
            "alert": old > before,
            "help": self.env._("Open items more than 90 days past their due date."),
        }

    @api.model
    def _tile_dso(self, span):
        wide = self._wider(span, DSO_DAYS)
        answer, best = (self._kpi(wide, code) for code in ("dso_countback", "dso_best"))
        before = self._kpi(self._wider(span, DSO_DAYS, span.begin), "dso_countback")
        change = None
        if answer["value"] is not None and before["value"] is not None:
            step = answer["value"] - before["value"]
            change = {
                "arrow": ("up" if step > 0 else "down") if round(step, 1) else "",
                "tone": ("bad" if step > 0 else "good") if round(step, 1) else "",
                "text": self.env._(
                    "%(number)s days",
                    number=formatLang(self.env, float(abs(step)), digits=1),
                ),
            }
        return {
            "kpi": "dso_countback",
            "label": self.env._("Days sales outstanding"),
            "text": answer["text"],
            "sub": self.env._("best possible %(days)s", days=best["text"]),
            "why": " ".join(answer["reasons"]),
            "change": change,
            "alert": bool(change) and step > 3,
            "help": answer["definition"],
        }
