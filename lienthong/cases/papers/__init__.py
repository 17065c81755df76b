"""The papers of a case (mẫu số 01 to 05, A5) as PDF.

01 to 04 leave the house: their words are kept when they are first printed (``IssuedPaper``), so that printed again they
say the same, byte for byte, whatever was corrected or renamed since; a receipt with a mistake is made out anew. 05
stays in the house: it is set from the hand-overs as they stand, the same until the next one.
"""
