"""What a bounce means: does the address take no mail at all, or only not now? The
status code of the delivery report decides (RFC 3463): 5 is for good, 4 passes.
"""

import re
from datetime import timedelta

HARD, SOFT = "hard", "soft"
#: Two soft bounces within so many days are as good as a hard one.
SOFT_DAYS = 14
STATUS = re.compile(r"\b([245])\.\d{1,3}\.\d{1,3}\b")


def bounce_kind(mail):
    """``"hard"`` or ``"soft"``. A report without any code is believed to be hard:
    whoever sends it tells that the message did not arrive.

    :param mail: ``email.message.Message`` of the report
    """
    for part in mail.walk():
        if part.get_content_type() != "message/delivery-status":
            continue
        for report in part.get_payload():
            if status := str(report.get("Status", "")).strip():
                return SOFT if status.startswith("4") else HARD
            if str(report.get("Action", "")).strip().lower() == "delayed":
                return SOFT
    codes = STATUS.findall(_words(mail))
    return SOFT if codes and codes[0] == "4" else HARD


def _words(mail):
    """Text of the report itself, without the message that came back."""
    for part in mail.walk():
        if part.get_content_type() == "text/plain":
            content = part.get_payload(decode=True) or b""
            return content.decode("utf-8", "replace")
    return ""


def is_dead(kind, day, earlier):
    """Whether an address is none any more.

    :param earlier: day of the last soft bounce of the same address, or None
    """
    if kind == HARD:
        return True
    return bool(earlier and day - earlier <= timedelta(days=SOFT_DAYS))
