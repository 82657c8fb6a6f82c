"""Customers who pay in parts or whose letter lies on the desk."""

from .story import (
    Approve,
    Bill,
    Call,
    Debtor,
    Done,
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
