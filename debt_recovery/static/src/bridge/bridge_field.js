import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * The bridge from overdue to collectable as one row of numbers; each number opens the
 * items behind it.
 */
export class RecoveryBridgeField extends Component {
    static template = "debt_recovery.BridgeField";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get bridge() {
        return this.props.record.data[this.props.name] || null;
    }

    hint(term) {
        return term.help || _t("Show the items behind this amount");
    }

    async open(term) {
        if (term.zero) {
            return;
        }
        const { resModel, resId } = this.props.record;
        const action = await this.orm.call(resModel, "action_open_receivables", [[resId]], {
            context: { recovery_bridge: term.name },
        });
        return this.action.doAction(action);
    }
}

export const recoveryBridgeField = {
    component: RecoveryBridgeField,
    displayName: _t("Recovery bridge"),
    supportedTypes: ["json"],
};

registry.category("fields").add("recovery_bridge", recoveryBridgeField);
