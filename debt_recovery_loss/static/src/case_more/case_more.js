import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

registry.category("recovery_case_more").add(
    "action_write_off",
    { name: "action_write_off", label: _t("Write off"), icon: "fa-eraser" },
    { sequence: 155 }
);
