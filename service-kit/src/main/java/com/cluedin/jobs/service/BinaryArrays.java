package com.cluedin.jobs.service;

import static io.r2dbc.postgresql.codec.PostgresqlObjectId.INT2;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.INT2_ARRAY;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.INT4;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.INT4_ARRAY;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.INT8;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.INT8_ARRAY;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.TEXT;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.TEXT_ARRAY;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.TIMESTAMPTZ;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.TIMESTAMPTZ_ARRAY;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.UUID;
import static io.r2dbc.postgresql.codec.PostgresqlObjectId.UUID_ARRAY;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.r2dbc.postgresql.api.PostgresqlConnection;
import io.r2dbc.postgresql.client.EncodedParameter;
import io.r2dbc.postgresql.codec.Codec;
import io.r2dbc.postgresql.codec.CodecMetadata;
import io.r2dbc.postgresql.codec.CodecRegistry;
import io.r2dbc.postgresql.codec.PostgresTypeIdentifier;
import io.r2dbc.postgresql.codec.PostgresqlObjectId;
import io.r2dbc.postgresql.extension.CodecRegistrar;
import io.r2dbc.postgresql.message.Format;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/// Sends arrays to PostgreSQL in its binary form, where the driver would write text for it to
/// parse.
///
/// The driver finds this by itself, and uses it for one-dimensional arrays of the element types
/// below. Elements may be null. The form is the one `array_recv` of PostgreSQL reads
/// (src/backend/utils/adt/arrayfuncs.c).
public final class BinaryArrays implements CodecRegistrar {

  private static final int NULL = -1;
  private static final long EPOCH_SECONDS = Instant.parse("2000-01-01T00:00:00Z").getEpochSecond();

  /// Later than any time PostgreSQL has, and not yet its infinity: it refuses that.
  private static final long OUT_OF_RANGE = Long.MAX_VALUE - 1;

  @Override
  public Mono<Void> register(
      PostgresqlConnection connection, ByteBufAllocator allocator, CodecRegistry registry) {
    List<ArrayCodec<?>> codecs =
        List.of(
            new ArrayCodec<>(allocator, UUID[].class, UUID_ARRAY, UUID, BinaryArrays::write),
            new ArrayCodec<>(
                allocator,
                OffsetDateTime[].class,
                TIMESTAMPTZ_ARRAY,
                TIMESTAMPTZ,
                BinaryArrays::write),
            new ArrayCodec<>(allocator, String[].class, TEXT_ARRAY, TEXT, BinaryArrays::write),
            new ArrayCodec<>(allocator, Long[].class, INT8_ARRAY, INT8, BinaryArrays::write),
            new ArrayCodec<>(allocator, Integer[].class, INT4_ARRAY, INT4, BinaryArrays::write),
            new ArrayCodec<>(allocator, Short[].class, INT2_ARRAY, INT2, BinaryArrays::write));
    return Mono.fromRunnable(() -> codecs.forEach(registry::addFirst));
  }

  private static void write(ByteBuf to, UUID id) {
    to.writeInt(2 * Long.BYTES)
        .writeLong(id.getMostSignificantBits())
        .writeLong(id.getLeastSignificantBits());
  }

  private static void write(ByteBuf to, Long number) {
    to.writeInt(Long.BYTES).writeLong(number);
  }

  private static void write(ByteBuf to, Integer number) {
    to.writeInt(Integer.BYTES).writeInt(number);
  }

  private static void write(ByteBuf to, Short number) {
    to.writeInt(Short.BYTES).writeShort(number);
  }

  private static void write(ByteBuf to, OffsetDateTime time) {
    to.writeInt(Long.BYTES).writeLong(micros(time.toInstant()));
  }

  /// Microseconds since 2000, to the nearest one.
  private static long micros(Instant time) {
    try {
      return Math.addExact(
          Math.multiplyExact(time.getEpochSecond() - EPOCH_SECONDS, 1_000_000),
          (time.getNano() + 500) / 1_000);
    } catch (ArithmeticException e) {
      return OUT_OF_RANGE;
    }
  }

  private static void write(ByteBuf to, String text) {
    int length = to.writerIndex();
    to.writeInt(0);
    to.setInt(length, to.writeCharSequence(text, UTF_8));
  }

  /// Writes how many bytes the value takes, and these.
  @FunctionalInterface
  private interface Element<T> {

    void write(ByteBuf to, T value);
  }

  /// It only writes: reading is left to the driver, which reads binary arrays itself. The metadata
  /// makes the driver ask it before the codec of its own.
  private record ArrayCodec<T>(
      ByteBufAllocator allocator,
      Class<T[]> type,
      PostgresqlObjectId arrayType,
      PostgresqlObjectId elementType,
      Element<T> element)
      implements Codec<T[]>, CodecMetadata {

    @Override
    public boolean canEncode(Object value) {
      return canEncodeNull(value.getClass());
    }

    @Override
    public boolean canEncodeNull(Class<?> asked) {
      return type == asked;
    }

    @Override
    public EncodedParameter encode(Object value) {
      return new EncodedParameter(
          Format.FORMAT_BINARY,
          arrayType.getObjectId(),
          Mono.fromSupplier(() -> written(type.cast(value))));
    }

    @Override
    public EncodedParameter encode(Object value, int asType) {
      if (asType != arrayType.getObjectId()) {
        throw new IllegalArgumentException(type + " goes as " + arrayType + ", not as " + asType);
      }
      return encode(value);
    }

    @Override
    public EncodedParameter encodeNull() {
      return new EncodedParameter(
          Format.FORMAT_BINARY, arrayType.getObjectId(), EncodedParameter.NULL_VALUE);
    }

    private ByteBuf written(@Nullable T[] values) {
      ByteBuf to = allocator.buffer(32 + 24 * values.length);
      boolean isEmpty = values.length == 0;
      to.writeInt(isEmpty ? 0 : 1); // dimensions
      to.writeInt(1); // there may be nulls
      to.writeInt(elementType.getObjectId());
      if (!isEmpty) {
        to.writeInt(values.length).writeInt(1); // its length and the index of its first element
      }
      for (T value : values) {
        if (value == null) {
          to.writeInt(NULL);
        } else {
          element.write(to, value);
        }
      }
      return to;
    }

    @Override
    public boolean canDecode(int dataType, Format format, Class<?> asked) {
      return false;
    }

    @Override
    public T @Nullable [] decode(
        @Nullable ByteBuf buffer, int dataType, Format format, Class<? extends T[]> asked) {
      throw new UnsupportedOperationException("Only the driver's own codecs read arrays.");
    }

    @Override
    public Iterable<Format> getFormats() {
      return List.of();
    }

    @Override
    public Iterable<PostgresTypeIdentifier> getDataTypes() {
      return List.of();
    }
  }
}
