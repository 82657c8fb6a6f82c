import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

// filters of the search view; each is a chip with the number of cases behind it
const CHIPS = [
    { name: "needs_work", label: _t("All"), color: "primary" },
    { name: "todo_failed", label: _t("Failed"), color: "danger" },
    { name: "todo_task", label: _t("Calls and tasks"), color: "info" },
    { name: "todo_review", label: _t("To review"), color: "warning" },
    { name: "todo_step", label: _t("Steps due"), color: "secondary" },
];

/** What waits today, by kind of work, over the list. */
export class RecoveryTodayStrip extends Component {
    static template = "debt_recovery.TodayStrip";
    static props = { list: { type: Object, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ counts: {} });
        onWillStart(async () => {
            this.isManager = await user.hasGroup("debt_recovery.group_manager");
            await this.load();
        });
        onWillUpdateProps(() => this.load());
    }

    get chips() {
        const active = this.activeNames;
        return CHIPS.map((chip) => ({
            ...chip,
            count: this.state.counts[chip.name] ?? 0,
            active: active.has(chip.name),
        }));
    }

    get activeNames() {
        const items = this.env.searchModel.searchItems;
        return new Set(this.env.searchModel.query.map((q) => items[q.searchItemId].name));
    }

    findItem(name) {
        return this.env.searchModel.getSearchItems((item) => item.name === name)[0];
    }

    /** Cases of the people now shown (mine, or everybody's). */
    get baseDomain() {
        const parts = [this.env.searchModel.globalDomain || []];
        for (const name of ["mine", "own", "unassigned"]) {
            const item = this.activeNames.has(name) && this.findItem(name);
            if (item) {
                parts.push(item.domain);
            }
        }
        return parts;
    }

    async load() {
        const resModel = this.env.searchModel.resModel;
        const counts = await Promise.all(
            CHIPS.map((chip) => {
                const item = this.findItem(chip.name);
                const domain = Domain.and([...this.baseDomain, item.domain]);
                return this.orm.searchCount(resModel, domain.toList({ uid: user.userId }));
            })
        );
        CHIPS.forEach((chip, index) => (this.state.counts[chip.name] = counts[index]));
    }

    get wholeTeam() {
        return !this.activeNames.has("mine");
    }

    toggleTeam() {
        this.env.searchModel.toggleSearchItem(this.findItem("mine").id);
    }

    /** One kind at a time: the chip clicked replaces the others. */
    select(chip) {
        const { searchModel } = this.env;
        for (const other of CHIPS) {
            const item = this.findItem(other.name);
            const isActive = this.activeNames.has(other.name);
            if (isActive !== (other.name === chip.name)) {
                searchModel.toggleSearchItem(item.id);
            }
        }
    }
}

export class RecoveryTodayRenderer extends ListRenderer {
    static template = "debt_recovery.TodayListRenderer";
    static components = { ...ListRenderer.components, RecoveryTodayStrip };
}

registry.category("views").add("recovery_today_list", {
    ...listView,
    Renderer: RecoveryTodayRenderer,
});
