import { Component, useState } from "@odoo/owl";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { standardFieldProps } from "@web/views/fields/standard_field_props";
import { triageReply } from "./triage";

/** Replies that nobody has read, on top of the case: their words and what to do. */
export class RecoveryReplies extends Component {
    static template = "debt_recovery.Replies";
    static props = { ...standardFieldProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ open: {}, busy: false });
    }

    get value() {
        return this.props.record.data[this.props.name] || { replies: [], outcomes: [] };
    }

    /** Long answers show their beginning first. */
    isLong(reply) {
        return reply.text.length > 280 || reply.text.split("\n").length > 4;
    }

    async reload() {
        await this.props.record.load();
    }

    async triage(reply, outcome) {
        if (await triageReply(this.env, { ...reply, outcome })) {
            await this.reload();
        }
    }

    async call(reply, method) {
        if (this.state.busy) {
            return;
        }
        this.state.busy = true;
        try {
            const action = await this.orm.call("debt.recovery.reply", method, [
                [reply.replyId],
            ]);
            if (action && typeof action === "object") {
                await this.action.doAction(action, { onClose: () => this.reload() });
            } else {
                await this.reload();
            }
        } finally {
            this.state.busy = false;
        }
    }
}

registry.category("fields").add("recovery_replies", {
    component: RecoveryReplies,
    supportedTypes: ["json"],
});
