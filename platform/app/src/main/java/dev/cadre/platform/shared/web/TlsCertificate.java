package dev.cadre.platform.shared.web;

import dev.cadre.platform.shared.SettingException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.List;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.pem.PemContent;
import org.springframework.boot.ssl.pem.PemSslStore;
import org.springframework.boot.ssl.pem.PemSslStoreBundle;

/** A certificate with its chain and its private key, which belong together. */
record TlsCertificate(List<X509Certificate> chain, PrivateKey key, String fingerprint) {

    /** With forward secrecy and authenticated encryption, the strongest first; older protocols than TLS 1.2 are refused. */
    private static final SslOptions OPTIONS = SslOptions.of(
            new String[] {
                "TLS_AES_256_GCM_SHA384",
                "TLS_CHACHA20_POLY1305_SHA256",
                "TLS_AES_128_GCM_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
                "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
                "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
                "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
            },
            new String[] {"TLSv1.3", "TLSv1.2"});

    /**
     * Reads both files.
     *
     * @throws SettingException where they are no certificate and the key to it
     */
    static TlsCertificate read(Path certificateFile, Path keyFile) {
        var certificateText = text("CADRE_TLS_CERT", certificateFile);
        var keyText = text("CADRE_TLS_KEY", keyFile);
        var chain = chain(certificateText, certificateFile);
        var key = key(keyText, keyFile);
        if (!belongTogether(chain.getFirst().getPublicKey(), key)) {
            throw new SettingException("The key in CADRE_TLS_KEY (" + keyFile
                    + ") does not belong to the first certificate in CADRE_TLS_CERT (" + certificateFile + ").");
        }
        return new TlsCertificate(chain, key, fingerprint(certificateText + "\n" + keyText));
    }

    /** As the web server takes it. */
    SslBundle bundle() {
        var store = PemSslStore.of(chain, key).withAlias("cadre");
        return SslBundle.of(new PemSslStoreBundle(store, null), SslBundleKey.of(null, "cadre"), OPTIONS);
    }

    private static String text(String setting, Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new SettingException(setting + " names a file that can't be read: " + file, e);
        }
    }

    private static List<X509Certificate> chain(String text, Path file) {
        try {
            var chain = PemContent.of(text).getCertificates();
            if (!chain.isEmpty()) {
                return List.copyOf(chain);
            }
        } catch (RuntimeException e) {
            throw new SettingException(noCertificate(file), e);
        }
        throw new SettingException(noCertificate(file));
    }

    private static String noCertificate(Path file) {
        return "CADRE_TLS_CERT must be a PEM file that begins with -----BEGIN CERTIFICATE-----: " + file
                + " holds no certificate that can be read.";
    }

    private static PrivateKey key(String text, Path file) {
        if (text.contains("ENCRYPTED")) {
            throw new SettingException("The key in CADRE_TLS_KEY (" + file
                    + ") has a password: give the hub one without, in a file that nobody else can read.");
        }
        try {
            var key = PemContent.of(text).getPrivateKey();
            if (key != null) {
                return key;
            }
        } catch (RuntimeException e) {
            throw new SettingException(noKey(file), e);
        }
        throw new SettingException(noKey(file));
    }

    private static String noKey(Path file) {
        return "CADRE_TLS_KEY must be a PEM file with a private key (RSA, EC or Ed25519): " + file
                + " holds none that can be read.";
    }

    private static boolean belongTogether(PublicKey certified, PrivateKey key) {
        var algorithm = switch (key.getAlgorithm()) {
            case "RSA", "RSASSA-PSS" -> "SHA256withRSA";
            case "EC" -> "SHA256withECDSA";
            default -> "EdDSA";
        };
        try {
            var probe = "cadre".getBytes(StandardCharsets.US_ASCII);
            var signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(probe);
            var signed = signer.sign();
            var verifier = Signature.getInstance(algorithm);
            verifier.initVerify(certified);
            verifier.update(probe);
            return verifier.verify(signed);
        } catch (GeneralSecurityException e) {
            return false;
        }
    }

    private static String fingerprint(String text) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.ISO_8859_1));
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java has no SHA-256.", e);
        }
    }
}
