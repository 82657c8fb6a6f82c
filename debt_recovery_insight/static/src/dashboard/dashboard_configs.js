import { formatFloat } from "@web/core/utils/numbers";
import { formatCurrency } from "@web/core/currency";
import { cookie } from "@web/core/browser/cookie";
import { getBorderWhite, getCustomColor } from "@web/core/colors/colors";
import { _t } from "@web/core/l10n/translation";

const scheme = cookie.get("color_scheme");
const grid = getCustomColor(scheme, "#e9ecef", "#3c3e4b");
const text = getCustomColor(scheme, "#5f636f", "#b1b3bc");

/** From harmless to worrying; readable for colour-blind people by their lightness. */
export const BUCKET_COLORS = ["#c9d6df", "#f2d388", "#eda65d", "#d9694f", "#9c2f3f"];
const GOOD = "#3f8f76";
const BAD = "#c8553d";
const FIRM = "#33658a";
const LIKELY = "#a9c6da";
const LEVEL = "#6c757d";

const short = (value) => formatFloat(value, { humanReadable: true, decimals: 0 });

function options(currencyId, { stacked = false, legend = true } = {}) {
    return {
        plugins: {
            legend: {
                display: legend,
                position: "bottom",
                labels: { boxWidth: 10, boxHeight: 10, padding: 12, color: text },
            },
            tooltip: {
                callbacks: {
                    label: (item) => {
                        const raw = item.raw;
                        const value = Array.isArray(raw) ? raw[1] - raw[0] : raw;
                        const amount = formatCurrency(value, currencyId);
                        return item.dataset.label ? `${item.dataset.label}: ${amount}` : amount;
                    },
                },
            },
        },
        scales: {
            x: { stacked, grid: { display: false }, ticks: { color: text, maxRotation: 0 } },
            y: {
                stacked,
                border: { display: false },
                grid: { color: grid },
                ticks: { color: text, maxTicksLimit: 5, callback: short },
            },
        },
    };
}

/** Stacked month-ends, the oldest debts on top. */
export function ageingConfig(data, currencyId) {
    return {
        type: "bar",
        data: {
            labels: data.labels,
            datasets: data.series.map((row, index) => ({
                label: row.label,
                data: row.data,
                backgroundColor: BUCKET_COLORS[index],
                borderColor: getBorderWhite(scheme),
                borderWidth: 1,
                maxBarThickness: 46,
            })),
        },
        options: options(currencyId, { stacked: true }),
    };
}

/** A waterfall: each bar begins where the one before ended. */
export function bridgeConfig(data, currencyId) {
    const color = (row) => {
        if (row.code === "opening" || row.code === "closing") {
            return LEVEL;
        }
        return row.amount > 0 ? BAD : GOOD;
    };
    const config = {
        type: "bar",
        data: {
            labels: data.map((row) => row.label),
            datasets: [
                {
                    data: data.map((row) => [row.from, row.to]),
                    backgroundColor: data.map(color),
                    maxBarThickness: 56,
                    borderSkipped: false,
                    borderRadius: 2,
                },
            ],
        },
        options: options(currencyId, { legend: false }),
    };
    config.options.scales.y.beginAtZero = true;
    return config;
}

/** Weeks to come: what was agreed below, what usually comes above. */
export function cashConfig(data, currencyId) {
    const series = (label, name, backgroundColor) => ({
        label,
        data: data.map((row) => row[name]),
        backgroundColor,
        maxBarThickness: 34,
    });
    return {
        type: "bar",
        data: {
            labels: data.map((row) => row.label),
            datasets: [
                series(_t("Agreed"), "agreed", FIRM),
                series(_t("As customers usually pay"), "usual", LIKELY),
            ],
        },
        options: options(currencyId, { stacked: true }),
    };
}
