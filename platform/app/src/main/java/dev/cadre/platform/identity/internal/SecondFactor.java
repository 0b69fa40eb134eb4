package dev.cadre.platform.identity.internal;

import dev.cadre.platform.identity.IdentityException;
import dev.cadre.platform.identity.User;
import dev.cadre.platform.secret.Secrets;
import dev.cadre.platform.shared.Audited;
import dev.cadre.platform.shared.Audited.Subject;
import dev.cadre.platform.shared.UserId;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** The codes that somebody shows beside the password: from an authenticator app, or one of the recovery codes. */
@Component
public class SecondFactor {

    private static final int RECOVERY_CODES = 10;

    /** Of five bits each: too many to be guessed from a hash that is not a password's. */
    private static final int RECOVERY_LETTERS = 28;

    /** What an authenticator app needs to know. */
    public record Enrolment(String secret, String uri) {}

    public record State(boolean enabled, int recoveryCodesLeft) {}

    private record Row(byte[] secret, boolean confirmed) {}

    private final JdbcClient jdbc;
    private final Secrets secrets;
    private final Clock clock;
    private final ApplicationEventPublisher events;

    SecondFactor(JdbcClient jdbc, Secrets secrets, Clock clock, ApplicationEventPublisher events) {
        this.events = events;
        this.jdbc = jdbc;
        this.secrets = secrets;
        this.clock = clock;
    }

    public State state(UserId user) {
        int left = jdbc.sql("select count(*) from recovery_code where user_id = ?")
                .param(user.value())
                .query(Integer.class)
                .single();
        return new State(isOn(user), left);
    }

    boolean isOn(UserId user) {
        return find(user).filter(Row::confirmed).isPresent();
    }

    /** A new secret; it counts only after {@link #confirm}. */
    @Transactional
    public Enrolment enrol(User user) {
        var secret = Tokens.random(20);
        int written = jdbc.sql("""
                        insert into second_factor (user_id, secret) values (?, ?)
                        on conflict (user_id) do update set secret = excluded.secret, last_step = 0
                        where second_factor.confirmed_at is null""")
                .param(user.id().value())
                .param(secrets.encrypt(Secrets.INSTALLATION, purpose(user.id()), secret))
                .update();
        if (written == 0) {
            throw IdentityException.secondFactorOn();
        }
        audit(user.id(), "second-factor.begun");
        var label = URLEncoder.encode("Cadre:" + user.email(), StandardCharsets.UTF_8)
                .replace("+", "%20");
        var text = Totp.base32(secret);
        return new Enrolment(text, "otpauth://totp/" + label + "?secret=" + text + "&issuer=Cadre");
    }

    @Transactional
    public List<String> confirm(UserId user, String code) {
        var row = find(user).orElseThrow(IdentityException::wrongCode);
        if (row.confirmed()) {
            throw IdentityException.secondFactorOn();
        }
        if (!acceptsCode(user, row, plain(code))) {
            throw IdentityException.wrongCode();
        }
        jdbc.sql("update second_factor set confirmed_at = now() where user_id = ?")
                .param(user.value())
                .update();
        audit(user, "second-factor.enabled");
        return replaceRecoveryCodes(user);
    }

    @Transactional
    public void disable(UserId user) {
        remove(user, "second-factor.disabled");
    }

    /** By an operator, for somebody who has lost it. */
    @Transactional
    public void reset(UserId user) {
        remove(user, "second-factor.reset");
    }

    private void remove(UserId user, String action) {
        jdbc.sql("delete from second_factor where user_id = ?")
                .param(user.value())
                .update();
        jdbc.sql("delete from recovery_code where user_id = ?")
                .param(user.value())
                .update();
        audit(user, action);
    }

    /** Ten, in place of all that there were. */
    @Transactional
    public List<String> newRecoveryCodes(UserId user) {
        audit(user, "second-factor.recovery-codes-renewed");
        return replaceRecoveryCodes(user);
    }

    private void audit(UserId user, String action) {
        events.publishEvent(Audited.of(null, action, Subject.user(user)));
    }

    private List<String> replaceRecoveryCodes(UserId user) {
        jdbc.sql("delete from recovery_code where user_id = ?")
                .param(user.value())
                .update();
        var codes = Stream.generate(SecondFactor::recoveryCode)
                .limit(RECOVERY_CODES)
                .toList();
        codes.forEach(code -> jdbc.sql("insert into recovery_code (user_id, hash) values (?, ?)")
                .param(user.value())
                .param(Tokens.hash(plain(code)))
                .update());
        return codes;
    }

    /** Uses a code up: none works twice. */
    @Transactional
    public boolean accepts(UserId user, String given) {
        var code = plain(given);
        var row = find(user).filter(Row::confirmed);
        return row.isPresent() && (acceptsCode(user, row.get(), code) || usesUp(user, code));
    }

    private boolean acceptsCode(UserId user, Row row, String code) {
        var step = Totp.match(row.secret(), code, clock.instant().getEpochSecond());
        return step.isPresent()
                && jdbc.sql("update second_factor set last_step = :step where user_id = :user and last_step < :step")
                                .param("step", step.getAsLong())
                                .param("user", user.value())
                                .update()
                        == 1;
    }

    private boolean usesUp(UserId user, String code) {
        boolean used = jdbc.sql("delete from recovery_code where user_id = ? and hash = ?")
                        .param(user.value())
                        .param(Tokens.hash(code))
                        .update()
                == 1;
        if (used) {
            audit(user, "second-factor.recovery-code-used");
        }
        return used;
    }

    private Optional<Row> find(UserId user) {
        return jdbc.sql("select secret, confirmed_at from second_factor where user_id = ?")
                .param(user.value())
                .query((row, number) -> new Row(
                        secrets.decrypt(Secrets.INSTALLATION, purpose(user), row.getBytes("secret")),
                        row.getTimestamp("confirmed_at") != null))
                .optional();
    }

    private static String recoveryCode() {
        return Totp.base32(Tokens.random(18))
                .substring(0, RECOVERY_LETTERS)
                .toLowerCase(Locale.ROOT)
                .replaceAll("(.{4})(?=.)", "$1-");
    }

    private static String plain(String code) {
        return code.replaceAll("[\\s-]", "").toLowerCase(Locale.ROOT);
    }

    private static String purpose(UserId user) {
        return "totp/" + user;
    }
}
