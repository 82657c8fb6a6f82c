import { Component } from "@odoo/owl";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";
import { useTodayActions } from "./today_actions";

const { DateTime } = luxon;
const BANDS = { a: "danger", b: "warning", c: "info", d: "light" };
const GATES = {
    allowed: { icon: "fa-circle text-success", label: _t("May be contacted now") },
    delayed: { icon: "fa-clock-o text-warning", label: _t("May be contacted later") },
    refused: { icon: "fa-circle text-danger", label: _t("May not be contacted") },
};

class RecoveryCell extends Component {
    static props = { ...standardFieldProps };

    get data() {
        return this.props.record.data;
    }

    get value() {
        return this.data[this.props.name];
    }
}

/** Band and score; the three weightiest reasons on hover. */
export class RecoveryPriorityField extends RecoveryCell {
    static template = "debt_recovery.PriorityField";

    get color() {
        return BANDS[this.data.priority_band] || "light";
    }

    get band() {
        return (this.data.priority_band || "d").toUpperCase();
    }
}

/** Hour of an appointment; the day too when it was missed. */
export class RecoveryHourField extends RecoveryCell {
    static template = "debt_recovery.HourField";

    get text() {
        const today = this.value.hasSame(DateTime.now(), "day");
        return this.value.toFormat(today ? "HH:mm" : "d LLL HH:mm");
    }

    get isPast() {
        return this.value < DateTime.now();
    }
}

/** Green, a clock, or red; the sentence of the contact rules on hover. */
export class RecoveryGateField extends RecoveryCell {
    static template = "debt_recovery.GateField";

    get gate() {
        return GATES[this.value];
    }

    get title() {
        return this.data.gate_phone_text || this.gate.label;
    }
}

/** Small signs for what else is true of the case. */
export class RecoveryBadgesField extends RecoveryCell {
    static template = "debt_recovery.BadgesField";
}

/** Call, mail, done, later: shown while the mouse or the cursor is on the row. */
export class RecoveryRowButtons extends Component {
    static template = "debt_recovery.RowButtons";
    static props = { ...standardWidgetProps };

    setup() {
        this.actions = useTodayActions(() => this.props.record.model.load());
        this.buttons = [
            { name: "call", icon: "fa-phone", title: _t("Call (C)") },
            { name: "mail", icon: "fa-envelope-o", title: _t("Mail (M)") },
            { name: "done", icon: "fa-check", title: _t("Done (D)") },
            { name: "later", icon: "fa-clock-o", title: _t("Later (L)") },
        ];
    }
}

const fields = registry.category("fields");
const priority = {
    component: RecoveryPriorityField,
    displayName: _t("Recovery priority"),
    supportedTypes: ["integer"],
    fieldDependencies: [
        { name: "priority_band", type: "selection", selection: [] },
        { name: "priority_text", type: "char" },
    ],
};
fields.add("recovery_priority", priority);
fields.add("recovery_hour", { component: RecoveryHourField, supportedTypes: ["datetime"] });
fields.add("recovery_gate", {
    component: RecoveryGateField,
    supportedTypes: ["selection"],
    fieldDependencies: [{ name: "gate_phone_text", type: "char" }],
});
fields.add("recovery_badges", { component: RecoveryBadgesField, supportedTypes: ["json"] });
registry.category("view_widgets").add("recovery_row_buttons", {
    component: RecoveryRowButtons,
    listViewWidth: 96,
});
