from lxml import etree

from odoo import models
from odoo.tools import ormcache


class IrQweb(models.AbstractModel):
    _inherit = "ir.qweb"

    def _generate_code_uncached(self, template):
        """The text of a mail template is compiled anew for every customer; a run that
        writes to hundreds compiles it once."""
        if isinstance(template, etree._Element) and self.env.context.get(
            "recovery_action_ids"
        ):
            return self._recovery_compile(etree.tostring(template, encoding="unicode"))
        return super()._generate_code_uncached(template)

    @ormcache("source", "self._recovery_compile_keys()", cache="templates")
    def _recovery_compile(self, source):
        plain = self.with_context(recovery_action_ids=None)
        return plain._generate_code_uncached(etree.fromstring(source))

    def _recovery_compile_keys(self):
        """Context that changes the code; forbidden expressions are found in it."""
        names = [*self._get_template_cache_keys(), "raise_on_forbidden_code_for_model"]
        return tuple(self.env.context.get(name) or False for name in names)
