import { Component, onWillStart, useState } from "@odoo/owl";
import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";
import { useService } from "@web/core/utils/hooks";
import { useSetupAction } from "@web/search/action_hook";
import { Layout } from "@web/search/layout";
import { standardActionServiceProps } from "@web/webclient/actions/action_service";
import { RecoveryChart } from "./dashboard_chart";
import { ageingConfig, bridgeConfig, cashConfig } from "./dashboard_configs";

const MODEL = "debt.recovery.dashboard";

/**
 * The dashboard of the receivables: one question to the server per choice of filters;
 * every figure opens the rows behind it.
 */
export class RecoveryDashboard extends Component {
    static template = "debt_recovery_insight.Dashboard";
    static components = { Layout, RecoveryChart };
    static props = { ...standardActionServiceProps };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.state = useState({ facts: null });
        const known = this.props.state?.filters || this.props.action.context?.recovery_filters;
        onWillStart(() => this.load(known || {}));
        useSetupAction({ getLocalState: () => ({ filters: this.facts?.filters }) });
        this.ageingConfig = (data) => ageingConfig(data, this.facts.currency_id);
        this.bridgeConfig = (data) => bridgeConfig(data, this.facts.currency_id);
        this.cashConfig = (data) => cashConfig(data, this.facts.currency_id);
    }

    get facts() {
        return this.state.facts;
    }

    get display() {
        return { controlPanel: {} };
    }

    async load(filters) {
        const asked = (this.asked = (this.asked || 0) + 1);
        const facts = await this.orm.call(MODEL, "action_dashboard_facts", [filters]);
        if (asked === this.asked) {
            this.state.facts = facts;
        }
    }

    choose(name, value) {
        const id = name === "period" ? value : Number(value) || false;
        return this.load({ ...this.facts.filters, [name]: id });
    }

    async open(kind, key = null) {
        const action = await this.orm.call(MODEL, "action_dashboard_rows", [
            this.facts.filters,
            kind,
            key,
        ]);
        return this.action.doAction(action);
    }

    pickAgeing(index, series) {
        const { days, series: rows } = this.facts.ageing;
        return this.open("ageing", `${days[index]}:${rows[series].code}`);
    }

    print() {
        browser.print();
    }

    get hasHistory() {
        return this.facts.ageing.series.some((row) => row.data.some(Boolean));
    }

    get hasCash() {
        return this.facts.cash.weeks.some((week) => week.agreed || week.usual);
    }

    get hasBridge() {
        return this.facts.bridge.some((row) => row.amount);
    }

    get filterText() {
        const { filters, choices, period } = this.facts;
        const name = (rows, id) => rows.find((row) => row[0] === id)?.[1];
        return [
            name(choices.companies, filters.company_id),
            name(choices.users, filters.user_id),
            `${period.from} – ${period.to}`,
        ]
            .filter(Boolean)
            .join(" · ");
    }
}

registry.category("actions").add("recovery_dashboard", RecoveryDashboard);
