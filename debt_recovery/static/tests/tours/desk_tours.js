import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("recovery_letter_batch", {
    steps: () => [
        {
            content: "A letter waits",
            trigger: ".o_data_row:contains(Debtor Ltd)",
        },
        {
            content: "Print what waits",
            trigger: "button[name='action_print_batch']",
            run: "click",
        },
        {
            content: "They are in the post",
            trigger: ".o_form_view button[name='action_posted']",
            run: "click",
        },
        {
            content: "Yes, all of them",
            trigger: ".modal button.btn-primary",
            run: "click",
        },
        {
            content: "The batch is posted",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Posted)",
        },
    ],
});

registry.category("web_tour.tours").add("recovery_question_answer", {
    steps: () => [
        {
            content: "What is asked",
            trigger: ".o_form_view:contains(Did we promise a credit note)",
        },
        {
            content: "Answer",
            trigger: ".o_field_widget[name='answer'] textarea",
            run: "edit Yes, 200 for the second pallet.",
        },
        {
            content: "Send it",
            trigger: "button[name='action_answer']",
            run: "click",
        },
        {
            content: "It is answered",
            trigger: ".o_statusbar_status button.o_arrow_button_current:contains(Answered)",
        },
    ],
});
