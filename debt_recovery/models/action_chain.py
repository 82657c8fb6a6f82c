import hashlib
import json
from collections import defaultdict
from datetime import timedelta

from odoo import api, fields, models
from odoo.fields import Domain
from odoo.tools import SQL

SEAL_BATCH = 500


def _text(value):
    """Stable text of a field value for the checksum."""
    if value is None or value is False:
        return ""
    if isinstance(value, float):
        return f"{value:.6f}"
    return str(value)


class DebtRecoveryActionChain(models.AbstractModel):
    """Checksums of the contact log.

    Each done row carries the sha256 of its content and of its predecessor's checksum.
    The chain runs *per case*: a chain per company would make every clerk, and the
    mail queue, wait for the last row somebody else is writing, while one case is
    rarely worked on by two at once. If it is, two rows name the same predecessor;
    that is harmless, because a changed row no longer fits its own checksum and a
    removed row leaves a successor without predecessor.

    A person's note is linked when it is sealed, not when it is written: until then its
    author may mend it, and no successor must depend on it. Log numbers therefore follow
    the moment of sealing; the content carries the moment of the contact.

    Customer and case are not part of the content: merging two customers re-points
    them lawfully.
    """

    _name = "debt.recovery.action.chain.mixin"
    _description = "Checksums of the contact log"

    def _checksum_fields(self):
        """Fields of the action that the checksum covers."""
        return [
            "direction",
            "origin",
            "mode",
            "cycle",
            "address",
            "lang",
            "tone",
            "subject",
            "body",
            "amount_claimed",
            "person",
            "note",
            "reason",
            "verdict",
            "override_reason",
        ]

    def _checksum_payload(self):
        """Content of one done row as plain values, in a fixed order."""
        self.ensure_one()
        payload = {name: _text(self[name]) for name in self._checksum_fields()}
        if protected := self.sudo().protected_note:
            payload["protected_note"] = protected
        if rules := (self.verdict_facts or {}).get("rules"):
            payload["rules"] = rules
        if self.cost:
            payload["cost"] = _text(self.cost)
        payload |= {
            "id": self.id,
            "no": self.chain_no,
            "company": self.company_id.id,
            "step": self.step_id.id,
            "channel": self.channel_id.id,
            "user": self.user_id.id,
            "outcome": self.outcome_id.id,
            "corrects": self.correction_of_id.id,
            "done": fields.Datetime.to_string(self.date_done),
            "documents": self.document_facts or [],
            "lines": [line._checksum_values() for line in self.line_ids.sorted("id")],
        }
        return payload

    def _compute_chain_checksum(self):
        """sha256 over the predecessor's checksum and this row's content."""
        self.ensure_one()
        payload = json.dumps(self._checksum_payload(), sort_keys=True)
        text = f"{self.previous_checksum or ''}\n{payload}"
        return hashlib.sha256(text.encode()).hexdigest()

    def _chain_heads(self):
        """Number and checksum of the last done row of each case."""
        self.flush_model(["case_id", "chain_no", "checksum", "state"])
        rows = self.env.execute_query(
            SQL(
                """
                SELECT DISTINCT ON (case_id) case_id, chain_no, checksum
                  FROM debt_recovery_action
                 WHERE state = 'done' AND checksum IS NOT NULL AND case_id = ANY(%s)
              ORDER BY case_id, chain_no DESC, id DESC
                """,
                self.case_id.ids,
            )
        )
        return {case_id: (number, checksum) for case_id, number, checksum in rows}

    def _seal_chain(self):
        """Write number and checksum of rows that have just become done.

        The content is read back from the database first: what is signed is what is
        stored, not what a caller passed.
        """
        actions = self._guarded()
        heads = actions._chain_heads()
        for action in actions.sorted(lambda a: (a.date_done, a.id)):
            number, previous = heads.get(action.case_id.id, (0, False))
            action.write({"chain_no": number + 1, "previous_checksum": previous})
            action.flush_recordset()
            action.line_ids.flush_recordset()
            action.invalidate_recordset(flush=False)
            checksum = action._compute_chain_checksum()
            action.write({"checksum": checksum})
            heads[action.case_id.id] = (number + 1, checksum)

    def _seal_due(self):
        """Seal notes whose quarter of an hour is over; documents that were added to
        them are part of what is sealed."""
        now = fields.Datetime.now()
        due = self.filtered(
            lambda a: (
                a.state == "done"
                and not a.checksum
                and a.sealed_at
                and a.sealed_at <= now
            )
        )
        for action in due:
            facts = action._document_facts() or False
            if facts != action.document_facts:
                action._guarded().write({"document_facts": facts})
        due._seal_chain()

    @api.model
    def _due_domain(self):
        return (
            Domain("state", "=", "done")
            & Domain("checksum", "=", False)
            & Domain("sealed_at", "<=", fields.Datetime.now())
        )

    @api.model
    def _cron_seal(self):
        """Seal what is due, a batch per transaction."""
        cron = self.env["ir.cron"]
        while due := self.search(self._due_domain(), order="id", limit=SEAL_BATCH):
            mine = due.try_lock_for_update(allow_referencing=True)
            mine._seal_due()
            left = self.search_count(self._due_domain())
            if not mine or not cron._commit_progress(len(mine), remaining=left):
                break

    def _verify_chain(self):
        """Check the logs of the cases of ``self``.

        :return: list of (action, sentence), empty when everything is intact
        """
        self.flush_model()
        self.invalidate_model(flush=False)
        domain = [("case_id", "in", self.case_id.ids), ("state", "=", "done")]
        by_case = defaultdict(self.browse)
        for action in self.search(domain, order="chain_no, id"):
            if not action._awaits_seal():
                by_case[action.case_id] += action
        problems = []
        for actions in by_case.values():
            known = set(actions.mapped("checksum"))
            for action in actions:
                problems += action._verify_row(known)
        return problems

    def _awaits_seal(self):
        """A fresh note; one that nobody sealed for a day has lost its seal."""
        if self.checksum or not self.sealed_at:
            return False
        return self.sealed_at > fields.Datetime.now() - timedelta(days=1)

    def _verify_row(self, known_checksums):
        """Problems of one row, as (action, sentence)."""
        self.ensure_one()
        if not self.checksum:
            return [(self, self.env._("it has no seal"))]
        problems = []
        if self.purge_id:
            if self.purge_checksum != self._compute_purge_checksum():
                problems.append(self.env._("what the purge left of it was changed"))
        elif self.checksum != self._compute_chain_checksum():
            problems.append(self.env._("its content was changed outside the program"))
        previous = self.previous_checksum
        if previous and previous not in known_checksums:
            problems.append(self.env._("the entry before it was changed or removed"))
        elif not previous and self.chain_no != 1:
            problems.append(self.env._("it has lost its link to the entry before it"))
        problems += self._verify_documents()
        return [(self, problem) for problem in problems]

    def _verify_documents(self):
        """The documents kept must still be those that were sent."""
        self.ensure_one()
        kept = sorted(fact["sha256"] for fact in self._document_facts())
        sent = sorted(fact["sha256"] for fact in self.document_facts or [])
        if kept != sent:
            return [self.env._("its documents are not those that were sent")]
        return []
