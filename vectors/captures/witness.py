"""What is in a capture, told by tshark and OpenSSL: the truth that sceplab's own reading is held against."""
import base64
import glob
import json
import os
import re
import subprocess
import tempfile
import urllib.parse

TYPES = {"3": "CertRep", "17": "RenewalReq", "19": "PKCSReq", "20": "CertPoll", "21": "GetCert", "22": "GetCRL"}
STATUS = {"0": "SUCCESS", "2": "FAILURE", "3": "PENDING"}
FAIL = {"0": "badAlg", "1": "badMessageCheck", "2": "badRequest", "3": "badTime", "4": "badCertId"}
ATTRIBUTES = {"2": "messageType", "3": "pkiStatus", "4": "failInfo", "5": "senderNonce", "6": "recipientNonce", "7": "transactionID"}
NAMES = {"messageType": TYPES, "pkiStatus": STATUS, "failInfo": FAIL}


def run(*command, input=b""):
    return subprocess.run(command, input=input, capture_output=True, timeout=60)


def _tshark(capture, port, *options):
    done = run("tshark", "-n", "-r", capture, "-d", f"tcp.port=={port},http", "-o", "tcp.reassemble_out_of_order:TRUE", *options)
    if done.returncode != 0 and b"cut short" not in done.stderr:  # of a capture cut short it tells what there is
        raise RuntimeError(done.stderr.decode())
    return done.stdout


def _http(capture, port):
    """The HTTP messages of a capture in the order of their first octets: (stream, layer as tshark's JSON has it)."""
    messages = []
    for packet in json.loads(_tshark(capture, port, "-Y", "http", "-T", "json", "-x", "-J", "frame tcp tcp.segments http")):
        layers = packet["_source"]["layers"]
        segments = layers.get("tcp.segments", {}).get("tcp.segment", [])
        frames = [int(frame) for frame in ([segments] if isinstance(segments, str) else segments)]
        messages.append((min(frames + [int(layers["frame"]["frame.number"])]), layers["tcp"]["tcp.stream"], layers["http"]))
    return [message[1:] for message in sorted(messages, key=lambda message: message[0])]


def _endings(capture, port):
    """How the server ended each stream that it did end."""
    fields = _tshark(capture, port, "-Y", f"tcp.srcport=={port} && (tcp.flags.fin==1 || tcp.flags.reset==1)", "-T", "fields", "-e", "tcp.stream",
                     "-e", "tcp.flags.reset").decode()
    endings = {}
    for stream, reset in (line.split("\t") for line in fields.splitlines()):
        endings.setdefault(stream, "rst" if reset in ("1", "True") else "fin")
    return endings


def _line(layer, field):
    """A field of the request or status line, which tshark files under the text of that line."""
    return next((value[field] for value in layer.values() if isinstance(value, dict) and field in value), None)


def _body(layer):
    raw = layer.get("http.file_data_raw")
    return bytes.fromhex(raw[0]) if raw else b""


def _fields(octets):
    """(depth, kind, printed value, contents) of each element, by openssl asn1parse."""
    for line in run("openssl", "asn1parse", "-inform", "DER", input=octets).stdout.decode(errors="replace").splitlines():
        m = re.match(r"\s*(\d+):d=(\d+)\s+hl=(\d+)\s+l=\s*(\d+) (?:prim|cons): (.*?)\s*(?::(.*))?$", line)
        if m:
            offset, depth, header, length = (int(m.group(i)) for i in range(1, 5))
            yield depth, m.group(5), m.group(6), octets[offset + header:offset + header + length]


def _attributes(octets):
    found = dict.fromkeys(ATTRIBUTES.values())
    fields = list(_fields(octets))
    for i, (_, kind, value, _) in enumerate(fields[:-2]):
        m = re.fullmatch(r"2\.16\.840\.1\.113733\.1\.9\.([2-7])", value or "") if kind == "OBJECT" else None
        if m:
            name, (_, value_kind, _, contents) = ATTRIBUTES[m.group(1)], fields[i + 2]
            text = contents.hex() if value_kind.startswith("OCTET STRING") else contents.decode()
            found[name] = NAMES.get(name, {}).get(text, text)
    return found


def _algorithms(octets, *fields):
    """The object identifiers under fields of a CMS structure, the last of each name."""
    printed = run("openssl", "cms", "-cmsout", "-print", "-noout", "-inform", "DER", input=octets).stdout.decode(errors="replace")
    return {field: re.findall(field + r":\s*\n\s*algorithm: .*\(([0-9.]+)\)", printed)[-1] for field in fields}


