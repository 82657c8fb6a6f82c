import { Component } from "@odoo/owl";
import { deserializeDateTime, serializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** Only the fields the outcome needs, in one column. */
export class CallForm extends Component {
    static template = "debt_recovery.CallForm";
    static props = {
        outcome: Object,
        told: Object,
        data: Object,
        chips: Array,
        useChip: Function,
        toggleItem: Function,
    };

    get needs() {
        return this.props.outcome.needs;
    }

    get textLabel() {
        return this.props.outcome.text_label;
    }

    get hour() {
        const { hour } = this.props.told;
        return hour ? deserializeDateTime(hour).toFormat("yyyy-MM-dd'T'HH:mm") : "";
    }

    get amount() {
        const { amount } = this.props.told;
        return amount ? amount.toFixed(this.props.data.currency?.digits ?? 2) : "";
    }

    isChosen(chip) {
        const told = this.props.told;
        return Object.entries(chip.told).every(([key, value]) => told[key] === value);
    }

    set(key, value) {
        this.props.told[key] = value;
    }

    setHour(value) {
        const moment = DateTime.fromISO(value);
        this.set("hour", moment.isValid ? serializeDateTime(moment) : false);
    }

    setAmount(value) {
        this.set("amount", parseFloat(value) || 0);
        this.set("amountTouched", true);
    }

    setNumber(key, value) {
        this.set(key, parseInt(value) || false);
    }

    setContact(key, value) {
        this.set("new_contact", { ...this.props.told.new_contact, [key]: value });
    }

    toggleChannel(channel) {
        const chosen = new Set(this.props.told.channel_ids || []);
        if (!chosen.delete(channel.id)) {
            chosen.add(channel.id);
        }
        this.set("channel_ids", [...chosen]);
    }
}
