# One service each: docker build --build-arg MODULE=scheduler-service .
# The jars are built outside, by `mvn -DskipTests package`.

FROM eclipse-temurin:25-jre AS layers
ARG MODULE
WORKDIR /jar
# "target*": without that folder the next step can still say what to do.
COPY ${MODULE}/pom.xml ${MODULE}/target*/*-exec.jar ./
RUN [ "$(find . -name '*-exec.jar' | wc -l)" -eq 1 ] || { \
      echo "$MODULE/target must have one *-exec.jar. Build it: mvn -DskipTests clean package" >&2; \
      exit 1; \
    }; \
    mv ./*-exec.jar app.jar && java -Djarmode=tools -jar app.jar extract --layers --destination /layers

FROM eclipse-temurin:25-jre
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin app
COPY --chmod=755 docker/healthy /usr/local/bin/
WORKDIR /app
COPY --from=layers /layers/dependencies/ ./
COPY --from=layers /layers/spring-boot-loader/ ./
COPY --from=layers /layers/snapshot-dependencies/ ./
COPY --from=layers /layers/application/ ./
USER app
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "-jar", "app.jar"]
