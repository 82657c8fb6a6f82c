import { browser } from "@web/core/browser/browser";
import { user } from "@web/core/user";

/**
 * What was told and is not saved yet: it stays in this browser for the day, should the
 * browser close in the middle of a call.
 */
export class CallDraft {
    constructor({ caseId, channel, messageId }) {
        this.key = ["recovery_call", user.userId, caseId, channel, messageId || 0].join("_");
    }

    /** @returns {Object|null} what was kept on the same day */
    read(day) {
        try {
            const kept = JSON.parse(browser.localStorage.getItem(this.key));
            return kept?.day === day ? kept.draft : null;
        } catch {
            return null;
        }
    }

    keep(day, draft) {
        if (draft.outcome || draft.more.length || draft.note) {
            browser.localStorage.setItem(this.key, JSON.stringify({ day, draft }));
        } else {
            this.drop();
        }
    }

    drop() {
        browser.localStorage.removeItem(this.key);
    }
}
