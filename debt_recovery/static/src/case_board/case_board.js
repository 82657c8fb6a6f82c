import { ConfirmationDialog } from "@web/core/confirmation_dialog/confirmation_dialog";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { KanbanRenderer } from "@web/views/kanban/kanban_renderer";
import { kanbanView } from "@web/views/kanban/kanban_view";

/**
 * Stages follow from facts: a card that is dropped on a column opens the dialog that
 * would lead there, and stays where it is until the facts have changed.
 */
export class RecoveryCaseBoard extends KanbanRenderer {
    setup() {
        super.setup();
        this.orm = useService("orm");
        this.notice = useService("notification");
        this.actionService = useService("action");
        this.dialogs = useService("dialog");
    }

    get canMoveRecords() {
        return this.canResequenceRecords && this.props.list.groupByField?.name === "stage_id";
    }

    reload() {
        return this.props.list.model.load();
    }

    async sortRecordDrop(dataRecordId, dataGroupId, { parent }) {
        parent?.classList.remove("o_kanban_hover");
        const { groups } = this.props.list;
        const source = groups.find((group) => group.id === dataGroupId);
        const target = groups.find((group) => group.id === parent?.dataset.id);
        const card = source?.list.records.find((record) => record.id === dataRecordId);
        if (!card || !target || target === source) {
            return;
        }
        const ids = [card.resId];
        const found = await this.orm.call(card.resModel, "action_drop", [ids, target.value]);
        if (found.confirm) {
            this.confirmEscalation(card.resModel, ids, found.confirm);
        } else {
            await this.actionService.doAction(found, { onClose: () => this.reload() });
        }
    }

    confirmEscalation(resModel, ids, body) {
        this.dialogs.add(ConfirmationDialog, {
            title: _t("Escalate"),
            body,
            confirmLabel: _t("Escalate"),
            confirm: async () => {
                await this.orm.call(resModel, "action_escalate", [ids]);
                await this.reload();
                this.offerUndo(resModel, ids);
            },
            cancel: () => {},
        });
    }

    offerUndo(resModel, ids) {
        const close = this.notice.add(_t("Escalated"), {
            type: "success",
            autocloseDelay: 10000,
            buttons: [
                {
                    name: _t("Undo"),
                    onClick: async () => {
                        close();
                        await this.orm.call(resModel, "action_escalate_undo", [ids]);
                        await this.reload();
                    },
                },
            ],
        });
    }
}

registry.category("views").add("recovery_case_kanban", {
    ...kanbanView,
    Renderer: RecoveryCaseBoard,
});