def _message_data(plain):
    """The name of what was decrypted, or None where it is nothing that SCEP knows."""
    if run("openssl", "req", "-inform", "DER", "-noout", input=plain).returncode == 0:
        return "CertificationRequest"
    if run("openssl", "pkcs7", "-inform", "DER", "-noout", input=plain).returncode == 0:
        return "SignedData"
    top = [kind for depth, kind, _, _ in _fields(plain) if depth == 1]
    return {("SEQUENCE", "INTEGER"): "IssuerAndSerialNumber", ("SEQUENCE", "SEQUENCE"): "IssuerAndSubject"}.get(tuple(top))


def _certificates(octets):
    """Of a certificates-only SignedData, or one bare certificate."""
    pem = run("openssl", "pkcs7", "-inform", "DER", "-print_certs", input=octets).stdout or run("openssl", "x509", "-inform", "DER", input=octets).stdout
    found = []
    for certificate in re.findall(r"-----BEGIN CERTIFICATE-----.*?-----END CERTIFICATE-----\n", pem.decode(), re.S):
        printed = run("openssl", "x509", "-noout", "-fingerprint", "-sha256", input=certificate.encode()).stdout.decode()
        found.append({"sha256": printed.split("=")[1].strip().replace(":", "").lower()})
    return found


def pki_message(octets, keys):
    """Truth about one pkiMessage; nothing where OpenSSL sees no SignedData."""
    if run("openssl", "cms", "-cmsout", "-noout", "-inform", "DER", input=octets).returncode != 0:
        return {}
    with tempfile.TemporaryDirectory() as folder:
        content, plain = os.path.join(folder, "content"), os.path.join(folder, "plain")
        truth = {**_attributes(octets), **_algorithms(octets, "digestAlgorithm", "signatureAlgorithm")}
        verified = run("openssl", "cms", "-verify", "-noverify", "-binary", "-inform", "DER", "-out", content, input=octets)
        truth.update(signature="valid" if verified.returncode == 0 else "invalid", decryption=None, messageData=None)
        if not os.path.exists(content) or os.path.getsize(content) == 0:
            return truth
        with open(content, "rb") as file:
            truth.update(_algorithms(file.read(), "contentEncryptionAlgorithm"))
        truth["decryption"] = "failed" if keys else "not_performed"
        for key in keys:
            opened = run("openssl", "cms", "-decrypt", "-binary", "-inform", "DER", "-in", content, "-inkey", key, "-out", plain,
                         "-provider", "default", "-provider", "legacy")
            with open(plain, "rb") as file:
                decrypted = file.read() if opened.returncode == 0 else b""
            if data := _message_data(decrypted):
                truth.update(decryption="ok", messageData=data)
                if data == "SignedData":
                    truth["certificates"] = _certificates(decrypted)
                break
        return truth


def _request(layer, keys):
    method, url = _line(layer, "http.request.method"), _line(layer, "http.request.uri")
    query = urllib.parse.parse_qs(url.partition("?")[2])
    operation = query.get("operation", [None])[0]
    exchange, body = {"method": method, "operation": operation, "request": {}, "response": None}, b""
    if operation == "PKIOperation":
        body = _body(layer) if method == "POST" else base64.b64decode(query["message"][0])
        exchange["request"] = {"bytes": len(body), **pki_message(body, keys)}
    return exchange, body


def _response(layer, operation, keys):
    body = _body(layer)
    response = {"bytes": len(body), "httpStatus": int(_line(layer, "http.response.code")), "contentType": layer.get("http.content_type")}
    if operation == "PKIOperation":
        response.update(pki_message(body, keys))
    elif operation == "GetCACert":
        response["certificates"] = _certificates(body)
    elif operation == "GetCACaps":
        response["capabilities"] = body.decode().split()
    return response, body


def truth(capture, port, keys_folder):
    """The exchanges of a capture in the order of their requests, and the bodies by file name."""
    keys = sorted(glob.glob(f"{keys_folder}/*.key"))
    exchanges, bodies, waiting, endings = [], {}, {}, _endings(capture, port)
    for stream, layer in _http(capture, port):
        if _line(layer, "http.request.method"):
            exchange, body = _request(layer, keys)
            waiting.setdefault(stream, []).append((len(exchanges), exchange))
            index, side = len(exchanges), "req"
            exchanges.append(exchange)
        elif _line(layer, "http.response.code"):
            index, exchange = waiting[stream].pop(0)
            exchange["response"], body = _response(layer, exchange["operation"], keys)
            side = "resp"
        else:
            continue
        if body:
            bodies[f"{index:02}-{side}.{'der' if body[0] == 0x30 else 'txt'}"] = body
    for stream, unanswered in waiting.items():
        for _, exchange in unanswered:
            exchange["ended"] = endings.get(stream, "capture")
    return exchanges, bodies
