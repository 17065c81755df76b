"""How pages look: components, formats, layouts, the gallery page; and how an officer likes to see a list.

It owns one kind of row, the filters that officers save (``SavedFilter``), because every list above shows them the same
way. It owns no other data and no rules of the office.
"""
