"""Typed readings of the environment that fail loudly."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str = "") -> str:
    """Return a variable as text."""
    return os.environ.get(name, default)


def flag(name: str, *, default: bool) -> bool:
    """Return a variable as yes or no: ``1/true/yes/on`` or ``0/false/no/off``."""
    value = os.environ.get(name, "").strip().lower()
    if not value:
        return default
    if value in {"1", "true", "yes", "on"}:
        return True
    if value in {"0", "false", "no", "off"}:
        return False
    raise ImproperlyConfigured(f"{name}={value!r}: write 1 or 0.")


def integer(name: str, default: int) -> int:
    """Return a variable as a whole number."""
    value = os.environ.get(name, "").strip()
    try:
        return int(value) if value else default
    except ValueError:
        raise ImproperlyConfigured(f"{name}={value!r}: write a whole number.") from None


def words(name: str, default: str = "") -> list[str]:
    """Return a variable as a list of words separated by commas."""
    return [word.strip() for word in os.environ.get(name, default).split(",") if word.strip()]


def path(name: str, default: Path) -> Path:
    """Return a variable as an absolute path."""
    value = os.environ.get(name, "").strip()
    return Path(value).expanduser().resolve() if value else default


def secret(name: str, file: Path) -> str:
    """Return a secret from the environment, or from a file of the data directory, made on first use (mode 0600)."""
    value = os.environ.get(name, "").strip()
    if value:
        return value
    if not file.exists():
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except FileExistsError:
            return file.read_text().strip()
        with os.fdopen(handle, "w") as out:
            out.write(secrets.token_urlsafe(50))
    return file.read_text().strip()


def days_in(file: Path) -> int:
    """Return the whole number of days that a file of the data directory holds; 0 where there is none."""
    try:
        return int(file.read_text().strip())
    except FileNotFoundError:
        return 0
