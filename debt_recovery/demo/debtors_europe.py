"""Customers of the second company; its books are in another currency."""

from .story import Bill, Call, Debtor, Done, Pay, Person, Promise

DEBTORS = (
    Debtor(
        key="cantiere",
        name="Cantiere Navale Adriatico S.r.l.",
        street="Via del Porto 7",
        city="Ancona",
        zip="60121",
        country="it",
        phone="+39 071 555 0101",
        people=(Person("Chiara Bellini", "ap", "Contabilità fornitori"),),
        bills=(Bill(3300, -3, "Teak decking", "CNA-51"),),
    ),
    Debtor(
        key="atelier",
        name="Atelier Lumière SARL",
        street="15 rue des Canuts",
        city="Lyon",
        zip="69004",
        country="fr",
        phone="+33 4 55 55 01 09",
        people=(Person("Camille Roche", "ap", "Comptabilité"),),
        bills=(Bill(2860, 16, "Studio lights", "AL-7715"),),
        answers={
            "call1": (
                Call("promise", "Pays with the next run."),
                Promise(7, "Camille Roche confirms by mail."),
            )
        },
    ),
    Debtor(
        key="bodega",
        name="Bodega Vinaria del Duero S.L.",
        street="Calle Mayor 30",
        city="Valladolid",
        zip="47001",
        country="es",
        phone="+34 983 555 011",
        people=(
            Person("Lucía Herrero"),
            Person("Javier Ortega", "cfo", "Director financiero"),
        ),
        bills=(
            Bill(9150, 42, "Steel tanks", "BVD-300"),
            Bill(1840, 28, "Valves", "BVD-304"),
        ),
        answers={
            "call1": (Call("no_answer", ""),),
            "call2": (Call("callback", "Call again on Monday."), Done("Asked sales.")),
        },
    ),
    Debtor(
        key="delft",
        name="Delft Ceramics B.V.",
        street="Oude Delft 101",
        city="Delft",
        zip="2611 BE",
        country="nl",
        phone="+31 15 555 0117",
        people=(Person("Sanne de Wit"), Person("Bram Kok", "owner", "Owner")),
        bills=(Bill(4480, 35, "Kiln", "DC-12"),),
        answers={
            "call1": (Call("time", "Needs a month."),),
            "call2": (Call("payrun", "Leaves this week."), Done("Asked sales.")),
        },
        events=((4, Pay(0)),),
    ),
)
