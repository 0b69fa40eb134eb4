# syntax=docker/dockerfile:1
# Builds the hub from source, records an AOT cache by a training start, and runs it as a user without rights.
FROM eclipse-temurin:25-jdk AS build
COPY --from=node:22-bookworm-slim /usr/local/ /usr/local/
WORKDIR /src
COPY . .
RUN --mount=type=cache,target=/root/.m2 ./mvnw -B -q -DskipTests -Dspotless.check.skip=true -Psbom package \
    && mkdir /hub && cp -r platform/app/target/cadre.jar platform/app/target/lib /hub/

FROM eclipse-temurin:25-jre
RUN apt-get update && apt-get install -y --no-install-recommends curl && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --home-dir /var/lib/cadre --create-home cadre
COPY --from=build --chown=cadre:cadre /hub /opt/cadre
USER cadre
WORKDIR /opt/cadre
ENV CADRE_HOME=/var/lib/cadre
# the training start needs no database of the operator's: it uses the embedded one and leaves nothing behind
RUN CADRE_HOME=/tmp/train java -XX:AOTCacheOutput=/opt/cadre/cadre.aot -Dspring.context.exit=onRefresh -jar cadre.jar; rm -rf /tmp/train; test -f /opt/cadre/cadre.aot
VOLUME /var/lib/cadre
EXPOSE 8080
HEALTHCHECK --interval=10s --timeout=3s --start-period=60s --retries=6 \
  CMD curl -fsS "http://127.0.0.1:${CADRE_PORT:-8080}/actuator/health/readiness" || exit 1
ENTRYPOINT ["java", "-XX:AOTCache=/opt/cadre/cadre.aot", "-XX:MaxRAMPercentage=70", "-jar", "cadre.jar"]
