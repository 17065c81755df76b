"""What a body of plain markup cannot hold, in words that say what to do."""

from __future__ import annotations

from dataclasses import dataclass

from lienthong.formatting.reading.docx_text import Reader

_KNOWN_FONTS = {"times new roman", "tinos", "symbol", "wingdings", "cambria math", "liberation serif"}
_MESSAGES = {
    "textbox": "{count} hộp văn bản (text box) không lấy được chữ. Hãy chuyển chữ trong hộp ra đoạn văn thường.",
    "image": "{count} hình ảnh không đưa vào nội dung. Hãy đính kèm hình thành tệp riêng hoặc làm phụ lục.",
    "chart": "{count} biểu đồ hoặc sơ đồ không đưa vào nội dung. Hãy thay bằng bảng số liệu hoặc đính kèm tệp riêng.",
    "object": "{count} đối tượng nhúng (Excel, Visio…) không đưa vào nội dung. Hãy thay bằng bảng hoặc đính kèm tệp.",
    "equation": "{count} công thức chỉ còn lại chữ thường. Hãy kiểm tra và viết lại công thức.",
    "footnote": "{count} chú thích cuối trang không đưa vào nội dung. Hãy chuyển nội dung chú thích vào đoạn văn.",
    "tracked": (
        "{count} sửa đổi đang theo dõi (Track Changes) chưa được duyệt: phần thêm được giữ, phần xóa được bỏ. "
        "Hãy mở bằng Word, chấp nhận hoặc từ chối từng sửa đổi rồi tải lại."
    ),
    "comment": "{count} nhận xét (comment) còn trong tệp không đưa vào nội dung. Hãy xử lý rồi xóa trước khi trình ký.",
    "merged": "{count} ô gộp trong bảng được tách thành ô thường. Hãy kiểm tra lại các bảng.",
    "nested": "{count} bảng nằm trong bảng được đọc thành đoạn văn. Hãy tách thành bảng riêng.",
    "legacy": "{count} đoạn dùng phông cũ (TCVN3, VNI) đã được chuyển sang Unicode. Hãy đọc lại để kiểm tra dấu.",
    "header": "{count} dòng chữ ở đầu trang hoặc chân trang không đưa vào nội dung. Hãy kiểm tra xem có cần giữ không.",
}
_ORDER = tuple(_MESSAGES)


@dataclass(frozen=True, slots=True)
class Loss:
    """One kind of thing that could not be taken over: how many, and what to do."""

    kind: str
    count: int
    message: str


def losses_of(reader: Reader) -> tuple[Loss, ...]:
    """Return the losses of a document that was read, and the fonts that the system does not have."""
    found = [
        Loss(kind, reader.losses[kind], _MESSAGES[kind].format(count=reader.losses[kind]))
        for kind in _ORDER
        if reader.losses[kind]
    ]
    strange = [name for name, _count in reader.fonts.most_common() if name.lower() not in _KNOWN_FONTS]
    if strange:
        names = ", ".join(strange[:5])
        message = f"Phông chữ {names} được thay bằng Times New Roman. Hãy xem lại bản in thử."
        found.append(Loss("font", len(strange), message))
    return tuple(found)
