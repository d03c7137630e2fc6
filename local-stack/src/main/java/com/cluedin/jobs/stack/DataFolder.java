package com.cluedin.jobs.stack;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The folder of all data of a stack, held by one stack at a time.
///
/// A file in it says that it is ours; it is also what is locked. Another tells which processes work
/// on the data: those that outlived their stack are ended before the next one begins.
final class DataFolder implements AutoCloseable {

  private static final String OURS = "crawl-jobs.lock";
  private static final long LEAST_FREE_MEGABYTES = 300;
  private static final Duration SAME_START = Duration.ofSeconds(2);

  private static final Pattern PROCESS = Pattern.compile("(\\d+) (\\S+Z) (.+)");

  private final Path folder;
  private final FileChannel channel;
  private final Map<String, ProcessHandle> processes = new ConcurrentHashMap<>();

  private DataFolder(Path folder, FileChannel channel) {
    this.folder = folder;
    this.channel = channel;
  }

  /// Takes the folder, and makes it when it is not there.
  ///
  /// @throws StackException when it is not ours, in use, not writable or full
  static DataFolder take(Path folder, Consumer<String> told) {
    try {
      Files.createDirectories(folder);
      Path lock = folder.resolve(OURS);
      if (!Files.exists(lock) && !isEmpty(folder)) {
        throw new StackException(
            "%s holds something else; give another folder for the data.".formatted(folder));
      }
      long free = Files.getFileStore(folder).getUsableSpace() >> 20;
      if (free < LEAST_FREE_MEGABYTES) {
        throw new StackException(
            "The disk of %s has only %d MB left; %d MB are needed."
                .formatted(folder, free, LEAST_FREE_MEGABYTES));
      }
      FileChannel channel =
          FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      DataFolder taken = new DataFolder(folder, channel);
      taken.lock();
      taken.endOrphans(told);
      return taken;
    } catch (AccessDeniedException e) {
      throw new StackException(folder + " cannot be written to.", e);
    } catch (FileAlreadyExistsException e) {
      throw new StackException(folder + " is a file, not a folder.", e);
    } catch (FileSystemException e) {
      throw new StackException("%s cannot be used: %s.".formatted(folder, reason(e)), e);
    } catch (IOException e) {
      throw new StackException("%s cannot be used: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  /// Throws all data and logs away.
  void clear() {
    try (Stream<Path> entries = Files.list(folder)) {
      entries.filter(entry -> !entry.endsWith(OURS)).forEach(TemporaryFolder::delete);
    } catch (IOException e) {
      throw new StackException("%s cannot be emptied: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  Path resolve(String name) {
    return folder.resolve(name);
  }

  LogFile log(String process) {
    return new LogFile(logs().resolve(process + ".log"));
  }

  Path logs() {
    return folder.resolve("logs");
  }

  /// Writes down which process works on the data under this name.
  synchronized void remember(String name, ProcessHandle process) {
    processes.put(name, process);
    List<String> lines = new ArrayList<>();
    processes.forEach((each, handle) ->
        handle
            .info()
            .startInstant()
            .ifPresent(start -> lines.add(handle.pid() + " " + start + " " + each)));
    try {
      Files.write(list(), lines);
    } catch (IOException e) {
      throw new StackException(list() + " cannot be written: " + e.getMessage(), e);
    }
  }

  /// Lets the folder go.
  @Override
  public void close() {
    try (channel) {
      Files.deleteIfExists(list());
    } catch (IOException e) {
      throw new StackException("%s cannot be let go: %s.".formatted(folder, e.getMessage()), e);
    }
  }

  private void lock() throws IOException {
    @Nullable FileLock lock;
    try {
      lock = channel.tryLock();
    } catch (OverlappingFileLockException sameJvm) {
      lock = null;
    }
    if (lock == null) {
      channel.close();
      throw new StackException(
          folder + " is in use by another stack; stop that one or give another folder.");
    }
  }

  private void endOrphans(Consumer<String> told) throws IOException {
    if (!Files.exists(list())) {
      return;
    }
    List<ProcessHandle> orphans = new ArrayList<>();
    for (String line : Files.readAllLines(list())) {
      Matcher known = PROCESS.matcher(line);
      if (known.matches()) {
        ProcessHandle.of(Long.parseLong(known.group(1)))
            .filter(process -> isSame(process, Instant.parse(known.group(2))))
            .ifPresent(process -> {
              told.accept("Ending " + known.group(3) + ", left over from the last start");
              orphans.add(process);
              process.descendants().forEach(orphans::add);
            });
      }
    }
    end(orphans);
  }

  /// The end of a process that is no child is seen by looking every two seconds, so they all end
  /// first.
  private static void end(List<ProcessHandle> orphans) {
    orphans.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle process : orphans) {
      process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join();
    }
  }

  /// Numbers of processes are used again; the time of the start tells them apart, which systems do
  /// not keep to the second.
  private static boolean isSame(ProcessHandle process, Instant started) {
    return process
        .info()
        .startInstant()
        .filter(start -> Duration.between(start, started).abs().compareTo(SAME_START) <= 0)
        .isPresent();
  }

  private Path list() {
    return folder.resolve("processes");
  }

  private static boolean isEmpty(Path folder) throws IOException {
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.findAny().isEmpty();
    }
  }

  private static String reason(FileSystemException e) {
    return e.getReason() == null ? e.getClass().getSimpleName() : e.getReason();
  }
}
