from babel import Locale
from django.utils.translation import get_language, to_locale

NOT_COUNTRIES = {"EU", "EZ", "UN", "QO", "XA", "XB", "ZZ"}


def country_choices() -> list[tuple[str, str]]:
    """ISO 3166 codes with their names in the reader's language, sorted as that language sorts them."""
    names = Locale.parse(to_locale(get_language() or "en")).territories
    countries = [(code, name) for code, name in names.items() if len(code) == 2 and code not in NOT_COUNTRIES]
    return [("", "—"), *sorted(countries, key=lambda country: country[1])]
