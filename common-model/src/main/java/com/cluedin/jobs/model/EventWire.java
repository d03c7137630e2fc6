package com.cluedin.jobs.model;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeName;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serializer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/// Events on the wire: JSON in CloudEvents binary mode
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/kafka-protocol-binding.md).
/// The attributes travel as headers `ce_id`, `ce_type`, `ce_source`, `ce_specversion`, `ce_time`.
public final class EventWire {

  /// The header that says what an event is, for example `job.queued.v1`.
  public static final String TYPE = "ce_type";

  /// The header that tells an event from all others: the same for the same event, however often it
  /// is sent.
  public static final String ID = "ce_id";

  /// The header that says who sent an event, for example `/scheduler-service`.
  public static final String SOURCE = "ce_source";

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .changeDefaultPropertyInclusion(
              value -> value.withValueInclusion(JsonInclude.Include.NON_NULL))
          .build();

  private static final Map<String, Class<? extends Event>> TYPES =
      leaves(Event.class)
          .collect(Collectors.toUnmodifiableMap(EventWire::typeOf, Function.identity()));

  private EventWire() {}

  /// Every event there is, by the name it has on the wire.
  public static Map<String, Class<? extends Event>> types() {
    return TYPES;
  }

  /// The name of an event on the wire.
  public static String typeOf(Class<? extends Event> type) {
    return requireNonNull(type.getAnnotation(JsonTypeName.class), type.getName()).value();
  }

  /// The event as JSON, in UTF-8.
  public static byte[] write(Event event) {
    return JSON.writeValueAsBytes(event);
  }

  /// Reads an event; what cannot be read comes back as {@link Unreadable}, never as an exception.
  ///
  /// @param type the event's name on the wire, or null where the record has none
  /// @param bytes its JSON in UTF-8
  public static Message read(@Nullable String type, byte @Nullable [] bytes) {
    if (type == null) {
      return new Unreadable(bytes, "the record has no header " + TYPE);
    }
    Class<? extends Event> known = TYPES.get(type);
    if (known == null) {
      return new Unreadable(bytes, "unknown event type " + type);
    }
    if (bytes == null) {
      return new Unreadable(null, "the record has no value");
    }
    try {
      Event event = JSON.readValue(bytes, known);
      return event == null ? new Unreadable(bytes, "the record holds no event") : event;
    } catch (RuntimeException e) { // whatever the bytes make the reader do: they are unreadable
      return new Unreadable(bytes, "not a " + type + ": " + e.getMessage());
    }
  }

  /// Adds the CloudEvents attributes of an event.
  ///
  /// @param type the event's name on the wire
  /// @param id the same for the same event, however often it is sent
  /// @param source who says it, for example `/scheduler-service`
  public static void describe(String type, String id, String source, Instant at, Headers headers) {
    headers
        .add(TYPE, type.getBytes(UTF_8))
        .add("ce_specversion", "1.0".getBytes(UTF_8))
        .add(ID, id.getBytes(UTF_8))
        .add(SOURCE, source.getBytes(UTF_8))
        .add("ce_time", at.toString().getBytes(UTF_8))
        .add("content-type", "application/json".getBytes(UTF_8));
  }

  /// What a header says, or null where there is none.
  public static @Nullable String header(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    byte @Nullable [] value = header == null ? null : header.value();
    return value == null ? null : new String(value, UTF_8);
  }

  @SuppressWarnings("unchecked")
  private static Stream<Class<? extends Event>> leaves(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses()).flatMap(EventWire::leaves)
        : Stream.of((Class<? extends Event>) type);
  }

  /// Writes events as record values and describes them in headers. The source is the client's
  /// `client.id`. A record that comes with an id keeps it.
  public static final class EventSerializer implements Serializer<Event> {

    private String source = "/unknown";

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
      if (configs.get("client.id") instanceof String clientId && !clientId.isEmpty()) {
        source = "/" + clientId;
      }
    }

    @Override
    public byte[] serialize(String topic, Event event) {
      return write(event);
    }

    @Override
    public byte[] serialize(String topic, Headers headers, Event event) {
      String given = header(headers, ID);
      headers.remove(ID);
      describe(
          typeOf(event.getClass()),
          given == null ? UUID.randomUUID().toString() : given,
          source,
          event.at(),
          headers);
      return write(event);
    }
  }

  /// Reads record values; see {@link EventWire#read}.
  public static final class MessageDeserializer implements Deserializer<Message> {

    @Override
    public Message deserialize(String topic, byte @Nullable [] bytes) {
      return read(null, bytes);
    }

    @Override
    public Message deserialize(String topic, Headers headers, byte @Nullable [] bytes) {
      return read(header(headers, TYPE), bytes);
    }
  }
}
