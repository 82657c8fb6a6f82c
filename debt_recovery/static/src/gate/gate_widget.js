import { Component } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

const DOTS = {
    allowed: "text-bg-success",
    delayed: "text-bg-warning",
    refused: "text-bg-danger",
};

/**
 * What the contact rules say about a channel, on the button that would use it: a dot
 * while it is allowed, else from when on or why not. Rules and sources on hover.
 */
export class RecoveryGate extends Component {
    static template = "debt_recovery.Gate";
    static props = { ...standardWidgetProps, channel: { type: String } };

    get status() {
        return this.props.record.data[`gate_${this.props.channel}`];
    }

    get text() {
        return this.props.record.data[`gate_${this.props.channel}_text`] || "";
    }

    /** What the tooltip lists: the verdict, then each rule with its source. */
    get info() {
        const hint = this.props.record.data[`gate_${this.props.channel}_hint`] || "";
        return JSON.stringify({ text: this.text, lines: hint.split("\n").filter(Boolean) });
    }

    get isMinded() {
        return Boolean(this.props.record.data[`gate_${this.props.channel}_hint`]);
    }

    get classes() {
        const minded = this.status === "allowed" && this.isMinded;
        return minded ? "text-bg-warning" : DOTS[this.status];
    }
}

const CHANNEL_FIELDS = ["", "_text", "_hint"];

registry.category("view_widgets").add("recovery_gate", {
    component: RecoveryGate,
    extractProps: ({ attrs }) => ({ channel: attrs.channel || "phone" }),
    fieldDependencies: ({ attrs }) =>
        CHANNEL_FIELDS.map((suffix) => ({
            name: `gate_${attrs.channel || "phone"}${suffix}`,
            type: suffix ? "char" : "selection",
            readonly: true,
        })),
});
