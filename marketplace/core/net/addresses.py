"""Which addresses are the open internet. Everything else is somebody's inside, ours first of all. Pure."""

from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

GLOBAL_V6 = IPv6Network("2000::/3")
# Tunnels carry a v4 address that nobody has judged: 6to4 and its relays, Teredo. NAT64, v4-mapped and v4-compatible
# addresses lie outside of 2000::/3.
TUNNELS_V4 = IPv4Network("192.88.99.0/24")
TUNNELS_V6 = (IPv6Network("2002::/16"), IPv6Network("2001::/32"))


def is_open_internet(address: str) -> bool:
    """Whether a connection to this IP address leaves for the public internet. Raises ValueError for no address."""
    ip = ip_address(address)
    if isinstance(ip, IPv4Address):
        return ip.is_global and not ip.is_multicast and not ip.is_reserved and ip not in TUNNELS_V4
    return _is_open_v6(ip)


def _is_open_v6(ip: IPv6Address) -> bool:
    if ip.scope_id is not None or ip not in GLOBAL_V6 or any(ip in tunnel for tunnel in TUNNELS_V6):
        return False
    return ip.is_global and not ip.is_multicast and not ip.is_reserved
