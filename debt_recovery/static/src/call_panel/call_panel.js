import {
    Component,
    markup,
    onMounted,
    onWillStart,
    onWillUnmount,
    useEffect,
    useState,
} from "@odoo/owl";
import { useHotkey } from "@web/core/hotkeys/hotkey_hook";
import { _t } from "@web/core/l10n/translation";
import { callbackChips, dateChips } from "./call_chips";
import { CallAside } from "./call_aside";
import { CallDraft } from "./call_draft";
import { CallForm } from "./call_form";
import { mainOutcomes, possibleOutcomes, titleOf } from "./call_outcomes";
import { prefill, prepareTold, toggleItem } from "./call_told";
import { offerUndo } from "./call_undo";

const TOLD_ERRORS = ["UserError", "ValidationError", "AccessError"];

/** One contact: whom to call, what to say, what came of it. */
export class CallPanel extends Component {
    static template = "debt_recovery.CallPanel";
    static components = { CallForm, CallAside };
    static props = {
        caseId: Number,
        actionId: { type: [Number, Boolean], optional: true },
        messageId: { type: [Number, Boolean], optional: true },
        contactId: { type: [Number, Boolean], optional: true },
        outcome: { type: String, optional: true },
        channel: String,
        direction: String,
        offerNext: Boolean,
        guard: Object,
        close: Function,
        "*": true,
    };

    setup() {
        // not through useService: Undo and the reload outlive the drawer
        const { orm, action, notification } = this.env.services;
        Object.assign(this, { orm, action, notification });
        this.state = useState({
            direction: this.props.direction,
            contactId: false,
            note: "",
            outcome: null,
            told: {},
            more: [],
            seconds: 0,
            showMore: false,
            asking: false,
            saving: false,
            error: "",
            next: null,
            restored: false,
        });
        this.draft = new CallDraft(this.props);
        useEffect(
            () => void (this.state.next || this.draft.keep(this.data.today, this.told)),
            () => [JSON.stringify(this.told)]
        );
        onWillStart(() => this.load());
        onMounted(() => (this.timer = setInterval(() => this.state.seconds++, 1000)));
        onWillUnmount(() => clearInterval(this.timer));
        this.isChosen = (outcome) => outcome.code === this.state.outcome?.code;
        this.props.guard.ask = () => this.requestClose();
        useHotkey("control+enter", () => this.save(), { bypassEditableProtection: true });
        useHotkey("escape", () => this.requestClose(), { bypassEditableProtection: true });
        for (let place = 1; place <= 8; place++) {
            useHotkey(`${place}`, () => this.choose(this.mainOutcomes[place - 1]));
        }
    }

    async load() {
        this.data = await this.orm.call(
            "debt.recovery.case",
            "action_call_panel",
            [[this.props.caseId]],
            {
                channel: this.props.channel,
                action_id: this.props.actionId || false,
                contact_id: this.props.contactId || false,
            }
        );
        this.data.script = markup(this.data.script || "");
        this.state.contactId = this.data.contact_id;
        const chosen = this.data.outcomes.find((o) => o.code === this.props.outcome);
        if (chosen) {
            Object.assign(this.state, { outcome: chosen, told: this.prefill(chosen) });
        } else {
            this.restore();
        }
    }

    /** Everything the officer entered so far. */
    get told() {
        const { outcome, told, more, note, direction, contactId } = this.state;
        return { outcome: outcome?.code, told, more, note, direction, contactId };
    }

    /** Go on where the browser was closed. */
    restore() {
        const kept = this.draft.read(this.data.today);
        const outcome = this.data.outcomes.find((o) => o.code === kept?.outcome) || null;
        Object.assign(this.state, kept && { ...kept, outcome, restored: true });
    }

    // WHAT IS SHOWN

    get title() {
        return titleOf(this.props.channel, this.state.direction);
    }

    get isCall() {
        return ["phone", "sms"].includes(this.props.channel);
    }

    get person() {
        return this.data.people.find((person) => person.id === this.state.contactId);
    }

    /** Whom we dial; who calls us needs no permission. */
    get gate() {
        return this.state.direction === "in" ? "allowed" : this.person?.status || "allowed";
    }

    get outcomes() {
        return possibleOutcomes(this.data.outcomes, this.state.direction);
    }

    get mainOutcomes() {
        return mainOutcomes(this.outcomes, this.props.channel);
    }

    get otherOutcomes() {
        const main = new Set(this.mainOutcomes);
        return this.outcomes.filter((outcome) => !main.has(outcome));
    }

