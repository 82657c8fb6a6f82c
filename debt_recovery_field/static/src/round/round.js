import {
    Component,
    onPatched,
    onWillStart,
    onWillUnmount,
    useExternalListener,
    useRef,
    useState,
} from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { ConnectionLostError } from "@web/core/network/rpc";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useService } from "@web/core/utils/hooks";
import { useSortable } from "@web/core/utils/sortable_owl";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { RoundStorage } from "./storage";
import { VisitForm } from "./visit_form";

const MODEL = "debt.recovery.visit";
const RETRY_MS = 30000;

/** The day's round of a field officer, made for a phone that loses its signal. */
export class Round extends Component {
    static template = "debt_recovery_field.Round";
    static components = { VisitForm };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm").silent;
        this.action = useService("action");
        this.storage = new RoundStorage(user.userId);
        this.state = useState({
            round: null,
            drafts: {},
            current: null,
            offline: false,
            saving: false,
            refused: "",
            result: null,
        });
        this.list = useRef("list");
        useSortable({
            ref: this.list,
            elements: ".o_recovery_stop",
            handle: ".o_recovery_handle",
            cursor: "grabbing",
            onDrop: () => this.saveOrder(),
            enable: () => !this.state.current,
        });
        useExternalListener(window, "online", () => this.sendWaiting());
        onWillStart(() => this.start());
        onPatched(() => this.keepDrafts());
        const timer = browser.setInterval(() => this.sendWaiting(), RETRY_MS);
        onWillUnmount(() => {
            browser.clearInterval(timer);
            this.keepDrafts();
        });
    }

    async start() {
        this.state.drafts = this.storage.drafts();
        const visitId = this.props.action.params?.visit_id || false;
        await this.load(visitId);
        if (visitId) {
            this.open(visitId);
        }
        this.sendWaiting();
    }

    async load(visitId = false) {
        try {
            const round = await this.orm.call(MODEL, "action_round", [visitId]);
            this.state.round = round;
            this.state.offline = false;
            this.storage.write("round", round);
        } catch (error) {
            if (!(error instanceof ConnectionLostError)) {
                throw error;
            }
            this.state.offline = true;
            this.state.round = this.state.round || this.storage.read("round");
        }
    }

    // ROUND

    get visits() {
        return this.state.round?.visits || [];
    }

    get openVisits() {
        return this.visits.filter((visit) => visit.state !== "done");
    }

    get doneVisits() {
        return this.visits.filter((visit) => visit.state === "done");
    }

    get visit() {
        return this.visits.find((visit) => visit.id === this.state.current);
    }

    get nextVisit() {
        return this.openVisits.find(
            (visit) => visit.id !== this.state.current && !this.state.drafts[visit.id]?.waits
        );
    }

    /** Cash of visits that this phone has not been able to send yet. */
    get cashPending() {
        return Object.values(this.state.drafts)
            .filter((d) => d.waits && d.outcome === "visit_paid" && d.means === "cash")
            .reduce((sum, d) => sum + Number(String(d.amount).replace(",", ".")), 0);
    }

    async saveOrder() {
        const ids = [...this.list.el.querySelectorAll(".o_recovery_stop")].map((el) =>
            Number(el.dataset.id)
        );
        this.state.round.visits.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
        try {
            await this.orm.webResequence(MODEL, ids);
        } catch (error) {
            this.noSignal(error);
        }
    }

    // ONE VISIT

    open(visitId) {
        this.state.result = null;
        this.state.refused = "";
        this.state.drafts[visitId] = this.state.drafts[visitId] || this.newDraft();
        this.state.current = visitId;
        window.scrollTo?.(0, 0);
    }

    openStop(visit) {
        if (visit.state === "done") {
            this.state.result = visit.result;
            this.state.current = null;
        } else {
            this.open(visit.id);
        }
    }

    back() {
        this.keepDrafts();
        this.state.current = null;
        this.state.result = null;
    }

    newDraft() {
        return {
            key: crypto.randomUUID?.() || `${Date.now()}-${Math.random()}`,
            arrival: null,
            outcome: "",
            person: "",
            note: "",
            amount: "",
            means: "cash",
            cheque: { number: "", bank: "", date: "", drawer: "", photo: false },
            promise_date: "",
            promise_amount: "",
            item_ids: [],
            photo: false,
            signature: false,
            mail_receipt: false,
            checks: {},
            corrections: {},
            safety_note: "",
            next_start: "",
            waits: false,
        };
    }

    keepDrafts() {
        for (const [id, draft] of Object.entries(this.state.drafts)) {
            if (!this.storage.write(`visit:${id}`, draft)) {
                // no room: better the words without the pictures than nothing
                const slim = { ...draft, photo: false, signature: false };
                slim.cheque = { ...draft.cheque, photo: false };
                this.storage.write(`visit:${id}`, slim);
            }
        }
    }

    async arrive() {
        const visitId = this.state.current;
        const draft = this.state.drafts[visitId];
        try {
            const answer = await this.orm.call(MODEL, "action_arrive", [
                [visitId],
                { ...draft.arrival },
            ]);
            this.visits.find((visit) => visit.id === visitId).why_not = answer.why_not;
            if (answer.why_not) {
                draft.arrival = null;
            }
        } catch (error) {
            this.noSignal(error);
        }
    }

    // SENDING

    async save() {
        const draft = this.state.drafts[this.state.current];
        draft.done_at = new Date().toISOString();
        draft.waits = true;
        this.keepDrafts();
        await this.send(this.state.current);
    }

    /** Send one visit; it stays on the phone until the server has answered. */
    async send(visitId) {
        if (this.state.saving) {
            return;
        }
        this.state.saving = true;
        const draft = this.state.drafts[visitId];
        try {
            const result = await this.orm.call(MODEL, "action_submit", [
                [visitId],
                draft.key,
                { ...draft },
            ]);
            this.sent(visitId, result);
        } catch (error) {
            if (!this.noSignal(error)) {
                draft.waits = false;
                this.state.refused = this.sentence(error);
                this.state.current = visitId;
                this.keepDrafts();
            } else if (this.state.current === visitId) {
                this.state.result = {
                    kept: true,
                    message: _t("Kept on this phone, will be sent."),
                };
                this.state.current = null;
            }
        } finally {
            this.state.saving = false;
        }
    }

    /** Ours speak for themselves; a fault of the server is no text for the street. */
    sentence(error) {
        return error.exceptionName?.startsWith("odoo.exceptions.")
            ? error.data.message
            : _t("The server could not save it. It stays on this phone: try again later.");
    }

    sent(visitId, result) {
        delete this.state.drafts[visitId];
        this.storage.remove(`visit:${visitId}`);
        const visit = this.visits.find((item) => item.id === visitId);
        if (visit) {
            Object.assign(visit, { state: "done", result });
        }
        this.state.refused = "";
        if (this.state.current === visitId || this.state.current === null) {
            this.state.current = null;
            this.state.result = result;
        }
        this.load();
    }

    async sendWaiting() {
        for (const [id, draft] of Object.entries(this.state.drafts)) {
            if (draft.waits) {
                await this.send(Number(id));
            }
        }
    }

    /** @returns {boolean} whether it was only the signal */
    noSignal(error) {
        if (!(error instanceof ConnectionLostError)) {
            if (error.exceptionName) {
                return false;
            }
            throw error;
        }
        this.state.offline = true;
        return true;
    }

    printReceipt(receiptId) {
        return this.action.doAction({
            type: "ir.actions.act_url",
            url: `/report/pdf/debt_recovery_field.report_receipt_document/${receiptId}`,
            target: "new",
        });
    }
}

registry.category("actions").add("debt_recovery_field.round", Round);
