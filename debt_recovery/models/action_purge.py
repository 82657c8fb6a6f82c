import hashlib
import json

from odoo import fields, models


class DebtRecoveryActionPurge(models.AbstractModel):
    """What remains of an entry after the lawful purge of its case: who did what when,
    amounts, rule codes, and both checksums. The original one still links the chain; the
    other signs what is left, so that a change after the purge shows as before."""

    _name = "debt.recovery.action.purge.mixin"
    _description = "Purge of the contact log"

    purge_id = fields.Many2one(
        "debt.recovery.purge",
        "Purged By",
        readonly=True,
        index="btree_not_null",
        ondelete="restrict",
    )
    purge_checksum = fields.Char(readonly=True)

    def _purge(self, purge):
        """Take words, people, addresses and documents out of these entries."""
        actions = self.sudo()._guarded()
        actions.attachment_ids.unlink()
        actions.delivery_ids.write({"detail": False})
        actions.line_ids.write({"ref": False})
        for action in actions:
            action.write(action._prepare_purge_vals() | {"purge_id": purge.id})
        actions.flush_recordset()
        actions.invalidate_recordset(flush=False)
        for action in actions:
            action.write({"purge_checksum": action._compute_purge_checksum()})

    def _prepare_purge_vals(self):
        """Seam: what is emptied. Of the verdict the rule codes stay."""
        facts = self.verdict_facts or {}
        kept = {key: facts[key] for key in ("status", "rules") if facts.get(key)}
        emptied = dict.fromkeys(self._purge_fields(), False)
        people = {"recipient_ids": [(5,)], "cc_ids": [(5,)]}
        return {**emptied, **people, "verdict_facts": kept or False}

    def _purge_fields(self):
        return [
            "address",
            "subject",
            "body",
            "person",
            "note",
            "protected_note",
            "reason",
            "failure",
            "override_reason",
            "document_facts",
            "mail_message_id",
        ]

    def _compute_purge_checksum(self):
        """sha256 over the original checksum and what is left."""
        self.ensure_one()
        left = json.dumps(self._checksum_payload(), sort_keys=True)
        text = f"{self.checksum or ''}\n{self.purge_id.id}\n{left}"
        return hashlib.sha256(text.encode()).hexdigest()
