import { Component, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { SignaturePad } from "./signature_pad";
import { MAX_PHOTO_MB, shrinkPhoto } from "./storage";

const MEANS = [
    { code: "cash", name: _t("Cash") },
    { code: "cheque", name: _t("Cheque") },
    { code: "card", name: _t("Card") },
];

/** One visit on one screen: head, arrived, outcome, what it needs, data right? */
export class VisitForm extends Component {
    static template = "debt_recovery_field.VisitForm";
    static components = { SignaturePad };
    static props = {
        visit: Object,
        draft: Object,
        round: Object,
        cashPending: Number,
        nextVisit: { optional: true },
        refused: String,
        saving: Boolean,
        onArrive: Function,
        onBack: Function,
        onNext: Function,
        onSave: Function,
    };

    setup() {
        this.means = MEANS;
        this.state = useState({ more: false, problem: "", locating: false });
    }

    get draft() {
        return this.props.draft;
    }

    get mainOutcomes() {
        return this.props.round.outcomes.filter((outcome) => outcome.main);
    }

    get moreOutcomes() {
        return this.props.round.outcomes.filter((outcome) => !outcome.main);
    }

    get showMore() {
        return (
            this.state.more ||
            this.moreOutcomes.some((outcome) => outcome.code === this.draft.outcome)
        );
    }

    /** A day of payment is asked for every outcome that is a promise. */
    get asksPromise() {
        const chosen = this.props.round.outcomes.find((o) => o.code === this.draft.outcome);
        return Boolean(chosen?.promise);
    }

    get arrivedAt() {
        const at = this.draft.arrival?.at;
        return at && new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
    }

    /** Data rows of the fifth block. */
    get checks() {
        const { data, is_person } = this.props.visit;
        const address = [data.street, `${data.zip} ${data.city}`.trim()].filter(Boolean);
        const rows = [
            { code: "address", name: _t("Address"), text: address.join(", ") },
            { code: "phone", name: _t("Phone"), text: data.phone },
        ];
        if (is_person && this.props.round.switches.employer) {
            rows.push({ code: "employer", name: _t("Employer"), text: data.employer });
        }
        rows.push({ code: "trading", name: _t("Still trading"), text: "" });
        return rows;
    }

    choose(outcome) {
        this.draft.outcome = outcome.code;
        this.state.problem = "";
        if (outcome.code === "visit_nobody" && !this.draft.next_start) {
            this.draft.next_start = this.props.visit.next_start || "";
        }
    }

    arrive() {
        this.draft.arrival = { at: new Date().toISOString() };
        if (this.props.round.switches.location && browser.navigator.geolocation) {
            this.locate();
        }
        this.props.onArrive();
    }

    /** Asked, never waited for: a refusal changes nothing. */
    locate() {
        this.state.locating = true;
        const done = (position) => {
            this.state.locating = false;
            if (position.coords && this.draft.arrival) {
                this.draft.arrival.latitude = position.coords.latitude;
                this.draft.arrival.longitude = position.coords.longitude;
            }
        };
        browser.navigator.geolocation.getCurrentPosition(done, done, { timeout: 8000 });
    }

    async takePhoto(ev, target, name) {
        const file = ev.target.files[0];
        const photo = file && (await shrinkPhoto(file));
        this.state.problem = "";
        if (photo) {
            target[name] = photo;
        } else if (file) {
            ev.target.value = "";
            this.state.problem = _t(
                "“%(name)s” is not a picture of at most %(size)s MB: take it again or leave it out.",
                { name: file.name, size: MAX_PHOTO_MB }
            );
        }
    }

    setCheck(code, right) {
        const { data } = this.props.visit;
        this.draft.checks[code] = right;
        if (right) {
            delete this.draft.corrections[code];
        } else if (code === "address") {
            this.draft.corrections.address = {
                street: data.street,
                zip: data.zip,
                city: data.city,
            };
        } else if (code === "phone") {
            this.draft.corrections.phone = { phone: data.phone };
        } else if (code === "employer") {
            this.draft.corrections.employer = { recovery_employer: data.employer };
        } else {
            this.draft.corrections.trading = { closed: true };
        }
    }

    toggleItem(item) {
        const ids = this.draft.item_ids;
        this.draft.item_ids = ids.includes(item.id)
            ? ids.filter((id) => id !== item.id)
            : [...ids, item.id];
    }

    /** What the server would refuse, said before it is sent. */
    get problem() {
        const { draft } = this;
        const amount = Number(String(draft.amount || "").replace(",", "."));
        if (!draft.outcome) {
            return _t("Tap what came out of the visit.");
        }
        if (draft.outcome === "visit_paid" && !(amount > 0)) {
            return _t("Type the amount that was paid, digits only.");
        }
        if (draft.outcome === "visit_paid" && draft.means === "cash") {
            return this.cashProblem(amount);
        }
        const { number, bank, date } = draft.cheque;
        if (draft.outcome === "visit_paid" && draft.means === "cheque") {
            return number && bank && date
                ? ""
                : _t("A cheque needs its number, its bank and its date.");
        }
        if (this.asksPromise && !draft.promise_date) {
            return _t("Choose the day of payment.");
        }
        if (draft.outcome === "dispute" && !(draft.note && draft.item_ids.length)) {
            return _t("Tick what is contested and write why.");
        }
        return "";
    }

    cashProblem(amount) {
        const { held, limit, symbol, keep_until } = this.props.round.cash;
        if (keep_until && keep_until < this.props.round.today) {
            return _t("Older cash must go to the cashier first: take a cheque or a card.");
        }
        const rest = limit - held - this.props.cashPending;
        if (limit && amount > rest) {
            return _t("You may take %(rest)s %(symbol)s more in cash; else a cheque or a card.", {
                rest: Math.max(rest, 0).toFixed(2),
                symbol,
            });
        }
        return "";
    }

    save() {
        this.state.problem = this.problem;
        if (!this.state.problem) {
            this.props.onSave();
        }
    }
}
