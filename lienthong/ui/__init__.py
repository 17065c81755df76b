"""How pages look: components, formats, layouts, the gallery page. It owns no data and no rules."""
