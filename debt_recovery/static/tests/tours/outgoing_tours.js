import { registry } from "@web/core/registry";

const strip = ".o_recovery_outgoing";

registry.category("web_tour.tours").add("debt_recovery_outgoing", {
    steps: () => [
        {
            content: "One message waits for a person",
            trigger: `${strip} button.btn-primary[data-name=review] .badge:contains(1)`,
        },
        {
            content: "Something to look at first",
            trigger: ".o_data_row .o_data_cell[name=watch_out]:contains(First message ever)",
        },
        {
            content: "Read it",
            trigger: ".o_data_row .o_data_cell[name=partner_id]:contains(Debtor Ltd)",
            run: "click",
        },
        {
            content: "It claims both invoices",
            trigger: ".modal .o_field_widget[name=amount_claimed]:contains(1,250)",
        },
        {
            content: "Leave the older one out",
            trigger:
                ".modal .o_field_widget[name=claim_line_ids] .o_data_row:contains(1,000) button[name=action_remove]",
            run: "click",
        },
        {
            content: "The other one is still claimed",
            trigger: ".modal .o_field_widget[name=amount_claimed]:contains(250):not(:contains(1,250))",
        },
        {
            content: "Approve",
            trigger: ".modal footer button[name=action_approve]",
            run: "click",
        },
        {
            content: "It leaves today, at the hour",
            trigger: `body:not(:has(.modal)) ${strip} button[data-name=leaving_today]:contains(10:30) .badge:contains(1)`,
        },
        {
            content: "Look there",
            trigger: `${strip} button[data-name=leaving_today]`,
            run: "click",
        },
        {
            content: "One tab at a time",
            trigger: `${strip}:not(:has([data-name=review].btn-primary)) [data-name=leaving_today].btn-primary`,
        },
        {
            content: "Take it",
            trigger: ".o_data_row:contains(Debtor Ltd) .o_list_record_selector input",
            run: "click",
        },
        {
            content: "Skip it after all",
            trigger: ".o_control_panel button[name=action_skip]",
            run: "click",
        },
        {
            content: "With a reason",
            trigger: ".modal .o_field_widget[name=reason] input",
            run: "edit They asked for a call",
        },
        {
            content: "Confirm",
            trigger: ".modal footer button[name=action_confirm]",
            run: "click",
        },
        {
            content: "Nothing leaves any more",
            trigger: `body:not(:has(.modal)) ${strip} button[data-name=leaving_today] .badge:contains(0)`,
        },
        {
            content: "Who gets nothing today",
            trigger: `${strip} button[data-reason=quiet_days]:contains(1)`,
            run: "click",
        },
        {
            content: "The customer, with the reason in words",
            trigger: ".o_data_row:contains(Debtor Ltd):contains(Quiet until Friday)",
        },
    ],
});
