import { Activity } from "@mail/core/web/activity";
import { patch } from "@web/core/utils/patch";

/** A trace ends with an answer: found, or not. */
patch(Activity.prototype, {
    async endTrace(method) {
        const { thread } = this;
        const { activity } = this.props;
        const ids = [activity.id];
        await this.env.services.orm.call("mail.activity", method, [ids]);
        activity.remove();
        this.props.onActivityChanged(thread);
    },
});
