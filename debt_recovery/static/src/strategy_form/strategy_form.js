import { Component, markup } from "@odoo/owl";
import { Dialog } from "@web/core/dialog/dialog";
import { registry } from "@web/core/registry";
import { FormController } from "@web/views/form/form_controller";
import { formView } from "@web/views/form/form_view";

/** What a change moves, as the server says it; on saving with a way back. */
export class WhatIfDialog extends Component {
    static template = "debt_recovery.WhatIfDialog";
    static components = { Dialog };
    static props = { close: Function, html: Object, question: Boolean, answer: Function };

    answer(value) {
        this.props.answer(value);
        this.props.close();
    }
}

/** Changes of these fields can move customers. */
const TELLING = [
    "step_ids",
    "active",
    "applies_to",
    "automatic",
    "is_default",
    "maximum_units",
    "partner_category_id",
    "sequence",
    "top_percent",
];

/**
 * A strategy that is live is not changed blindly: before it is saved the form says
 * whom the change moves and what it sends.
 */
export class StrategyFormController extends FormController {
    /** Ask the server what these unsaved values would change; nothing is written. */
    async askWhatIf(record, changes, question) {
        const answer = await this.orm.call(
            record.resModel,
            "action_what_if",
            [[record.resId], changes],
            { context: record.context }
        );
        return new Promise((resolve) => {
            const props = { html: markup(answer.html), question, answer: resolve };
            this.dialogService.add(WhatIfDialog, props, { onClose: () => resolve(false) });
        });
    }

    /** Can these changes move a customer, so that somebody should look first? */
    isTelling(record, changes) {
        return record.data.state === "live" && TELLING.some((name) => name in changes);
    }

    async onWillSaveRecord(record, changes) {
        if (!record.resId || !this.isTelling(record, changes)) {
            return super.onWillSaveRecord(...arguments);
        }
        if (!(await this.askWhatIf(record, changes, true))) {
            return false;
        }
        return super.onWillSaveRecord(...arguments);
    }

    /** A tab that is closed cannot ask: the browser does, and nothing is saved. */
    async beforeUnload(ev) {
        const { resId, dirty } = this.model.root;
        if (!resId || !dirty) {
            return super.beforeUnload(...arguments);
        }
        ev.preventDefault();
        ev.returnValue = "Unsaved changes";
    }

    async beforeExecuteActionButton(clickParams) {
        if (clickParams.name !== "action_what_if") {
            return super.beforeExecuteActionButton(...arguments);
        }
        const record = this.model.root;
        if (await record.checkValidity({ displayNotification: true })) {
            await this.askWhatIf(record, await record.getChanges(), false);
        }
        return false;
    }
}

registry.category("views").add("recovery_strategy_form", {
    ...formView,
    Controller: StrategyFormController,
});

/** Words about a contact rule; everything else decides who is contacted when. */
const WORDS = ["name", "note", "citation", "source_url", "last_review", "sequence"];

/** A contact rule says whom it lets through or stops before it is saved. */
export class RuleFormController extends StrategyFormController {
    isTelling(record, changes) {
        return Object.keys(changes).some((name) => !WORDS.includes(name));
    }
}

registry.category("views").add("recovery_rule_form", {
    ...formView,
    Controller: RuleFormController,
});
