"""Rules of losses: plain Python, no odoo, no clock."""
