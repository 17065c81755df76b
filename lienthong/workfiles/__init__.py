"""Work files: what an office keeps of its work, from the yearly list of files to the archive.

It owns the list of files of a year, each file, what is filed in it, how long it is kept and how it is handed over. The
documents and tasks themselves belong to their own apps and are pointed at by ``Subject``.
"""
