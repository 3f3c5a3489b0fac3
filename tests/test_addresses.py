"""Where no page is fetched from: every form of a private address, however spelt."""

from ipaddress import IPv4Address, ip_address

import pytest
from hypothesis import given
from hypothesis import strategies as st

from summarizer.errors import InputError
from summarizer.sources.web import addresses

NEVER = {
    "0.0.0.0": "this network",  # noqa: S104  an address to refuse
    "0.1.2.3": "this network",
    "169.254.169.254": "link-local: keys of a machine in a cloud",
    "169.254.170.2": "link-local: keys of a container",
    "192.0.0.192": "protocol assignments: keys at one provider",
    "192.0.2.1": "documentation",
    "192.31.196.1": "AS112",
    "192.52.193.1": "AMT",
    "192.88.99.1": "6to4 relay",
    "192.175.48.1": "AS112",
    "198.18.0.1": "benchmarks",
    "198.51.100.1": "documentation",
    "203.0.113.1": "documentation",
    "224.0.0.1": "multicast",
    "239.255.255.250": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "broadcast",
    "168.63.129.16": "a cloud's service for its machines",
    "100.100.100.200": "keys at one provider, inside CGNAT",
    "::": "unspecified",
    "::127.0.0.1": "IPv4-compatible",
    "::ffff:127.0.0.1": "IPv4-mapped loopback",
    "::ffff:10.0.0.1": "IPv4-mapped private",
    "::ffff:8.8.8.8": "IPv4-mapped public",
    "::ffff:0:127.0.0.1": "IPv4-translated",
    "64:ff9b::127.0.0.1": "NAT64 of loopback",
    "64:ff9b::8.8.8.8": "NAT64 of a public address",
    "64:ff9b:1::1": "local NAT64",
    "100::1": "discard",
    "2001::1": "Teredo",
    "2001:10::1": "ORCHID",
    "2001:db8::1": "documentation",
    "2002:7f00:1::": "6to4 of loopback",
    "2620:4f:8000::1": "AS112",
    "3fff::1": "documentation",
    "5f00::1": "segment routing",
    "fd00:ec2::254": "keys at one provider",
    "fd20:ce::254": "keys at one provider",
    "fe80::1": "link-local",
    "fe80::1%eth0": "link-local with a zone",
    "fec0::1": "site-local",
    "ff02::1": "multicast",
    "4000::1": "not assigned",
}
PRIVATE = {
    "10.0.0.1": "private",
    "100.64.0.1": "CGNAT",
    "127.0.0.1": "loopback",
    "127.255.255.254": "loopback",
    "172.16.0.1": "private",
    "172.31.255.255": "private",
    "192.168.1.1": "private",
    "::1": "loopback",
    "fc00::1": "unique local",
    "fd12:3456::1": "unique local",
}


@pytest.mark.parametrize("address", [*NEVER, *PRIVATE])
def test_no_page_comes_from_here(address: str) -> None:
    assert addresses.refusal(address) is not None


@pytest.mark.parametrize("address", NEVER)
def test_these_are_refused_even_where_private_networks_are_allowed(
    address: str,
) -> None:
    assert addresses.refusal(address, allow_private=True) is not None


@pytest.mark.parametrize("address", PRIVATE)
def test_private_networks_can_be_allowed(address: str) -> None:
    assert addresses.refusal(address, allow_private=True) is None


@pytest.mark.parametrize("address", ["8.8.8.8", "93.184.216.34", "2606:4700::1111"])
def test_public_addresses_are_taken(address: str) -> None:
    assert addresses.refusal(address) is None


@given(st.integers(0, 2**32 - 1))
def test_what_is_taken_of_ipv4_is_public_by_the_registry_too(number: int) -> None:
    address = IPv4Address(number)

    if addresses.refusal(str(address)) is None:
        assert address.is_global
        assert not address.is_multicast


@given(st.integers(0, 2**128 - 1))
def test_what_is_taken_of_ipv6_is_global_unicast(number: int) -> None:
    address = str(ip_address(number | 1 << 127 >> 2))  # half of them in 2000::/3

    if addresses.refusal(address) is None:
        assert 0x2000 <= int(address.split(":", maxsplit=1)[0], 16) <= 0x3FFE


ODD = [
    "http://2130706433/",
    "http://017700000001/",
    "http://0x7f000001/",
    "http://0x7f.1/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "http://127.1/",
    "http://127.0.1/",
    "http://127.0.0.1.5/",
    "http://127.000.000.001/",
    "http://10.0.0.256/",
    "http://0/",
    "http://1.1.1/",
    "http://foo.0x7f/",
    "http://example.1/",
    "http://0x/",
    "http://[fe80::1%25eth0]/",
    "http://[::1/",
]


@pytest.mark.parametrize("url", ODD)
def test_odd_spellings_of_an_address_are_refused(url: str) -> None:
    with pytest.raises(InputError, match="not a web address"):
        addresses.target(url, allow_private=True)


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("http://１２７.０.０.１/", "127.0.0.1"),
        ("http://127。0。0。1/", "127.0.0.1"),
        ("http://①②⑦.0.0.①/", "127.0.0.1"),
        ("http://[::ffff:7f00:1]/", "::ffff:7f00:1"),
        ("http://LOCALHOST./", "localhost"),
        ("http://[0:0:0:0:0:0:0:1]/", "::1"),
    ],
)
def test_wide_digits_and_long_forms_become_the_usual_ones(url: str, host: str) -> None:
    """
    So that they are judged like these: none of them is public.
    """
    found = addresses.target(url).host

    assert found == host
    assert addresses.refusal(found) is not None


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("ftp://post.example/x", "only http and https"),
        ("file:///etc/passwd", "not a web address|only http and https"),
        ("gopher://post.example/", "only http and https"),
        ("http://", "no host"),
        ("http:///x", "no host"),
        ("http://post.example:25/", "port 25 is none of 80, 443, 8080, 8443"),
        ("http://post.example:99999/", "not a web address"),
        ("http://post.example:x/", "not a web address"),
        ("http://a b/", "not a web address"),
        ("http://-x.example/", "its host is no name"),
        ("http://a..b/", "its host is no name"),
        ("http://post.example\\@127.0.0.1/", "password|no name"),
        ("http://" + "a" * 300 + ".example/", "its host is no name"),
        ("http://a.example/" + "a" * 5_000, "longer than 4,000 characters"),
    ],
)
def test_what_is_no_address_of_a_page_is_refused(url: str, words: str) -> None:
    with pytest.raises(InputError, match=words):
        addresses.target(url)


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(InputError, match="holds a user name or a password") as caught:
        addresses.target("https://me:hunter2@post.example/")

    assert "hunter2" not in str(caught.value)


def test_a_password_in_a_broken_address_is_not_repeated() -> None:
    with pytest.raises(InputError) as caught:
        addresses.target("https://me:hunter2@post.example:x/")

    assert "hunter2" not in str(caught.value)


def test_an_address_is_sent_in_ascii_without_its_fragment() -> None:
    found = addresses.target("https://bücher.example/ä b?q=ü&x=%20#part")

    assert found.url == "https://xn--bcher-kva.example/%C3%A4%20b?q=%C3%BC&x=%20"


@given(st.text(max_size=80))
def test_any_text_is_an_address_or_a_clear_error(text: str) -> None:
    try:
        found = addresses.target(f"http://{text}")
    except InputError:
        return

    assert found.host.isascii()
    assert not set(found.path) & set(" \r\n\t\0")
