import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.Security;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.Date;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.Map;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;

import org.bouncycastle.asn1.ASN1BMPString;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1Boolean;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Enumerated;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1IA5String;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Null;
import org.bouncycastle.asn1.ASN1NumericString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1Set;
import org.bouncycastle.asn1.ASN1String;
import org.bouncycastle.asn1.ASN1T61String;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.ASN1UTCTime;
import org.bouncycastle.asn1.ASN1UTF8String;
import org.bouncycastle.asn1.ASN1UniversalString;
import org.bouncycastle.asn1.ASN1VisibleString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.cert.X509CRLEntryHolder;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.KeyAgreeRecipientInformation;
import org.bouncycastle.cms.KeyTransRecipientInformation;
import org.bouncycastle.cms.PasswordRecipient;
import org.bouncycastle.cms.PasswordRecipientInformation;
import org.bouncycastle.cms.Recipient;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyAgreeEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.cms.jcajce.JcePasswordEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/**
 * Bouncy Castle, with its own provider for cryptography. "accept" is, of
 * DerValue: ASN1Primitive.fromByteArray gives the class of the type at every level, and getEncoded("DER") the same octets;
 * BerValue: the same without the octets;
 * Certificate, CertificateList: new X509CertificateHolder, new X509CRLHolder, and their members can be read;
 * CertificationRequest: new PKCS10CertificationRequest, isSignatureValid by its own key;
 * CertificatesOnly: new CMSSignedData without signers;
 * SignedData: new CMSSignedData, SignerInformation.verify of each by the certificate inside that it names;
 * EnvelopedData: new CMSEnvelopedData, getContent of the recipient that the key or the password is for;
 * PkiMessage: as SignedData, then as EnvelopedData where there is content.
 * Any exception refuses. Where its cause is NoSuchAlgorithmException, the case is skipped.
 */
public class Peer {
    /** No call for it, or no such algorithm. */
    private static final class Unknown extends Exception {
        Unknown(String why) {
            super(why);
        }
    }

    private interface Question {
        void answer(JsonObject asked, byte[] input, JsonObject out) throws Exception;
    }

    private static final Map<String, Class<?>> TYPES = Map.ofEntries(
            Map.entry("ANY", ASN1Primitive.class), Map.entry("BOOLEAN", ASN1Boolean.class), Map.entry("INTEGER", ASN1Integer.class),
            Map.entry("ENUMERATED", ASN1Enumerated.class), Map.entry("BIT STRING", ASN1BitString.class),
            Map.entry("OCTET STRING", ASN1OctetString.class), Map.entry("NULL", ASN1Null.class),
            Map.entry("OBJECT IDENTIFIER", ASN1ObjectIdentifier.class), Map.entry("UTF8String", ASN1UTF8String.class),
            Map.entry("NumericString", ASN1NumericString.class), Map.entry("PrintableString", ASN1PrintableString.class),
            Map.entry("TeletexString", ASN1T61String.class), Map.entry("IA5String", ASN1IA5String.class),
            Map.entry("VisibleString", ASN1VisibleString.class), Map.entry("UniversalString", ASN1UniversalString.class),
            Map.entry("BMPString", ASN1BMPString.class), Map.entry("UTCTime", ASN1UTCTime.class),
            Map.entry("GeneralizedTime", ASN1GeneralizedTime.class), Map.entry("SEQUENCE", ASN1Sequence.class),
            Map.entry("SET", ASN1Set.class));

    private static void need(boolean held, String otherwise) throws Exception {
        if (!held) {
            throw new Exception(otherwise);
        }
    }

    private static Class<?> type(String name) throws Unknown {
        Class<?> found = TYPES.get(name);
        if (found == null) {
            throw new Unknown("no class for " + name);
        }
        return found;
    }

    private static Iterator<ASN1Encodable> elements(ASN1Primitive of) {
        return of instanceof ASN1Sequence ? ((ASN1Sequence) of).iterator() : ((ASN1Set) of).iterator();
    }

    /** Sequences are read when they are asked for. */
    private static void walk(ASN1Primitive value) {
        if (value instanceof ASN1Sequence || value instanceof ASN1Set) {
            for (Iterator<ASN1Encodable> each = elements(value); each.hasNext();) {
                walk(each.next().toASN1Primitive());
            }
        } else if (value instanceof ASN1TaggedObject && ((ASN1TaggedObject) value).isExplicit()) {
            walk(((ASN1TaggedObject) value).getExplicitBaseObject().toASN1Primitive());
        }
    }

    /** Nothing of a time before the calendar of today: Date counts by another then. */
    private static String text(Date time) {
        return time.toInstant().isBefore(Instant.parse("1582-10-16T00:00:00Z")) ? null : time.toInstant().toString();
    }

