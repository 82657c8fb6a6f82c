import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const board = ".o_recovery_board";

tours.add("debt_recovery_dashboard", {
    steps: () => [
        { content: "Eight tiles", trigger: `${board}:has(.o_recovery_tile:nth-child(8))` },
        { content: "What is overdue", trigger: ".o_recovery_tile[data-code=overdue]:contains(1,000)" },
        { content: "The ageing is drawn", trigger: ".o_recovery_chart canvas" },
        { content: "The top debtor", trigger: ".o_recovery_debtor:contains(Debtor Ltd)" },
        {
            content: "The page of one officer",
            trigger: ".o_recovery_filters select[name=user_id]",
            run: "selectByLabel dr_officer",
        },
        {
            content: "The officer's tiles; to the rows of a figure",
            trigger: `${board}:has([data-code=todo]) .o_recovery_tile[data-code=overdue]`,
            run: "click",
        },
        { content: "The open items", trigger: ".o_list_view .o_data_row:contains(Debtor Ltd)" },
        { content: "Back", trigger: ".breadcrumb-item a:contains(Dashboard), .o_back_button", run: "click" },
        { content: "The filter is still there", trigger: `${board} .o_recovery_tile[data-code=todo]` },
    ],
});

tours.add("debt_recovery_dashboard_empty", {
    steps: () => [
        { content: "Own tiles", trigger: ".o_recovery_tile[data-code=todo]" },
        { content: "Says what is missing", trigger: ".o_recovery_empty:contains(Nobody is overdue)" },
        { content: "No choice of officers", trigger: ".o_recovery_filters:not(:has(select[name=user_id]))" },
    ],
});

tours.add("debt_recovery_push", {
    steps: () => [
        { content: "The team", trigger: ".o_recovery_push tr:last-child:contains(Team):contains(900)" },
        {
            content: "The list of one officer",
            trigger: ".o_recovery_push button:contains(dr_officer)",
            run: "click",
        },
        { content: "Filtered", trigger: ".o_searchview_facet:contains(dr_officer)" },
        { content: "The customer", trigger: ".o_data_row:contains(Debtor Ltd)" },
    ],
});
