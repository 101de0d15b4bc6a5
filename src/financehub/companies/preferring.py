"""What a person prefers, kept with the person so that it follows from browser to browser."""

from financehub.companies.models import User


def prefer_language(*, user: User, language: str) -> None:
    """Speak this language to the person from now on; `language` is one that the settings list."""
    User.objects.filter(pk=user.pk).update(language=language)
