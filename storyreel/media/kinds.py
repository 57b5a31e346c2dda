"""What a media file is, told by its first bytes, and the one reader that is let at it.

A library that may choose among all of its readers can be led to others: to PostScript, which is run, or to playlists,
which name further files. So each file is opened by a reader that is named here, or not at all.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

from storyreel.errors import StoryreelError

if TYPE_CHECKING:
    from av.container import InputContainer

_HEAD = 400
"""How many bytes tell; MPEG transport packets are up to 204 long, and two are looked at."""

_PICTURES = (
    ("PNG", rb"\x89PNG\r\n\x1a\n"),
    ("JPEG", rb"\xff\xd8\xff"),
    ("GIF", rb"GIF8[79]a"),
    ("WEBP", rb"RIFF....WEBP"),
    ("BMP", rb"BM.{12}[\x0c\x28\x40\x6c\x7c]\x00\x00\x00"),
)
"""Pillow's names of the formats of pictures, and what begins like them."""

_DEMUXERS = (
    ("mov", rb"....(ftyp|moov|mdat|wide|free|skip|pnot)"),
    ("matroska", rb"\x1a\x45\xdf\xa3"),
    ("mpegts", rb"\x47.{187}\x47"),
    ("mpegts", rb".{4}\x47.{191}\x47"),
    ("mpegts", rb"\x47.{203}\x47"),
    ("mpeg", rb"\x00\x00\x01\xba"),
    ("avi", rb"RIFF....AVI "),
    ("flv", rb"FLV\x01"),
    ("asf", rb"\x30\x26\xb2\x75\x8e\x66\xcf\x11"),
    ("wav", rb"(RIFF|RF64)....WAVE"),
    ("w64", rb"riff\x2e\x91\xcf\x11"),
    ("aiff", rb"FORM....AIF[FC]"),
    ("caf", rb"caff"),
    ("au", rb"\.snd"),
    ("ogg", rb"OggS"),
    ("flac", rb"fLaC"),
    ("wv", rb"wvpk"),
    ("amr", rb"#!AMR"),
    ("ac3", rb"\x0b\x77"),
    ("aac", rb"\xff[\xf0\xf1\xf8\xf9]"),
    ("mp3", rb"ID3|\xff[\xe2-\xe7\xf2-\xf7\xfa-\xff]"),
)
"""FFmpeg's names of its demuxers of single files, and what begins like them."""

MOST = 1 << 25
"""The most pixels that are decoded of a picture or a frame: more than 7680x4320 has."""
KNOWN = "PNG, JPEG, GIF, WebP, BMP, MP4, MOV, WebM, MKV, AVI, MPEG, FLV, WMV"
SOUNDS = "WAV, MP3, M4A, AAC, FLAC, OGG, AIFF, or a film's sound"


def _told(path: Path, kinds: tuple[tuple[str, bytes], ...]) -> str | None:
    with path.open("rb") as file:
        head = file.read(_HEAD)
    return next((name for name, begin in kinds if re.match(begin, head, re.DOTALL)), None)


def smaller(width: int, height: int, most: int = MOST) -> str:
    """What is wrong with a picture of more than the `most` pixels."""
    return f"it has {width}x{height} pixels; make it smaller, {most // 1_000_000} million at most"


def picture_format(path: Path) -> str | None:
    """Pillow's name for a picture's format; None for what is no picture.

    Raises:
        OSError: the file can't be read.
    """
    return _told(path, _PICTURES)


def open_media(path: Path, known: str = KNOWN) -> InputContainer:
    """A clip or sound, opened by the demuxer that its contents ask for, which may open nothing but this file.

    Raises:
        StoryreelError: it is of no kind that is read; the message names the `known` ones.
        OSError, av.FFmpegError: it can't be read.
    """
    import av

    demuxer = _told(path, _DEMUXERS)
    if demuxer is None:
        raise StoryreelError("the file is empty" if not path.stat().st_size else f"it is none of {known}")
    # With a scheme or without, FFmpeg takes what has a colon in it for an address: an absolute path is none.
    only = {"protocol_whitelist": "file"}
    return av.open(str(path.absolute()), "r", format=demuxer, options=only, metadata_errors="replace")
