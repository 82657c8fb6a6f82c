import { Component, useEnv, useState } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { _t } from "@web/core/l10n/translation";
import { useAutofocus, useService } from "@web/core/utils/hooks";

const UNDO_DELAY = 10000;

/** How long a row stays away, and why. */
export class RecoveryLaterDialog extends Component {
    static template = "debt_recovery.LaterDialog";
    static components = { Dialog };
    static props = { customer: String, confirm: Function, close: Function };

    setup() {
        this.state = useState({ days: 1, reason: "", missing: false });
        this.choices = [
            { days: 1, label: _t("1 day") },
            { days: 3, label: _t("3 days") },
            { days: 7, label: _t("7 days") },
        ];
        this.examples = [
            _t("Waiting for their answer"),
            _t("Waiting for a colleague"),
            _t("Payment announced"),
            _t("Nobody reached"),
        ];
        useAutofocus({ refName: "reason" });
    }

    get title() {
        return _t("Later: %s", this.props.customer);
    }

    async confirm() {
        if (!this.state.reason.trim()) {
            this.state.missing = true;
            return;
        }
        await this.props.confirm(this.state.days, this.state.reason);
        this.props.close();
    }

    onKeydown(ev) {
        if (ev.key === "Enter") {
            ev.preventDefault();
            this.confirm();
        }
    }
}

/** Whoever was looked up by number or name is on the phone already. */
function isLookedUp(searchModel) {
    const items = searchModel?.searchItems || {};
    return searchModel?.query.some((q) => items[q.searchItemId].fieldName === "find");
}

/**
 * What can be done with a row of Today: call, mail, done, later, each with its undo.
 *
 * @param {() => Promise} reload reads the list again
 */
export function useTodayActions(reload) {
    const env = useEnv();
    const orm = useService("orm");
    const action = useService("action");
    const dialog = useService("dialog");
    const notification = useService("notification");

    function press(record, name) {
        return action.doActionButton({
            type: "object",
            name,
            resModel: record.resModel,
            resId: record.resId,
            resIds: [record.resId],
            context: record.context,
            onClose: reload,
        });
    }

    async function vanish(record, method, args = []) {
        const ids = [record.resId];
        const message = await orm.call(record.resModel, method, [ids, ...args]);
        await reload();
        const close = notification.add(message, {
            type: "success",
            autocloseDelay: UNDO_DELAY,
            buttons: [
                {
                    name: _t("Undo"),
                    onClick: async () => {
                        close();
                        await orm.call(record.resModel, "action_today_undo", [ids]);
                        await reload();
                    },
                },
            ],
        });
    }

    return {
        async call(record) {
            const panel = env.services.recovery_call_panel;
            const direction = isLookedUp(env.searchModel) ? "in" : "out";
            await panel.open({ caseId: record.resId, direction }); // it reloads the page
        },
        mail: (record) => press(record, "action_send_next"),
        done: (record) => vanish(record, "action_today_done"),
        later: (record) =>
            dialog.add(RecoveryLaterDialog, {
                customer: record.data.customer_label,
                confirm: (days, reason) => vanish(record, "action_put_off", [days, reason]),
            }),
    };
}
