import { Component, useState } from "@odoo/owl";
import { PayerCard } from "../payer_card/payer_card";

/** What the caller looks at while talking. */
export class CallAside extends Component {
    static template = "debt_recovery.CallAside";
    static components = { PayerCard };
    static props = { data: Object, showItems: Boolean, showScript: Boolean };

    setup() {
        this.state = useState({ script: true });
    }
}
