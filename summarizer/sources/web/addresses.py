"""Which addresses of the network a page may come from. Pure: no look-up, no connection.

A fetcher that follows other people's links must not be led into the machine or the
network that it runs in. What is allowed is listed, not what is forbidden: of IPv4 what
is public, of IPv6 the global unicast block without its transition and test ranges.
"""

import re
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address
from typing import Final
from urllib.parse import quote, urlsplit

from summarizer.errors import InputError

_NOT_PUBLIC_4: Final = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private
        "100.64.0.0/10",  # carriers' own (CGNAT)
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link-local
        "172.16.0.0/12",  # private
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, broadcast
        "168.63.129.16/32",  # Azure's service for its machines
    )
)
_GLOBAL_6: Final = IPv6Network("2000::/3")
_NOT_PUBLIC_6: Final = tuple(
    IPv6Network(block)
    for block in (
        "2001::/23",  # protocol assignments: Teredo, ORCHID, benchmarks
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4: an IPv4 address inside
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
    )
)
_PRIVATE: Final[tuple[IPv4Network | IPv6Network, ...]] = (
    IPv4Network("10.0.0.0/8"),
    IPv4Network("100.64.0.0/10"),
    IPv4Network("127.0.0.0/8"),
    IPv4Network("172.16.0.0/12"),
    IPv4Network("192.168.0.0/16"),
    IPv6Network("::1/128"),
    IPv6Network("fc00::/7"),
)
"""What --allow-private adds. Link-local addresses, where machines in a cloud get their
keys, and multicast are never allowed."""
_KEYS: Final = frozenset(
    {
        IPv6Address("fd00:ec2::254"),
        IPv6Address("fd20:ce::254"),
        IPv4Address("100.100.100.200"),
    }
)
"""Services that hand out a machine's keys, inside the private ranges."""

_LONGEST: Final = 4_000
"""Characters of an address; browsers and servers stop at 2,000 to 8,000."""
_PORTS: Final = frozenset({80, 443, 8080, 8443})
_STRICT_4: Final = re.compile(r"(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})")
_NUMERIC: Final = re.compile(r"(?i)[\d.]+|(?:.*\.)?(?:0x[0-9a-f]*|\d+)\.?")
_LABEL: Final = re.compile(r"(?i)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?")


@dataclass(frozen=True, slots=True)
class Target:
    """A vetted web address, in parts.

    Attributes:
        scheme: http or https.
        host: Name or address, ASCII, without brackets.
        port: As given, or the scheme's own.
        path: Path and query, percent-encoded; never empty.
    """

    scheme: str
    host: str
    port: int
    path: str

    @property
    def url(self) -> str:
        """The address in its usual form."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        usual = {"http": 80, "https": 443}[self.scheme]
        return f"{self.scheme}://{host}{'' if self.port == usual else f':{self.port}'}{self.path}"


def target(url: str, *, allow_private: bool = False) -> Target:
    """Take a web address apart, and refuse what has no business in one.

    Raises:
        InputError: Another scheme than http and https, a user or password, an unusual
            port, no host, or a host in an unusual spelling.
    """
    shown = _shown(url)
    if len(url) > _LONGEST:
        msg = f"the address {shown!r}… is longer than {_LONGEST:,} characters"
        raise InputError(msg)
    try:
        parts = urlsplit(url)
        port = parts.port
        host = _host(parts.hostname or "")
    except ValueError as exc:
        msg = f"not a web address: {shown!r} ({exc})"
        raise InputError(msg) from exc
    if parts.scheme not in {"http", "https"}:
        msg = f"cannot read {shown!r}: only http and https addresses are fetched"
        raise InputError(msg)
    if parts.username is not None or parts.password is not None:
        msg = f"the address of {host!r} holds a user name or a password: leave it out"
        raise InputError(msg)
    port = port if port is not None else {"http": 80, "https": 443}[parts.scheme]
    if port not in _PORTS and not allow_private:
        helps = not is_address(host) or refusal(host, allow_private=True) is None
        hint = " (--allow-private lifts this)" if helps else ""
        msg = f"cannot read {shown!r}: port {port} is none of {_list(_PORTS)}{hint}"
        raise InputError(msg)
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/%:@!$&'()*+,;=~-._?")
    return Target(parts.scheme, host, port, f"{path}?{query}" if query else path)


def refusal(address: str, *, allow_private: bool = False) -> str | None:
    """Say why no page may come from a resolved address, or None when it may.

    Args:
        address: IPv4 or IPv6, as a resolver gives it.
        allow_private: Take private networks and loopback too.
    """
    try:
        found = ip_address(address)
    except ValueError:
        return "not an address"
    if found in _KEYS:
        return "a service for the machine itself"
    if allow_private and any(
        found in block for block in _PRIVATE if block.version == found.version
    ):
        return None
    if isinstance(found, IPv4Address):
        public = found.is_global and not any(found in block for block in _NOT_PUBLIC_4)
    else:
        public = (
            found in _GLOBAL_6
            and found.is_global
            and found.scope_id is None
            and not any(found in block for block in _NOT_PUBLIC_6)
        )
    return None if public else "not a public address"


def is_address(host: str) -> bool:
    """Tell an address from a name."""
    try:
        ip_address(host)
    except ValueError:
        return False
    return True


def _host(host: str) -> str:
    """Bring a host to ASCII and refuse addresses that are not spelt as usual.

    Raises:
        ValueError: There is none, or only a resolver's leniency would make one of it.
    """
    if not host:
        msg = "it has no host"
        raise ValueError(msg)
    if ":" in host:
        found = IPv6Address(host)
        if found.scope_id is not None:
            msg = "an address with a zone"
            raise ValueError(msg)
        return found.compressed
    plain = host if host.isascii() else host.encode("idna").decode("ascii")
    plain = plain.lower().removesuffix(".")
    if _NUMERIC.fullmatch(plain):
        if not _STRICT_4.fullmatch(plain):
            msg = f"{plain!r} is an unusual spelling of an address"
            raise ValueError(msg)
        return str(IPv4Address(plain))
    if len(plain) > 253 or not all(map(_LABEL.fullmatch, plain.split("."))):
        msg = "its host is no name"
        raise ValueError(msg)
    return plain


def _shown(url: str) -> str:
    """Show an address in an error, short and without a password."""
    return re.sub(r"(?<=//)[^/?#]*@", "…@", url)[:200]


def _list(ports: frozenset[int]) -> str:
    return ", ".join(map(str, sorted(ports)))
