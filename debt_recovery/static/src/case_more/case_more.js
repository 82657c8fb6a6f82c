import { Component } from "@odoo/owl";
import { Dropdown } from "@web/core/dropdown/dropdown";
import { DropdownItem } from "@web/core/dropdown/dropdown_item";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { standardWidgetProps } from "@web/views/widgets/standard_widget_props";

/**
 * The fifth button of the case: everything that is not done every day. Addons add
 * entries to the registry category "recovery_case_more".
 */
export class RecoveryMore extends Component {
    static template = "debt_recovery.More";
    static components = { Dropdown, DropdownItem };
    static props = { ...standardWidgetProps };

    get items() {
        return registry
            .category("recovery_case_more")
            .getAll()
            .filter((item) => !item.isVisible || item.isVisible(this.props.record));
    }

    run(item) {
        const { record } = this.props;
        return this.env.onClickViewButton({
            clickParams: { type: "object", name: item.name },
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

registry.category("view_widgets").add("recovery_more", {
    component: RecoveryMore,
    fieldDependencies: [
        { name: "next_step_id", type: "many2one" },
        { name: "hardship_possible", type: "boolean" },
        { name: "user_id", type: "many2one" },
        { name: "legal_switch", type: "boolean" },
        { name: "agency_switch", type: "boolean" },
    ],
});

const entries = [
    { name: "action_negotiate", label: _t("What can be paid"), icon: "fa-balance-scale" },
    { name: "action_plan", label: _t("Payment plan"), icon: "fa-calendar-check-o" },
    {
        name: "action_hardship",
        label: _t("Hardship"),
        icon: "fa-heart-o",
        isVisible: (record) => record.data.hardship_possible,
    },
    { name: "action_settlement", label: _t("Settlement"), icon: "fa-scissors" },
    { name: "action_dispute", label: _t("Dispute, enquiry, complaint"), icon: "fa-gavel" },
    { name: "action_statement", label: _t("Statement of account"), icon: "fa-list-alt" },
    {
        name: "action_letter_before_action",
        label: _t("Letter before action"),
        icon: "fa-balance-scale",
    },
    { name: "action_dossier", label: _t("Dossier"), icon: "fa-book" },
    {
        name: "action_confirmation",
        label: _t("Balance confirmation"),
        icon: "fa-check-square-o",
    },
    {
        name: "action_limitation_event",
        label: _t("Acknowledgement or suspension"),
        icon: "fa-hourglass-half",
    },
    { name: "action_reconcile", label: _t("Reconcile the account"), icon: "fa-exchange" },
    {
        name: "action_skip_step",
        label: _t("Skip the next step"),
        icon: "fa-step-forward",
        isVisible: (record) => Boolean(record.data.next_step_id),
    },
    { name: "action_add_step", label: _t("Plan an extra step"), icon: "fa-calendar-plus-o" },
    {
        name: "action_legal",
        label: _t("Legal"),
        icon: "fa-balance-scale",
        isVisible: (record) => record.data.legal_switch,
    },
    {
        name: "action_agency",
        label: _t("Agency"),
        icon: "fa-share-square-o",
        isVisible: (record) => record.data.agency_switch,
    },
    { name: "action_change_strategy", label: _t("Change strategy"), icon: "fa-random" },
    {
        name: "action_take_over",
        label: _t("Take over"),
        icon: "fa-user-plus",
        isVisible: (record) => record.data.user_id?.id !== user.userId,
    },
    { name: "action_close", label: _t("Close the case"), icon: "fa-archive" },
];
entries.forEach((entry, index) => {
    registry
        .category("recovery_case_more")
        .add(entry.name, entry, { sequence: (index + 1) * 10 });
});
