import {
    Component,
    markup,
    onPatched,
    onWillStart,
    onWillUpdateProps,
    useExternalListener,
    useState,
} from "@odoo/owl";
import { Domain } from "@web/core/domain";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { user } from "@web/core/user";
import { useBus, useService } from "@web/core/utils/hooks";
import { escape } from "@web/core/utils/strings";
import { ListController } from "@web/views/list/list_controller";
import { ListRenderer } from "@web/views/list/list_renderer";
import { listView } from "@web/views/list/list_view";
import { useTodayActions } from "./today_actions";

// filters of the search view; each is a chip with the number of cases behind it, the
// optional ones only while there is something
const CHIPS = [
    { name: "todo_callback", label: _t("Callbacks"), color: "danger" },
    { name: "todo_reply", label: _t("Replies"), color: "danger", optional: true },
    { name: "todo_broken", label: _t("Broken"), color: "danger" },
    { name: "money_in", label: _t("Money in"), color: "success" },
    {
        name: "late_instalment",
        label: _t("Instalments late"),
        color: "warning",
        optional: true,
    },
    { name: "todo_failed", label: _t("Failed"), color: "danger" },
    { name: "answers", label: _t("Answers"), color: "info", optional: true },
    { name: "todo_task", label: _t("Calls and tasks"), color: "info" },
    { name: "todo_review", label: _t("To review"), color: "warning" },
    { name: "todo_step", label: _t("Steps due"), color: "secondary" },
    { name: "needs_work", label: _t("All"), color: "primary" },
];
const TABS = [
    { name: "later_this_week", label: _t("Later this week"), color: "secondary" },
    { name: "waiting", label: _t("Waiting"), color: "secondary" },
];
const NAMES = [...CHIPS, ...TABS].map((chip) => chip.name);
const PEOPLE = ["mine", "own", "unassigned"];
const LETTERS = { c: "call", m: "mail", d: "done", l: "later" };

/** What waits today, by kind of work, over the list. */
export class RecoveryTodayStrip extends Component {
    static template = "debt_recovery.TodayStrip";
    // rows are replaced whenever the list is read again: then the strip counts again
    static props = {
        rows: { type: Array, optional: true },
        facts: Object,
    };

    setup() {
        this.orm = useService("orm");
        this.action = useService("action");
        this.facts = useState(this.props.facts);
        onWillStart(async () => {
            this.isManager = await user.hasGroup("debt_recovery.group_manager");
            await this.load();
        });
        onWillUpdateProps((next) => {
            if (next.rows !== this.props.rows) {
                this.load();
            }
        });
        this.narrow = null;
        useBus(this.env.searchModel, "update", () => this.widen());
    }

    /** Whoever calls is found, due today or not, whosever case it is; afterwards the
     * list is as it was. */
    widen() {
        const { query, searchItems } = this.env.searchModel;
        const finds = query.some((q) => searchItems[q.searchItemId].fieldName === "find");
        if (finds === Boolean(this.narrow)) {
            return;
        }
        const active = [...NAMES, ...PEOPLE].filter((name) => this.activeNames.has(name));
        const names = finds ? active : active.length ? [] : this.narrow;
        this.narrow = finds ? active : null;
        for (const name of names) {
            this.env.searchModel.toggleSearchItem(this.findItem(name).id);
        }
    }

    show(chips) {
        const active = this.activeNames;
        return chips
            .map((chip) => ({
                ...chip,
                count: this.facts.counts[chip.name] ?? 0,
                active: active.has(chip.name),
            }))
            .filter((chip) => !chip.optional || chip.count || chip.active);
    }

    get chips() {
        return this.show(CHIPS);
    }

    get tabs() {
        return this.show(TABS);
    }

    get total() {
        return this.facts.handled + (this.facts.counts.needs_work ?? 0);
    }

    get activeNames() {
        const items = this.env.searchModel.searchItems;
        return new Set(this.env.searchModel.query.map((q) => items[q.searchItemId].name));
    }

    findItem(name) {
        return this.env.searchModel.getSearchItems((item) => item.name === name)[0];
    }

