import { Component, reactive, useState, xml } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { CallPanel } from "./call_panel";

/** Holds the place of the drawer beside the page. */
export class CallPanelContainer extends Component {
    static template = xml`
        <CallPanel t-if="state.panel" t-key="state.panel.key" t-props="state.panel.props" />
    `;
    static components = { CallPanel };
    static props = { state: Object };

    setup() {
        this.state = useState(this.props.state);
    }
}

/**
 * The call panel: one contact with a debtor, beside whatever is on the screen.
 *
 * `open({ caseId, actionId, channel, direction, messageId, offerNext })` resolves to
 * `{ saved }` when the drawer is closed.
 */
export const callPanelService = {
    dependencies: ["action"],
    start(env, { action }) {
        const state = reactive({ panel: null });
        let count = 0;
        registry
            .category("main_components")
            .add("RecoveryCallPanel", { Component: CallPanelContainer, props: { state } });

        async function open(options) {
            const current = state.panel;
            if (current) {
                if (current.props.caseId === options.caseId) {
                    return current.result;
                }
                current.props.guard.ask();
                return { saved: false };
            }
            const fromToday = action.currentController?.action?.path === "debt-today";
            let resolve;
            const result = new Promise((done) => (resolve = done));
            const props = {
                channel: "phone",
                direction: "out",
                offerNext: fromToday,
                guard: { ask: () => {} },
                ...options,
                close: (outcome) => {
                    state.panel = null;
                    document.body.classList.remove("o_recovery_panel_open");
                    resolve({ saved: false, ...outcome });
                },
            };
            document.body.classList.add("o_recovery_panel_open");
            state.panel = { key: ++count, props, result };
            return result;
        }

        return { open };
    },
};

registry.category("services").add("recovery_call_panel", callPanelService);

/** Buttons of the server open the drawer and leave the page where it is. */
registry.category("actions").add("recovery_call_panel", (env, action) => {
    env.services.recovery_call_panel.open(action.params);
});
