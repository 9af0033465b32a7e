"""The little of pcapng and pcap that stripping and varying captures needs: packets in, packets out, nothing about the host."""
import struct

SECTION, INTERFACE, ENHANCED_PACKET = 0x0A0D0D0A, 1, 6
MAGIC, IF_TSRESOL, NANOSECONDS, SNAPLEN = 0x1A2B3C4D, 9, 9, 262144


def _options(octets):
    at = 0
    while at + 4 <= len(octets):
        code, length = struct.unpack_from("<HH", octets, at)
        if code == 0:
            return
        yield code, octets[at + 4:at + 4 + length]
        at += 4 + length + -length % 4


def read(path):
    """(link type, [(nanoseconds, octets)]) of a pcapng as dumpcap writes it here: little-endian, one interface, nanoseconds, nothing cut off."""
    with open(path, "rb") as file:
        data = file.read()
    link, packets, at = None, [], 0
    while at + 12 <= len(data):
        kind, length = struct.unpack_from("<II", data, at)
        body = data[at + 8:at + length - 4]
        if kind == SECTION and struct.unpack_from("<I", body)[0] != MAGIC:
            raise ValueError(f"{path}: not written on a little-endian machine")
        if kind == INTERFACE:
            if link is not None or dict(_options(body[8:])).get(IF_TSRESOL) != bytes([NANOSECONDS]):
                raise ValueError(f"{path}: not one interface with nanoseconds")
            link = struct.unpack_from("<H", body)[0]
        if kind == ENHANCED_PACKET:
            _, high, low, captured, original = struct.unpack_from("<IIIII", body)
            if captured != original:
                raise ValueError(f"{path}: a packet is cut off")
            packets.append((high << 32 | low, body[20:20 + captured]))
        at += length
    return link, packets


def write(path, link, packets, order="<"):
    """A section without options, one interface with its time resolution alone, and the packets."""
    def block(kind, body):
        length = struct.pack(order + "I", 12 + len(body))
        return struct.pack(order + "I", kind) + length + body + length

    resolution = struct.pack(order + "HHB3xI", IF_TSRESOL, 1, NANOSECONDS, 0)
    with open(path, "wb") as file:
        file.write(block(SECTION, struct.pack(order + "IHHq", MAGIC, 1, 0, -1)))
        file.write(block(INTERFACE, struct.pack(order + "HHI", link, 0, SNAPLEN) + resolution))
        for time, octets in packets:
            head = struct.pack(order + "IIIII", 0, time >> 32, time & 0xFFFFFFFF, len(octets), len(octets))
            file.write(block(ENHANCED_PACKET, head + octets + bytes(-len(octets) % 4)))


def write_classic(path, link, packets, order="<", nanoseconds=False):
    """The same in the older format."""
    magic, scale = (0xA1B23C4D, 1) if nanoseconds else (0xA1B2C3D4, 1000)
    with open(path, "wb") as file:
        file.write(struct.pack(order + "IHHiIII", magic, 2, 4, 0, 0, SNAPLEN, link))
        for time, octets in packets:
            seconds, fraction = divmod(time, 1_000_000_000)
            file.write(struct.pack(order + "IIII", seconds, fraction // scale, len(octets), len(octets)) + octets)
