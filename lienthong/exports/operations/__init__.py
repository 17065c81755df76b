from lienthong.exports.operations.expiring import expire
from lienthong.exports.operations.ordering import cancel, order, order_again
from lienthong.exports.operations.producing import postpone, produce, resume

__all__ = ["cancel", "expire", "order", "order_again", "postpone", "produce", "resume"]
