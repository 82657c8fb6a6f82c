import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

// filters of the search view; the optional ones show only when something is behind them
const TABS = [
    { name: "review", label: _t("To review"), color: "warning" },
    { name: "leaving_today", label: _t("Leaves today"), color: "primary", hour: true },
    { name: "leaving_later", label: _t("Later"), color: "secondary", optional: true },
    { name: "queued", label: _t("Under way"), color: "info", optional: true },
    { name: "letters", label: _t("To print"), color: "info", optional: true },
    { name: "sent_week", label: _t("Sent, 7 days"), color: "success" },
    { name: "trouble", label: _t("Failed or unclear"), color: "danger" },
];
const REASONS_SHOWN = 6;

/** What waits, what left, what failed; below it what is not sent today, and why. */
export class RecoveryOutgoingStrip extends Component {
    static template = "debt_recovery.OutgoingStrip";
    // rows are replaced whenever the list is read again: then the strip counts again
    static props = {
        list: { type: Object, optional: true },
        rows: { type: Array, optional: true },
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ counts: {}, facts: { reasons: [], notes: [] }, all: false });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    get tabs() {
        const active = this.activeNames;
        return TABS.map((tab) => ({
            ...tab,
            count: this.state.counts[tab.name] ?? 0,
            active: active.has(tab.name),
        })).filter((tab) => !tab.optional || tab.count || tab.active);
    }

    get activeNames() {
        const { query, searchItems } = this.env.searchModel;
        return new Set(query.map((item) => searchItems[item.searchItemId].name));
    }

    get notSending() {
        return this.state.facts.reasons.reduce((sum, reason) => sum + reason.count, 0);
    }

    get reasons() {
        const { reasons } = this.state.facts;
        return this.state.all ? reasons : reasons.slice(0, REASONS_SHOWN);
    }

    get hiddenReasons() {
        return this.state.facts.reasons.length - this.reasons.length;
    }

    findItem(name) {
        return this.env.searchModel.getSearchItems((item) => item.name === name)[0];
    }

    async load() {
        const { resModel, globalDomain } = this.env.searchModel;
        const mine = this.activeNames.has("mine") ? [this.findItem("mine").domain] : [];
        const counts = TABS.map((tab) => {
            const parts = [globalDomain || [], ...mine, this.findItem(tab.name).domain];
            const domain = Domain.and(parts).toList({ uid: user.userId });
            return this.orm.searchCount(resModel, domain);
        });
        const facts = this.orm.call(resModel, "action_outgoing_facts", []);
        const [loaded, ...numbers] = await Promise.all([facts, ...counts]);
        this.state.facts = loaded;
        TABS.forEach((tab, index) => (this.state.counts[tab.name] = numbers[index]));
    }

    /** One tab at a time: the one clicked replaces the others. */
    select(tab) {
        const { searchModel } = this.env;
        const active = this.activeNames;
        for (const other of TABS) {
            if (active.has(other.name) !== (other.name === tab.name)) {
                searchModel.toggleSearchItem(this.findItem(other.name).id);
            }
        }
    }

    /** The customers behind a reason, or behind all of them. */
    openReason(reason) {
        const domain = [
            ["run_id", "in", this.state.facts.run_ids],
            ["phase", "=", "decide"],
            ["outcome", "in", ["wait", "stop", "idle", "shadow"]],
        ];
        if (reason) {
            domain.push(["reason_code", "=", reason.code]);
        }
        return this.action.doAction({
            type: "ir.actions.act_window",
            name: reason ? reason.label : _t("Not sending today"),
            res_model: "debt.recovery.run.line",
            views: [[false, "list"]],
            domain,
            context: reason ? {} : { search_default_group_reason: 1 },
        });
    }
}

export class RecoveryOutgoingRenderer extends ListRenderer {
    static template = "debt_recovery.OutgoingListRenderer";
    static components = { ...ListRenderer.components, RecoveryOutgoingStrip };

    setup() {
        super.setup();
        this.outgoingAction = useService("action");
    }

    /** Space leaves the message out, with a reason; Enter previews it. */
    onCellKeydownReadOnlyMode(hotkey, cell, group, record) {
        if (hotkey !== "space" || !record || !this.env.searchModel) {
            return super.onCellKeydownReadOnlyMode(...arguments);
        }
        this.outgoingAction.doActionButton({
            type: "object",
            name: "action_skip",
            resModel: record.resModel,
            resId: record.resId,
            resIds: [record.resId],
            context: record.context,
            onClose: () => this.props.list.model.load(),
        });
        return true;
    }
}

registry.category("views").add("recovery_outgoing_list", {
    ...listView,
    Renderer: RecoveryOutgoingRenderer,
});
