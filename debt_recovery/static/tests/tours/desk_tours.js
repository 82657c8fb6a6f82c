import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Choose a record in a many2one. */
const choose = (field, text) => [
    {
        content: `Type ${text} in ${field}`,
        trigger: `.o_field_widget[name=${field}] input`,
        run: `edit ${text}`,
    },
    {
        content: `Choose ${text}`,
        trigger: `.o-autocomplete--dropdown-item:not(.o_m2o_dropdown_option) a:contains(${text})`,
        run: "click",
    },
];

tours.add("recovery_letter_batch", {
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

tours.add("recovery_question_answer", {
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

/** Both cases ticked, work chosen; then the list of who gets what. */
tours.add("recovery_mass_action", {
    steps: () => [
        {
            content: "As a list",
            trigger: ".o_switch_view.o_list",
            run: "click",
        },
        {
            content: "All cases",
            trigger: ".o_list_view thead .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Actions",
            trigger: ".o_cp_action_menus .dropdown-toggle:has(.fa-cog)",
            run: "click",
        },
        {
            content: "Work on them",
            trigger: ".o-dropdown-item:contains(Work on Selected Cases)",
            run: "click",
        },
        {
            content: "Sending the next step is proposed",
            trigger: ".modal .o_field_widget[name=kind] input[data-value=send]:checked",
        },
        {
            content: "Who gets it",
            trigger: ".modal .o_recovery_mass tr:has(.fa-check):contains(Debtor Ltd)",
        },
        {
            content: "Who does not, and why",
            trigger: ".modal .o_recovery_mass tr:has(.fa-ban):contains(Silent Ltd):contains(Refused)",
        },
        { content: "Do it", trigger: ".modal button:contains(Do It)", run: "click" },
        {
            content: "What came of it",
            trigger: ".modal .o_recovery_mass:contains(1 done):contains(is on its way)",
        },
        { content: "Close", trigger: ".modal footer button:contains(Close)", run: "click" },
        { content: "Back in the list", trigger: "body:not(:has(.modal)) .o_list_view" },
    ],
});

/** An officer goes on leave, by the own preferences. */
tours.add("recovery_on_leave", {
    steps: () => [
        { content: "My own menu", trigger: ".o_user_menu .dropdown-toggle", run: "click" },
        {
            content: "Preferences",
            trigger: ".o-dropdown-item[data-menu=preferences], .o-dropdown-item[data-menu=settings]",
            run: "click",
        },
        {
            content: "Away from",
            trigger: ".o_field_widget[name=recovery_absent_from] :is(input, button)",
            run: "click",
        },
        { content: "Today", trigger: ".o_datetime_picker .o_today", run: "click" },
        ...choose("recovery_deputy_id", "dr_other_officer"),
        {
            content: "Save",
            trigger: ".modal button[name=preference_save]",
            run: "click",
            expectUnloadPage: true,
        },
        { content: "Saved", trigger: "body:not(:has(.modal)) .o_recovery_today" },
    ],
});

/** Meanwhile the deputy works the case from the own Today. */
tours.add("recovery_standing_in", {
    steps: () => [
        {
            content: "The colleague's case, marked so",
            trigger: ".o_data_row:contains(Debtor Ltd) [title*='away']",
        },
        {
            content: "Call",
            trigger: ".o_data_row:contains(Debtor Ltd) .o_recovery_row_buttons [data-name=call]",
            run: "click",
        },
        {
            content: "No answer",
            trigger: ".o_recovery_panel [data-outcome=no_answer]",
            run: "click",
        },
        {
            content: "It is saved",
            trigger: ".o_notification:contains(Saved)",
        },
    ],
});
