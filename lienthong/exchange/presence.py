"""What the apps below learn of this one when the house starts."""

from __future__ import annotations

from lienthong.exchange.models import ADMINISTER, Message
from lienthong.exchange.policies import can_administer
from lienthong.exchange.queries import described, described_links
from lienthong.journal import sentences
from lienthong.kernel import rights
from lienthong.kernel.subjects import SubjectKind
from lienthong.kernel.subjects import declare as declare_kind
from lienthong.ui import menu


def declare() -> None:
    """Declare the right, subjects, sentences and the menu."""
    rights.declare(ADMINISTER, "Theo dõi trao đổi dữ liệu với hệ thống bên ngoài, gửi lại thông điệp")
    declare_kind(SubjectKind("exchange_message", "Thông điệp gửi đi", described, lambda who, _pk: can_administer(who)))
    declare_kind(
        SubjectKind("exchange_link", "Đường nối với đối tác", described_links, lambda who, _pk: can_administer(who))
    )
    sentences.declare("exchange_message.resent", lambda _: "gửi lại thông điệp tới hệ thống bên ngoài")
    sentences.declare("exchange_message.dropped", lambda e: f"bỏ qua thông điệp bị từ chối: {e.particulars['reason']}")
    sentences.declare(
        "exchange_link.mended", lambda e: f"gửi lại {e.particulars['count']} thông điệp trước đây thiếu dữ liệu"
    )
    sentences.declare("exchange_link.tried", lambda _: "cho thử kết nối lại ngay")
    menu.declare(
        menu.MenuEntry(
            key="exchange",
            label="Trao đổi dữ liệu",
            icon="arrows-exchange",
            url_name="exchange:list",
            right=ADMINISTER,
            place="foot",
            order=85,
            counted=lambda actor: Message.objects.visible_to(actor).failed(),
        )
    )
