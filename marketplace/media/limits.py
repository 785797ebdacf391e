"""The numbers of the pipeline (docs/media.md says where each comes from)."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_383  # what a WebP can hold
WIDTHS = (160, 320, 640, 1280)
DOCUMENT_WIDTH = 2_400  # an A4 page at 290 dots an inch: small print stays readable

# Work: a video or a paper as it is made, sent in parts
WORK_MAX_BYTES = 2_000_000_000
PAPER_MAX_BYTES = 100 * 1024 * 1024  # a PDF
PAPER_MAX_PAGES = 1_000
CHUNK_BYTES = 8 * 1024 * 1024
PARTY_MAX_BYTES = 20_000_000_000  # of videos and papers that a party keeps, those on their way included
UPLOADS_AT_ONCE = 10
UPLOADS_AN_HOUR = 60
UPLOAD_HOURS = 24
