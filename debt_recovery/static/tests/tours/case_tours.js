import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Choose a record in a many2one of the dialog. */
function choose(field, text) {
    return [
        {
            content: `Type ${text} in ${field}`,
            trigger: `.modal .o_field_widget[name=${field}] input`,
            run: `edit ${text}`,
        },
        {
            content: `Choose ${text}`,
            trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${text})`,
            run: "click",
        },
    ];
}

tours.add("debt_recovery_place_hold", {
    steps: () => [
        {
            content: "All is collectable",
            trigger: ".o_recovery_term[data-name=collectable]:contains(1,000)",
        },
        {
            content: "Nothing is held",
            trigger: ".o_recovery_term.o_recovery_zero[data-name=held]",
        },
        {
            content: "Hold",
            trigger: ".o_statusbar_buttons button[name=action_place_hold]",
            run: "click",
        },
        ...choose("type_id", "Goodwill pause"),
        {
            content: "Why",
            trigger: ".modal .o_field_widget[name=reason] textarea",
            run: "edit Asked for time",
        },
        {
            content: "Place it",
            trigger: ".modal button[name=action_place]",
            run: "click",
        },
        {
            content: "The money moved to the hold",
            trigger: ".o_recovery_term[data-name=held]:not(.o_recovery_zero):contains(1,000)",
        },
        {
            content: "Nothing is collectable",
            trigger: ".o_recovery_term.o_recovery_zero[data-name=collectable]",
        },
        {
            content: "And it is said on top",
            trigger: ".alert-danger:contains(Asked for time)",
        },
    ],
});

tours.add("debt_recovery_send_next", {
    steps: () => [
        {
            content: "Send",
            trigger: ".o_statusbar_buttons button[name=action_send_next]",
            run: "click",
        },
        {
            content: "The step is proposed",
            trigger: ".modal .o_field_widget[name=step_id] input",
        },
        {
            content: "The claim is shown",
            trigger: ".modal .o_field_widget[name=amount_claimed]:contains(1,000)",
        },
        {
            content: "Send it",
            trigger: ".modal button[name=action_send]",
            run: "click",
        },
        {
            content: "Timeline",
            trigger: "body:not(:has(.modal)) .o_notebook a[name=timeline]",
            run: "click",
        },
        {
            content: "The message is under way",
            trigger: ".o_field_widget[name=action_ids] .o_data_row:contains(E-mail):contains(Queued)",
        },
    ],
});

tours.add("debt_recovery_case_more", {
    steps: () => [
        {
            content: "Click a number of the bridge",
            trigger: ".o_recovery_term[data-name=overdue]",
            run: "click",
        },
        {
            content: "Its items are listed",
            trigger: ".o_breadcrumb:contains(Overdue)",
        },
        {
            content: "Back to the case",
            trigger: ".o_back_button",
            run: "click",
        },
        {
            content: "More",
            trigger: ".o_recovery_more",
            run: "click",
        },
        {
            content: "Dispute",
            trigger: ".o-dropdown-item[data-name=action_dispute]",
            run: "click",
        },
        {
            content: "What is wrong",
            trigger: ".modal .o_field_widget[name=category_id] input",
            run: "edit Price",
        },
        {
            content: "The category",
            trigger: ".ui-autocomplete a:contains(Price / discount differs)",
            run: "click",
        },
        {
            content: "Why",
            trigger: ".modal .o_field_widget[name=name] input",
            run: "edit Wrong price",
        },
        {
            content: "Which item",
            trigger: ".modal .o_field_widget[name=line_ids] .o_data_row .o_boolean_toggle input",
            run: "click",
        },
        {
            content: "Its amount is counted",
            trigger: ".modal .o_field_widget[name=amount_text]:contains(1,000)",
        },
        {
            content: "Open the dispute",
            trigger: ".modal button[name=action_confirm]",
            run: "click",
        },
        {
            content: "The money is disputed",
            trigger: ".o_recovery_term[data-name=disputed]:not(.o_recovery_zero):contains(1,000)",
        },
    ],
});

tours.add("debt_recovery_invoice", {
    steps: () => [
        {
            content: "Open the invoice of the first item",
            trigger: ".o_field_widget[name=receivable_ids] button[name=action_open_document]",
            run: "click",
        },
        {
            content: "The ribbon says so",
            trigger: ".o_form_view .ribbon:contains(In recovery)",
        },
        {
            content: "Back to the case by the button",
            trigger: ".oe_stat_button[name=action_recovery_open_case]",
            run: "click",
        },
        { content: "The case", trigger: ".o_recovery_bridge" },
    ],
});

tours.add("debt_recovery_runs", {
    steps: () => [
        {
            content: "A run",
            trigger: ".o_list_view .o_data_row .o_data_cell[name=date]",
            run: "click",
        },
        {
            content: "Customers and reasons",
            trigger: ".o_field_widget[name=line_ids] .o_data_row:contains(Debtor Ltd)",
        },
        {
            content: "All reasons",
            trigger: "button.oe_stat_button[name=action_open_lines] .o_stat_value:contains(1)",
            run: "click",
        },
        {
            content: "Grouped by reason",
            trigger: ".o_list_view .o_group_header",
            run: "click",
        },
        {
            content: "Open the case",
            trigger: ".o_data_row .o_data_cell[name=partner_id]:contains(Debtor Ltd)",
            run: "click",
        },
        { content: "The case", trigger: ".o_recovery_bridge" },
    ],
});
