from odoo.tests import TransactionCase, tagged

MODULE = "debt_recovery"

#: Steps of practice 4.1: day, channels, mode, recipient, copy, minimum, stage,
#: escalation days.
STEPS = {
    "b2b_standard": [
        ("predue", -5, {"email"}, "auto", "ap", False, 20, "new", 0),
        ("rem1", 5, {"email"}, "auto", "ap", False, 0.5, "reminder", 0),
        ("call1", 12, {"phone"}, "task", "ap", False, 10, "contact", 5),
        ("rem2", 20, {"email"}, "auto", "ap", "ap_head", 0.5, "reminder", 0),
        (
            "call2",
            28,
            {"phone", "activity"},
            "task",
            "ap_head",
            "salesperson",
            10,
            "contact",
            5,
        ),
        ("demand", 38, {"email", "letter"}, "review", "cfo", "ap", 2, "demand", 3),
        (
            "stopsale",
            45,
            {"activity"},
            "task",
            "manager",
            "salesperson",
            10,
            "demand",
            0,
        ),
        ("decide", 53, {"activity"}, "task", "manager", False, 2, "decision", 7),
    ],
    "key_account": [
        ("ka_confirm", -7, {"phone"}, "task", "ap", False, 200, False, 0),
        ("ka_call1", 5, {"phone"}, "task", "ap", False, 10, "contact", 3),
        ("ka_mail", 10, {"email"}, "review", "ap", "salesperson", 0.5, "reminder", 0),
        ("ka_sales", 18, {"activity"}, "task", "salesperson", False, 20, "contact", 3),
        ("ka_call2", 25, {"phone"}, "task", "cfo", False, 20, "contact", 5),
        ("ka_letter", 40, {"letter"}, "review", "cfo", False, 20, "demand", 0),
        (
            "ka_decide",
            55,
            {"activity"},
            "task",
            "manager",
            "salesperson",
            10,
            "decision",
            7,
        ),
    ],
    "small_debt": [
        ("sd_rem1", 7, {"email"}, "auto", "ap", False, 0.5, "reminder", 0),
        ("sd_rem2", 21, {"email"}, "auto", "ap", False, 0.5, "reminder", 0),
        ("sd_final", 35, {"email"}, "auto", "ap", False, 0.5, "demand", 0),
        ("sd_list", 50, {"activity"}, "task", "manager", False, 0.5, "decision", 0),
    ],
}

#: Hold types of practice 4.4: scope, contact, strategy, interest, legal, orders, usual
#: and longest days, working days, hard.
HOLD_TYPES = {
    "payment_trace": ("line", "automatic", "all", 0, 1, 0, 5, 10, 1, 0),
    "copy_sent": ("line", "automatic", "all", 0, 0, 0, 3, 5, 1, 0),
    "reply_open": ("case", "automatic", "all", 0, 0, 0, 3, 3, 1, 0),
    "internal": ("invoice", "automatic", "all", 1, 1, 0, 10, 30, 0, 0),
    "complaint": ("case", "none", "firm", 0, 1, 0, 0, 0, 0, 0),
    "goodwill": ("case", "automatic", "all", 0, 0, 0, 7, 14, 0, 0),
    "truce": ("case", "all", "all", 0, 1, 0, 2, 2, 0, 0),
    "no_address": ("case", "none", "automatic", 0, 1, 0, 0, 0, 0, 0),
    "trace": ("case", "automatic", "all", 0, 1, 1, 14, 60, 0, 0),
    "hardship": ("case", "automatic", "all", 1, 1, 0, 30, 180, 0, 0),
    "vulnerable": ("case", "automatic", "all", 1, 1, 0, 60, 0, 0, 0),
    "cease": ("case", "all", "all", 0, 0, 0, 0, 0, 0, 0),
    "lawyer": ("case", "all", "all", 0, 0, 0, 0, 0, 0, 0),
    "moratorium": ("case", "all", "all", 1, 1, 0, 60, 0, 0, 1),
    "insolvency": ("case", "all", "all", 1, 1, 1, 0, 0, 0, 1),
    "deceased": ("case", "all", "all", 1, 1, 1, 30, 0, 0, 1),
    "fraud": ("line", "all", "all", 1, 1, 1, 30, 0, 0, 1),
    "management": ("case", "all", "all", 0, 1, 0, 30, 0, 0, 0),
    "no_channel": ("case", "all", "none", 0, 0, 0, 0, 0, 0, 0),
    "unsafe": ("case", "all", "none", 0, 0, 0, 0, 0, 0, 1),
    # while a legal case is open; ends with it
    "legal": ("case", "all", "all", 0, 0, 0, 0, 0, 0, 1),
    # while placed with an agency; ends with it
    "agency": ("case", "all", "all", 0, 0, 0, 0, 0, 0, 1),
    # not in the table: keeps records, stops nothing
    "legal_hold": ("case", "none", "none", 0, 0, 0, 0, 0, 0, 0),
}

