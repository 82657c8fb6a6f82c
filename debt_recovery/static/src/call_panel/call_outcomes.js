import { _t } from "@web/core/l10n/translation";

const BUTTONS = 8;

export const titleOf = (channel, direction) =>
    ({
        phone: direction === "in" ? _t("They call") : _t("Call"),
        email: _t("E-mail"),
        visit: _t("Visit"),
        letter: _t("Letter"),
    })[channel] || _t("Contact");

/** Who calls us was reached: nobody failed to answer. */
export const possibleOutcomes = (outcomes, direction) =>
    direction === "in" ? outcomes.filter(({ group }) => group !== "no_contact") : outcomes;

/** The buttons, those of a visit first on a visit. */
export function mainOutcomes(outcomes, channel) {
    const rank = (outcome) => (channel === "visit" && outcome.visit ? 0 : 1);
    return outcomes
        .filter((outcome) => outcome.main)
        .sort((one, other) => rank(one) - rank(other))
        .slice(0, BUTTONS);
}
