import { Component, onWillStart, onWillUnmount, useEffect, useRef } from "@odoo/owl";
import { loadBundle } from "@web/core/assets";

/**
 * One chart of Chart.js. ``onPick`` hears which bar of which series was clicked.
 */
export class RecoveryChart extends Component {
    static template = "debt_recovery_insight.Chart";
    static props = {
        config: Function,
        data: { optional: true },
        label: String,
        onPick: { type: Function, optional: true },
        height: { type: Number, optional: true },
    };
    static defaultProps = { height: 220 };

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.data]
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    draw() {
        this.chart?.destroy();
        const config = this.props.config(this.props.data);
        config.options = {
            maintainAspectRatio: false,
            animation: false,
            ...config.options,
            onHover: (event, found) => {
                event.native.target.style.cursor = found.length ? "pointer" : "";
            },
            onClick: (_event, found) => {
                if (found.length) {
                    this.props.onPick?.(found[0].index, found[0].datasetIndex);
                }
            },
        };
        this.chart = new Chart(this.canvas.el, config); // eslint-disable-line no-undef
    }
}
