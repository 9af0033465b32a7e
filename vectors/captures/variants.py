"""One run again in other containers, on other links, and as a rougher network would have delivered it. tshark must read each as meant."""
import dataclasses
import json
import os
import shutil

import packets
import pcapng
import witness
from parties import PORT

ORIGIN, ORIGIN_IPV6 = "enrol", "ipv6"
SMALL = 700


def _segments(here, run):
    _, frames = pcapng.read(f"{here}/{run}/capture.pcapng")
    return [packets.Segment.parse(time, frame) for time, frame in frames]


def _packed(segments, form):
    return [(segment.time, form(segment)) for segment in segments]


def _timed(segments):
    """Segments in the order given, a microsecond apart."""
    return [dataclasses.replace(segment, time=segments[0].time + 1000 * i) for i, segment in enumerate(segments)]


def _bursts(segments):
    """Each data segment as the list of small ones that it would be on a link with a small MTU; others alone."""
    for segment in segments:
        pieces = [segment.payload[at:at + SMALL] for at in range(0, len(segment.payload), SMALL)] or [b""]
        yield [dataclasses.replace(segment, payload=piece, sequence=segment.sequence + i * SMALL) for i, piece in enumerate(pieces)]


def _split(segments):
    return _timed([piece for burst in _bursts(segments) for piece in burst])


def _reordered(segments):
    """Of a burst the second first, then the fourth and the third, ..."""
    swapped = []
    for burst in _bursts(segments):
        for i in range(0, len(burst), 2):
            swapped += reversed(burst[i:i + 2])
    return _timed(swapped)


def _repeated(segments):
    """Every burst's first segment comes once more at its end."""
    return _timed([piece for burst in _bursts(segments) for piece in (burst + burst[:1] if len(burst) > 1 else burst)])


