import { _t } from "@web/core/l10n/translation";
import { serializeDate, serializeDateTime } from "@web/core/l10n/dates";

const { DateTime } = luxon;

/** Monday to Friday: nobody is called back on a Saturday by a chip. */
function nextWorkday(day) {
    let next = day.plus({ days: 1 });
    while (next.weekday > 5) {
        next = next.plus({ days: 1 });
    }
    return next;
}

function nextMonday(day) {
    return day.plus({ days: 8 - day.weekday });
}

/** When to call back; in the time of the user, sent as UTC. */
export function callbackChips(now = DateTime.local()) {
    const at = (day, hour) => day.set({ hour, minute: 0, second: 0, millisecond: 0 });
    const tomorrow = nextWorkday(now);
    const monday = nextMonday(now);
    const moments = [
        [_t("In 1 hour"), now.plus({ hours: 1 }).set({ second: 0, millisecond: 0 })],
        [_t("%s at 9", tomorrow.toFormat("ccc")), at(tomorrow, 9)],
        [_t("%s at 14", tomorrow.toFormat("ccc")), at(tomorrow, 14)],
    ];
    if (!monday.hasSame(tomorrow, "day")) {
        moments.push([_t("%s at 9", monday.toFormat("ccc")), at(monday, 9)]);
    }
    return moments.map(([label, moment]) => ({
        label,
        told: { hour: serializeDateTime(moment) },
    }));
}

/** When it was paid. */
export function dateChips(now = DateTime.local()) {
    const days = [
        [_t("Today"), now],
        [_t("Yesterday"), now.minus({ days: 1 })],
        [_t("Last week"), now.minus({ days: 7 })],
    ];
    return days.map(([label, day]) => ({ label, told: { date: serializeDate(day) } }));
}
