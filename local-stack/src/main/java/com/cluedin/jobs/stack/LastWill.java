package com.cluedin.jobs.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.concurrent.CompletableFuture;

/// Ends the child processes of this JVM when it is gone, however it went, SIGKILL too.
///
/// A shell of a few lines waits at the other end of a pipe. It is told of every child that comes
/// and goes; when the pipe breaks, it kills those that are left.
final class LastWill {

  private static final String SHELL =
      """
      trap '' INT TERM HUP
      doomed=
      while read -r verb child; do
        case $verb in
          add) doomed="$doomed $child" ;;
          drop)
            rest=
            for one in $doomed; do [ "$one" = "$child" ] || rest="$rest $one"; done
            doomed=$rest ;;
        esac
      done
      for one in $doomed; do kill "-${one%:*}" "${one#*:}"; done
      """;

  private static final LastWill INSTANCE = new LastWill();

  private final Writer pipe;

  private LastWill() {
    try {
      Process shell =
          new ProcessBuilder("/bin/sh", "-c", SHELL)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      pipe = shell.outputWriter(UTF_8);
    } catch (IOException e) {
      throw new StackException("/bin/sh cannot be started: " + e.getMessage(), e);
    }
  }

  /// @param signal what the child gets when this JVM is gone
  static void covers(Process child, String signal) {
    String entry = signal + ":" + child.pid();
    INSTANCE.write("add " + entry);
    CompletableFuture<Void> _ = child.onExit().thenRun(() -> INSTANCE.write("drop " + entry));
  }

  private synchronized void write(String line) {
    try {
      pipe.write(line + "\n");
      pipe.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("the last will cannot be written", e);
    }
  }
}