    get clock() {
        const seconds = `${this.state.seconds % 60}`.padStart(2, "0");
        return `${Math.floor(this.state.seconds / 60)}:${seconds}`;
    }

    get saveLabel() {
        const { outcome, told } = this.state;
        if (outcome?.code === "copy") {
            return _t("Send and save");
        }
        return outcome?.promise && told.confirm ? _t("Save + confirm by mail") : _t("Save");
    }

    // WHAT WAS TOLD

    async choose(outcome) {
        if (!outcome || this.state.saving) {
            return;
        }
        Object.assign(this.state, { outcome, asking: false, error: "", showMore: false });
        this.state.told = this.prefill(outcome);
        if (!Object.keys(outcome.needs).length) {
            await this.save();
        }
    }

    prefill(outcome) {
        return prefill(outcome, this.data, this.person);
    }

    toggleItem(item) {
        toggleItem(this.state.told, item, this.state.outcome, this.data);
    }

    prepareTold() {
        return prepareTold(this.state.told, this.state.outcome, this.data);
    }

    get chips() {
        const needs = this.state.outcome?.needs || {};
        if (needs.hour) {
            return callbackChips();
        }
        return needs.date && this.state.outcome.side === "past" ? dateChips() : [];
    }

    /** A chip answers the last question of a callback, so it saves. */
    async useChip(chip) {
        Object.assign(this.state.told, chip.told);
        if (chip.told.hour) {
            await this.save();
        }
    }

    /** Keep this outcome and tell another of the same contact. */
    addAnother() {
        const told = this.prepareTold();
        this.state.more.push({ told, name: this.state.outcome.name });
        Object.assign(this.state, { outcome: null, told: {}, error: "" });
    }

    dropAnother(index) {
        this.state.more.splice(index, 1);
    }

    /** The answers to what the debtor can pay, over the drawer: what was told stays. */
    async negotiate() {
        const dialog = await this.orm.call("debt.recovery.case", "action_negotiate", [
            [this.props.caseId],
        ]);
        await this.action.doAction(dialog, { onClose: () => this.reload() });
    }

    // SAVING AND CLOSING

    prepareVals() {
        const parts = this.state.more.map((part) => part.told);
        if (this.state.outcome) {
            parts.push(this.prepareTold());
        }
        const [first, ...more] = parts;
        return {
            ...first,
            more,
            channel: this.props.channel,
            direction: this.state.direction,
            contact_id: this.state.contactId || false,
            action_id: this.props.actionId || false,
            message_id: this.props.messageId || false,
            note: this.state.note,
            duration: this.state.seconds,
            offer_next: this.props.offerNext,
        };
    }

    async save() {
        if (this.state.saving || !(this.state.outcome || this.state.more.length)) {
            return;
        }
        Object.assign(this.state, { saving: true, error: "" });
        try {
            await this.onSaved(
                await this.orm.call("debt.recovery.case", "action_record_contact", [
                    [this.props.caseId],
                    this.prepareVals(),
                ])
            );
        } catch (error) {
            if (!TOLD_ERRORS.includes(error.exceptionName?.split(".").pop())) {
                throw error;
            }
            this.state.error = error.data.message;
        } finally {
            this.state.saving = false;
        }
    }

    async onSaved(result) {
        this.draft.drop();
        offerUndo(this, result, () => this.reload());
        if (result.next && !result.opens) {
            clearInterval(this.timer);
            Object.assign(this.state, { next: result.next, outcome: null, more: [] });
            await this.reload();
            return;
        }
        this.props.close({ saved: true });
        await this.reload();
        if (result.opens) {
            await this.action.doAction(result.opens, { onClose: () => this.reload() });
        }
    }

    /** The page behind shows what has changed. */
    reload() {
        return this.action.doAction("soft_reload");
    }

    requestClose() {
        if (this.state.next) {
            this.props.close({ saved: true });
        } else if (this.state.asking) {
            this.draft.drop();
            this.props.close();
        } else {
            this.state.asking = true;
        }
    }

    noAnswer() {
        return this.choose(this.data.outcomes.find((o) => o.code === "no_answer"));
    }

    get knowsNoAnswer() {
        const nothingTold = !this.state.outcome && !this.state.more.length;
        return nothingTold && this.outcomes.some((o) => o.code === "no_answer");
    }

    /** The next case takes the place of this one. */
    callNext() {
        const caseId = this.state.next.id;
        this.props.close({ saved: true });
        this.env.services.recovery_call_panel.open({ caseId, offerNext: true });
    }
}
