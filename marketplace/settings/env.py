"""Every setting that comes from outside, read and typed here and nowhere else."""

from dataclasses import dataclass
from pathlib import Path

import environ

from marketplace.stack import paths

_env = environ.Env()
environ.Env.read_env(paths.ROOT / ".env")


@dataclass(frozen=True)
class Environment:
    """One process's view of the outside. Unset services fall back to the embedded ones under `var/`."""

    var: Path
    secret_key: str
    debug: bool
    allowed_hosts: list[str]
    site_url: str
    sockets_url: str
    database_url: str
    database_owner_url: str
    database_pool: bool
    redis_url: str
    email_url: str
    storage_dir: Path
    standin_url: str
    standin_public_url: str
    standin_secret: str
    standin_webhook_secrets: list[str]
    stripe_secret_key: str
    stripe_webhook_secrets: list[str]
    stripe_connected_webhook_secrets: list[str]
    stripe_thin_webhook_secrets: list[str]
    stripe_currencies: list[str]
    stripe_api_base: str
    bank_rail_account_holder: str
    bank_rail_account_bank: str
    bank_rail_account_number: str
    bank_rail_currencies: list[str]
    bank_rail_keys: list[str]
    wallet_enabled: bool
    staff_require_mfa: bool
    trusted_proxies: int
    platform_vat_country: str
    issuer_name: str
    issuer_address: str
    issuer_country: str
    issuer_registration: str
    issuer_tax_id: str
    issuer_code: str
    contract_seal_key: str
    contract_seal_key_password: str
    contract_seal_cert: str
    contract_seal_previous: list[str]
    contract_seal_tsa_url: str


def read() -> Environment:
    """Read the process environment (and `.env` at the root, if there is one)."""
    var = paths.var_dir()
    sockets = paths.socket_dir(var)
    site_url = _env("SITE_URL", default="http://localhost:8000").rstrip("/")
    standin_url = _env("STANDIN_URL", default="").rstrip("/")
    return Environment(
        var=var,
        secret_key=_env("SECRET_KEY", default=""),
        debug=_env.bool("DEBUG", default=False),
        allowed_hosts=_env.list("ALLOWED_HOSTS", default=[]),
        site_url=site_url,
        sockets_url=_env("SOCKETS_URL", default=site_url).rstrip("/"),
        database_url=_env("DATABASE_URL", default=paths.postgres_url(sockets, role="mooring_app", database="mooring")),
        database_owner_url=_env(
            "DATABASE_OWNER_URL", default=paths.postgres_url(sockets, role="mooring_owner", database="mooring")
        ),
        database_pool=_env.bool("DATABASE_POOL", default=False),
        redis_url=_env("REDIS_URL", default=paths.valkey_url(sockets)),
        email_url=_env("EMAIL_URL", default=""),
        storage_dir=Path(_env("STORAGE_DIR", default=str(var / "media"))),
        standin_url=standin_url,
        standin_public_url=_env("STANDIN_PUBLIC_URL", default=standin_url).rstrip("/"),
        standin_secret=_env("STANDIN_SECRET", default=""),
        standin_webhook_secrets=_env.list("STANDIN_WEBHOOK_SECRETS", default=[]),
        stripe_secret_key=_env("STRIPE_SECRET_KEY", default=""),
        stripe_webhook_secrets=_env.list("STRIPE_WEBHOOK_SECRETS", default=[]),
        stripe_connected_webhook_secrets=_env.list("STRIPE_CONNECTED_WEBHOOK_SECRETS", default=[]),
        stripe_thin_webhook_secrets=_env.list("STRIPE_THIN_WEBHOOK_SECRETS", default=[]),
        stripe_currencies=[code.strip().upper() for code in _env.list("STRIPE_CURRENCIES", default=[])],
        stripe_api_base=_env("STRIPE_API_BASE", default="").rstrip("/"),
        bank_rail_account_holder=_env("BANK_RAIL_ACCOUNT_HOLDER", default=""),
        bank_rail_account_bank=_env("BANK_RAIL_ACCOUNT_BANK", default=""),
        bank_rail_account_number=_env("BANK_RAIL_ACCOUNT_NUMBER", default=""),
        bank_rail_currencies=[code.strip().upper() for code in _env.list("BANK_RAIL_CURRENCIES", default=["CNY"])],
        bank_rail_keys=_env.list("BANK_RAIL_KEYS", default=[]),
        wallet_enabled=_env.bool("WALLET_ENABLED", default=False),
        staff_require_mfa=_env.bool("STAFF_REQUIRE_MFA", default=True),
        trusted_proxies=_env.int("TRUSTED_PROXIES", default=0),
        platform_vat_country=_env("PLATFORM_VAT_COUNTRY", default="CN"),
        issuer_name=_env("ISSUER_NAME", default=""),
        issuer_address=_env("ISSUER_ADDRESS", default=""),
        issuer_country=_env("ISSUER_COUNTRY", default=""),
        issuer_registration=_env("ISSUER_REGISTRATION", default=""),
        issuer_tax_id=_env("ISSUER_TAX_ID", default=""),
        issuer_code=_env("ISSUER_CODE", default="MO"),
        contract_seal_key=_env("CONTRACT_SEAL_KEY", default=""),
        contract_seal_key_password=_env("CONTRACT_SEAL_KEY_PASSWORD", default=""),
        contract_seal_cert=_env("CONTRACT_SEAL_CERT", default=""),
        contract_seal_previous=_env.list("CONTRACT_SEAL_PREVIOUS", default=[]),
        contract_seal_tsa_url=_env("CONTRACT_SEAL_TSA_URL", default=""),
    )
