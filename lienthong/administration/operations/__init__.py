"""What is done to a sheet on its way in."""

from lienthong.administration.operations.handing_over import hand_over_due
from lienthong.administration.operations.importing import cancel_import, confirm_import, forget_imports, hand_in
from lienthong.administration.operations.working import resume_imports, work_on

__all__ = ["cancel_import", "confirm_import", "forget_imports", "hand_in", "hand_over_due", "resume_imports", "work_on"]
