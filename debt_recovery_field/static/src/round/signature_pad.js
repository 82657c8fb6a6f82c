import { Component, useRef } from "@odoo/owl";

/** A field to sign in with a finger; needs no fonts and no signal. */
export class SignaturePad extends Component {
    static template = "debt_recovery_field.SignaturePad";
    static props = { value: { optional: true }, onChange: Function };

    setup() {
        this.canvas = useRef("canvas");
        this.drawing = false;
    }

    point(ev) {
        const box = this.canvas.el.getBoundingClientRect();
        const scale = this.canvas.el.width / box.width;
        return [(ev.clientX - box.left) * scale, (ev.clientY - box.top) * scale];
    }

    start(ev) {
        this.drawing = true;
        this.canvas.el.setPointerCapture(ev.pointerId);
        const context = this.canvas.el.getContext("2d");
        context.lineWidth = 3;
        context.lineCap = "round";
        context.beginPath();
        context.moveTo(...this.point(ev));
    }

    move(ev) {
        if (this.drawing) {
            const context = this.canvas.el.getContext("2d");
            context.lineTo(...this.point(ev));
            context.stroke();
        }
    }

    end() {
        if (this.drawing) {
            this.drawing = false;
            this.props.onChange(this.canvas.el.toDataURL("image/png"));
        }
    }

    clear() {
        const { width, height } = this.canvas.el || {};
        this.canvas.el?.getContext("2d").clearRect(0, 0, width, height);
        this.props.onChange(false);
    }
}
