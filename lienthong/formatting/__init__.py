"""The form of official documents (thể thức văn bản): pure, without models.

It owns what the pages of a document show and where (NĐ 30/2020/NĐ-CP Phụ lục I): setting them as PDF and DOCX, reading
them back, checking them by rules that are data, and mending what is certain.
"""
