import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";

/**
 * Say what a reply ended in: the contact panel with the outcomes of a call, for an
 * incoming e-mail. Recording the contact handles the reply on the server.
 *
 * @returns {Promise<boolean>} whether something was recorded
 */
export async function triageReply(env, { caseId, messageId, outcome }) {
    const panel = env.services.recovery_call_panel;
    if (panel) {
        const result = await panel.open({
            caseId,
            messageId,
            outcome,
            channel: "email",
            direction: "in",
        });
        return Boolean(result?.saved);
    }
    const action = await env.services.orm.call("debt.recovery.case", "action_log_call", [
        [caseId],
    ]);
    action.context = { ...action.context, default_direction: "in" };
    await new Promise((resolve) => {
        env.services.action.doAction(action, { onClose: resolve });
    });
    return true;
}

registry.category("actions").add("recovery_reply_triage", async (env, { params }) => {
    await triageReply(env, params);
    env.services.notification.add(_t("The list shows what is still to read."), {
        type: "info",
    });
    return { type: "ir.actions.client", tag: "soft_reload" };
});
