"""A progress bar that is a quiet line now and then where there is no terminal."""

import shutil
import sys

from .replay_clock import seconds

WIDTH = 30
REDRAW = 0.2
LOG_EVERY = 20


class Bar:
    """Counts steps of a known number; other lines are printed above it."""

    def __init__(self, total, stream=None, clock=seconds):
        self._total = max(total, 1)
        self._stream = stream or sys.stdout
        self._tty = self._stream.isatty()
        self._clock = clock
        self._start = self._drawn = clock()
        self._done = 0

    def step(self, label="", number=1):
        """One more is done."""
        self._done += number
        now = self._clock()
        if now - self._drawn >= (REDRAW if self._tty else LOG_EVERY):
            self._drawn = now
            self._draw(label, now)

    def print(self, *lines):
        """Lines that stay."""
        self.clear()
        for line in lines:
            print(line, file=self._stream, flush=True)

    def clear(self):
        """Take the bar away."""
        if self._tty:
            width = shutil.get_terminal_size().columns - 1
            print(f"\r{'':<{width}}\r", end="", file=self._stream, flush=True)

    def _draw(self, label, now):
        done = min(self._done / self._total, 1)
        spent = now - self._start
        left = spent / done - spent if done else 0
        text = f"{done:4.0%}  {label}  {span(spent)}, {span(left)} left"
        if not self._tty:
            print(f"  {text.strip()}", file=self._stream, flush=True)
            return
        width = shutil.get_terminal_size().columns - 1
        full = round(done * WIDTH)
        text = f"[{'#' * full:-<{WIDTH}}] {text}"
        print(f"\r{text[:width]:<{width}}", end="", file=self._stream, flush=True)


def span(duration):
    """Minutes and seconds."""
    minutes, rest = divmod(round(duration), 60)
    return f"{minutes}:{rest:02}"
