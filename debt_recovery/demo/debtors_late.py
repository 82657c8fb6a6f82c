"""Customers further on: agreed, contested, held, demanded, decided."""

from .story import (
    Approve,
    Ask,
    Bill,
    Call,
    Debtor,
    Dispute,
    Done,
    Hold,
    Mail,
    Person,
    Post,
    Promise,
    Rejection,
    Settlement,
)

DEBTORS = (
    Debtor(
        key="juniper",
        name="Juniper Medical Devices",
        street="14 Research Park",
        city="Minneapolis",
        zip="55413",
        country="us",
        phone="+1 612 555 0181",
        people=(
            Person("Erik Solberg"),
            Person("Mona Haddad", "cfo", "Finance director"),
        ),
        bills=(
            Bill(8450, 26, "Sterile cabinets", "JMD-6610"),
            Bill(3900, 24, "Installation", "JMD-6611"),
        ),
        answers={
            "call1": (
                Call("dispute", "Two of five cabinets arrived damaged."),
                Dispute(
                    0, 0.4, "quality", "Two cabinets damaged", "Photos are on the way."
                ),
            )
        },
        events=(
            (1, Ask("logistics", "Did the carrier report damage to the cabinets?")),
        ),
    ),
    Debtor(
        key="kestrel",
        name="Kestrel Security Services",
        street="60 Watchtower Road",
        city="Phoenix",
        zip="85004",
        country="us",
        phone="+1 602 555 0186",
        people=(Person("Alan Whyte"),),
        bills=(Bill(1980, 33, "Cameras, order 5512", "KSS-5512"),),
        answers={
            "rem1": (
                Mail("We have never ordered this. Please send us the signed order."),
                Dispute(0, 1.0, "not_ordered", "Denies the order", "Sales looks."),
            )
        },
    ),
    Debtor(
        key="lakeside",
        name="Lakeside Community College",
        street="700 College Avenue",
        city="Madison",
        zip="53703",
        country="us",
        phone="+1 608 555 0190",
        people=(Person("Ruth Keller", "ap", "Bursar's office"),),
        bills=(
            Bill(4825, 24, "Laboratory benches", "LCC-2026-118"),
            Bill(1775, 17, "Stools", "LCC-2026-131"),
        ),
        answers={"call1": (Call("time", "Budget year closes; asks for two weeks."),)},
        events=(
            (4, Hold("goodwill", "Long-standing customer, budget year ends.", 12)),
        ),
    ),
    Debtor(
        key="fjordline",
        name="Fjordline Marine Supplies",
        street="8 Bryggen",
        city="Bergen",
        zip="5003",
        country="no",
        phone="+47 55 55 01 22",
        people=(
            Person("Ingrid Aasen"),
            Person("Knut Berge", "ap_head", "Head of accounts payable"),
        ),
        bills=(
            Bill(6700, 30, "Winches", "FMS-8802", foreign=True),
            Bill(2450, 21, "Cable", "FMS-8819", foreign=True),
            Bill(1200, 11, "Freight", "FMS-8819"),
        ),
        answers={
            "call1": (Call("callback", "Ingrid is back next week."),),
            "rem2": (Mail("We look into it and come back to you this week."),),
        },
    ),
    Debtor(
        key="vanguard",
        name="Vanguard Auto Parts",
        street="3100 Motor Mile",
        city="Detroit",
        zip="48201",
        country="us",
        phone="+1 313 555 0203",
        people=(
            Person("Deshawn Miller"),
            Person("Kathy Novak", "ap_head", "AP supervisor"),
        ),
        bills=(
            Bill(9275, 34, "Brake discs", "VAP-40991"),
            Bill(2640, 20, "Brake pads", "VAP-41022"),
        ),
        answers={
            "call1": (
                Call("promise", "Half the fleet stands still; pays in two weeks."),
                Promise(11, "Promised by Deshawn Miller."),
            ),
            "call2": (Call("no_answer", "The promise was not kept; nobody answers."),),
        },
        profile={
            "run_rule": "month_days",
            "month_days": "10, 25",
            "method": "transfer",
            "best_hours": "2 to 4",
            "note": "Kathy Novak decides what is in the run.",
        },
    ),
    Debtor(
        key="northgate",
        name="Northgate Construction plc",
        street="1 Northgate Tower",
        city="London",
        zip="EC2N 4AA",
        country="uk",
        phone="+44 1632 960211",
        key_account=True,
        officer="manager",
        people=(
            Person("Fiona Campbell"),
            Person("Richard Ames", "cfo", "Group finance director"),
        ),
        bills=(
            Bill(48600, 29, "Scaffolding, site Leith", "NGC-120045"),
            Bill(27350, 16, "Scaffolding, site Hull", "NGC-120077"),
            Bill(31900, -9, "Scaffolding, site Leith", "NGC-120102"),
        ),
        profile={
            "run_rule": "weekdays",
            "thu": True,
            "lead_days": 5,
            "method": "transfer",
            "needs_po": True,
            "portal_url": "https://suppliers.northgate.example.com",
            "best_hours": "9 to 11",
            "note": "Nothing moves without the site manager's signature.",
        },
        answers={
            "ka_confirm": (Call("payrun", "Approved, in the next run."),),
            "ka_call1": (Call("info", "Waits for the signature of the site manager."),),
            "ka_mail": (Approve(),),
            "ka_sales": (Done("Site manager signs on Friday, sales follows up."),),
        },
    ),
    Debtor(
        key="greenfield",
        name="Greenfield Organic Growers' and Consumers' Co-operative Society "
        "of the Upper Valley",
        street="The Old Creamery, 2 Market Place",
        city="Bradford-on-Avon",
        zip="BA15 1AA",
        country="uk",
        phone="+44 1632 960225",
        people=(
            Person("Wilhelmina Featherstonehaugh-Cholmondeley"),
            Person("Arthur Penrose", "owner", "Chairman"),
        ),
        bills=(
            Bill(6480, 40, "Cold store", "GOG-19"),
            Bill(1260, 26, "Maintenance", "GOG-22"),
        ),
        answers={
            "call1": (Call("no_answer", ""),),
            "call2": (
                Call("cannot", "Waits for a grant, no date."),
                Done("Asked sales."),
            ),
        },
    ),
    Debtor(
        key="westbrook",
        name="Westbrook Agricultural Machinery",
        street="Route 9, Box 41",
        city="Omaha",
        zip="68102",
        country="us",
        phone="+1 402 555 0231",
        people=(
            Person("Gary Stone"),
            Person("Ellen Westbrook", "owner", "Owner"),
        ),
        bills=(Bill(11750, 43, "Harvester, overhaul", "WAM-3301"),),
        answers={
            "call1": (Call("third", "The secretary takes a note."),),
            "call2": (Call("refuses", "Will not talk about it."), Done("Asked sales.")),
            "demand": (Approve(),),
        },
        events=((0, Settlement(80, 10, "The owner offers 80 % at once.")),),
    ),
    Debtor(
        key="hartmann",
        name="Hartmann Precision Tools",
        street="55 Lathe Lane",
        city="Cleveland",
        zip="44114",
        country="us",
        phone="+1 216 555 0239",
        people=(
            Person("Anja Hartmann", "cfo", "Managing director"),
            Person("Lee Chan"),
        ),
        bills=(
            Bill(7320, 48, "Cutting heads", "HPT-909"),
            Bill(4160, 31, "Cutting fluid", "HPT-934"),
        ),
        answers={
            "call1": (Call("message", "Left a message for Lee Chan.", 1),),
            "call2": (
                Call("time", "Needs time, gives no date.", 1),
                Done("Asked sales."),
            ),
            "demand": (Approve(), Post()),
        },
        events=(
            (
                22,
                Dispute(1, 0.25, "price", "Old price list", "Wants last year's price."),
            ),
            (15, Rejection("The order of 4 June names the new price; copy enclosed.")),
            (1, Hold("goodwill", "Sells a machine, asks for two weeks.", 14, False)),
        ),
    ),
    Debtor(
        key="ivory",
        name="Ivory Coast Coffee Importers",
        street="20 Dockside",
        city="New Orleans",
        zip="70130",
        country="us",
        phone="+1 504 555 0244",
        people=(
            Person("Aya Kouassi"),
            Person("Jean Bedel", "owner", "Owner"),
        ),
        bills=(
            Bill(15400, 58, "Roasting line", "ICC-14"),
            Bill(3850, 44, "Training", "ICC-15"),
        ),
        answers={
            "call1": (Call("no_answer", ""),),
            "rem2": (Mail("Our bank has frozen the credit line. Please be patient."),),
            "call2": (Call("cannot", "Credit line frozen."), Done("Asked sales.")),
            "demand": (Approve(), Post()),
            "stopsale": (Done("Orders stopped, sales informed."),),
        },
    ),
    Debtor(
        key="zephyr",
        name="Zephyr Wind Energy Partners",
        street="88 Ridge Road",
        city="Amarillo",
        zip="79101",
        country="us",
        phone="+1 806 555 0250",
        officer="manager",
        people=(Person("Hugo Brandt", "cfo", "CFO"),),
        bills=(Bill(22400, 52, "Blade inspection", "ZWE-2"),),
        answers={
            "call1": (Call("info", "A restructuring is under way."),),
            "call2": (Call("cannot", "Adviser appointed."), Done("Asked sales.")),
        },
        events=((17, Hold("insolvency", "Filed on its own, administrator named.")),),
    ),
)
