"""What contracts are sealed with (docs/sealed-contracts.md). Names of files: no key stands in the environment."""

from marketplace.settings.env import read

CONTRACT_SEAL_KEY = read().contract_seal_key
CONTRACT_SEAL_KEY_PASSWORD = read().contract_seal_key_password
CONTRACT_SEAL_CERT = read().contract_seal_cert
CONTRACT_SEAL_PREVIOUS = read().contract_seal_previous
CONTRACT_SEAL_TSA_URL = read().contract_seal_tsa_url

# How many files an address may have checked in how many seconds: each costs a process of its own.
CHECKS_OF_COPIES = (30, 600)
