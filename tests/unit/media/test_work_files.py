"""What a file of work is, is said by its content, and everything else is refused with its reason."""

import io

import pytest

from marketplace.media import work_files
from marketplace.media.errors import UploadRefused
from marketplace.media.file_names import plain, saved_as
from marketplace.media.ranges import Span, Unsatisfiable, span_of
from tests.factories.films import ZIP, box, film, webm
from tests.factories.pictures import pdf, picture


def judged(data: bytes, name: str = "") -> work_files.Found:
    return work_files.judge(io.BytesIO(data), filename=name)


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (film(), "video/mp4"),
        (film(b"mp42"), "video/mp4"),
        (film(b"qt  "), "video/quicktime"),
        (webm(), "video/webm"),
        (webm(known=False), "video/webm"),
        (pdf(), "application/pdf"),
        (picture(), "image/jpeg"),
        (picture(format_="PNG"), "image/png"),
        (picture(format_="WEBP"), "image/webp"),
    ],
)
def test_each_kind_is_known_by_its_content(data, mime):
    found = judged(data)
    assert found.format.mime == mime
    assert (found.is_video, found.is_picture) == (mime.startswith("video"), mime.startswith("image"))


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "upload_empty"),
        (b"#EXTM3U\n#EXT-X-VERSION:3\nhttp://10.0.0.1/a.ts\n", "upload_playlist"),
        (b"\xef\xbb\xbf\n #EXTM3U\n", "upload_playlist"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "upload_playlist"),
        (b"<MPD xmlns='urn:mpeg:dash:schema:mpd:2011'>", "upload_playlist"),
        (b"<!DOCTYPE html><script>alert(1)</script>", "upload_active"),
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "upload_active"),
        (b"<?xml version='1.0'?><svg/>", "upload_active"),
        (b"#!/bin/sh\nrm -rf /\n", "upload_active"),
        (b"<?php system($_GET[0]);", "upload_active"),
        (b"MZ" + b"\0" * 2000, "upload_not_work"),
        (ZIP, "upload_not_work"),
        (b"just words", "upload_not_work"),
        (box(b"ftyp", b"heic\0\0\0\0mif1heic") + box(b"mdat", b"x" * 100), None),
        (film(tail=ZIP), "upload_damaged"),
        (film(tail=box(b"free", ZIP)), "upload_polyglot"),
        (film(tail=b"<html><script>alert(1)</script></html>"), "upload_damaged"),
        (film()[:-10], "upload_damaged"),
        (box(b"ftyp", b"isom\0\0\0\0isom"), "upload_damaged"),
        (box(b"ftyp", b"isom\0\0\0\0isom") + box(b"mdat", b"x"), "upload_damaged"),
        (film(tail=box(b"\0\1\2\3", b"x")), "upload_polyglot"),
        (film(tail=b"\0\0\0\1free" + (2**62).to_bytes(8, "big")), "upload_damaged"),
        (box(b"ftyp", b"evil\0\0\0\0evil") + box(b"moov") + box(b"mdat", b"x"), "upload_not_work"),
        (webm(doctype=b"matroska"), "upload_not_work"),
        (webm(tail=b"<script>"), "upload_polyglot"),
        (webm(known=False, tail=ZIP), "upload_polyglot"),
        (webm()[:-5], "upload_damaged"),
        (webm()[:9], "upload_not_work"),
        (pdf() + ZIP, "upload_polyglot"),
        (pdf()[:-30], "upload_damaged"),
        (pdf().replace(b"%%EOF", b"/Encrypt %%EOF"), "upload_locked"),
        (pdf().replace(b"\n", b"\n<html><script>", 1), "upload_polyglot"),
    ],
)
def test_everything_else_is_refused_with_its_reason(data, code):
    if code is None:  # HEIC is recognised as a picture; the picture's own check refuses it
        assert judged(data).is_picture
        return
    with pytest.raises(UploadRefused) as refused:
        judged(data)
    assert refused.value.code == code


@pytest.mark.parametrize("name", ["film.html", "film.jpg", "film.webm", "film.mp4.pdf"])
def test_a_name_that_says_something_else_is_refused(name):
    with pytest.raises(UploadRefused) as refused:
        judged(film(), name)
    assert refused.value.code == "upload_mistyped"
    assert judged(film(), "film.MOV").is_video


def test_sizes_are_held_by_kind(monkeypatch):
    monkeypatch.setattr(work_files, "PAPER_MAX_BYTES", 20)
    monkeypatch.setattr(work_files, "MAX_BYTES", 100)
    assert judged(film()).is_video
    for data in (pdf(), picture()):
        with pytest.raises(UploadRefused) as refused:
            judged(data)
        assert refused.value.code == "upload_too_big"
    monkeypatch.setattr(work_files, "WORK_MAX_BYTES", 100)
    with pytest.raises(UploadRefused) as refused:
        judged(film())
    assert refused.value.code == "upload_too_big"


@pytest.mark.parametrize(
    ("name", "plainly", "saved"),
    [
        ("成片 最终版.MOV", "成片 最终版.MOV", "成片 最终版.mp4"),
        ("../../etc/passwd", "passwd", "passwd.mp4"),
        ("C:\\Users\\me\\a.mp4", "a.mp4", "a.mp4"),
        ("a\x00b\r\nX-Evil: 1.mp4", "abX-Evil: 1.mp4", "abX-Evil- 1.mp4"),
        ("gpj.\u202etxt.mp4", "gpj.txt.mp4", "gpj.txt.mp4"),
        ("...", "...", "file.mp4"),
        ("", "", "file.mp4"),
        ("x" * 300 + ".mp4", "x" * 200, "x" * 100 + ".mp4"),
    ],
)
def test_a_name_is_only_ever_words(name, plainly, saved):
    assert plain(name) == plainly
    assert saved_as(name, "video/mp4") == saved


@pytest.mark.parametrize(
    ("header", "span"),
    [
        ("", None),
        ("bytes=0-", Span(0, 999)),
        ("bytes=0-0", Span(0, 0)),
        ("bytes=10-19", Span(10, 19)),
        ("bytes=990-5000", Span(990, 999)),
        ("bytes=-10", Span(990, 999)),
        ("bytes=-5000", Span(0, 999)),
        ("bytes=0-1,5-6", None),
        ("bytes=9-1", None),
        ("bytes=-", None),
        ("bytes=a-b", None),
        ("lines=0-1", None),
        ("bytes=" + "9" * 50 + "-", None),
    ],
)
def test_one_range_is_understood_and_anything_else_is_all_of_it(header, span):
    assert span_of(header, 1000) == span


@pytest.mark.parametrize("header", ["bytes=1000-", "bytes=1000-1001", "bytes=-0"])
def test_a_range_behind_the_end_is_said_to_be_none(header):
    with pytest.raises(Unsatisfiable):
        span_of(header, 1000)