#: Stages of practice 4.2 in kanban order: fold, closing, days to rot, ladder.
STAGES = [
    ("new", False, False, 7, 0),
    ("reminder", False, False, 21, 1),
    ("contact", False, False, 14, 2),
    ("agreed", False, False, 45, 0),
    ("paused", False, False, 30, 0),
    ("demand", False, False, 14, 3),
    ("decision", False, False, 7, 4),
    ("agency", False, False, 45, 0),
    ("legal", False, False, 60, 0),
    ("closed_paid", True, True, 0, 0),
    ("closed_other", True, True, 0, 0),
]


@tagged("post_install", "-at_install", "debt_recovery")
class TestConfigData(TransactionCase):
    """What is shipped equals the tables of the collections lead (practice 4)."""

    def _ref(self, name):
        return self.env.ref(f"{MODULE}.{name}")

    def test_steps_equal_the_tables(self):
        for code, rows in STEPS.items():
            strategy = self._ref(f"strategy_{code}")
            self.assertEqual(strategy.step_ids.mapped("code"), [row[0] for row in rows])
            for row in rows:
                with self.subTest(step=row[0]):
                    step = self._ref(f"step_{row[0]}")
                    self.assertEqual(
                        (
                            step.code,
                            step.day,
                            set(step.channel_ids.mapped("code")),
                            step.mode,
                            step.recipient_role,
                            step.cc_role,
                            step.minimum_units,
                            step.stage_id.code,
                            step.escalation_days,
                        ),
                        row,
                    )

    def test_strategies_active_and_default(self):
        for code in ("b2b_standard", "key_account", "small_debt"):
            self.assertTrue(self._ref(f"strategy_{code}").active, code)
        for code in ("consumer", "field"):
            self.assertFalse(self._ref(f"strategy_{code}").active, code)
        defaults = self.env["debt.recovery.strategy"].search(
            [("is_default", "=", True)]
        )
        self.assertEqual(defaults, self._ref("strategy_b2b_standard"))
        self.assertFalse(self._ref("strategy_key_account").automatic)
        self.assertEqual(self._ref("strategy_small_debt").maximum_units, 4)

    def test_small_debts_are_listed_monthly(self):
        """Practice 4.1: one list for the manager, no task for each customer."""
        steps = self.env["debt.recovery.strategy.step"]
        listed = steps.search([("monthly_list", "=", True)])
        self.assertEqual(listed, self._ref("step_sd_list"))

    def test_minimum_of_a_line(self):
        """The step before the due date asks for one large line, not for the sum."""
        lines = ("predue", "ka_confirm")
        for code in lines:
            self.assertEqual(self._ref(f"step_{code}").minimum_scope, "line")

    def test_event_steps(self):
        expected = {
            "ev_broken": ("broken", 1, {"phone"}),
            "ev_returned": ("returned", 0, {"email", "phone"}),
            "ev_bounce": ("bounce", 0, {"activity"}),
            "ev_rejected": ("rejected", 0, {"letter"}),
            "ev_truce_end": ("hold_ended", 0, {"activity"}),
            "ev_deadline": ("deadline", 1, {"activity"}),
        }
        for code, values in expected.items():
            step = self._ref(f"step_{code}")
            self.assertFalse(step.strategy_id, code)
            self.assertEqual(
                (step.event, step.day, set(step.channel_ids.mapped("code"))), values
            )
            self.assertEqual(step._find_event_step(values[0]), step)

    def test_every_message_step_has_a_template(self):
        """An automatic step without a text would fail in the night."""
        steps = self.env["debt.recovery.strategy.step"].with_context(active_test=False)
        for step in steps.search([("mode", "=", "auto")]):
            self.assertTrue(step.template_id, step.code)
            self.assertEqual(step.template_id.model, "debt.recovery.case")

    def test_hold_types_equal_the_table(self):
        types = self.env["debt.recovery.hold.type"].search([])
        self.assertEqual(types.mapped("code"), list(HOLD_TYPES))
        for hold_type in types:
            with self.subTest(type=hold_type.code):
                self.assertEqual(
                    (
                        hold_type.scope,
                        hold_type.stop_contact,
                        hold_type.stop_strategy,
                        int(hold_type.stop_charges),
                        int(hold_type.stop_legal),
                        int(hold_type.stop_sales),
                        hold_type.default_days,
                        hold_type.max_days,
                        int(hold_type.working_days),
                        int(hold_type.is_hard),
                    ),
                    HOLD_TYPES[hold_type.code],
                )

    def test_stages_equal_the_table(self):
        stages = self.env["debt.recovery.stage"].search([])
        self.assertEqual(
            [
                (
                    stage.code,
                    stage.fold,
                    stage.is_closing,
                    stage.rotting_threshold_days,
                    stage.ladder_order,
                )
                for stage in stages
            ],
            STAGES,
        )

    def test_outcomes(self):
        """Eight buttons; who counts as the right party."""
        outcomes = self.env["debt.recovery.outcome"].search([])
        self.assertEqual(len(outcomes), 27)
        buttons = outcomes.filtered(lambda o: o.is_main and not o.is_visit)
        self.assertEqual(
            buttons.mapped("code"),
            [
                "promise",
                "paid",
                "copy",
                "dispute",
                "time",
                "callback",
                "no_answer",
                "message",
            ],
        )
        self.assertEqual(self._ref("outcome_deceased").group, "stop")
        self.assertFalse(self._ref("outcome_third").is_rpc)
        self.assertTrue(self._ref("outcome_cease").is_rpc)

    def test_shipped_data_belongs_to_the_user(self):
        """An update must never overwrite what the manager changed."""
        models = [
            "debt.recovery.strategy",
            "debt.recovery.strategy.step",
            "debt.recovery.hold.type",
            "debt.recovery.outcome",
            "debt.recovery.stage",
            "debt.recovery.channel",
        ]
        data = self.env["ir.model.data"].search(
            [("module", "=", MODULE), ("model", "in", models)]
        )
        self.assertTrue(data)
        self.assertFalse(data.filtered(lambda row: not row.noupdate).mapped("name"))

    def test_messages_wait_for_their_hour(self):
        """A new company's messages are prepared in the morning, and leave later."""
        defaults = self.env["res.company"].default_get(
            ["recovery_release", "recovery_release_hour"]
        )
        self.assertEqual(
            defaults, {"recovery_release": "hour", "recovery_release_hour": 10.5}
        )

    def test_sequence(self):
        name = self.env["ir.sequence"].next_by_code("debt.recovery.case")
        self.assertRegex(name, r"^DR\d{5}$")

    def test_administrator_is_manager(self):
        admin = self.env.ref("base.user_admin")
        self.assertTrue(admin.has_group(f"{MODULE}.group_manager"))
