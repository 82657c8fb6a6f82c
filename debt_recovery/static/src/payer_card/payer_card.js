import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How this customer pays. */
export class PayerCard extends Component {
    static template = "debt_recovery.PayerCard";
    static props = { card: Object, onEdit: { type: Function, optional: true } };
}

/** The same on the case, where it can be changed. */
export class PayerCardField extends Component {
    static template = "debt_recovery.PayerCardField";
    static components = { PayerCard };
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
    }

    get card() {
        return this.props.record.data[this.props.name];
    }

    async edit() {
        const { resModel, resId } = this.props.record;
        const action = await this.orm.call(resModel, "action_open_payer_profile", [[resId]]);
        await this.action.doAction(action, { onClose: () => this.props.record.load() });
    }
}

/** How the customer behaved so far: rows of icon, label, text and tone. */
export class BehaviourField extends Component {
    static template = "debt_recovery.BehaviourField";
    static props = { ...standardFieldProps };

    get rows() {
        return this.props.record.data[this.props.name] || [];
    }
}

registry.category("fields").add("recovery_behaviour", {
    component: BehaviourField,
    supportedTypes: ["json"],
});

registry.category("fields").add("recovery_payer_card", {
    component: PayerCardField,
    supportedTypes: ["json"],
});
