import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("recovery_case_more").add(
    "action_plan_visit",
    {
        name: "action_plan_visit",
        label: _t("Visit"),
        icon: "fa-map-marker",
        isVisible: (record) => Boolean(record.data.field_work),
    },
    { sequence: 15 }
);
