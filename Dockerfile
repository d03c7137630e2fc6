# One service each: docker build --build-arg MODULE=scheduler-service .
# The jars are built outside, by `mvn -DskipTests package`.

FROM eclipse-temurin:25-jdk AS unpacked
ARG MODULE
WORKDIR /unpacked
# "target*": where that folder is missing, the next step can say what to do.
COPY docker/unpack ${MODULE}/pom.xml ${MODULE}/target*/*-exec.jar ./
RUN ./unpack "$MODULE"

FROM eclipse-temurin:25-jre
RUN useradd --uid 10001 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin app
COPY --chmod=755 docker/healthy /usr/local/bin/
COPY --from=unpacked /unpacked/libraries /libraries
COPY --from=unpacked /unpacked/service /app
WORKDIR /app
USER app
# glibc keeps freed memory in up to eight pools for each processor; two do, and the JVM has it given back every ten seconds
# (decision 24).
ENV MALLOC_ARENA_MAX=2
ENTRYPOINT ["java", "-XX:MaxRAMPercentage=60", "-XX:+UseSerialGC", "-XX:+UseCompactObjectHeaders", \
    "-XX:+UseTransparentHugePages", "-XX:TrimNativeHeapInterval=10000", "-XX:+ExitOnOutOfMemoryError", \
    "--enable-native-access=ALL-UNNAMED", "@/app/arguments"]
