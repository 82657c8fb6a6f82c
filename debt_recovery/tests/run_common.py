from datetime import date, timedelta

from freezegun import freeze_time

from .common import DebtRecoveryCommon

MONDAY = date(2025, 3, 3)


class RecoveryRunCommon(DebtRecoveryCommon):
    """Tests that drive the daily run through time; day 0 is a Monday."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.today = MONDAY
        cls.env = cls.env(context={**cls.env.context, "recovery_today": MONDAY})

    def _run(self, days=0, kind="real", company=None):
        """The run of that day, as the scheduler would do it in the morning."""
        day = MONDAY + timedelta(days=days)
        run = self.env["debt.recovery.run"].with_context(recovery_today=day)
        with freeze_time(f"{day} 09:00:00"):
            run = run._start(company or self.company, kind)
            run._execute()
            self._after_run()
        self.env.invalidate_all()
        return run

    def _after_run(self):
        """What happens on the day of a run, still in its frozen time."""
