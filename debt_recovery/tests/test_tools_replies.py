"""Answers: people, machines, their words."""

from hypothesis import given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase

from odoo.addons.debt_recovery.tools.replies import (
    SUBJECT_STARTS,
    machine_written,
    named_contact,
    opt_out_word,
    own_words,
)

WORDS = ["stop", "quit", "end", "revoke", "opt out", "cancel", "unsubscribe"]


class TestMachineWritten(BaseCase):
    """Headers first, then the subject."""

    def test_headers(self):
        for name, value, expected in (
            ("Auto-Submitted", "auto-replied", "sure"),
            ("auto-submitted", "auto-generated; x=1", "sure"),
            ("Auto-Submitted", "no", None),
            ("X-Autoreply", "yes", "sure"),
            ("X-Autorespond", "1", "sure"),
            ("Precedence", "auto_reply", "sure"),
            ("Precedence", "bulk", "likely"),
            ("Precedence", "first-class", None),
            ("X-Auto-Response-Suppress", "All", "likely"),
            ("X-Auto-Response-Suppress", "None", None),
        ):
            with self.subTest(name=name, value=value):
                self.assertEqual(machine_written({name: value}, "Re: x"), expected)

    def test_subjects(self):
        for subject in (
            "Automatic reply: Payment reminder",
            "Réponse automatique : Rappel",
            "Automatisch antwoord: herinnering",
            "自動返信: 督促",
        ):
            self.assertEqual(machine_written({}, subject), "sure", subject)
        for subject in ("Re: Automatic reply", "Office supplies", "", None):
            self.assertIsNone(machine_written({}, subject), subject)

    @settings(max_examples=60, deadline=None)
    @given(st.sampled_from(SUBJECT_STARTS), st.text(max_size=30))
    def test_a_header_that_says_no_never_hides_the_subject(self, start, rest):
        self.assertEqual(
            machine_written({"Auto-Submitted": "no"}, start.upper() + rest), "sure"
        )


class TestWords(BaseCase):
    """What they wrote, without what we wrote."""

    def test_quotes_are_cut(self):
        for quote in (
            "Am 3. Mai 2026 um 10:00 schrieb Ann <a@b.eu>:",
            "Le 3 mai 2026 à 10:00, Ann <a@b.eu> a écrit :",
            "-----Original Message-----",
            "From: Ann <a@b.eu>",
            "> you owe",
        ):
            text = f"Paid on Monday.\n\n{quote}\n> has left the company"
            self.assertEqual(own_words(text), "Paid on Monday.", quote)

    def test_ordinary_lines_stay(self):
        text = "On Monday we pay 100.\nFrom now on write to Bob."
        self.assertEqual(own_words(text), text)

    @settings(max_examples=80, deadline=None)
    @given(st.text(max_size=300))
    def test_own_words_are_a_beginning_and_final(self, text):
        once = own_words(text)
        self.assertEqual(own_words(once), once)
        self.assertLessEqual(len(once), len(text))

    def test_leaver_with_successor(self):
        text = (
            "Ms Old is no longer with Debtor Ltd.\nPlease write to "
            "New.Clerk@debtor.example.com or call +32 2 555 12 12."
        )
        found = named_contact(text, known=["ms.old@debtor.example.com"])
        self.assertEqual(found.email, "new.clerk@debtor.example.com")
        self.assertEqual(found.phone, "+32 2 555 12 12")
        self.assertIn("no longer", found.sentence)

    def test_leaver_without_successor(self):
        found = named_contact("Frau Alt ist ausgeschieden.")
        self.assertEqual((found.email, found.phone), ("", ""))

    def test_absence_names_a_deputy_not_a_change(self):
        self.assertIsNone(
            named_contact("Back on 3 May; urgent: boss@debtor.example.com")
        )

    def test_known_addresses_are_no_news(self):
        found = named_contact("New contact: AP@x.example", known=["ap@x.example"])
        self.assertEqual(found.email, "")


class TestOptOut(BaseCase):
    def test_alone_or_at_the_start_of_a_short_text(self):
        for text, word in (
            ("STOP", "stop"),
            (" Stop. ", "stop"),
            ("stop please", "stop"),
            ("Opt-out", "opt out"),
            ("Unsubscribe me now", "unsubscribe"),
        ):
            self.assertEqual(opt_out_word(text, WORDS), word, text)
        for text in (
            "We will stop the payment",
            "End of the month we pay all of it",
            "",
            None,
            "stopped",
        ):
            self.assertIsNone(opt_out_word(text, WORDS), text)
