import { registry } from "@web/core/registry";

const panel = ".o_recovery_panel";
const closed = `body:not(:has(${panel}))`;

/** One movement of the officer; they are counted. */
const press = (content, trigger) => ({ content, trigger, run: "click", isPress: true });
const pick = (content, trigger, label) => ({
    content,
    trigger,
    run: `selectByLabel ${label}`,
    isPress: true,
});

const call = (customer = "Debtor Ltd") =>
    press("Call", `.o_data_row:contains(${customer}) .o_recovery_row_buttons [data-name=call]`);
const outcome = (code) => press(code, `${panel} [data-outcome=${code}]`);
const save = press("Save", `${panel} button[name=save]`);
const gone = { content: "The panel is gone", trigger: closed };

/** A tour that says with how many clicks the work is done. */
function counted(name, clicks, steps) {
    const presses = steps.filter((step) => step.isPress).length;
    if (presses !== clicks) {
        throw new Error(`${name}: ${presses} clicks, ${clicks} are promised`);
    }
    const plain = steps.map(({ content, trigger, run }) => ({ content, trigger, run }));
    registry.category("web_tour.tours").add(`debt_recovery_call_${name}`, {
        steps: () => plain,
    });
}

counted("no_answer", 2, [
    call(),
    outcome("no_answer"),
    { content: "The next case is offered", trigger: `${panel} .o_recovery_call_next` },
    { content: "By name", trigger: `${panel}:contains(Next Ltd)` },
    { content: "Go on with it", trigger: `${panel} .o_recovery_call_next`, run: "click" },
    { content: "The next call", trigger: `${panel}:contains(Next Ltd) [data-outcome=promise]` },
]);

counted("promise", 3, [
    call(),
    outcome("promise"),
    { content: "All is prefilled", trigger: `${panel} input[name=amount]:value(1000)` },
    save,
    { content: "The next case is offered", trigger: `${panel} .o_recovery_call_next` },
]);

counted("paid", 4, [
    call(),
    outcome("paid"),
    press("Yesterday", `${panel} .o_recovery_chip:contains(Yesterday)`),
    save,
    { content: "Saved", trigger: `${panel} .o_recovery_call_next` },
]);

counted("copy", 3, [
    call(),
    outcome("copy"),
    save,
    { content: "Saved", trigger: `${panel} .o_recovery_call_next` },
]);

counted("dispute", 5, [
    call(),
    outcome("dispute"),
    press("The item", `${panel} tr[data-item] input`),
    pick("The category", `${panel} select[name=category]`, "Invoiced twice"),
    save,
    { content: "Saved", trigger: `${panel} .o_recovery_call_next` },
]);

/** What can be paid opens over the drawer; the plan is agreed, the drawer stays. */
const modal = ".modal .o_form_view";
registry.category("web_tour.tours").add("debt_recovery_call_negotiate", {
    steps: () => [
        { content: "Call", trigger: call().trigger, run: "click" },
        {
            content: "What can be paid",
            trigger: `${panel} button[name=negotiate]`,
            run: "click",
        },
        {
            content: "So much a month",
            trigger: `${modal} .o_field_widget[name=per_month] input`,
            run: "edit 250 && press Tab",
        },
        {
            content: "Build it",
            trigger: `.modal .o_recovery_proposal[data-code=told] button`,
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
            content: "Back in the drawer, which knows of it",
            trigger: `body:not(:has(.modal)) ${panel}:contains(1,000.00)`,
        },
        {
            content: "How the call ended",
            trigger: `${panel} [data-outcome=callback]`,
            run: "click",
        },
        { content: "A chip", trigger: `${panel} .o_recovery_chip:eq(1)`, run: "click" },
        { content: "Saved", trigger: `${panel} .o_recovery_call_next` },
    ],
});

counted("callback", 3, [
    call(),
    outcome("callback"),
    press("A chip", `${panel} .o_recovery_chip:eq(1)`),
    { content: "Saved", trigger: `${panel} .o_recovery_call_next` },
]);

/** Beside the case: error, two outcomes, undo, closing without a word. */
registry.category("web_tour.tours").add("debt_recovery_call_beside_the_case", {
    steps: () => [
        {
            content: "Call",
            trigger: ".o_statusbar_buttons button[name=action_log_call]",
            run: "click",
        },
        { content: "The number is ready", trigger: `${panel} .o_recovery_dial[href^='tel:+']` },
        { content: "Script", trigger: `${panel} .o_recovery_script:contains(which day)` },
        { content: "Close", trigger: `${panel} .btn-close`, run: "click" },
        {
            content: "It asks first",
            trigger: `${panel} .o_recovery_asking:contains(no answer?)`,
        },
        { content: "Back", trigger: `${panel} .o_recovery_asking .btn-link`, run: "click" },
        ...[outcome("dispute"), save],
        {
            content: "What is missing is said",
            trigger: `${panel} .alert-danger:contains(needs items)`,
        },
        outcome("time"),
        {
            content: "And another",
            trigger: `${panel} button[name=another]`,
            run: "click",
        },
        { content: "More", trigger: `${panel} .o_recovery_panel_more`, run: "click" },
        outcome("complaint"),
        { content: "The text", trigger: `${panel} input[name=text]`, run: "edit Rude" },
        save,
        gone,
        {
            content: "Undo",
            trigger: ".o_notification:contains(Saved) button:contains(Undo)",
            run: "click",
        },
        { content: "Timeline", trigger: ".o_notebook a[name=timeline]", run: "click" },
        {
            content: "The entry stays, undone",
            trigger: ".o_field_widget[name=action_ids] .o_data_row:contains(Cancelled)",
        },
    ].map(({ content, trigger, run }) => ({ content, trigger, run })),
});
