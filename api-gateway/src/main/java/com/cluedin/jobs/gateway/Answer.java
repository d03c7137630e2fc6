package com.cluedin.jobs.gateway;

import java.util.List;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseEntity;

/// What a service behind the gateway answered. It is relayed byte for byte, status included; of its
/// headers only those that are part of the contract.
record Answer(int status, HttpHeaders headers, byte[] body) {

  static final String TOTAL = "X-Total-Count";

  static final List<String> RELAYED =
      List.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.RETRY_AFTER, TOTAL);

  boolean isOk() {
    return status == 200;
  }

  ResponseEntity<byte[]> relayed() {
    return ResponseEntity.status(status).headers(headers).body(body);
  }
}
