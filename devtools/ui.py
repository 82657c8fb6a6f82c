"""What the user sees while things take time."""

import shutil
import subprocess
import sys
import threading
import time


class Problem(Exception):
    """Ends ./dev with exit code 1 and a line that says what to do."""


def say(text=""):
    print(text, flush=True)


class Progress:
    """One line per piece of work: what it is, how long it takes, how far it got.

    On a terminal the line is rewritten; in a log a new one appears now and then, so
    that nobody takes a slow download for a hang.
    """

    log_every = 20

    def __init__(self, label):
        self.label = label
        self.note = ""
        self._tty = sys.stdout.isatty()
        self._done = threading.Event()
        self._start = time.monotonic()

    def __enter__(self):
        if not self._tty:
            say(f"{self.label} ...")
        self._thread = threading.Thread(target=self._tick, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, kind, *_):
        self._done.set()
        self._thread.join()
        word = "done" if kind is None else "FAILED"
        self._line(f"{self.label}: {word} in {self._seconds()} s", final=True)

    def _seconds(self):
        return round(time.monotonic() - self._start, 1)

    def _tick(self):
        while not self._done.wait(0.5 if self._tty else self.log_every):
            self._line(
                f"{self.label} ... {self._seconds():.0f} s  {self.note}".rstrip()
            )

    def _line(self, text, final=False):
        if not self._tty:
            return say(f"  {text}")
        width = shutil.get_terminal_size().columns - 1
        print(f"\r{text[:width]:<{width}}", end="\n" if final else "", flush=True)


def run_logged(command, label, log, note=None, **options):
    """Run a command with its output in a file and its progress on the screen.

    ``note`` turns a line of output into a few words for the screen, or None.
    Returns the exit code; the file keeps what was said.
    """
    with Progress(label) as progress, open(log, "a", encoding="utf-8") as out:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            **options,
        )
        try:
            for line in process.stdout:
                out.write(line)
                progress.note = (note and note(line)) or progress.note
            code = process.wait()
        except BaseException:
            process.terminate()
            process.wait()
            raise
    return code


def tail(path, lines=30):
    """The last lines of a log, to show with a failure."""
    text = path.read_text(encoding="utf-8", errors="replace").splitlines()
    return "\n".join(text[-lines:])
