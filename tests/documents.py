"""Documents made by hand, byte by byte, for the readers to read. All invented."""

import io
import zipfile
from collections.abc import Sequence
from email.message import EmailMessage

from pypdf import PdfWriter

_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"


def pdf(
    pages: Sequence[Sequence[str]], *, info: str = "", content: bytes = b""
) -> bytes:
    """Write a PDF with one line of Helvetica for each string.

    Args:
        pages: Lines of each page; a page without lines has no text, like a scan.
        info: Entries of the document's information, in PDF syntax.
        content: Replaces the content of every page.
    """
    kids = " ".join(f"{5 + 2 * i} 0 R" for i in range(len(pages)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{kids}] >>".encode(),
        (
            b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica"
            b" /Encoding /WinAnsiEncoding >>"
        ),
        f"<< {info} >>".encode(),
    ]
    for number, lines in enumerate(pages):
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources"
            f" << /Font << /F1 3 0 R >> >> /Contents {6 + 2 * number} 0 R >>".encode()
        )
        shown = "".join(f"({_escaped(line)}) Tj T*\n" for line in lines)
        drawn = f"BT /F1 11 Tf 72 760 Td 14 TL\n{shown}ET".encode("cp1252")
        body = content or drawn
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(body), body))
    return _numbered(objects)


def encrypted_pdf(lines: Sequence[str], password: str) -> bytes:
    """Write a PDF that opens with a password only."""
    writer = PdfWriter(clone_from=io.BytesIO(pdf([lines])))
    writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def _escaped(line: str) -> str:
    return line.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")


def _numbered(objects: Sequence[bytes], trailer: bytes = b"") -> bytes:
    out, places = b"%PDF-1.4\n", list[int]()
    for number, body in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%b"
        b"trailer << /Size %d /Root 1 0 R /Info 4 0 R %b >>\nstartxref\n%d\n%%%%EOF\n"
        % (len(objects) + 1, table, len(objects) + 1, trailer, len(out))
    )


def word(body: str, *, core: str = "", more: dict[str, bytes] | None = None) -> bytes:
    """Write a .docx.

    Args:
        body: What stands inside <w:body>.
        core: Elements of the core properties (dc:title, dc:creator, …).
        more: Other members of the archive.
    """
    members = {
        "[Content_Types].xml": b"<Types/>",
        "word/document.xml": word_xml(body).encode(),
    }
    if core:
        members["docProps/core.xml"] = (
            '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/'
            'metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
            f'xmlns:dcterms="http://purl.org/dc/terms/">{core}</c:coreProperties>'
        ).encode()
    return zipped({**members, **(more or {})})


def word_xml(body: str) -> str:
    """Write the main part of a .docx."""
    return (
        '<?xml version="1.0" encoding="UTF-8"?>'
        f'<w:document xmlns:w="{_WORD}" xmlns:mc="http://schemas.openxmlformats.org/'
        f'markup-compatibility/2006"><w:body>{body}</w:body></w:document>'
    )


def paragraph(words: str) -> str:
    """Write one paragraph of a .docx."""
    return f"<w:p><w:r><w:t>{words}</w:t></w:r></w:p>"


def zipped(members: dict[str, bytes]) -> bytes:
    """Write a ZIP archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def mail(
    body: str = "", *, html: str = "", attached: str = "", **headers: str
) -> bytes:
    """Write an e-mail.

    Args:
        body: The plain part; none when empty.
        html: The HTML part; none when empty.
        attached: Name of an attached PDF; none when empty.
        headers: Replace or add headers; underscores stand for hyphens.
    """
    message = EmailMessage()
    known = {
        "From": "Ministry Press <press@ministry.example>",
        "To": "Desk <desk@post.example>",
        "Subject": "Talks about the crew",
        "Date": "Wed, 05 Mar 2025 23:30:00 -0500",
        "Message-ID": "<abc.1@ministry.example>",
    }
    for name, value in {
        **known,
        **{k.replace("_", "-"): v for k, v in headers.items()},
    }.items():
        if value:
            message[name] = value
    if body:
        message.set_content(body)
        if html:
            message.add_alternative(html, subtype="html")
    elif html:
        message.set_content(html, subtype="html")
    if attached:
        message.add_attachment(
            b"%PDF-1.4", maintype="application", subtype="pdf", filename=attached
        )
    return message.as_bytes()
