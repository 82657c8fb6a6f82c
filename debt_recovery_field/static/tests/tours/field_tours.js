import { browser } from "@web/core/browser/browser";
import { registry } from "@web/core/registry";

const tours = registry.category("web_tour.tours");
const SIGNAL = browser.XMLHttpRequest;

/** Every request of the client fails, as in a cellar. */
class NoSignal extends SIGNAL {
    send() {
        setTimeout(() => this.dispatchEvent(new Event("error")));
    }
}

tours.add("debt_recovery_field_visit", {
    steps: () => [
        {
            content: "The round shows the stop with its amount",
            trigger: ".o_recovery_stop:contains(Debtor Ltd):contains(1,000)",
            run: "click",
        },
        {
            content: "The safety note is the first thing to see",
            trigger: ".o_recovery_safety:contains(Dog in the yard)",
            run: () => {
                const refuse = (done, refused) => refused({ code: 1 });
                const value = { getCurrentPosition: refuse };
                Object.defineProperty(navigator, "geolocation", { value });
            },
        },
        {
            content: "Without an outcome nothing is saved",
            trigger: ".o_recovery_save",
            run: "click",
        },
        {
            content: "One sentence says what is missing",
            trigger: ".o_recovery_foot .text-danger:contains(Tap what came out)",
        },
        { content: "Arrived, nobody says where", trigger: ".o_recovery_arrive", run: "click" },
        { content: "The time is kept", trigger: ".o_recovery_arrived:contains(Arrived at)" },
        {
            content: "Paid",
            trigger: ".o_recovery_outcomes button[data-code=visit_paid]",
            run: "click",
        },
        { content: "How much", trigger: "input[name=amount]", run: "edit 5000" },
        { content: "Save", trigger: ".o_recovery_save", run: "click" },
        {
            content: "More cash than may be carried is refused at once",
            trigger: ".o_recovery_foot .text-danger:contains(You may take 1000.00)",
        },
        { content: "Less", trigger: "input[name=amount]", run: "edit 400" },
        {
            content: "The phone number is wrong",
            trigger: "[data-check=phone] button[title=Wrong]",
            run: "click",
        },
        { content: "The right one", trigger: "input[name=phone]", run: "edit +32 9 999" },
        {
            content: "Away from the form and back",
            trigger: ".o_recovery_visit .btn-link:contains(My round)",
            run: "click",
        },
        {
            content: "The draft is there",
            trigger: ".o_recovery_stop:contains(Debtor Ltd) .badge:contains(Draft)",
            run: "click",
        },
        {
            content: "Nothing was lost; then the signal goes",
            trigger: "input[name=amount]:value(400)",
            run: () => {
                browser.XMLHttpRequest = NoSignal;
            },
        },
        { content: "Save without signal", trigger: ".o_recovery_save", run: "click" },
        {
            content: "It is kept on the phone",
            trigger: ".o_recovery_result:contains(Kept on this phone)",
        },
        {
            content: "and the round says so",
            trigger: ".o_recovery_stop:contains(Debtor Ltd) .badge:contains(On this phone)",
        },
        {
            content: "The signal comes back",
            trigger: ".o_recovery_offline:contains(No signal)",
            run: () => {
                browser.XMLHttpRequest = SIGNAL;
                window.dispatchEvent(new Event("online"));
            },
        },
        {
            content: "It is sent by itself and the receipt has its number",
            trigger: ".o_recovery_result:contains(Receipt RC)",
        },
        {
            content: "The visit is done",
            trigger: ".o_recovery_done:contains(Debtor Ltd)",
        },
        {
            content: "Cash in hand counts it",
            trigger: ".o_recovery_cash:contains(400)",
        },
    ],
});

tours.add("debt_recovery_field_plan", {
    steps: () => [
        { content: "More", trigger: "button.o_recovery_more", run: "click" },
        {
            content: "Visit",
            trigger: ".dropdown-item[data-name=action_plan_visit]",
            run: "click",
        },
        {
            content: "What for",
            trigger: ".modal .o_field_widget[name=purpose] input",
            run: "edit Hand over the demand",
        },
        { content: "Plan", trigger: ".modal footer .btn-primary", run: "click" },
        {
            content: "The case counts it",
            trigger: "body:not(:has(.modal)) button[name=action_open_visits]",
            run: "click",
        },
        {
            content: "In the list of visits",
            trigger: ".o_data_row:contains(Hand over the demand)",
        },
    ],
});
