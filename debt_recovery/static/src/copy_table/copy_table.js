import { browser } from "@web/core/browser/browser";
import { _t } from "@web/core/l10n/translation";
import { registry } from "@web/core/registry";
import { escape } from "@web/core/utils/strings";

/** Rows as a table for mails and as columns for spreadsheets. */
export function tableTexts({ head, rows }) {
    const line = (cells, tag) =>
        `<tr>${cells.map((cell) => `<${tag}>${escape(cell)}</${tag}>`).join("")}</tr>`;
    const html = `<table>${line(head, "th")}${rows.map((row) => line(row, "td")).join("")}</table>`;
    const text = [head, ...rows].map((row) => row.join("\t")).join("\n");
    return { html, text };
}

registry.category("actions").add("recovery_copy_table", async (env, { params }) => {
    const { html, text } = tableTexts(params);
    try {
        const item = new ClipboardItem({
            "text/html": new Blob([html], { type: "text/html" }),
            "text/plain": new Blob([text], { type: "text/plain" }),
        });
        await browser.navigator.clipboard.write([item]);
    } catch {
        await browser.navigator.clipboard.writeText(text);
    }
    env.services.notification.add(
        _t("%s items copied: paste them into a mail or a spreadsheet.", params.rows.length),
        { type: "success" }
    );
});

const entries = [
    { name: "action_write_email", label: _t("Write an e-mail"), icon: "fa-envelope-o" },
    { name: "action_send_statement", label: _t("Send the statement"), icon: "fa-file-text-o" },
    { name: "action_ask", label: _t("Ask a colleague"), icon: "fa-question-circle-o" },
    { name: "action_copy_table", label: _t("Copy the open items"), icon: "fa-clipboard" },
];
entries.forEach((entry, index) => {
    registry
        .category("recovery_case_more")
        .add(entry.name, entry, { sequence: 1 + index });
});
