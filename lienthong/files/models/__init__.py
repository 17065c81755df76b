from lienthong.files.models.attachment import Attachment
from lienthong.files.models.blob import Blob, FileText
from lienthong.files.models.stored_file import StoredFile

__all__ = ["Attachment", "Blob", "FileText", "StoredFile"]
