"""What a file is called here: one line, no path, nothing that misleads the eye."""

from __future__ import annotations

import unicodedata

LONGEST = 200
LONGEST_EXTENSION = 10
UNNAMED = "tep"
_FORBIDDEN = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_BREAKS = "\t\n\v\f\r"
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}


def clean_name(name: str) -> str:
    """Return a name that is safe to store, to show and to save under, in NFC, with its extension kept.

    Path parts, control characters, marks of writing direction and other invisible letters go; at most 200 letters stay.
    """
    name = unicodedata.normalize("NFC", name.replace("\\", "/").split("/")[-1])
    name = "".join(" " if letter in _BREAKS or unicodedata.category(letter)[0] == "Z" else letter for letter in name)
    name = "".join(letter for letter in name if unicodedata.category(letter)[0] != "C")
    name = " ".join(name.translate(_FORBIDDEN).split()).strip(" .")
    stem, extension = split_extension(name)
    stem = stem.strip(" .") or UNNAMED
    if stem.split(".")[0].casefold() in _DEVICES:
        stem = f"_{stem}"
    suffix = f".{extension}" if extension else ""
    return stem[: LONGEST - len(suffix)].rstrip(" .") + suffix


def split_extension(name: str) -> tuple[str, str]:
    """Return the name without its extension, and the extension in lower case without the dot ("" when none)."""
    stem, dot, extension = name.rpartition(".")
    if not dot or not extension.isalnum() or len(extension) > LONGEST_EXTENSION:
        return name, ""
    return stem, extension.lower()