    private static String text(ASN1Primitive value) throws Exception {
        if (value instanceof ASN1Boolean) {
            return value.toString();
        } else if (value instanceof ASN1Integer) {
            return ((ASN1Integer) value).getValue().toString();
        } else if (value instanceof ASN1Enumerated) {
            return ((ASN1Enumerated) value).getValue().toString();
        } else if (value instanceof ASN1BitString) {
            return hex(((ASN1BitString) value).getBytes()) + "/" + ((ASN1BitString) value).getPadBits();
        } else if (value instanceof ASN1OctetString) {
            return hex(((ASN1OctetString) value).getOctets());
        } else if (value instanceof ASN1ObjectIdentifier) {
            return ((ASN1ObjectIdentifier) value).getId();
        } else if (value instanceof ASN1UTCTime) {
            return text(((ASN1UTCTime) value).getAdjustedDate());
        } else if (value instanceof ASN1GeneralizedTime) {
            return text(((ASN1GeneralizedTime) value).getDate());
        } else if (value instanceof ASN1Sequence) {
            return Integer.toString(((ASN1Sequence) value).size());
        } else if (value instanceof ASN1Set) {
            return Integer.toString(((ASN1Set) value).size());
        } else if (value instanceof ASN1String && !(value instanceof ASN1UniversalString) && !(value instanceof ASN1T61String)) {
            return ((ASN1String) value).getString();
        }
        return null;
    }

    private static void value(JsonObject asked, byte[] input, JsonObject out, boolean der) throws Exception {
        String[] names = asked.get("as").getAsString().split(" OF ", 2);
        Class<?> outer = type(names[0]);
        ASN1Primitive value = ASN1Primitive.fromByteArray(input);
        need(outer.isInstance(value), "another type");
        if (names.length == 2) {
            Class<?> element = type(names[1]);
            for (Iterator<ASN1Encodable> each = elements(value); each.hasNext();) {
                need(element.isInstance(each.next().toASN1Primitive()), "an element of another type");
            }
        }
        walk(value);
        need(!der || Arrays.equals(value.getEncoded("DER"), input), "other octets when encoded as DER");
        String text = names[0].equals("ANY") ? null : text(value);
        if (text != null) {
            fields(out).addProperty("value", text);
        }
    }

    private static JsonObject fields(JsonObject out) {
        if (!out.has("fields")) {
            out.add("fields", new JsonObject());
        }
        return out.getAsJsonObject("fields");
    }

    private static String hex(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    private static void certificate(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        X509CertificateHolder read = new X509CertificateHolder(input);
        fields(out).addProperty("serialNumber", read.getSerialNumber().toString());
        fields(out).addProperty("notBefore", text(read.getNotBefore()));
        fields(out).addProperty("notAfter", text(read.getNotAfter()));
        need(read.getIssuer() != null && read.getSubject() != null && read.getSubjectPublicKeyInfo() != null, "a member is missing");
    }

    private static void certificateList(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        X509CRLHolder read = new X509CRLHolder(input);
        need(read.getIssuer() != null && read.getThisUpdate() != null, "a member is missing");
        read.getNextUpdate();
        for (Object each : read.getRevokedCertificates()) {
            need(((X509CRLEntryHolder) each).getRevocationDate() != null, "an entry without a date");
        }
    }

    private static void certificationRequest(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        PKCS10CertificationRequest read = new PKCS10CertificationRequest(input);
        need(read.isSignatureValid(new JcaContentVerifierProviderBuilder().setProvider("BC").build(read.getSubjectPublicKeyInfo())),
                "the signature does not hold");
    }

    private static void certificatesOnly(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        CMSSignedData message = new CMSSignedData(input);
        need(message.getSignerInfos().size() == 0, "there are signers");
        JsonArray digests = new JsonArray();
        for (X509CertificateHolder each : message.getCertificates().getMatches(null)) {
            digests.add(hex(MessageDigest.getInstance("SHA-256").digest(each.getEncoded())));
        }
        message.getCRLs().getMatches(null);
        fields(out).add("certificates", digests);
    }

    @SuppressWarnings("unchecked")
    private static void verify(CMSSignedData message) throws Exception {
        need(message.getSignerInfos().size() > 0, "no signers");
        for (SignerInformation signer : message.getSignerInfos()) {
            Collection<X509CertificateHolder> named = message.getCertificates().getMatches(signer.getSID());
            need(!named.isEmpty(), "no certificate of the signer");
            need(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(named.iterator().next())),
                    "the signature does not hold");
        }
    }

    private static byte[] content(CMSSignedData message) {
        return message.getSignedContent() == null ? new byte[0] : (byte[]) message.getSignedContent().getContent();
    }

    private static void signedData(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        CMSSignedData message = new CMSSignedData(input);
        verify(message);
        fields(out).addProperty("eContentType", message.getSignedContentTypeOID());
        fields(out).addProperty("eContent", hex(content(message)));
    }

