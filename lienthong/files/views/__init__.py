from lienthong.files.views.download import download, inline
from lienthong.files.views.preview import page, preview, words
from lienthong.files.views.upload import upload

__all__ = ["download", "inline", "page", "preview", "upload", "words"]
