# SPDX-License-Identifier: AGPL-3.0-or-later
"""Another machine on this one's link, which says what nobody asked it: datagrams are put onto the wire as they are."""
import contextlib
import ipaddress
import socket
import struct

from steps import run

OURS, THEIRS = "ours", "theirs"
ADDRESS = "fe80::2"
IPV6, UDP = 0x86DD, 17
WAIT_SECONDS = 1


def make_link():
    run("ip", "link", "add", OURS, "type", "veth", "peer", "name", THEIRS)
    for end in (OURS, THEIRS):
        run("ip", "link", "set", end, "addrgenmode", "none", "up")
    run("ip", "address", "add", f"{ADDRESS}/64", "dev", OURS, "nodad")


def checksum(octets):
    """RFC 1071."""
    total = sum(struct.unpack(f"!{len(octets) // 2}H", octets))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return ~total & 0xFFFF


def datagram(source, source_port, port, words):
    """With its IPv6 header; an even number of octets."""
    addresses = ipaddress.IPv6Address(source).packed + ipaddress.IPv6Address(ADDRESS).packed
    length = 8 + len(words)
    pseudo = addresses + struct.pack("!IHBBHHHH", length, 0, 0, UDP, source_port, port, length, 0) + words
    return struct.pack("!IHBB", 6 << 28, length, UDP, 64) + addresses + struct.pack("!HHHH", source_port, port, length, checksum(pseudo)) + words


def is_heard(source, source_port, port):
    """Does it come in from there?"""
    with contextlib.ExitStack() as stack:
        ours, theirs = (stack.enter_context(socket.socket(socket.AF_PACKET, socket.SOCK_RAW)) for _ in range(2))
        ours.bind((OURS, 0))
        theirs.bind((THEIRS, 0))
        listener = stack.enter_context(socket.socket(socket.AF_INET6, socket.SOCK_DGRAM))
        listener.bind(("::", port))
        listener.settimeout(WAIT_SECONDS)
        theirs.send(ours.getsockname()[4] + theirs.getsockname()[4] + struct.pack("!H", IPV6) + datagram(source, source_port, port, b"word"))
        try:
            return listener.recv(100) == b"word"
        except TimeoutError:
            return False
