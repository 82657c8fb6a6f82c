"""Where mails end: nothing leaves this process, but it is known what would have."""

from collections import namedtuple
from contextlib import contextmanager
from email.utils import getaddresses
from unittest.mock import patch

#: A mail that left, with the day and the bare addresses of all its readers.
Mail = namedtuple("Mail", "day message_id addresses subject")

PDF = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]\
/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)


class Sink:
    """Takes the mails of one day after the other."""

    def __init__(self, clock):
        self._clock = clock
        self._mails = []

    def take(self, message):
        """Remember a mail that would leave now."""
        headers = [str(h) for name in ("To", "Cc") for h in message.get_all(name, [])]
        self._mails.append(
            Mail(
                self._clock.moment.date(),
                str(message["Message-Id"]).strip(),
                tuple(address.lower() for _name, address in getaddresses(headers)),
                str(message["Subject"]),
            )
        )

    def empty(self):
        """The mails since the last call."""
        mails, self._mails = self._mails, []
        return mails


class _Session:
    def quit(self):
        """Close nothing."""


@contextmanager
def mail_sink(env, clock):
    """Catch what goes to a mail server, below everything an addon may change."""

    def send_email(_servers, message, *_args, **_kwargs):
        sink.take(message)
        return message["Message-Id"]

    sink = Sink(clock)
    servers = env.registry["ir.mail_server"]
    connect = patch.object(servers, "_connect__", lambda *_args, **_kwargs: _Session())
    with connect, patch.object(servers, "send_email", send_email):
        yield sink


@contextmanager
def quick_pdf(env, wanted=True):
    """Write letters as HTML but leave out the second that a PDF takes."""
    if not wanted:
        yield
        return
    reports = env.registry["ir.actions.report"]
    with patch.object(reports, "_run_wkhtmltopdf", lambda *_args, **_kwargs: PDF):
        yield
