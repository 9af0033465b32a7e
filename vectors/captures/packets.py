"""TCP segments taken out of Ethernet frames, and packed again for other links."""
import dataclasses
import struct

LINK_NULL, LINK_ETHERNET, LINK_RAW, LINK_SLL, LINK_SLL2 = 0, 1, 101, 113, 276
ETHERTYPE = {4: 0x0800, 6: 0x86DD}
TCP, HOP_LIMIT, LOOPBACK_HARDWARE = 6, 64, 772
SYN, FIN, RST = 2, 1, 4


@dataclasses.dataclass(frozen=True)
class Segment:
    time: int
    source: bytes
    destination: bytes
    ports: tuple
    sequence: int
    acknowledged: int
    flags: int
    window: int
    options: bytes
    payload: bytes

    @property
    def version(self):
        return 4 if len(self.source) == 4 else 6

    @staticmethod
    def parse(time, frame):
        ip, kind = frame[14:], struct.unpack_from("!H", frame, 12)[0]
        if kind == ETHERTYPE[4]:
            header, total = (ip[0] & 15) * 4, struct.unpack_from("!H", ip, 2)[0]
            source, destination, tcp = ip[12:16], ip[16:20], ip[header:total]
        else:
            source, destination, tcp = ip[8:24], ip[24:40], ip[40:40 + struct.unpack_from("!H", ip, 4)[0]]
        ports, (sequence, acknowledged) = struct.unpack_from("!HH", tcp), struct.unpack_from("!II", tcp, 4)
        start = (tcp[12] >> 4) * 4
        return Segment(time, source, destination, ports, sequence, acknowledged, tcp[13], struct.unpack_from("!H", tcp, 14)[0], tcp[20:start], tcp[start:])

    def _tcp(self):
        def header(checksum):
            return struct.pack("!HHIIBBHHH", *self.ports, self.sequence % 2**32, self.acknowledged % 2**32, (20 + len(self.options)) << 2, self.flags,
                               self.window, checksum, 0) + self.options

        rest = self.source + self.destination + struct.pack("!II", TCP, 20 + len(self.options) + len(self.payload))
        return header(_checksum(rest + header(0) + self.payload)) + self.payload

    def ip(self):
        tcp = self._tcp()
        if self.version == 6:
            return struct.pack("!IHBB", 6 << 28, len(tcp), TCP, HOP_LIMIT) + self.source + self.destination + tcp

        def header(checksum):
            return struct.pack("!BBHHHBBH", 0x45, 0, 20 + len(tcp), 0, 0x4000, HOP_LIMIT, TCP, checksum) + self.source + self.destination

        return header(_checksum(header(0))) + tcp


def _checksum(octets):
    total = sum(struct.unpack(f"!{(len(octets) + 1) // 2}H", octets + bytes(len(octets) % 2)))
    while total >> 16:
        total = (total & 0xFFFF) + (total >> 16)
    return total ^ 0xFFFF


def ethernet(segment, tags=()):
    """With VLAN tags, (ethertype, tag control) each, the outer one first."""
    return bytes(12) + b"".join(struct.pack("!HH", *tag) for tag in tags) + struct.pack("!H", ETHERTYPE[segment.version]) + segment.ip()


def sll(segment):
    return struct.pack("!HHH8xH", 0, LOOPBACK_HARDWARE, 6, ETHERTYPE[segment.version]) + segment.ip()


def sll2(segment):
    return struct.pack("!HHIHBB8x", ETHERTYPE[segment.version], 0, 1, LOOPBACK_HARDWARE, 0, 6) + segment.ip()


def null(segment, order="<"):
    """BSD loopback: the address family in the byte order of the machine; that of IPv6 is Darwin's."""
    return struct.pack(order + "I", {4: 2, 6: 30}[segment.version]) + segment.ip()
