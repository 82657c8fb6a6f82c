"""Customers who pay in parts or whose letter lies on the desk."""

from .story import (
    Approve,
    Bill,
    Call,
    Debtor,
    Done,
    Hardship,
    Pay,
    Person,
    Plan,
    Print,
)

DEBTORS = (
    Debtor(
        key="yellowstone",
        name="Yellowstone Outdoor Outfitters",
        street="12 Canyon Road",
        city="Bozeman",
        zip="59715",
        country="us",
        phone="+1 406 555 0218",
        people=(Person("Beth Larsen"),),
        bills=(
            Bill(5300, 36, "Tents", "YOO-771"),
            Bill(2950, 17, "Stoves", "YOO-802"),
        ),
        answers={"call1": (Call("payrun", "Pays the tents this week."),)},
        events=(
            (9, Pay(0)),
            (
                1,
                Call(
                    "info",
                    "Asks for the proof of delivery of the stoves.",
                    told={"days": 3, "owner": "manager"},
                ),
            ),
        ),
    ),
    Debtor(
        key="larkspur",
        name="Larkspur Garden Centres",
        street="210 Nursery Road",
        city="Sacramento",
        zip="95814",
        country="us",
        phone="+1 916 555 0257",
        people=(Person("Irene Castillo", "owner", "Owner"),),
        bills=(Bill(8400, 46, "Greenhouse heating", "LGC-2024"),),
        answers={
            "call1": (
                Call("time", "Low season; can pay in parts."),
                Plan(4, 9, "Four payments, every two weeks."),
            )
        },
        events=((24, Pay(0, 0.25)), (10, Pay(0, 0.3333333))),
    ),
    Debtor(
        key="brindle",
        name="Brindle & Rowe Bakeries",
        street="18 Mill Street",
        city="Burlington",
        zip="05401",
        country="us",
        phone="+1 802 555 0166",
        people=(Person("Nora Brindle", "owner", "Owner"),),
        bills=(Bill(3600, 33, "Oven service", "BRB-118"),),
        answers={"call1": (Call("time", "A second shop opens; can pay in parts."),)},
        events=((2, Plan(3, 12, "Three payments, as she asked.", signed=False)),),
    ),
    Debtor(
        key="hannah",
        name="Hannah Brooks",
        street="5 Mill Lane",
        city="Portland",
        zip="97209",
        country="us",
        phone="+1 503 555 0144",
        is_company=False,
        bills=(Bill(860, 44, "Kitchen repair"),),
        events=(
            (9, Call("cannot", "Lost her job in spring; wants to pay.", incoming=True)),
            (
                8,
                Hardship(
                    income=1640,
                    home=980,
                    living=640,
                    relief="pause",
                    note="Starts a new job next month; call her after that.",
                ),
            ),
        ),
    ),
    Debtor(
        key="theodor",
        name="Theodor Grant",
        street="71 Harbour Street",
        city="Duluth",
        zip="55802",
        country="us",
        phone="+1 218 555 0171",
        is_company=False,
        bills=(Bill(2650, 51, "Heating oil"),),
        events=(
            (
                6,
                Call("vulnerable", "Speaks through his daughter.", incoming=True),
            ),
            (
                5,
                Hardship(
                    income=1380,
                    home=720,
                    living=560,
                    relief="token",
                    note="His daughter calls on his behalf.",
                    protected="In hospital since the accident.",
                    vulnerable=True,
                ),
            ),
        ),
    ),
    Debtor(
        key="pemberton",
        name="Pemberton Stage Lighting",
        street="33 Curtain Road",
        city="London",
        zip="EC2A 3AH",
        country="uk",
        phone="+44 1632 960258",
        people=(Person("Rupert Dale", "owner", "Managing director"),),
        bills=(Bill(5960, 42, "Dimmer racks", "PSL-66"),),
        answers={
            "call1": (Call("no_answer", ""),),
            "call2": (Call("cannot", "Waits for a tour to pay."), Done("Asked sales.")),
            "demand": (Approve(),),
        },
        events=((0, Print()),),
    ),
)
