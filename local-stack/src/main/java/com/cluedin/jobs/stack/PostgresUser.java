package com.cluedin.jobs.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// As whom PostgreSQL runs. It refuses to run as root, which this JVM is in containers and on build
/// machines.
///
/// @param prefix what its commands begin with
/// @param uid who its data belong to on the disk, where this JVM is root
record PostgresUser(List<String> prefix, int uid) {

  private static final PostgresUser SELF = new PostgresUser(List.of(), -1);

  /// In a user namespace of its own it is not root, and may do what root may with root's files.
  private static final PostgresUser NAMESPACED = new PostgresUser(List.of("unshare", "--user"), 0);

  /// Containers seldom allow namespaces. Files on the way to the programs and the data may be
  /// root's alone, so permissions do not stop it.
  private static final PostgresUser NOBODY =
      new PostgresUser(
          List.of(
              "setpriv",
              "--reuid=65534",
              "--regid=65534",
              "--clear-groups",
              "--securebits=+no_setuid_fixup", // access(2) goes by permissions alone without it
              "--inh-caps=-all,+dac_override",
              "--ambient-caps=-all,+dac_override"),
          65_534);

  /// @throws StackException when this JVM is root and cannot be anyone else
  static PostgresUser here() {
    if (!"root".equals(System.getProperty("user.name"))) {
      return SELF;
    }
    return Stream.of(NAMESPACED, NOBODY)
        .filter(PostgresUser::works)
        .findFirst()
        .orElseThrow(() ->
            new StackException(
                "PostgreSQL does not run as root, and here neither \"unshare --user\" nor setpriv"
                    + " (util-linux) lets it run as somebody else; start this as another user."));
  }

  List<String> running(List<String> command) {
    return Stream.concat(prefix.stream(), command.stream()).toList();
  }

  /// Makes it the owner of data that were made under another, and leaves those of its own as they
  /// are.
  void own(Path data) {
    if (prefix.isEmpty()) {
      return;
    }
    try {
      if (Files.getAttribute(data, "unix:uid").equals(uid)) {
        return;
      }
      try (Stream<Path> all = Files.walk(data)) {
        for (Path path : all.toList().reversed()) { // the folder last: until then it is not owned
          Files.setAttribute(path, "unix:uid", uid);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private boolean works() {
    try {
      return new ProcessBuilder(running(List.of("true")))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException notThere) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StackException("interrupted while waiting", e);
    }
  }
}
