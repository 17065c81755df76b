"""What is kept for ever: PDF/A-2b by its structure, the same bytes on any machine, Vietnamese that can be searched."""

from __future__ import annotations

import datetime as dt
import hashlib
import io
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path
from typing import Any

import pypdf
import pytest
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, StreamObject

from lienthong.formatting.setting import set_pages
from lienthong.formatting.tests.papers import ALL, CREATED, DECISION
from lienthong.formatting.tests.positions import text_of

ROOT = Path(__file__).resolve().parents[3]
FORBIDDEN_ACTIONS = {"/JavaScript", "/Launch", "/Sound", "/Movie", "/ResetForm", "/ImportData", "/Hide", "/SetState"}
FILTERS_ALLOWED = {"/FlateDecode", "/DCTDecode", "/JPXDecode", "/CCITTFaxDecode", "/RunLengthDecode", "/ASCIIHexDecode"}
EVERY_LETTER = (
    "a à á ả ã ạ ă ằ ắ ẳ ẵ ặ â ầ ấ ẩ ẫ ậ đ e è é ẻ ẽ ẹ ê ề ế ể ễ ệ i ì í ỉ ĩ ị o ò ó ỏ õ ọ ô ồ ố ổ ỗ ộ ơ ờ ớ ở ỡ ợ "
    "u ù ú ủ ũ ụ ư ừ ứ ử ữ ự y ỳ ý ỷ ỹ ỵ"
)


def reader(name: str) -> Any:
    return pypdf.PdfReader(io.BytesIO(set_pages(ALL[name], created=CREATED)))


def every_object(pdf: Any) -> Iterator[Any]:
    """Walk everything that the file holds, each thing once."""
    seen: set[int] = set()
    waiting: list[Any] = [pdf.trailer]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, IndirectObject):
            if thing.idnum in seen:
                continue
            seen.add(thing.idnum)
            thing = thing.get_object()
        yield thing
        if isinstance(thing, DictionaryObject):
            waiting += [thing.raw_get(key) for key in thing]
        elif isinstance(thing, ArrayObject):
            waiting += list(thing)


def dictionaries(pdf: Any) -> list[Any]:
    return [thing for thing in every_object(pdf) if isinstance(thing, DictionaryObject)]


@pytest.mark.parametrize("name", ALL)
def test_the_file_says_what_it_is_and_can_be_told_from_others(name: str) -> None:
    pdf = reader(name)
    content = set_pages(ALL[name], created=CREATED)
    assert re.match(rb"%PDF-1\.[4-7]\n%[\x80-\xff]{4}", content)
    assert content.rstrip().endswith(b"%%EOF")
    first, second = pdf.trailer["/ID"]
    assert len(first) >= 16
    assert len(second) >= 16
    assert "/Encrypt" not in pdf.trailer
    assert not pdf.is_encrypted
    metadata = pdf.root_object["/Metadata"].get_object()
    assert (metadata["/Type"], metadata["/Subtype"]) == ("/Metadata", "/XML")
    assert "/Filter" not in metadata, "the metadata must be readable without unpacking"
    xmp = metadata.get_data().decode("utf-8")
    assert 'xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"' in xmp
    assert "<pdfaid:part>2</pdfaid:part>" in xmp
    assert "<pdfaid:conformance>B</pdfaid:conformance>" in xmp
    assert ALL[name].title.replace("&", "&amp;") in xmp
    assert str(pdf.metadata and pdf.metadata.title) == ALL[name].title
    assert "2020-03-05T02:30:00" in xmp


@pytest.mark.parametrize("name", ALL)
def test_its_colours_are_those_of_a_profile_that_it_carries(name: str) -> None:
    intents = reader(name).root_object["/OutputIntents"]
    assert [intent.get_object()["/S"] for intent in intents] == ["/GTS_PDFA1"]
    intent = intents[0].get_object()
    assert intent["/OutputConditionIdentifier"]
    profile = intent["/DestOutputProfile"].get_object()
    assert profile["/N"] == 3
    data = profile.get_data()
    assert data[36:40] == b"acsp"
    assert data[16:20] == b"RGB "
    assert int.from_bytes(data[:4], "big") == len(data)


@pytest.mark.parametrize("name", ALL)
def test_every_font_is_in_the_file_and_every_letter_has_its_meaning(name: str) -> None:
    pdf = reader(name)
    fonts = [thing for thing in dictionaries(pdf) if thing.get("/Type") == "/Font"]
    composed = [font for font in fonts if font["/Subtype"] == "/Type0"]
    parts = [font for font in fonts if font["/Subtype"] in {"/CIDFontType0", "/CIDFontType2"}]
    assert composed
    assert len(composed) + len(parts) == len(fonts)
    for font in composed:
        assert font["/Encoding"] == "/Identity-H"
        meaning = font["/ToUnicode"].get_object().get_data()
        assert b"beginbfchar" in meaning or b"beginbfrange" in meaning
        assert re.match(r"/[A-Z]{6}\+Tinos", font["/BaseFont"])
    for part in parts:
        described = part["/FontDescriptor"].get_object()
        files = [described[key].get_object() for key in ("/FontFile2", "/FontFile3") if key in described]
        assert len(files) == 1
        assert files[0].get_data()
        if part["/Subtype"] == "/CIDFontType2":
            assert "/CIDToGIDMap" in part
    used = set(chain.from_iterable((page["/Resources"].get("/Font") or {}).values() for page in pdf.pages))
    assert {font.get_object()["/Subtype"] for font in used} == {"/Type0"}


