"""The verbs of the exchange."""

from lienthong.exchange.operations.announcing import announce, told_last
from lienthong.exchange.operations.delivering import deliver_due
from lienthong.exchange.operations.mending import drop, send_again, send_missing_again, try_now
from lienthong.exchange.operations.taking_in import take_in

__all__ = ["announce", "deliver_due", "drop", "send_again", "send_missing_again", "take_in", "told_last", "try_now"]
