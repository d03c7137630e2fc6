package com.cluedin.jobs.stack;

import java.nio.file.Files;
import java.nio.file.Path;
import kafka.Kafka;
import kafka.tools.StorageTool;

/// The broker's own process: formats new storage, then is the broker.
final class KafkaNode {

  private KafkaNode() {}

  /// @param args the settings file, the cluster's id, the folder of the data
  public static void main(String[] args) {
    if (!Files.exists(Path.of(args[2], "meta.properties"))) {
      int code =
          StorageTool.execute(new String[] {"format", "-t", args[1], "-c", args[0]}, System.out);
      if (code != 0) {
        System.exit(code);
      }
    }
    Kafka.main(new String[] {args[0]});
  }
}
