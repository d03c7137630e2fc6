package com.cluedin.jobs.stack;

/// The one backing of this JVM, chosen by the system property `test.backing`.
final class SharedBacking {

  private static final Backing INSTANCE = start();

  private SharedBacking() {}

  static Backing get() {
    return INSTANCE;
  }

  private static Backing start() {
    String kind = System.getProperty("test.backing", "embedded");
    return switch (kind) {
      case "embedded" -> EmbeddedBacking.start();
      case "containers" -> ContainerBacking.start();
      default ->
          throw new StackException("test.backing is embedded or containers, not " + kind + ".");
    };
  }
}
