import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";

/**
 * Ways out as cards: a title, one figure, a few rows, reasons in words, one button. The
 * button saves the dialog and calls the method of the card with its code in the context.
 */
export class ProposalsField extends Component {
    static template = "debt_recovery.ProposalsField";
    static props = { ...standardFieldProps };

    get cards() {
        return this.props.record.data[this.props.name] || [];
    }

    use(card) {
        const { record } = this.props;
        return this.env.onClickViewButton({
            clickParams: {
                type: "object",
                name: card.method,
                context: { recovery_proposal: card.code },
            },
            getResParams: () => ({
                context: record.context,
                evalContext: record.evalContext,
                resModel: record.resModel,
                resId: record.resId,
                resIds: record.resIds,
            }),
        });
    }
}

registry.category("fields").add("recovery_proposals", {
    component: ProposalsField,
    supportedTypes: ["json"],
});
