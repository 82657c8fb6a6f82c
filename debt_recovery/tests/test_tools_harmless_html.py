from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from odoo.tests import BaseCase, tagged
from odoo.tools import html_sanitize

from odoo.addons.debt_recovery.tools.harmless_html import harmless_html

HARMFUL = [
    "<script>pay()</script>",
    '<p onclick="pay()">x</p>',
    "<p ONCLICK=pay()>x</p>",
    '<a href="javascript:pay()">x</a>',
    '<a href="&#106;avascript:pay()">x</a>',
    '<a href=" javascript:pay()">x</a>',
    '<a href="//evil.example.com">x</a>',
    '<img src="x" onerror="pay()">',
    '<img src="data:image/svg+xml;base64,AAAA">',
    "<img src=x onerror=pay() ",
    '<p style="background-color: url(javascript:pay())">x</p>',
    '<p style="position: fixed">x</p>',
    '<p style="width: expression(pay())">x</p>',
    '<p title="a>b" onclick="pay()">x</p>',
    "<svg/onload=pay()>",
    "<svg><p>x</p></svg>",
    "<style>p {color: red}</style>",
    '<iframe src="/web"></iframe>',
    '<form action="/web"></form>',
    '<base href="https://evil.example.com">',
    "<!--[if mso]><p>x</p><![endif]-->",
    '<body><p>x</p></body><body onload="pay()"><p>x</p></body>',
    "5 < 6",
]
PIECES = [
    "<p>",
    "</p>",
    '<a href="',
    '">',
    "<script>",
    "<img src=x",
    ' onerror="pay()"',
    " style=",
    '"color: red"',
    "javascript:",
    "<",
    ">",
    '"',
    "&lt;",
    "text",
    "<body>",
    "</body>",
]


@tagged("post_install", "-at_install")
class TestHarmlessHtml(BaseCase):
    def test_every_text_that_could_act_must_be_cleaned(self):
        for text in HARMFUL:
            with self.subTest(text=text):
                self.assertIsNone(harmless_html(text))

    def test_a_message_is_taken_without_its_frame(self):
        inner = (
            '<table width="100%" style="width: 100%; color: #1f2937;"><tr>'
            '<td style="padding: 5px 8px 5px 0; font-family: Arial, sans-serif;">'
            'INV/1 &lt;b&gt; 5 &gt; 4<br/><a href="https://example.com/my?a=1&amp;b=2">'
            "x</a></td></tr></table>"
        )
        frame = '<html lang="en"><head><meta a="b"/></head><body style="margin: 0;">'
        page = f"{frame}{inner}</body></html>"
        self.assertEqual(harmless_html(page), inner)
        self.assertEqual(harmless_html(inner), inner)
        self.assertEqual(harmless_html(""), "")

    @settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(st.lists(st.sampled_from(PIECES), max_size=14).map("".join))
    def test_what_is_taken_keeps_no_script_after_cleaning_either(self, text):
        found = harmless_html(text)
        if found is None:
            return
        self.assertNotRegex(found, r"(?i)<[^>]*(onerror|javascript:|script)")
        cleaned = html_sanitize(found)
        self.assertEqual(cleaned.count("<img"), found.count("<img"))
        self.assertEqual(cleaned.count("href="), found.count("href="))