@pytest.mark.parametrize("name", ALL)
def test_nothing_in_it_acts_or_comes_from_outside(name: str) -> None:
    pdf = reader(name)
    for thing in dictionaries(pdf):
        assert thing.get("/S") not in FORBIDDEN_ACTIONS, thing
        assert not {"/JS", "/JavaScript", "/AA", "/XFA", "/EF", "/Alternates", "/OPI", "/TR", "/HTP"} & set(thing), (
            thing
        )
        if thing.get("/Subtype") == "/Image":
            assert thing.get("/Interpolate") in (None, False)
        if isinstance(thing, StreamObject):
            filters = thing.get("/Filter", [])
            assert {str(one) for one in (filters if isinstance(filters, list) else [filters])} <= FILTERS_ALLOWED
            assert not {"/F", "/FFilter", "/FDecodeParms"} & set(thing)
    root = pdf.root_object
    assert "/OpenAction" not in root
    assert "/AcroForm" not in root
    assert "/EmbeddedFiles" not in (root.get("/Names") or {})


@pytest.mark.parametrize("name", ALL)
def test_nothing_shines_through_and_every_mark_can_be_printed(name: str) -> None:
    for thing in dictionaries(reader(name)):
        if thing.get("/Type") == "/ExtGState":
            assert thing.get("/SMask") in (None, "/None")
            assert thing.get("/ca", 1) == 1
            assert thing.get("/CA", 1) == 1
            assert thing.get("/BM", "/Normal") == "/Normal"
        if thing.get("/Subtype") in {"/Link", "/Widget"} and "/Rect" in thing:
            assert int(thing["/F"]) & 0b100110 == 0b100, "printed, neither hidden nor invisible"


PROGRAM = """
import datetime as dt, hashlib, sys
from lienthong.formatting.setting import as_docx, set_pages
from lienthong.formatting.tests.papers import ALL, CREATED
for name in sorted(ALL):
    print(name, hashlib.sha256(set_pages(ALL[name], created=CREATED)).hexdigest(),
          hashlib.sha256(as_docx(ALL[name], created=CREATED)).hexdigest())
"""


def digests(folder: Path, **surroundings: str) -> str:
    environment = {name: os.environ[name] for name in ("PATH", "HOME", "DJANGO_SETTINGS_MODULE") if name in os.environ}
    environment |= {"PYTHONPATH": str(ROOT), **surroundings}
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=folder, env=environment, capture_output=True, text=True, timeout=120,
        check=True,
    )  # fmt: skip
    return done.stdout


def test_the_same_document_is_the_same_bytes_in_any_process(tmp_path: Path) -> None:
    one = digests(ROOT, PYTHONHASHSEED="0", TZ="Asia/Ho_Chi_Minh", LC_ALL="C")
    other = digests(tmp_path, PYTHONHASHSEED="4711", TZ="America/New_York", LC_ALL="C.UTF-8", TMPDIR=str(tmp_path))
    assert one == other
    assert len(one.splitlines()) == len(ALL)
    here = hashlib.sha256(set_pages(DECISION, created=CREATED)).hexdigest()
    assert here in one
    moved = CREATED.astimezone(dt.timezone(dt.timedelta(hours=7)))
    assert hashlib.sha256(set_pages(DECISION, created=moved)).hexdigest() == here, "the moment counts, not its zone"


@pytest.mark.parametrize("styles", ["{}", "**{}**", "*{}*", "***{}***", "__{}__"])
@pytest.mark.parametrize("is_upper", [False, True])
def test_every_letter_of_vietnamese_is_read_back_as_it_was_written(styles: str, *, is_upper: bool) -> None:
    words = EVERY_LETTER.upper() if is_upper else EVERY_LETTER
    typed = replace(DECISION, body=f"Mẫu chữ:\n{styles.format(words)}\nHết./.", appendices=(), urgency="normal")
    for form in ("NFC", "NFD"):
        text = text_of(set_pages(replace(typed, body=unicodedata.normalize(form, typed.body)), created=CREATED))
        assert text == unicodedata.normalize("NFC", text)
        assert "".join(words.split()) in "".join(text.split())


@pytest.mark.parametrize("name", ALL)
def test_every_element_is_found_by_a_search_in_two_readers(name: str) -> None:
    paper = ALL[name]
    content = set_pages(paper, created=CREATED)
    other = "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(content)).pages)
    wanted = [paper.issuer.upper(), paper.superior.upper(), paper.abstract, paper.signer, *paper.signing]
    wanted += [appendix.caption.upper() for appendix in paper.appendices]
    wanted += [line for line in paper.body.splitlines() if not set(line) & set("|*_")]
    for text in (text_of(content), other):
        solid = "".join(text.split())
        for words in wanted:
            assert "".join(unicodedata.normalize("NFC", words).split()) in solid, words
