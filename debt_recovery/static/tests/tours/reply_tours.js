import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("recovery_reply_answer", {
    steps: () => [
        {
            content: "Their words stand on top of the case",
            trigger: ".o_recovery_replies:contains(Which account should we pay to)",
        },
        {
            content: "Answer",
            trigger: ".o_recovery_replies [data-do='answer']",
            run: "click",
        },
        {
            content: "The dialog repeats what they wrote",
            trigger: ".modal .o_recovery_they_wrote:contains(Which account)",
        },
        {
            content: "Send",
            trigger: ".modal button[name='action_send']",
            run: "click",
        },
        {
            content: "The reply is handled",
            trigger: "body:not(:has(.modal)):not(:has(.o_recovery_reply)) .o_recovery_case_form",
        },
    ],
});
