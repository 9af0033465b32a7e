"""A SCEP client that says what it is told to: for requests, and ways to send them, that no packaged client has."""
import socket

from parties import PORT, SECRET
from scep_message import message, openssl


def exchange(octets, host="127.0.0.1"):
    """Sends octets on a connection of their own and gives all that comes back."""
    with socket.create_connection((host, PORT), timeout=30) as connection:
        connection.sendall(octets)
        return b"".join(iter(lambda: connection.recv(65536), b""))


def get(target):
    return exchange(f"GET /scep?{target} HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nConnection: close\r\n\r\n".encode())


def get_old(target):
    """The same as a client of HTTP/1.0."""
    return exchange(f"GET /scep?{target} HTTP/1.0\r\n\r\n".encode())


def _post(body, head):
    length = f"Content-Type: application/x-pki-message\r\nContent-Length: {len(body)}\r\n\r\n"
    return exchange((head + length).encode() + body)


def post(body):
    return _post(body, f"POST /scep?operation=PKIOperation HTTP/1.1\r\nHost: 127.0.0.1:{PORT}\r\nConnection: close\r\n")


def post_old(body):
    return _post(body, "POST /scep?operation=PKIOperation HTTP/1.0\r\n")


class Identity:
    """A key and a self-signed certificate in a folder, for the CA whose ca.pem is there."""

    def __init__(self, folder, name):
        self.ca, self.key, self.certificate = (f"{folder}/{file}" for file in ("ca.pem", "client.key", "client.pem"))
        self.name = name
        openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", f"/CN={name}", "-days", "30", "-keyout", self.key, "-out", self.certificate)

    def request(self):
        """A CertificationRequest with the secret."""
        config = f"[req]\nprompt=no\ndistinguished_name=dn\nattributes=attributes\n[dn]\nCN={self.name}\n[attributes]\nchallengePassword={SECRET}\n"
        return openssl("req", "-new", "-key", self.key, "-config", "/dev/stdin", "-outform", "DER", input=config.encode())

    def message(self, message_type, message_data, transaction_id):
        return message(message_type, message_data, self.certificate, self.key, self.ca, transaction_id)
