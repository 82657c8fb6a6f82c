import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

tours.add("debt_recovery_approve", {
    steps: () => [
        {
            content: "What waits for me, with the reason in one sentence",
            trigger: ".o_data_row .o_data_cell[name=reason]:contains(Director is abroad)",
            run: "click",
        },
        {
            content: "What a yes does",
            trigger: ".o_form_view .o_field_widget[name=effect]:contains(Goodwill pause from)",
        },
        {
            content: "Yes",
            trigger: ".o_statusbar_buttons button[name=action_approve]",
            run: "click",
        },
        {
            content: "It is decided",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Approved)",
        },
        {
            content: "Nothing is left to press",
            trigger: "body:not(:has(.o_statusbar_buttons button[name=action_approve]))",
        },
        {
            content: "Back to the room",
            trigger: ".o_breadcrumb .o_back_button, .breadcrumb-item a:contains(Approvals)",
            run: "click",
        },
        {
            content: "The other request is refused from its row",
            trigger:
                ".o_data_row:contains(Pays after the fair) button[name=action_refuse]",
            run: "click",
        },
        {
            content: "Why not",
            trigger: ".modal .o_field_widget[name=text] textarea",
            run: "edit Too long, ask for instalments",
        },
        {
            content: "Refuse",
            trigger: ".modal footer button[name=action_answer]",
            run: "click",
        },
        {
            content: "The room is empty",
            trigger: ".o_list_view:not(:has(.o_data_row))",
        },
    ],
});
