import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const cursorOn = (name) => `.o_data_row:has(td:focus):contains(${name})`;

/** The cursor is on the row; press a key there. */
function press(name, key, content) {
    return [
        { content: `The cursor is on ${name}`, trigger: cursorOn(name) },
        { content, trigger: `${cursorOn(name)} td:focus`, run: `press ${key}` },
    ];
}

/** From the search field into the list. */
function enterList(first) {
    return [
        { content: "The list is there", trigger: `.o_data_row:contains(${first})` },
        {
            content: "Down from the search field",
            trigger: ".o_searchview_input",
            run: "press ArrowDown",
        },
    ];
}

tours.add("debt_recovery_today_keyboard", {
    steps: () => [
        ...enterList("Big Ltd"),
        ...press("Big Ltd", "ArrowDown", "Down"),
        ...press("Debtor Ltd", "ArrowUp", "Up again"),
        ...press("Big Ltd", "c", "C is call"),
        { content: "The call opens", trigger: ".o_recovery_panel" },
    ],
});

tours.add("debt_recovery_today_later", {
    steps: () => [
        ...enterList("Big Ltd"),
        ...press("Big Ltd", "l", "L is later"),
        {
            content: "Three days",
            trigger: ".o_recovery_later button[data-days='3']",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".o_recovery_later input[name=reason]",
            run: "edit They ask their bank && press Enter",
        },
        {
            content: "The row has gone",
            trigger: ".o_list_renderer:not(:contains(Big Ltd))",
        },
        {
            content: "Take it back",
            trigger: ".o_notification button:contains(Undo)",
            run: "click",
        },
        { content: "The row is back", trigger: ".o_data_row:contains(Big Ltd)" },
        {
            content: "Done on the row",
            trigger: ".o_data_row:contains(Big Ltd) button[data-name=done]",
            run: "click",
        },
        {
            content: "It counts as handled",
            trigger: ".o_recovery_handled:contains(1 of 2)",
        },
    ],
});

tours.add("debt_recovery_today_search", {
    steps: () => [
        { content: "The list is there", trigger: ".o_data_row:contains(Big Ltd)" },
        {
            content: "A telephone number, as the display shows it",
            trigger: ".o_searchview_input",
            run: "edit 0032 475 12 34 56",
        },
        { content: "Look for it", trigger: ".o_searchview_input", run: "press Enter" },
        {
            content: "Only that debtor is left",
            trigger: ".o_list_renderer:contains(Debtor Ltd):not(:contains(Big Ltd))",
        },
    ],
});

tours.add("debt_recovery_today_start", {
    steps: () => [
        { content: "The list is there", trigger: ".o_data_row:contains(Big Ltd)" },
        { content: "Start", trigger: ".o_recovery_start", run: "click" },
        {
            content: "The most urgent case opens",
            trigger: ".o_recovery_case_form:contains(Big Ltd)",
        },
        {
            content: "Back to Today",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a",
            run: "click",
        },
        { content: "Evening", trigger: ".o_recovery_close_day", run: "click" },
        { content: "What stays", trigger: ".modal .o_data_row:contains(Big Ltd)" },
        {
            content: "Confirm once",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        { content: "Nothing is due", trigger: ".o_view_nocontent:contains(Nothing due)" },
        {
            content: "Reopen the day",
            trigger: ".o_recovery_today button[data-name=reopen]",
            run: "click",
        },
        { content: "All is back", trigger: ".o_data_row:contains(Debtor Ltd)" },
    ],
});
