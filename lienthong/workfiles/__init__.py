"""Work files: what an office keeps of its work, from the yearly list of files to the archive.

It owns the list of files of a year, each file, what is filed in it, how long it is kept and how it is handed over. The
documents and tasks themselves belong to their own apps and are pointed at by ``Subject``.

The story (NĐ 30/2020 Điều 28-30): 1. the list of files of a year is drafted and approved; 2. whoever is given the work
opens a file of it; 3. documents and tasks are filed, by one click; 4. the work ends: the file is closed with checks;
5. a year later it is handed over to the archive, with its lists and minutes, and never changes again.
"""
