from __future__ import annotations

from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "lienthong.documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        """Say what the office's frame, the journal, the tasks and the rights need to know of documents."""
        from lienthong.documents import benchmarks, sentences, subjects
        from lienthong.kernel import rights
        from lienthong.ui import menu

        sentences.declare_sentences()
        subjects.declare_subjects()
        benchmarks.declare_benchmarks()
        for right, meaning in RIGHTS.items():
            rights.declare(right, meaning)
        entry = menu.MenuEntry
        menu.declare(entry(key="documents", label="Văn bản đến", icon="inbox", url_name="documents:incoming", order=20))
        menu.declare(
            entry(
                key="intake",
                label="Chờ vào sổ",
                icon="file-import",
                url_name="documents:intake",
                right="incoming.register",
                order=10,
                parent="documents",
                count=subjects.waiting_at_the_counter,
            )
        )
        menu.declare(
            entry(
                key="books",
                label="Sổ văn bản",
                icon="book-2",
                url_name="documents:books",
                right="incoming.print_books",
                order=20,
                parent="documents",
            )
        )
        menu.declare(
            entry(
                key="routing",
                label="Mẫu bút phê, quy tắc",
                icon="route",
                url_name="documents:settings",
                right="incoming.instruct",
                order=30,
                parent="documents",
            )
        )
        menu.declare_new(
            menu.NewEntry(
                key="incoming",
                label="Vào sổ văn bản đến",
                icon="file-plus",
                url_name="documents:registration",
                right="incoming.register",
                order=10,
            )
        )


RIGHTS = {
    "incoming.register": "Vào sổ văn bản đến",
    "incoming.amend": "Sửa, hủy số, trả lại văn bản đến",
    "incoming.forward": "Chuyển văn bản đến",
    "incoming.instruct": "Cho ý kiến, bút phê văn bản đến",
    "incoming.print_books": "Xem và in sổ văn bản",
}
