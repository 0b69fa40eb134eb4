package dev.cadre.platform.trigger;

import dev.cadre.platform.SettableClock;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

/** One hub for all tests of who may call webhooks: behind a proxy on its own machine, with a clock that tests set. */
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@SpringBootTest(
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = "cadre.trusted-proxies=127.0.0.1,::1")
@Import(SettableClock.Given.class)
@interface HookTests {}
