import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1PrintableString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSEnvelopedData;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.RecipientInformation;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.cms.jcajce.JceKeyTransEnvelopedRecipient;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.pkcs.PKCS10CertificationRequest;

/** Bouncy Castle's contender: its CMS with Java's own providers for cryptography. The protocol is that of process.h. */
public class Peer {
    private static final String[] NAMES = {"messageType", "pkiStatus", "failInfo", "senderNonce", "recipientNonce", "transactionID"};
    private static final ASN1ObjectIdentifier[] TYPES = new ASN1ObjectIdentifier[NAMES.length];
    static {
        for (int i = 0; i < NAMES.length; ++i) {
            TYPES[i] = new ASN1ObjectIdentifier("2.16.840.1.113733.1.9." + (i + 2));
        }
    }

    /** A message, and what is held for it. */
    private static final class Held {
        final byte[] octets;
        SignerInformationVerifier verifier;
        PrivateKey key;

        Held(String path) throws Exception {
            octets = Files.readAllBytes(Path.of(path + ".der"));
            if (Files.exists(Path.of(path + ".key"))) {
                verifier = new JcaSimpleSignerInfoVerifierBuilder().build(new X509CertificateHolder(Files.readAllBytes(Path.of(path + ".signer"))));
                key = KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Files.readAllBytes(Path.of(path + ".key"))));
            }
        }
    }

    private interface Work {
        Map<String, byte[]> run() throws Exception;
    }

    private static Map<String, byte[]> fields(CMSSignedData message) throws Exception {
        Map<String, byte[]> out = new LinkedHashMap<>();
        SignerInformation signer = message.getSignerInfos().iterator().next();
        AttributeTable attributes = signer.getSignedAttributes();
        for (int i = 0; i < NAMES.length; ++i) {
            Attribute attribute = attributes.get(TYPES[i]);
            if (attribute != null) {
                ASN1Primitive value = attribute.getAttrValues().getObjectAt(0).toASN1Primitive();
                out.put(NAMES[i], value instanceof ASN1OctetString ? ((ASN1OctetString) value).getOctets() : ((ASN1PrintableString) value).getOctets());
            }
        }
        out.put("signer certificate", message.getCertificates().getMatches(null).iterator().next().getEncoded());
        if (message.getSignedContent() != null) {
            out.put("content", (byte[]) message.getSignedContent().getContent());
        }
        return out;
    }

    private static Map<String, byte[]> verified(CMSSignedData message, SignerInformationVerifier verifier) throws Exception {
        if (verifier == null) {
            verifier = new JcaSimpleSignerInfoVerifierBuilder().build(message.getCertificates().getMatches(null).iterator().next());
        }
        if (!message.getSignerInfos().iterator().next().verify(verifier)) {
            throw new IllegalStateException("a valid signature was found invalid");
        }
        Map<String, byte[]> out = fields(message);
        out.put("signature", "valid".getBytes(StandardCharsets.US_ASCII));
        return out;
    }

    private static Work work(String name, Held on) {
        switch (name) {
        case "parse":
            return () -> fields(new CMSSignedData(on.octets));
        case "verify":
            return () -> verified(new CMSSignedData(on.octets), null);
        case "verify held":
            return () -> verified(new CMSSignedData(on.octets), on.verifier);
        case "certificates":
            return () -> {
                List<X509CertificateHolder> all = new ArrayList<>(new CMSSignedData(on.octets).getCertificates().getMatches(null));
                return Map.of("first", all.get(0).getEncoded(), "last", all.get(all.size() - 1).getEncoded(), "certificates",
                        Integer.toString(all.size()).getBytes(StandardCharsets.US_ASCII));
            };
        default:
            return () -> {
                CMSSignedData message = new CMSSignedData(on.octets);
                Map<String, byte[]> out = verified(message, on.verifier);
                CMSEnvelopedData envelope = new CMSEnvelopedData((byte[]) message.getSignedContent().getContent());
                RecipientInformation recipient = envelope.getRecipientInfos().iterator().next();
                byte[] data = recipient.getContent(new JceKeyTransEnvelopedRecipient(on.key));
                out.put("messageData", data);
                if (name.equals("open request")) {
                    out.put("inner subject", new PKCS10CertificationRequest(data).getSubject().getEncoded());
                } else if (name.equals("open answer")) {
                    Collection<X509CertificateHolder> inner = new CMSSignedData(data).getCertificates().getMatches(null);
                    out.put("inner subject", inner.iterator().next().getSubject().getEncoded());
                }
                return out;
            };
        }
    }

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    private static Object sink;

    /** Nanoseconds of processor time of one operation, over at least that many milliseconds. The collector's own threads are not counted. */
    private static double measure(Work work, long milliseconds) throws Exception {
        long start = System.nanoTime();
        long spent = THREADS.getCurrentThreadCpuTime();
        for (long count = 1;; ++count) {
            sink = work.run();
            if (System.nanoTime() - start >= milliseconds * 1_000_000) {
                return (double) (THREADS.getCurrentThreadCpuTime() - spent) / count;
            }
        }
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println(new BouncyCastleProvider().getInfo() + ", Java " + System.getProperty("java.version"));
        Map<String, Held> loaded = new HashMap<>();
        BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            String[] words = line.split("\t");
            if (!loaded.containsKey(words[2])) {
                loaded.put(words[2], new Held(words[2]));
            }
            Work work = work(words[1], loaded.get(words[2]));
            if (words[0].equals("time")) {
                System.out.println(measure(work, 20));
                continue;
            }
            measure(work, 1000);
            StringBuilder out = new StringBuilder();
            for (Map.Entry<String, byte[]> field : work.run().entrySet()) {
                out.append(field.getKey()).append('=').append(HexFormat.of().formatHex(field.getValue())).append('\t');
            }
            System.out.println(out);
        }
    }
}
