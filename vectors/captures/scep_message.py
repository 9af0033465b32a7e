"""pkiMessages that no packaged client sends, GetCert among them. OpenSSL encrypts and signs; the frame around is written here."""
import hashlib
import os
import subprocess


def openssl(*arguments, input=b""):
    return subprocess.run(["openssl", *arguments], input=input, capture_output=True, check=True, timeout=60).stdout


def der(tag, *parts):
    content = b"".join(parts)
    if len(content) < 128:
        return bytes([tag, len(content)]) + content
    length = len(content).to_bytes((len(content).bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def sequence(*parts):
    return der(0x30, *parts)


def set_of(*parts):
    return der(0x31, *sorted(parts))


def oid(dotted):
    first, second, *rest = (int(arc) for arc in dotted.split("."))
    octets = bytearray()
    for arc in [first * 40 + second, *rest]:
        group = [arc & 0x7F]
        while arc := arc >> 7:
            group.append(0x80 | arc & 0x7F)
        octets += bytes(reversed(group))
    return der(0x06, bytes(octets))


def elements(octets):
    """The elements of a run of definite-length DER, each whole with its header."""
    while octets:
        length, header = octets[1], 2
        if length & 0x80:
            header += length & 0x7F
            length = int.from_bytes(octets[2:header], "big")
        yield octets[:header + length], octets[header:header + length]
        octets = octets[header + length:]


def _certificate_fields(certificate):
    """serialNumber, signature, issuer, validity, subject of a PEM certificate, their octets as they stand there."""
    _, fields = next(elements(openssl("x509", "-in", certificate, "-outform", "DER")))
    _, tbs = next(elements(fields))
    return [whole for whole, _ in elements(tbs)][1:6]


def issuer_and_serial(certificate):
    """IssuerAndSerialNumber of a PEM certificate."""
    serial, _, issuer, _, _ = _certificate_fields(certificate)
    return sequence(issuer, serial)


def issuer_and_subject(ca, certificate):
    """IssuerAndSubject: what a client that waits for the CA's answer asks with."""
    return sequence(_certificate_fields(ca)[4], _certificate_fields(certificate)[4])


DATA, SIGNED_DATA = "1.2.840.113549.1.7.1", "1.2.840.113549.1.7.2"
SHA256 = sequence(oid("2.16.840.1.101.3.4.2.1"))
RSA = sequence(oid("1.2.840.113549.1.1.1"), der(0x05))


def _attribute(kind, value):
    return sequence(oid(kind), set_of(value))


def message(message_type, message_data, signer, key, recipient, transaction_id):
    """A pkiMessage: the data enveloped for the recipient with AES-128, signed with RSA and SHA-256."""
    envelope = openssl("cms", "-encrypt", "-binary", "-aes128", "-outform", "DER", recipient, input=message_data)
    attributes = [
        _attribute("1.2.840.113549.1.9.3", oid(DATA)),
        _attribute("1.2.840.113549.1.9.4", der(0x04, hashlib.sha256(envelope).digest())),
        _attribute("2.16.840.1.113733.1.9.2", der(0x13, str(message_type).encode())),
        _attribute("2.16.840.1.113733.1.9.5", der(0x04, os.urandom(16))),
        _attribute("2.16.840.1.113733.1.9.7", der(0x13, transaction_id.encode())),
    ]
    signed = set_of(*attributes)
    signature = openssl("dgst", "-sha256", "-sign", key, input=signed)
    info = sequence(der(0x02, b"\x01"), issuer_and_serial(signer), SHA256, b"\xa0" + signed[1:], RSA, der(0x04, signature))
    certificate = openssl("x509", "-in", signer, "-outform", "DER")
    content = sequence(der(0x02, b"\x01"), set_of(SHA256), sequence(oid(DATA), der(0xA0, der(0x04, envelope))), der(0xA0, certificate), set_of(info))
    return sequence(oid(SIGNED_DATA), der(0xA0, content))
