import { _t } from "@web/core/l10n/translation";

/** Say what was saved; while the entry is its author's own it can be taken back. */
export function offerUndo({ orm, notification }, result, reload) {
    const undo = async () => {
        close();
        await orm.call("debt.recovery.action", "action_undo", [[result.action_id]]);
        await reload();
    };
    const close = notification.add(_t("Saved: %s", result.outcome), {
        type: "success",
        buttons: result.can_undo ? [{ name: _t("Undo"), onClick: undo }] : [],
    });
}
