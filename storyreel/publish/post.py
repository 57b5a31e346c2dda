"""The words that go with a film when it is uploaded."""

from __future__ import annotations

from collections.abc import Sequence


def post_text(title: str, message: str = "", hashtags: Sequence[str] = ()) -> str:
    """A film's post: its title, the creator's message, and the hashtags, each in a paragraph; ends with a newline."""
    tags = " ".join(f"#{hashtag}" for hashtag in dict.fromkeys(hashtags))
    return "\n\n".join(filter(None, (title.strip(), message.strip(), tags))) + "\n"
