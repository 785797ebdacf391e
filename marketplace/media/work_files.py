"""What a file of work is, by its content: a video, a PDF or a picture. Read by seeking; nothing is decoded. Pure.

A video's container is walked from its first byte to its last, so that nothing else can be in front of it or behind it.
"""

import os
import re
from dataclasses import dataclass
from typing import BinaryIO

from marketplace.media.checked import Format
from marketplace.media.documents import PDF, TAIL
from marketplace.media.errors import (
    ActiveContent,
    Damaged,
    EmptyUpload,
    Locked,
    NotWork,
    PlaylistRefused,
    Polyglot,
    UploadTooBig,
)
from marketplace.media.limits import MAX_BYTES, PAPER_MAX_BYTES, WORK_MAX_BYTES
from marketplace.media.pictures import FORMATS
from marketplace.media.sniff import HEAD, is_heif, is_pdf, mime_types

FILM = frozenset({"mp4", "m4v", "mov", "qt"})  # one container; phones use either name for either
FILM_MIMES = frozenset({"video/mp4", "video/x-m4v", "video/quicktime"})
MP4 = Format("MP4", "video/mp4", FILM, FILM_MIMES)
MOV = Format("MOV", "video/quicktime", FILM, FILM_MIMES)
WEBM = Format("WebM", "video/webm", frozenset({"webm"}))
BRANDS = re.compile(rb"(isom|iso[2-9]|mp4[12]|avc1|M4V |MSNV|dash|qt  )")
BOX = re.compile(rb"[A-Za-z0-9 \xa9_-]{4}")
MOST_BOXES = 100_000  # a fragmented film of hours has two a second
EBML, SEGMENT = b"\x1a\x45\xdf\xa3", b"\x18\x53\x80\x67"
ZIP_END, ZIP_TAIL = b"PK\x05\x06", 65_557
PLAYLISTS = (b"#extm3u", b"ffconcat version", b"<mpd", b"[playlist]")
ACTIVE = (b"<!doctype html", b"<html", b"<script", b"<svg", b"<?php", b"#!/", b"<iframe", b"<?xml")
WORK_TYPES = ",".join(sorted({MP4.mime, MOV.mime, WEBM.mime, PDF.mime, *(kind.mime for kind in FORMATS.values())}))


@dataclass(frozen=True, slots=True)
class Found:
    """What a stored file turned out to be."""

    format: Format
    is_picture: bool = False
    is_video: bool = False


def judge(file: BinaryIO, *, filename: str = "", content_type: str = "") -> Found:
    """Raises an UploadRefused that says why. A picture is only recognised here; `check_picture` judges it."""
    size = file.seek(0, os.SEEK_END)
    if size == 0:
        raise EmptyUpload
    hold_size(size, WORK_MAX_BYTES)
    head, tail = _at(file, 0, HEAD), _at(file, max(0, size - ZIP_TAIL), ZIP_TAIL)
    found = _recognised(file, size, head, tail)
    if ZIP_END in tail:
        raise Polyglot(found=found.format.name)
    found.format.hold_to(filename, content_type)
    return found


def hold_size(size: int, most: int) -> None:
    if size > most:
        raise UploadTooBig(megabytes=most // 10**6 if most == WORK_MAX_BYTES else most // 2**20)


def _recognised(file: BinaryIO, size: int, head: bytes, tail: bytes) -> Found:
    if is_pdf(head):
        hold_size(size, PAPER_MAX_BYTES)
        _check_pdf(file, size, head, tail)
        return Found(PDF)
    if head[4:8] == b"ftyp" and not is_heif(head) and BRANDS.search(head[8 : min(_number(head[:4]), 256)]):
        _walk_boxes(file, size)
        return Found(MOV if head[8:12] == b"qt  " else MP4, is_video=True)
    if head.startswith(EBML):
        _walk_webm(file, size, head)
        return Found(WEBM, is_video=True)
    picture = next((kind for kind in FORMATS.values() if kind.mime in mime_types(head)), None)
    if picture is not None or is_heif(head):
        hold_size(size, MAX_BYTES)
        return Found(picture or next(iter(FORMATS.values())), is_picture=True)
    _refuse_by_name(head)
    raise NotWork


def _refuse_by_name(head: bytes) -> None:
    """A sentence of its own for what is dangerous, so that whoever sent it by mistake knows what it is."""
    start = head[:1024].lstrip(b"\xef\xbb\xbf \t\r\n\0").lower()
    if start.startswith(PLAYLISTS) or any(mark in start for mark in PLAYLISTS[:2]):
        raise PlaylistRefused
    if any(mark in start for mark in ACTIVE):
        raise ActiveContent


def _check_pdf(file: BinaryIO, size: int, head: bytes, tail: bytes) -> None:
    if b"%%EOF" not in tail[-TAIL:]:
        raise Damaged
    if any(mark in head[:1024].lower() for mark in ACTIVE[:4]):
        raise Polyglot(found=PDF.name)
    file.seek(0)
    before = b""
    while piece := file.read(2**20):
        if b"/Encrypt" in before + piece:
            raise Locked
        before = piece[-16:]


def _walk_boxes(file: BinaryIO, size: int) -> None:
    """Boxes to the last byte, with a film and its index among them."""
    at, seen = 0, set()
    for _box in range(MOST_BOXES):
        header = _at(file, at, 16)
        length, name = _number(header[:4]), header[4:8]
        if length == 1:
            length = _number(header[8:16])
        elif length == 0:
            length = size - at
        if len(header) < 8 or length < 8 or at + length > size:
            raise Damaged
        if BOX.fullmatch(name) is None:
            raise Polyglot(found=MP4.name)
        seen.add(name)
        at += length
        if at == size:
            break
    if at != size or not {b"moov", b"mdat"} <= seen:
        raise Damaged


def _walk_webm(file: BinaryIO, size: int, head: bytes) -> None:
    """The EBML header that says webm, then one segment to the last byte (or of unknown length, as browsers record)."""
    length, width = _ebml_number(head, 4)
    begins = 4 + width + length
    if length > 1024 or b"\x42\x82\x84webm" not in head[:begins]:
        raise NotWork
    segment = _at(file, begins, 12)
    if segment[:4] != SEGMENT:
        raise Damaged
    length, width = _ebml_number(segment, 4)
    unknown = length == (1 << 7 * width) - 1
    ends = begins + 4 + width + length
    if not unknown and ends > size:
        raise Damaged
    if not unknown and ends < size:
        raise Polyglot(found=WEBM.name)


def _ebml_number(data: bytes, at: int) -> tuple[int, int]:
    """(value, its width in bytes)."""
    if at >= len(data) or data[at] == 0:
        raise Damaged
    width = 9 - data[at].bit_length()
    raw = data[at : at + width]
    if len(raw) < width:
        raise Damaged
    return _number(raw) & ((1 << 7 * width) - 1), width


def _at(file: BinaryIO, offset: int, count: int) -> bytes:
    file.seek(offset)
    return file.read(count)


def _number(raw: bytes) -> int:
    return int.from_bytes(raw, "big")
