"""The numbers of the pipeline (docs/media.md says where each comes from)."""

MAX_BYTES = 20 * 1024 * 1024
MAX_PIXELS = 40_000_000
MAX_SIDE = 16_383  # what a WebP can hold
WIDTHS = (160, 320, 640, 1280)
DOCUMENT_WIDTH = 2_400  # an A4 page at 290 dots an inch: small print stays readable
