from lienthong.stationery.models.letterhead import Letterhead
from lienthong.stationery.models.template import DocumentTemplate, TemplateVersion

__all__ = ["DocumentTemplate", "Letterhead", "TemplateVersion"]