def _overlapping(segments):
    """From the second of a burst on, each segment begins in the middle of the one before."""
    out = []
    for burst in _bursts(segments):
        for before, piece in zip([None] + burst, burst):
            tail = before.payload[SMALL // 2:] if before else b""
            out.append(dataclasses.replace(piece, payload=tail + piece.payload, sequence=piece.sequence - len(tail)))
    return _timed(out)


def _wrapped(segments):
    """The sequence numbers of both sides pass 2^32 in the middle of the data."""
    first = {}
    for segment in segments:
        first.setdefault(segment.ports, segment.sequence)

    def moved(number, ports):
        return (number - first[ports] - 1000) % 2**32

    return [dataclasses.replace(segment, sequence=moved(segment.sequence, segment.ports),
                                acknowledged=moved(segment.acknowledged, segment.ports[::-1]) if segment.acknowledged else 0) for segment in segments]


def _without_handshake(segments):
    return segments[3:]


def _from_second_request(segments):
    requests = [i for i, segment in enumerate(segments) if segment.payload and segment.ports[1] == PORT]
    return segments[requests[1]:]


def _from_first_answer(segments):
    pieces = _split(segments)
    answers = [i for i, segment in enumerate(pieces) if segment.payload and segment.ports[0] == PORT]
    return pieces[answers[1]:]


def _cut(path, last_answer):
    """Ends the file inside the packet that holds the last answer."""
    with open(path, "rb") as file:
        data = file.read()
    with open(path, "wb") as file:
        file.write(data[:data.index(last_answer) + 100])


def _files(folder, here):
    """Writes the files; gives for each its name, its origin, what it is, and which of the origin's exchanges it holds."""
    segments, segments6 = _segments(here, ORIGIN), _segments(here, ORIGIN_IPV6)
    link, frames = pcapng.read(f"{here}/{ORIGIN}/capture.pcapng")
    everything = slice(None)

    for order, octets in (("<", "little"), (">", "big")):
        for nanoseconds, unit in ((False, "micro"), (True, "nano")):
            name = f"{unit}seconds-{octets}-endian.pcap"
            pcapng.write_classic(f"{folder}/{name}", link, frames, order, nanoseconds)
            yield name, ORIGIN, f"classic pcap, {unit}seconds, {octets}-endian", everything
    pcapng.write(f"{folder}/big-endian.pcapng", link, frames, ">")
    yield "big-endian.pcapng", ORIGIN, "pcapng of a big-endian machine", everything

    for name, kind, form, source, what in (
            ("vlan", packets.LINK_ETHERNET, lambda s: packets.ethernet(s, [(0x8100, 100)]), segments, "Ethernet with an 802.1Q tag"),
            ("qinq", packets.LINK_ETHERNET, lambda s: packets.ethernet(s, [(0x88A8, 7), (0x8100, 100)]), segments, "Ethernet with two tags, 802.1ad"),
            ("sll", packets.LINK_SLL, packets.sll, segments, "Linux cooked capture"),
            ("sll2", packets.LINK_SLL2, packets.sll2, segments, "Linux cooked capture, version 2, of newer tcpdumps"),
            ("raw", packets.LINK_RAW, packets.Segment.ip, segments, "raw IP, version 4"),
            ("raw-ipv6", packets.LINK_RAW, packets.Segment.ip, segments6, "raw IP, version 6"),
            ("null", packets.LINK_NULL, packets.null, segments, "BSD loopback"),
            ("null-ipv6", packets.LINK_NULL, packets.null, segments6, "BSD loopback, IPv6")):
        pcapng.write(f"{folder}/{name}.pcapng", kind, _packed(source, form))
        yield f"{name}.pcapng", ORIGIN if source is segments else ORIGIN_IPV6, what, everything

    for name, change, kept in (("small-segments", _split, everything), ("reordered", _reordered, everything), ("repeated", _repeated, everything),
                               ("overlapping", _overlapping, everything), ("sequence-wraps", _wrapped, everything),
                               ("midway", _without_handshake, everything), ("midway-later", _from_second_request, slice(1, None)),
                               ("midway-in-answer", _from_first_answer, slice(1, None))):
        pcapng.write(f"{folder}/{name}.pcapng", link, _packed(change(segments), packets.ethernet))
        yield f"{name}.pcapng", ORIGIN, WHAT[name], kept

    last_answer = [segment for segment in segments if segment.payload and segment.ports[0] == PORT][-1].payload
    pcapng.write(f"{folder}/cut.pcapng", link, frames)
    pcapng.write_classic(f"{folder}/cut.pcap", link, frames)
    for name in ("cut.pcapng", "cut.pcap"):
        _cut(f"{folder}/{name}", last_answer)
        yield name, ORIGIN, "the file ends inside the packet of the last answer", None


WHAT = {
    "small-segments": f"segments of {SMALL} octets",
    "reordered": f"segments of {SMALL} octets, each second one before the first",
    "repeated": f"segments of {SMALL} octets, the first of each burst once more at its end",
    "overlapping": f"segments of {SMALL} octets that each begin with the second half of the one before",
    "sequence-wraps": "sequence numbers pass 2^32 amid the data",
    "midway": "no handshake: the recording began after it",
    "midway-later": "the recording began before the second request of the connection",
    "midway-in-answer": "the recording began in the middle of the first answer's body",
}


def make(here):
    """All variants anew, from the runs as they stand."""
    folder = f"{here}/variants"
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    rows = []
    for name, origin, what, kept in _files(folder, here):
        with open(f"{here}/{origin}/truth.json") as file:
            exchanges = json.load(file)["exchanges"]
        if kept is None:
            exchanges[-1].update(response=None, ended="capture")
        else:
            exchanges = exchanges[kept]
        if witness.truth(f"{folder}/{name}", PORT, f"{here}/{origin}/keys")[0] != exchanges:
            raise RuntimeError(f"{name}: tshark does not read it as meant")
        truth = {"same_as": origin} if kept == slice(None) else {"exchanges": exchanges}
        rows.append({"file": name, "what": what, "keys": origin, **truth})
    with open(f"{folder}/truth.json", "w") as file:
        json.dump({"variants": rows}, file, indent=1)
        file.write("\n")
    print(f"variants: {len(rows)}")
