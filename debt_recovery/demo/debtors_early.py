"""Customers at the beginning of the story: not due, just overdue, reminded, called;
and the small debts."""

from datetime import time

from .story import Ask, Bill, Call, Debtor, Mail, Money, Pay, Person, Promise

DEBTORS = (
    Debtor(
        key="quantum",
        name="Quantum Optics Research",
        street="4 Photon Way",
        city="Boulder",
        zip="80301",
        country="us",
        phone="+1 303 555 0112",
        people=(Person("Priya Raman"),),
        bills=(Bill(5200, -2, "Optical benches", "PO-77120"),),
    ),
    Debtor(
        key="alder",
        name="Alder & Finch Joinery",
        street="18 Sawmill Lane",
        city="Portland",
        zip="97205",
        country="us",
        phone="+1 503 555 0121",
        people=(Person("Tom Finch", "owner", "Partner"),),
        bills=(Bill(1480, 4, "Timber, order of September", "AF-2207"),),
    ),
    Debtor(
        key="brightwater",
        name="Brightwater Hotels Ltd",
        street="1 Harbour Parade",
        city="Brighton",
        zip="BN1 2FN",
        country="uk",
        phone="+44 1632 960114",
        people=(
            Person("Helen Marsh"),
            Person("Oliver Grant", "ap_head", "Head of accounts payable"),
        ),
        bills=(
            Bill(3260, 9, "Linen, Brighton", "BW-10441"),
            Bill(2875, 8, "Linen, Hove", "BW-10442"),
            Bill(940, -12, "Towels", "BW-10519"),
        ),
        profile={
            "run_rule": "weekdays",
            "fri": True,
            "lead_days": 3,
            "method": "transfer",
            "needs_po": True,
            "note": "Each hotel approves its own invoices.",
        },
    ),
    Debtor(
        key="umbra",
        name="Umbra Lighting Design",
        street="27 Foundry Street",
        city="Leeds",
        zip="LS9 8AB",
        country="uk",
        phone="+44 1632 960127",
        email=False,
        bills=(Bill(815, 11, "Lamps and fittings", "UMB-311"),),
    ),
    Debtor(
        key="castellan",
        name="Castellan Logistics",
        street="900 Freight Road",
        city="Memphis",
        zip="38118",
        country="us",
        phone="+1 901 555 0134",
        people=(Person("Denise Carter"), Person("Ray Boyd", "cfo", "CFO")),
        bills=(
            Bill(7640, 14, "Pallet racks", "CL-55820"),
            Bill(1310, 6, "Assembly", "CL-55820"),
        ),
        events=(
            (
                1,
                Call(
                    "callback",
                    "In a meeting; wants the list of racks at hand.",
                    told={"hour": time(15, 30)},
                ),
            ),
        ),
    ),
    Debtor(
        key="rosalind",
        name="Rosalind Achterberg",
        street="12 Prinsengracht",
        city="Amsterdam",
        zip="1015 DV",
        country="nl",
        phone="+31 20 555 0118",
        is_company=False,
        bills=(Bill(165, 12, "Repair of a reading lamp"),),
        events=(
            (
                0,
                Call(
                    "complaint",
                    "The lamp flickers again; nobody called her back.",
                    incoming=True,
                    told={"owner": "manager"},
                ),
            ),
        ),
    ),
    Debtor(
        key="dunmore",
        name="Dunmore Dental Practice",
        street="3 Castle Square",
        city="Swansea",
        zip="SA1 1DW",
        country="uk",
        phone="+44 1632 960139",
        people=(Person("Gwen Pritchard", "ap", "Practice manager"),),
        bills=(Bill(4390, 19, "Dental chairs, second instalment", "DDP-88"),),
        answers={
            "call1": (
                Call("promise", "Waiting for the insurer; pays when that has come."),
                Promise(11, "Agreed with Gwen Pritchard on the phone."),
            )
        },
    ),
    Debtor(
        key="tideway",
        name="Tideway Film Studios",
        street="66 Wharf Road",
        city="London",
        zip="E14 5AB",
        country="uk",
        phone="+44 1632 960141",
        people=(Person("Martin Okafor"),),
        bills=(Bill(6120, 20, "Set construction", "TFS-2091"),),
        answers={
            "call1": (
                Call("payrun", "Approved, leaves with the next run."),
                Promise(7, "Martin Okafor confirms the run."),
            )
        },
        events=((3, Pay(0)),),
    ),
    Debtor(
        key="xenia",
        name="Xenia Sports Equipment",
        street="250 Stadium Drive",
        city="Columbus",
        zip="43211",
        country="us",
        phone="+1 614 555 0147",
        people=(Person("Carla Jimenez"),),
        bills=(Bill(2730, 12, "Gym mats", "XEN-4410"),),
        bounces="rem1",
    ),
    Debtor(
        key="meridian",
        name="Meridian Travel Group",
        street="77 Peachtree Plaza",
        city="Atlanta",
        zip="30303",
        country="us",
        phone="+1 404 555 0153",
        people=(Person("Lucy Barnes"), Person("Sam Whitfield", "cfo", "Controller")),
        bills=(
            Bill(3480, 24, "Travel displays", "MTG-7781"),
            Bill(1150, 19, "Brochure stands", "MTG-7790"),
        ),
        answers={
            "call1": (
                Call("paid", "Says that 3,500 left last week, reference unknown."),
            )
        },
        events=(
            (6, Money(3500, "MERIDIAN TRVL GRP TRANSFER")),
            (
                2,
                Ask(
                    "accounting",
                    "Is the transfer of 3,500 meant for the displays?",
                    "Yes, their remittance advice names that invoice.",
                ),
            ),
        ),
    ),
    Debtor(
        key="eastgate",
        name="Eastgate Printing Works",
        street="41 Typesetter Row",
        city="Chicago",
        zip="60607",
        country="us",
        phone="+1 312 555 0160",
        people=(
            Person("Nadia Petrova"),
            Person("Paul Jensen", "ap_head", "Finance manager"),
        ),
        bills=(
            Bill(5890, 23, "Paper, coated", "EPW-30021"),
            Bill(2240, 9, "Ink", "EPW-30055"),
        ),
        answers={
            "call1": (Call("copy", "Never saw the invoice; copy sent to Nadia."),),
            "rem2": (
                Mail(
                    "Thank you for the copies. The goods receipt is still missing on "
                    "our side, I have asked the warehouse for it."
                ),
            ),
        },
        events=(
            (
                0,
                Mail(
                    "The goods receipt is here. The paper is paid with our next run, "
                    "about the ink we would like to talk.",
                    unread=True,
                ),
            ),
        ),
    ),
    Debtor(
        key="bramley",
        name="Bramley Textiles",
        street="9 Weaver Street",
        city="Manchester",
        zip="M4 5JD",
        country="uk",
        phone="+44 1632 960166",
        people=(Person("Joan Ashworth"),),
        bills=(Bill(3075, 25, "Dyeing machine, spare parts", "BT-1178"),),
        answers={"call1": (Call("no_answer", "Rang through, no voicemail."),)},
        lost="rem2",
    ),
    Debtor(
        key="orchard",
        name="Orchard Street Bakery",
        street="5 Orchard Street",
        city="New York",
        zip="10002",
        country="us",
        phone="+1 212 555 0170",
        bills=(Bill(142.5, 25, "Baking tins"),),
        events=(
            (
                0,
                Call(
                    "paid",
                    "Paid by cheque last week, number 2291.",
                    incoming=True,
                    told={"days": -6},
                ),
            ),
        ),
    ),
    Debtor(
        key="samuel",
        name="Samuel Okonkwo",
        street="31 Elm Court",
        city="Newark",
        zip="07102",
        country="us",
        phone="+1 973 555 0174",
        is_company=False,
        officer="field",
        bills=(Bill(620, 27, "Kitchen, final invoice"),),
        answers={"call1": (Call("message", "Asked to be called back."),)},
    ),
)
