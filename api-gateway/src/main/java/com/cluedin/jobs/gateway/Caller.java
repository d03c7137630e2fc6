package com.cluedin.jobs.gateway;

import com.cluedin.jobs.service.Refusal;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.web.server.ServerWebExchange;

/// On whose behalf a request is made. The door decides it, never a parameter or header.
///
/// @param organization what the caller may see and change; null: everything (no authentication)
/// @param user who it is, for people to read; null where nobody is known
/// @param until when the door would not let it in any more; null: never
record Caller(@Nullable UUID organization, @Nullable String user, @Nullable Instant until) {

  static final Caller ANYONE = new Caller(null, null);

  private static final int LONGEST_NAME = 200;

  /// A name is cut at 200 characters, never within one; control characters in it become spaces.
  Caller {
    if (user != null) {
      user = shortened(user.replaceAll("\\p{Cntrl}", " "));
    }
  }

  Caller(@Nullable UUID organization, @Nullable String user) {
    this(organization, user, null);
  }

  private static String shortened(String name) {
    if (name.length() <= LONGEST_NAME) {
      return name;
    }
    boolean within = Character.isHighSurrogate(name.charAt(LONGEST_NAME - 1));
    return name.substring(0, within ? LONGEST_NAME - 1 : LONGEST_NAME);
  }

  /// @throws IllegalStateException when the door has not let the request in
  static Caller of(ServerWebExchange exchange) {
    if (exchange.getAttribute(Caller.class.getName()) instanceof Caller caller) {
      return caller;
    }
    throw new IllegalStateException("a request without a caller came through the door");
  }

  void enter(ServerWebExchange exchange) {
    exchange.getAttributes().put(Caller.class.getName(), this);
  }

  /// @throws Refusal 403 when it is another organization's business
  void requireMayActFor(UUID other) {
    if (organization != null && !organization.equals(other)) {
      throw Refusal.forbidden(
          "organizationId must be your own, " + organization + ", not " + other + ".");
    }
  }
}
