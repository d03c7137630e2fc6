package com.cluedin.jobs.gateway.live;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOutboundBuffer;
import reactor.netty.channel.ChannelOperations;
import reactor.netty.http.server.HttpServerRequest;

/// The channel of a request. It may serve another request once this one is answered.
record NettyLine(HttpServerRequest request, Channel channel) implements Line {

  @Override
  public long pending() {
    ChannelOutboundBuffer buffer = channel.unsafe().outboundBuffer();
    return buffer == null || !isOpen() ? 0 : buffer.totalPendingWriteBytes();
  }

  @Override
  public boolean isOpen() {
    return channel.isActive() && ChannelOperations.get(channel) == request;
  }

  @Override
  public void cut() {
    if (isOpen()) {
      ChannelFuture _ = channel.close();
    }
  }
}
