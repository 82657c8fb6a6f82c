import { Component, onWillStart, onWillUpdateProps, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";

/** Where the month stands, by officer and for the team. */
export class RecoveryPushStrip extends Component {
    static template = "debt_recovery_insight.PushStrip";
    // rows are replaced whenever the list is read again: then the strip counts again
    static props = { rows: { type: Array, optional: true } };

    setup() {
        this.orm = useService("orm");
        this.state = useState({ month: "", rows: [] });
        onWillStart(() => this.load());
        onWillUpdateProps(() => this.load());
    }

    async load() {
        Object.assign(this.state, await this.orm.call("debt.recovery.push", "action_sums", []));
    }

    /** The list of one officer. */
    select(row) {
        const domain = JSON.stringify([["user_id", "=", row.user_id]]);
        return this.env.searchModel.splitAndAddDomain(domain);
    }
}

export class RecoveryPushRenderer extends ListRenderer {
    static template = "debt_recovery_insight.PushListRenderer";
    static components = { ...ListRenderer.components, RecoveryPushStrip };
}

registry.category("views").add("recovery_push_list", {
    ...listView,
    Renderer: RecoveryPushRenderer,
});