    private static PrivateKey key(JsonObject recipient) throws Exception {
        String pem = recipient.get("privateKey").getAsString();
        byte[] der = Base64.getMimeDecoder().decode(pem.replaceAll("-----[A-Z ]+-----", ""));
        try {
            String algorithm = PrivateKeyInfo.getInstance(der).getPrivateKeyAlgorithm().getAlgorithm().getId();
            return KeyFactory.getInstance(algorithm, "BC").generatePrivate(new PKCS8EncodedKeySpec(der));
        } catch (NoSuchAlgorithmException why) {
            throw new Unknown("no keys of this kind");
        }
    }

    private static byte[] opened(JsonObject asked, byte[] input) throws Exception {
        if (ContentInfo.getInstance(ASN1Primitive.fromByteArray(input)).getContentType().equals(CMSObjectIdentifiers.authEnvelopedData)) {
            throw new Unknown("authEnvelopedData");
        }
        CMSEnvelopedData message = new CMSEnvelopedData(input);
        if (asked.has("password")) {
            for (RecipientInformation each : message.getRecipientInfos()) {
                if (each instanceof PasswordRecipientInformation) {
                    return each.getContent(new JcePasswordEnvelopedRecipient(asked.get("password").getAsString().toCharArray())
                            .setPasswordConversionScheme(PasswordRecipient.PKCS5_SCHEME2_UTF8).setProvider("BC"));
                }
            }
            throw new Exception("no recipient by password");
        }
        if (!asked.has("recipient")) {
            throw new Unknown("no key");
        }
        JsonObject recipient = asked.getAsJsonObject("recipient");
        X509CertificateHolder certificate = new X509CertificateHolder(HexFormat.of().parseHex(recipient.get("certificate").getAsString()));
        PrivateKey key = key(recipient);
        for (RecipientInformation each : message.getRecipientInfos()) {
            if (!each.getRID().match(certificate)) {
                continue;
            }
            Recipient with = null;
            if (each instanceof KeyTransRecipientInformation) {
                with = new JceKeyTransEnvelopedRecipient(key).setProvider("BC");
            } else if (each instanceof KeyAgreeRecipientInformation) {
                with = new JceKeyAgreeEnvelopedRecipient(key).setProvider("BC");
            } else {
                throw new Unknown("a recipient of another form");
            }
            return each.getContent(with);
        }
        throw new Exception("no recipient of the key");
    }

    private static void envelopedData(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        out.addProperty("plaintext", hex(opened(asked, input)));
    }

    private static void pkiMessage(JsonObject asked, byte[] input, JsonObject out) throws Exception {
        CMSSignedData message = new CMSSignedData(input);
        verify(message);
        SignerInformation signer = message.getSignerInfos().iterator().next();
        for (String[] each : new String[][] {{"2", "messageType"}, {"7", "transactionID"}}) {
            Attribute attribute = signer.getSignedAttributes() == null ? null
                    : signer.getSignedAttributes().get(new ASN1ObjectIdentifier("2.16.840.1.113733.1.9." + each[0]));
            need(attribute != null, each[1] + " is missing");
            fields(out).addProperty(each[1], ASN1PrintableString.getInstance(attribute.getAttrValues().getObjectAt(0)).getString());
        }
        if (content(message).length > 0) {
            out.addProperty("plaintext", hex(opened(asked, content(message))));
        }
    }

    private static final Map<String, Question> QUESTIONS = Map.of(
            "DerValue", (asked, input, out) -> value(asked, input, out, true),
            "BerValue", (asked, input, out) -> value(asked, input, out, false),
            "Certificate", Peer::certificate,
            "CertificateList", Peer::certificateList,
            "CertificationRequest", Peer::certificationRequest,
            "CertificatesOnly", Peer::certificatesOnly,
            "SignedData", Peer::signedData,
            "EnvelopedData", Peer::envelopedData,
            "PkiMessage", Peer::pkiMessage);

    private static boolean unknown(Throwable why) {
        for (; why != null; why = why.getCause()) {
            if (why instanceof Unknown || why instanceof NoSuchAlgorithmException) {
                return true;
            }
        }
        return false;
    }

    private static JsonObject answer(JsonObject asked) throws Exception {
        JsonObject out = new JsonObject();
        out.add("id", asked.get("id"));
        out.addProperty("result", "accept");
        try {
            Question question = QUESTIONS.get(asked.get("type").getAsString());
            if (question == null) {
                throw new Unknown("no call for this");
            }
            question.answer(asked, HexFormat.of().parseHex(asked.get("input").getAsString()), out);
        } catch (Exception why) {
            out.remove("fields");
            out.addProperty("result", unknown(why) ? "skip" : "reject");
            out.addProperty("reason", why.getMessage() != null ? why.getMessage() : why.getClass().getSimpleName());
        }
        return out;
    }

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        if (arguments.length == 1 && arguments[0].equals("--version")) {
            System.out.println("Bouncy Castle " + Security.getProvider("BC").getVersionStr() + ", Java " + System.getProperty("java.version"));
            return;
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            System.out.println(answer(JsonParser.parseString(line).getAsJsonObject()));
        }
    }
}
