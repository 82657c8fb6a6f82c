/** What one outcome tells: proposed, changed by hand, and as the server gets it. */

/** As much as can be known before anybody types. */
export function prefill(outcome, data, person) {
    const { needs } = outcome;
    const told = { outcome: outcome.code, ticks: {} };
    if (needs.date && outcome.side === "future") {
        told.date = data.promise_date;
    }
    if (outcome.promise) {
        told.confirm = Boolean(person?.email);
    }
    if (needs.owner) {
        told.owner_id = data.uid;
    }
    if (needs.items && !needs.category) {
        for (const item of data.items) {
            told.ticks[item.id] = item.collectable;
        }
    }
    if (needs.amount && data.currency && outcome.promise) {
        told.amount = tickedAmount(told, data);
    }
    return told;
}

function tickedAmount(told, data) {
    const total = data.items
        .filter((item) => told.ticks[item.id])
        .reduce((sum, item) => sum + item.amount, 0);
    return Number(total.toFixed(data.currency.digits));
}

/** The proposed amount follows the ticks until somebody types another one. */
export function toggleItem(told, item, outcome, data) {
    told.ticks[item.id] = !told.ticks[item.id];
    told.itemsTouched = true;
    if (outcome.promise && data.currency && !told.amountTouched) {
        told.amount = tickedAmount(told, data);
    }
}

/** What was left alone is the server's own proposal. */
export function prepareTold(told, outcome, data) {
    const vals = { ...told };
    for (const key of ["ticks", "itemsTouched", "amountTouched"]) {
        delete vals[key];
    }
    if (outcome.promise && !told.amountTouched) {
        delete vals.amount;
    }
    if (outcome.needs.items && (told.itemsTouched || outcome.needs.category)) {
        vals.item_ids = data.items.map((item) => item.id).filter((id) => told.ticks[id]);
    }
    return vals;
}
