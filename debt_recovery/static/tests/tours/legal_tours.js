import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("debt_recovery_hand_over", {
    steps: () => [
        {
            content: "Everything that is not done every day",
            trigger: ".o_recovery_more",
            run: "click",
        },
        {
            content: "To the court",
            trigger: ".o-dropdown-item[data-name=action_legal]",
            run: "click",
        },
        {
            content: "The checklist: what is missing stands on top, with who can fix it",
            trigger: ".o_data_row:first .o_data_cell[name=fixer]:contains(officer)",
        },
        {
            content: "Fix the address in one click",
            trigger: ".o_data_row:contains(Address) button[name=action_fix]",
            run: "click",
        },
        {
            content: "The address is checked",
            trigger: ".o_data_row:contains(Address checked on) .badge:contains(There)",
        },
        {
            content: "What it will cost",
            trigger: ".o_field_widget[name=cost_estimate] input",
            run: "edit 800",
        },
        {
            content: "Why now",
            trigger: ".o_field_widget[name=reason] textarea",
            run: "edit Nothing else worked",
        },
        {
            content: "Look again",
            trigger: "button[name=action_check]",
            run: "click",
        },
        {
            content: "Everything is there",
            trigger: ".badge:contains(Everything is there)",
        },
        {
            content: "Hand over",
            trigger: "button[name=action_hand_over]",
            run: "click",
        },
        {
            content: "Somebody above decides",
            trigger: ".o_notification:contains(Sent for approval)",
        },
        {
            content: "And it waits",
            trigger: ".o_arrow_button_current:contains(Waits for approval)",
        },
    ],
});

tours.add("debt_recovery_deadlines", {
    steps: () => [
        {
            content: "The deadline that is due next",
            trigger: ".o_data_row:contains(File the claim) button[name=action_done]",
            run: "click",
        },
        {
            content: "It is done and the next one is planned",
            trigger: ".o_data_row:contains(Ask the court about the service)",
        },
        {
            content: "Open its case",
            trigger: ".o_data_row:contains(Ask the court) .o_data_cell[name=name]",
            run: "click",
        },
        {
            content: "The case is filed and its claim frozen",
            trigger: ".o_form_view .o_field_widget[name=claim_note]:contains(Frozen)",
        },
        {
            content: "Something happened",
            trigger: ".o_statusbar_buttons button[name=action_record]",
            run: "click",
        },
        {
            content: "The dialog proposes what is expected next",
            trigger: ".modal .o_field_widget[name=result] textarea",
            run: "edit Served by post",
        },
        {
            content: "Write it down",
            trigger: ".modal button[name=action_save]",
            run: "click",
        },
        {
            content: "The case moved on",
            trigger: ".o_arrow_button_current:contains(Served)",
        },
    ],
});