    /** Cases of the people now shown (mine, or everybody's). */
    get baseDomain() {
        const active = PEOPLE.filter((name) => this.activeNames.has(name));
        const people = active.map((name) => this.findItem(name).domain);
        const parts = [this.env.searchModel.globalDomain || []];
        if (people.length) {
            parts.push(Domain.or(people));
        }
        return Domain.and(parts).toList({ ...user.context, uid: user.userId });
    }

    async load() {
        const { resModel } = this.env.searchModel;
        const facts = await this.orm.call(resModel, "action_today_facts", [this.baseDomain]);
        Object.assign(this.facts, facts);
    }

    get wholeTeam() {
        return !this.activeNames.has("mine");
    }

    toggleTeam() {
        this.env.searchModel.toggleSearchItem(this.findItem("mine").id);
    }

    /** One kind at a time: the chip clicked replaces the others. */
    select(chip) {
        const { searchModel } = this.env;
        const active = this.activeNames;
        for (const name of NAMES) {
            if (active.has(name) !== (name === chip.name)) {
                searchModel.toggleSearchItem(this.findItem(name).id);
            }
        }
    }

    openApprovals() {
        return this.action.doAction("debt_recovery.debt_recovery_approval_action");
    }

    async reopenDay() {
        await this.orm.call(this.env.searchModel.resModel, "action_undo_close_day", []);
        this.env.searchModel.search();
    }
}

export class RecoveryTodayRenderer extends ListRenderer {
    static template = "debt_recovery.TodayListRenderer";
    static components = { ...ListRenderer.components, RecoveryTodayStrip };

    setup() {
        super.setup();
        this.facts = useState({ counts: {}, handled: 0, approvals: 0 });
        this.actions = useTodayActions(() => this.props.list.model.load());
        onPatched(() => this.restoreFocus());
        useBus(this.env.searchModel, "focus-view", () => this.focusRow(0));
    }

    focusRow(number) {
        const rows = this.tableRef.el?.querySelectorAll(".o_data_row") || [];
        const row = rows[Math.min(number, rows.length - 1)];
        row?.querySelector(".o_data_cell").focus();
    }

    get emptyHelp() {
        const sentence = escape(this.facts.empty || "");
        return markup(`<p class="o_view_nocontent_smiling_face">${sentence}</p>`);
    }

    /** Letters act on the row with the cursor. */
    onCellKeydownReadOnlyMode(hotkey, cell, group, record) {
        const name = record && LETTERS[hotkey];
        if (!name) {
            return super.onCellKeydownReadOnlyMode(...arguments);
        }
        const rows = [...this.tableRef.el.querySelectorAll(".o_data_row")];
        this.lastRow = rows.indexOf(cell.closest("tr"));
        this.actions[name](record);
        return true;
    }

    /** The cursor stays at its place when its row has gone. */
    restoreFocus() {
        if (this.lastRow === undefined || document.activeElement !== document.body) {
            return;
        }
        this.focusRow(this.lastRow);
    }
}

export class RecoveryTodayController extends ListController {
    setup() {
        super.setup();
        this.orm = useService("orm");
        useExternalListener(window, "keydown", (ev) => this.onWindowKeydown(ev));
    }

    /** The slash looks for a debtor, ↓ enters the list, from anywhere on the page. */
    onWindowKeydown(ev) {
        const isTyping = ev.target.closest("input, textarea, [contenteditable=true], .modal");
        if (isTyping || document.querySelector(".modal")) {
            return;
        }
        if (ev.key === "/") {
            ev.preventDefault();
            this.env.searchModel.trigger("focus-search");
        } else if (ev.key === "ArrowDown" && ev.target === document.body) {
            this.env.searchModel.trigger("focus-view");
        }
    }

    get className() {
        return `${super.className || ""} o_recovery_today_view`;
    }

    async startDay() {
        const action = await this.orm.call(this.props.resModel, "action_today_start", []);
        return this.actionService.doAction(action);
    }

    closeDay() {
        return this.actionService.doAction("debt_recovery.debt_recovery_day_close_action", {
            onClose: () => this.model.load(),
        });
    }
}

registry.category("views").add("recovery_today_list", {
    ...listView,
    Controller: RecoveryTodayController,
    Renderer: RecoveryTodayRenderer,
    buttonTemplate: "debt_recovery.TodayButtons",
});
