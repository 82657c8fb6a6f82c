import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** Open an entry of the case's More menu. */
function more(name) {
    return [
        {
            content: "More",
            trigger: ".o_recovery_more",
            run: "click",
        },
        {
            content: `Entry ${name}`,
            trigger: `.o-dropdown-item[data-name=${name}]`,
            run: "click",
        },
    ];
}

const enter = (field, value) => ({
    content: `${field}: ${value}`,
    trigger: `.modal .o_field_widget[name=${field}] input`,
    run: `edit ${value} && press Tab`,
});

tours.add("debt_recovery_negotiation", {
    steps: () => [
        ...more("action_negotiate"),
        enter("per_month", "250"),
        {
            content: "What they can pay, with its worth",
            trigger: ".modal .o_recovery_proposal[data-code=told]:contains(Worth today)",
        },
        {
            content: "Build it",
            trigger: ".modal .o_recovery_proposal[data-code=told] button",
            run: "click",
        },
        {
            content: "The builder is filled in",
            trigger: ".modal .o_field_widget[name=preview] td:contains(250)",
        },
        {
            content: "Agreed",
            trigger: ".modal button[name=action_activate]:not(.d-none)",
            run: "click",
        },
        {
            content: "The items are agreed",
            trigger:
                "body:not(:has(.modal)) .o_recovery_term[data-name=agreed]:not(.o_recovery_zero)",
        },
    ],
});

tours.add("debt_recovery_hardship", {
    steps: () => [
        ...more("action_hardship"),
        enter("income_work", "1500"),
        enter("out_home", "1000"),
        enter("out_living", "500"),
        {
            content: "Nothing is left: a pause",
            trigger: ".modal .o_recovery_proposal[data-code=pause]:contains(Nothing is left)",
        },
        {
            content: "Pause",
            trigger: ".modal .o_recovery_proposal[data-code=pause] button",
            run: "click",
        },
        {
            content: "The money rests",
            trigger:
                "body:not(:has(.modal)) .o_recovery_term[data-name=held]:not(.o_recovery_zero)",
        },
        {
            content: "And everybody sees why",
            trigger: ".o_field_widget[name=care_text]:contains(Hardship)",
        },
    ],
});
