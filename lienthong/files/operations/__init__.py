from lienthong.files.operations.attaching import attach, detach, replace
from lienthong.files.operations.destroying import destroy
from lienthong.files.operations.reading import read_text
from lienthong.files.operations.receiving import receive

__all__ = ["attach", "destroy", "detach", "read_text", "receive", "replace"]
