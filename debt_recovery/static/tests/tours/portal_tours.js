import { registry } from "@web/core/registry";

registry.category("web_tour.tours").add("debt_recovery_sign_agreement", {
    steps: () => [
        {
            content: "the plan waits for a signature",
            trigger: ".o_portal_my_doc_table tr:contains(To sign) a",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "read it",
            trigger: "#o_recovery_agreement:contains(Down payment), #o_recovery_agreement h4:contains(Payments)",
        },
        {
            content: "who signs",
            trigger: "#sign .o_web_sign_name_and_signature input",
            run: "edit Petra Payer",
        },
        {
            trigger: "#sign canvas.o_web_sign_signature",
            run: "canvasNotEmpty",
        },
        {
            content: "sign",
            trigger: "#sign .o_portal_sign_submit:enabled",
            run: "click",
            expectUnloadPage: true,
        },
        {
            content: "signed, and the page says so",
            trigger: "#o_recovery_agreement:contains(it is signed):contains(Active)",
        },
    ],
});
