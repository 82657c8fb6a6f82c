"""The words in which the demo story is told: plain values, no clock, no database.

Days count back from the day of the installation: ``due=12`` fell due twelve days ago,
``due=-4`` falls due in four days. Amounts are written for a money unit of 50 and are
scaled to the money unit of the company.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Bill:
    """One posted invoice. ``po`` is the customer's reference, ``foreign`` says that it
    is written in the second currency."""

    amount: float
    due: int
    label: str = "Goods and services"
    po: str = ""
    foreign: bool = False
    terms: int = 30


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the debtor with a part in the recovery."""

    name: str
    role: str = "ap"
    function: str = "Accounts payable"
    email: bool = True


@dataclass(frozen=True, slots=True)
class Pay:
    """Money that is matched with a bill, wholly or in part."""

    bill: int = 0
    share: float = 1.0


@dataclass(frozen=True, slots=True)
class Money:
    """Money nobody can match: it says too little about what it pays."""

    amount: float
    memo: str


@dataclass(frozen=True, slots=True)
class Call:
    """A conversation, with the code of its outcome. ``told`` is what the call panel
    asks beside it: ``days`` ahead, ``hour`` of the installation's day, ``owner``."""

    outcome: str
    note: str
    person: int = 0
    incoming: bool = False
    told: dict = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Mail:
    """What the debtor writes to us; what is ``unread`` waits under Replies."""

    text: str
    person: int = 0
    unread: bool = False


@dataclass(frozen=True, slots=True)
class Ask:
    """A question to the manager, with the answer if there is one already."""

    topic: str
    question: str
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise over all that is collectable, ``days`` ahead."""

    days: int
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """Payments every two weeks, the first ``days`` ahead, at once or once signed."""

    number: int
    days: int
    note: str
    signed: bool = True


@dataclass(frozen=True, slots=True)
class Settlement:
    """Less than the debt, in full, ``days`` ahead; it waits for approval."""

    percent: float
    days: int
    note: str


@dataclass(frozen=True, slots=True)
class Dispute:
    """A share of a bill is contested, for the category with this code."""

    bill: int
    share: float
    category: str
    reason: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Rejection:
    """The contested share is owed after all; the customer is told why."""

    reason: str


@dataclass(frozen=True, slots=True)
class Hold:
    """A hold on the case, by its type; without ``days`` the type decides its end. What
    the officer may not place alone the manager agrees to, unless it still waits."""

    kind: str
    reason: str
    days: int = 0
    agreed: bool = True


@dataclass(frozen=True, slots=True)
class Hardship:
    """What is left of ``income`` after ``home`` and ``living`` each month, and the
    relief: ``pause`` or ``token``."""

    income: float
    home: float
    living: float
    relief: str
    note: str
    protected: str = ""
    vulnerable: bool = False


@dataclass(frozen=True, slots=True)
class Approve:
    """The officer has read what waits for review and lets it go."""


@dataclass(frozen=True, slots=True)
class Print:
    """The letter is printed with others and lies on the desk."""


@dataclass(frozen=True, slots=True)
class Post:
    """The printed letter is in the post."""


@dataclass(frozen=True, slots=True)
class Done:
    """An internal task was carried out."""

    note: str


@dataclass(frozen=True, slots=True, eq=False)
class Debtor:
    """One customer with bills, people and what happened.

    ``answers`` follow a step of the strategy on the working day after it was taken,
    ``events`` happen a number of days ago. ``lost`` and ``bounces`` name the step whose
    mail went wrong; ``profile`` is how the customer pays, ``law`` what was agreed.
    """

    key: str
    name: str
    street: str
    city: str
    country: str
    bills: tuple[Bill, ...]
    zip: str = ""
    phone: str = ""
    law: str = ""
    people: tuple[Person, ...] = ()
    answers: dict = field(default_factory=dict)
    events: tuple = ()
    is_company: bool = True
    email: bool = True
    key_account: bool = False
    officer: str = "officer"
    lost: str = ""
    bounces: str = ""
    profile: dict = field(default_factory=dict)
