package com.cluedin.jobs.gateway.live;

import io.netty.channel.Channel;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.netty.http.server.HttpServerRequest;

/// The connection on which a client's request is answered.
interface Line {

  /// How many bytes were written that the client's machine has not taken yet.
  long pending();

  /// Whether the answer is still going on.
  boolean isOpen();

  /// Ends the answer at once, whatever is pending.
  void cut();

  static Line of(ServerHttpRequest request) {
    HttpServerRequest answered = ServerHttpRequestDecorator.getNativeRequest(request);
    Channel[] found = new Channel[1];
    answered.withConnection(connection -> found[0] = connection.channel());
    return new NettyLine(answered, found[0]);
  }
}
