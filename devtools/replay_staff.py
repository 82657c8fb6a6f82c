"""The people of the replay: they approve, post letters and make calls the same day."""

ASSUMPTIONS = (
    "The officer approves every message to review on the day it is proposed.",
    "Letters are printed and posted the same day; calls and other tasks are done "
    "the same day.",
    "Mails leave at once and none bounces; they end in this process, nothing is sent.",
    "Every payment comes in full on its settlement date and is matched before the run.",
)


class Staff:
    """Works what the run has laid out, as the officer."""

    def __init__(self, officer):
        self._officer_id = officer.id

    def work(self, env):
        """One day's work; the mail queue runs before and after the approvals."""
        env["mail.mail"].process_email_queue()
        actions = env["debt.recovery.action"].with_user(self._officer_id)
        self._approve(actions)
        self._post_letters(actions)
        self._do_tasks(actions)
        env["mail.mail"].process_email_queue()

    def _approve(self, actions):
        for action in actions.search(
            [("state", "=", "planned"), ("mode", "=", "review")], order="id"
        ):
            action.action_approve()

    def _post_letters(self, actions):
        for letter in actions.search(
            [("state", "=", "queued"), ("channel_id.code", "=", "letter")], order="id"
        ):
            if letter.mode != "task":
                letter.action_print()
                letter.action_mark_done()

    def _do_tasks(self, actions):
        waiting = [("state", "=", "queued"), ("mode", "=", "task")]
        tasks = actions.search(waiting, order="id")
        tasks.activity_id.action_done()
