"""The demo province: Bình Thuận in the first quarter of 2014, lived by calling operations in the order of time.

Units are facts; persons, documents and work are invented. ``province`` founds the units and appoints the people;
``office`` is one agency at work; ``lives`` tells what happens to a document, step by step; ``days`` plays all lives
together, each step at its moment, up to the demo's present. Nothing writes rows by itself.
"""
