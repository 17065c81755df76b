"""Trường dữ liệu: a definition of what is asked, as data, becomes a form, checked values, a display and a text.

It owns the kinds of fields, the conditions under which they are asked, and the formulas over them. It knows no
procedure and no register: those give it their definitions. The core (definition, kinds, conditions, formulas) is pure.
"""
