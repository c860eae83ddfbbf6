"""A PDF's page as a picture."""

from __future__ import annotations

import pypdfium2
from PIL import Image

from corpus.errors import ReadError


def render_page(data: bytes, page: int, scale: float) -> Image.Image:
    """Draw a page, counted from 1, with `scale` pixels for a point; raise ReadError where it cannot be drawn."""
    try:
        document = pypdfium2.PdfDocument(data)
        image: Image.Image = document[page - 1].render(scale=scale).to_pil().convert("RGB")
        document.close()
    except pypdfium2.PdfiumError as exc:
        raise ReadError(f"siden kan ikke tegnes: {exc}", code="damaged") from exc
    return image
