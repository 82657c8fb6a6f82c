"""What an answer is: written by a person or by a machine, in which own words, and whom
it names. Headers are believed before words; words are looked for in the languages in
which mail programs answer by themselves (RFC 3834 for the headers).
"""

import re
from dataclasses import dataclass

# A machine says so itself: nobody has to look.
SURE, LIKELY = "sure", "likely"

SUBJECT_STARTS = (
    "automatic reply",
    "auto reply",
    "auto-reply",
    "autoreply",
    "auto response",
    "out of office",
    "out of the office",
    "ooo:",
    "automatische antwort",
    "abwesenheit",
    "abwesend",
    "réponse automatique",
    "reponse automatique",
    "absence du bureau",
    "absent du bureau",
    "automatisch antwoord",
    "automatische beantwoording",
    "afwezig",
    "respuesta automática",
    "respuesta automatica",
    "fuera de la oficina",
    "risposta automatica",
    "fuori ufficio",
    "resposta automática",
    "resposta automatica",
    "ausência",
    "autosvar",
    "automatiskt svar",
    "automatisk svar",
    "frånvaro",
    "automaattinen vastaus",
    "poissa",
    "odpowiedź automatyczna",
    "automatická odpověď",
    "automatikus válasz",
    "răspuns automat",
    "otomatik yanıt",
    "автоответ",
    "автоматический ответ",
    "رد تلقائي",
    "自动回复",
    "自動回覆",
    "自動返信",
    "자동 회신",
)
# Somebody left, or somebody else is to be written to.
CHANGE_WORDS = (
    "no longer with",
    "no longer work",
    "has left the",
    "have left the",
    "left the company",
    "new contact",
    "new colleague",
    "my successor",
    "new e-mail",
    "new email",
    "has changed to",
    "nicht mehr im unternehmen",
    "nicht mehr für",
    "nicht mehr bei",
    "ausgeschieden",
    "nachfolger",
    "neue ansprechpartner",
    "neuer ansprechpartner",
    "ne travaille plus",
    "a quitté",
    "ne fait plus partie",
    "nouveau contact",
    "niet meer werkzaam",
    "werkt niet meer",
    "nieuwe contactpersoon",
    "ya no trabaja",
    "nuevo contacto",
    "non lavora più",
    "nuovo contatto",
    "já não trabalha",
    "não trabalha mais",
)
QUOTE_STARTS = re.compile(
    r"^\s*(>|-{2,}\s*(original|ursprüngliche|message d'origine|oorspronkelijk)"
    r"|_{8,}\s*$"
    r"|(on|am|le|el|il|op|den)\b.{4,200}\b(wrote|schrieb|écrit|escribió|scritto|schreef"
    r"|skrev)\b.*:\s*$"
    r"|(from|von|de|van|da)\s*:\s.*@)",
    re.IGNORECASE,
)
SMALL_WORDS = frozenset(
    {"please", "me", "now", "all", "sms", "text", "texts", "messages", "thank", "you"}
    | {"thanks", "bitte", "svp"}
)
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
PHONE = re.compile(r"(?:\+|\b00)\d[\d\s().\-/]{6,18}\d")


@dataclass(frozen=True)
class Proposal:
    """Somebody else to write to, as the text names them; empty where it does not."""

    email: str
    phone: str
    sentence: str


def machine_written(headers, subject):
    """``"sure"``, ``"likely"`` or None: did a machine write this answer?

    ``likely`` are headers that ticket systems put on answers of people, too; such an
    answer pauses nothing, but somebody should see it.

    >>> machine_written({"Auto-Submitted": "auto-replied"}, "Re: Reminder")
    'sure'
    >>> machine_written({"Auto-Submitted": "no"}, "Re: Reminder")
    >>> machine_written({}, "Abwesenheitsnotiz: Mahnung")
    'sure'
    """
    found = {
        name.lower(): str(value).strip().lower() for name, value in headers.items()
    }
    submitted = found.get("auto-submitted", "no").split(";")[0].strip()
    if submitted not in ("", "no"):
        return SURE
    for name in (
        "x-autoreply",
        "x-autorespond",
        "x-autoresponder",
        "x-auto-reply-from",
    ):
        if found.get(name, "no") not in ("", "no", "false"):
            return SURE
    if found.get("precedence") in ("auto_reply", "auto-reply"):
        return SURE
    if _folded((subject or "").strip()).startswith(tuple(map(_folded, SUBJECT_STARTS))):
        return SURE
    suppress = found.get("x-auto-response-suppress", "")
    if found.get("precedence") in ("bulk", "junk", "list") or suppress not in (
        "",
        "none",
    ):
        return LIKELY
    return None


def _folded(text):
    """Lower case, the Turkish letter without a dot as the one with it: capitals do not
    tell them apart."""
    return text.lower().replace("ı", "i").replace("i\u0307", "i")


def own_words(text):
    """The answer without the message it answers.

    >>> own_words("Will pay.\\n\\nOn 3 May 2026 Ann <a@b.eu> wrote:\\n> Please pay")
    'Will pay.'
    """
    lines = []
    for line in (text or "").splitlines():
        if QUOTE_STARTS.match(line):
            break
        lines.append(line.rstrip())
    return "\n".join(lines).strip()


def named_contact(text, known=()):
    """The person an answer sends us to, or None.

    :param known: addresses that are no news (the sender's, ours, the customer's)
    """
    lines = own_words(text).splitlines()
    sentence = next((line for line in lines if _names_a_change(line)), None)
    if sentence is None:
        return None
    known = {address.lower() for address in known}
    emails = [found.lower() for found in EMAIL.findall(own_words(text))]
    fresh = [email for email in emails if email not in known]
    phones = PHONE.findall(own_words(text)) if fresh else []
    return Proposal(
        email=fresh[0] if fresh else "",
        phone=phones[0].strip() if phones else "",
        sentence=" ".join(sentence.split())[:200],
    )


def _names_a_change(line):
    folded = " ".join(line.lower().split())
    return any(word in folded for word in CHANGE_WORDS)


def opt_out_word(text, words):
    """The word by which somebody asks not to be written to, or None. Alone or with
    small words; “we will stop the payment” is no opt-out.

    >>> opt_out_word("STOP!", ["stop", "opt out"])
    'stop'
    >>> opt_out_word("We will stop by tomorrow", ["stop"])
    """
    said = _plain(text)
    for word in sorted(filter(None, map(_plain, words)), key=len, reverse=True):
        rest = said.removeprefix(word)
        if said.startswith(word) and SMALL_WORDS.issuperset(rest.split()):
            return word
    return None


def _plain(text):
    return " ".join(re.sub(r"[^\w\s]", " ", (text or "").lower()).split())
