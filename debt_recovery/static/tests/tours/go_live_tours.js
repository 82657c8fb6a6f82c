import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("debt_recovery_go_live", {
    steps: () => [
        {
            content: "The checklist names what is missing",
            trigger: ".o_field_widget[name=check_ids] .o_data_row:contains(New cases belong to nobody)",
        },
        {
            content: "Each beginning says what it would send",
            trigger: ".o_field_widget[name=way_ids] .o_data_row:contains(Catch up one level)",
        },
        {
            content: "Enter the sender",
            trigger: ".o_field_widget[name=recovery_sender_email] input",
            run: "edit receivables@us.example.com",
        },
        {
            content: "Catch up",
            trigger: ".o_field_widget[name=mode] .o_radio_item:contains(Catch up) input",
            run: "click",
        },
        {
            content: "Look again",
            trigger: ".o_statusbar_buttons button[name=action_check]",
            run: "click",
        },
        {
            content: "The sender is there",
            trigger: ".o_field_widget[name=check_ids] .o_data_row:contains(receivables@us.example.com)",
        },
        {
            content: "Go live",
            trigger: ".o_statusbar_buttons button[name=action_go_live]",
            run: "click",
        },
        {
            content: "Yes, really",
            trigger: ".modal .modal-footer button.btn-primary:contains(Go Live)",
            run: "click",
        },
        {
            content: "The strategies are live",
            trigger: ".o_list_view .o_data_row .badge:contains(Live)",
        },
    ],
});

tours.add("debt_recovery_what_if", {
    steps: () => [
        {
            content: "A step comes later",
            trigger: ".o_field_widget[name=step_ids] .o_data_row:contains(First reminder) .o_data_cell[name=day]",
            run: "click",
        },
        {
            content: "On day 30",
            trigger: ".modal .o_field_widget[name=day] input",
            run: "edit 30",
        },
        {
            content: "Into the form",
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "Ask first",
            trigger: ".o_statusbar_buttons button[name=action_what_if]",
            run: "click",
        },
        {
            content: "One customer moves",
            trigger: ".modal .o_recovery_what_if:contains(another step)",
        },
        {
            content: "Only looked",
            trigger: ".modal .modal-footer button:contains(Close)",
            run: "click",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            content: "The form asks before it saves",
            trigger: ".modal .modal-footer button:contains(Save the Change)",
            run: "click",
        },
        { content: "Saved", trigger: ".o_form_view .o_form_saved" },
    ],
});

tours.add("debt_recovery_rule_what_if", {
    steps: () => [
        {
            content: "Contacts begin at four in the afternoon",
            trigger: ".o_field_widget[name=hour_from] input",
            run: "edit 16:00",
        },
        {
            content: "Save",
            trigger: ".o_form_button_save:visible",
            run: "click",
        },
        {
            content: "The form says what changes before it saves",
            trigger: ".modal .o_recovery_what_if",
        },
        {
            content: "Better not",
            trigger: ".modal .modal-footer button:contains(Go Back)",
            run: "click",
        },
        {
            content: "Take it back",
            trigger: ".o_form_button_cancel:visible",
            run: "click",
        },
        { content: "Nothing was saved", trigger: ".o_form_view .o_form_saved" },
    ],
});

tours.add("debt_recovery_small_debts", {
    steps: () => [
        {
            content: "One list for the month",
            trigger: ".o_data_row:contains(Tiny Ltd) .badge:contains(Agency)",
        },
        {
            content: "Tick it",
            trigger: ".o_data_row:contains(Tiny Ltd) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "To the agency",
            trigger: "button[name=action_small_to_agency]",
            run: "click",
        },
        {
            content: "It is proposed",
            trigger: ".o_list_view .o_data_row:contains(Tiny Ltd):contains(Proposed)",
        },
    ],
});
