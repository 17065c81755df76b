"""The nouns of queueing."""

from lienthong.queueing.models.appointment import Appointment, Slot
from lienthong.queueing.models.hall import Device, ServiceGroup, ServicePoint
from lienthong.queueing.models.ticket import Ticket

__all__ = ["Appointment", "Device", "ServiceGroup", "ServicePoint", "Slot", "Ticket"]
