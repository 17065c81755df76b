from lienthong.stationery.queries.letterheads import (
    Period,
    agencies_with_heads,
    head_periods,
    letterhead_on,
    letterhead_row,
)
from lienthong.stationery.queries.templates import (
    bytes_of,
    draft_of,
    faults_of,
    office_values,
    page_of_templates,
    sample_official,
    template_page,
    templates_for,
    type_codes_in_use,
    units_kept,
    version_of,
)

__all__ = [
    "Period",
    "agencies_with_heads",
    "bytes_of",
    "draft_of",
    "faults_of",
    "head_periods",
    "letterhead_on",
    "letterhead_row",
    "office_values",
    "page_of_templates",
    "sample_official",
    "template_page",
    "templates_for",
    "type_codes_in_use",
    "units_kept",
    "version_of",
]
