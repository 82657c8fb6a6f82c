import { Component } from "@odoo/owl";
import { deserializeDate, formatDate } from "@web/core/l10n/dates";
import { registry } from "@web/core/registry";
import { formatFloat } from "@web/views/fields/formatters";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/** How interest came about: one row per rate and principal. */
export class SegmentsField extends Component {
    static template = "debt_recovery_charge.SegmentsField";
    static props = { ...standardFieldProps };

    get segments() {
        return (this.props.record.data[this.props.name] || []).map((segment) => ({
            ...segment,
            from: formatDate(deserializeDate(segment.from)),
            to: formatDate(deserializeDate(segment.to)),
            rate: formatFloat(Number(segment.rate), { digits: [16, 2] }),
            principal: formatFloat(Number(segment.principal), { digits: [16, 2] }),
            interest: formatFloat(Number(segment.interest), { digits: [16, 4] }),
        }));
    }
}

registry.category("fields").add("recovery_segments", {
    component: SegmentsField,
    supportedTypes: ["json"],
});

/** What each payment was counted on: costs, interest, principal. */
export class PaymentUsesField extends Component {
    static template = "debt_recovery_charge.PaymentUsesField";
    static props = { ...standardFieldProps };

    get uses() {
        const money = (text) => formatFloat(Number(text), { digits: [16, 2] });
        return (this.props.record.data[this.props.name] || []).map((use) => ({
            day: formatDate(deserializeDate(use.day)),
            amount: money(use.amount),
            costs: money(use.costs),
            interest: money(use.interest),
            principal: money(use.principal),
        }));
    }
}

registry.category("fields").add("recovery_payment_uses", {
    component: PaymentUsesField,
    supportedTypes: ["json"],
});
